"""Small English: a clause that bends to negation, plan, possibility and appeal."""

import re
from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["past", "passive", "state", "is", "was", "there", "wanted"]
#: The word that decides about a name's article stands before these.
ARTICLE: Final = re.compile(r"^ (?:a|an|the) ")


@dataclass(frozen=True, slots=True)
class Clause:
    """Somebody or something and what it did or is: "Orland", "take", "took", "taken", "Ubel".

    `form` "past": an act; "passive": `done` was done to the subject; "state": holds now; "is" and "was": the subject is
    or was `rest`; "there": there was `rest`; "wanted": there should be the subject.
    """

    subject: str
    form: Form
    rest: str = ""
    base: str = ""
    past: str = ""
    done: str = ""
    many: bool = False
    lasting: bool = False  # it goes on: "have been killed since 3 May"

    def finite(self, *, negated: bool, modality: str) -> str:
        """The clause as it stands after "says that"."""
        if self.form == "wanted":
            return (
                f"there should be {'no' + ARTICLE.sub(' ', ' ' + self.subject) if negated else self.subject}{self.rest}"
            )
        if self.form == "there" and negated:  # "there was no air strike"
            verb, bare = self.predicate(negated=False, modality=modality), ARTICLE.sub(" ", self.rest)
            return f"{self.subject} {verb} no{bare}"
        return f"{self.subject} {self.predicate(negated=negated, modality=modality)}{self.rest}"

    def infinitive(self, *, negated: bool) -> str:
        """The clause as it stands after "calls for": "Orland not to take Ubel"."""
        if self.form == "wanted":
            return f"{'no' + ARTICLE.sub(' ', ' ' + self.subject) if negated else self.subject}{self.rest}"
        return f"{self.subject} {'not ' if negated else ''}to {self._plain()}{self.rest}"

    def predicate(self, *, negated: bool, modality: str) -> str:
        """The verb with its negation and its modality."""
        no = "not " if negated else ""
        match modality:
            case "plan" | "appeal":
                return f"will {no}{self._plain()}"
            case "conditional":
                return f"would {no}{self._plain()}"
            case "possible":
                return f"may {no}{self._perfect()}"
            case _:
                return self._fact(negated=negated)

    def _fact(self, *, negated: bool) -> str:
        no = " not" if negated else ""
        match self.form:
            case "passive" if self.lasting:
                return f"{'have' if self.many else 'has'}{no} been {self.done}"
            case "passive":
                return f"{'were' if self.many else 'was'}{no} {self.done}"
            case "is":
                return f"{'are' if self.many else 'is'}{no}"
            case "was" | "there" | "wanted":
                return f"was{no}"
            case "state" if negated:
                return f"{'do' if self.many else 'does'} not {self.base}"
            case "state":
                return self.base if self.many else third_person(self.base)
            case "past":
                return f"did not {self.base}" if negated else self.past

    def _plain(self) -> str:
        return f"be {self.done}" if self.form == "passive" else self.base or "be"

    def _perfect(self) -> str:
        match self.form:
            case "passive":
                return f"have been {self.done}"
            case "was" | "there" | "wanted":
                return "have been"
            case "is" | "state":
                return self._plain()
            case "past":
                return f"have {self.done}"


@dataclass(frozen=True, slots=True)
class Voice:
    """How a mouth's verbs bend: one or several who say it now, or had said it before something else."""

    many: bool = False
    before: bool = False

    def verb(self, base: str) -> str:
        """The verb as this mouth has it: "says", "say", "had said"."""
        if self.before:
            return f"had {participle(base)}"
        return base if self.many else third_person(base)

    def negated(self, base: str) -> str:
        """The same, negated: "does not say", "had not said"."""
        if self.before:
            return f"had not {participle(base)}"
        return f"{'do' if self.many else 'does'} not {base}"


#: Participles that no rule gives; only verbs of saying need one.
PARTICIPLES: Final = {"say": "said", "make": "made", "give": "given", "speak": "spoken"}


def participle(verb: str) -> str:
    """A verb as it stands after "had": only the first word bends."""
    first, space, rest = verb.partition(" ")
    if first not in PARTICIPLES:
        stem = first[:-1] + "i" if first.endswith("y") else first.removesuffix("e")
        return f"{stem}ed{space}{rest}"
    return PARTICIPLES[first] + space + rest


def third_person(verb: str) -> str:
    """A verb as it stands after "it": only the first word bends."""
    first, space, rest = verb.partition(" ")
    if first.endswith(("s", "x", "ch", "sh")):
        first += "es"
    elif first.endswith("y") and first[-2] not in "aeiou":
        first = first[:-1] + "ies"
    else:
        first += "s"
    return first + space + rest
