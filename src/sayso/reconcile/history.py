"""What changed between two looks at one question."""

from collections.abc import Iterator

from sayso.model.question import Answer, Changed, Question


def changes(before: Question | None, after: Question | None) -> tuple[Changed, ...]:
    """Whose answers changed from one look to the other, in the order of the later one: new answers, other words or
    figures, another state, answers that no longer count. None stands for a question that nobody answered."""
    return tuple(changed(answers_of(before), answers_of(after)))


def answers_of(question: Question | None) -> dict[str, Answer]:
    """The answers by the ids of their claimants."""
    return {a.claimant.id: a for a in question.answers} if question else {}


def changed(before: dict[str, Answer], after: dict[str, Answer]) -> Iterator[Changed]:
    """The changes from the ones to the others."""
    for id_, answer in after.items():
        was = before.get(id_)
        if was is None or standing(was) != standing(answer):
            yield Changed(claimant=answer.claimant, before=was, after=answer)
    for id_, answer in before.items():
        if id_ not in after:
            yield Changed(claimant=answer.claimant, before=answer, after=None)


def standing(answer: Answer) -> tuple[str, str, bool, str]:
    """What makes an answer another one than before."""
    return answer.latest.id, answer.state, answer.latest.withdrawn, answer.latest.unverifiable
