"""Claims and conflicts in the form of the claim scheme's files: JSON objects with all keys present."""

from collections.abc import Mapping, Sequence
from typing import Any

from sayso.model.claim import Attribution, Claim, Count, Target
from sayso.model.conflict import Body, Conflict, Group, Membership, Party, Person, Place

Row = dict[str, Any]


def claim_to_row(claim: Claim) -> Row:
    """A claim as a JSON object; keys that the scheme does not name (`span`, `evidence`, `rule`, `why`) come last."""
    return {
        "type": claim.type,
        "sub": claim.sub,
        "attr": attribution_to_row(claim.attr),
        "actor": claim.actor,
        "subject": claim.subject,
        "who": claim.who,
        "qty": count_to_row(claim.count),
        "part_of": claim.part_of,
        "places": list(claim.places),
        "from": claim.start,
        "to": claim.end,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "target": target_to_row(claim.target),
        "span": list(claim.span),
        "evidence": [list(s) for s in claim.evidence],
        "rule": claim.rule,
        "why": claim.why,
        "dated": claim.dated,
        **({"carried": list(claim.carried)} if claim.carried else {}),
        **({"draft": True} if claim.draft else {}),
    }


def attribution_to_row(attr: Attribution) -> Row:
    """Who says it, as a JSON object."""
    return {
        "speaker": attr.speaker,
        "role": attr.role,
        "org": attr.org,
        "kind": attr.kind,
        "side": attr.side,
        "channel": attr.channel,
        "quote": attr.quote,
        "cue": attr.cue,
        "hedge": attr.hedge,
        "via": [{"org": v.org, "kind": v.kind, "side": v.side} for v in attr.via],
    }


def count_to_row(count: Count | None) -> Row | None:
    """A count as a JSON object, None where nothing is counted."""
    if count is None:
        return None
    return {
        "n": count.n,
        "low": count.low,
        "high": count.high,
        "exact": count.exact,
        "cmp": count.operator,
        "unit": count.unit,
        "scope": count.scope,
        "since": count.since,
    }


def target_to_row(target: Target | None) -> Row | None:
    """What a denial denies as a JSON object, None for any other claim."""
    if target is None:
        return None
    return {
        "type": target.type,
        "sub": target.sub,
        "actor": target.actor,
        "subject": target.subject,
        "places": list(target.places),
    }


def conflict_from_parties_json(data: Mapping[str, Any], conflict_id: str) -> Conflict:
    """The conflict that one object of a parties file configures. A group inside a group is replaced by its members."""
    groups: Mapping[str, Sequence[str]] = data.get("groups", {})
    names: Mapping[str, Sequence[str]] = data.get("group_names", {})
    return Conflict(
        id=conflict_id,
        parties=parties_of(data.get("parties", {})),
        groups=tuple(
            Group(id=g, names=tuple(names.get(g, ())), members=tuple(Membership(party=m) for m in flat(g, groups)))
            for g in groups
        ),
        third=parties_of(data.get("third", {})),
        bodies=tuple(Body(names=tuple(b["names"]), kind=b["kind"], side=b.get("side")) for b in data.get("bodies", ())),
        people=tuple(person_of(p) for p in data.get("people", ())),
        places=tuple(Place(names=tuple(p["names"]), side=p.get("side")) for p in data.get("places", ())),
    )


def parties_of(data: Mapping[str, Sequence[str]]) -> tuple[Party, ...]:
    """The parties of a table of ids and names."""
    return tuple(Party(id=key, names=tuple(names)) for key, names in data.items())


def person_of(data: Mapping[str, Any]) -> Person:
    """A person of a parties file."""
    fields = {key: data.get(key) for key in ("role", "body", "kind", "side")}
    return Person(name=data["name"], names=tuple(data.get("names", ())), **fields)


def flat(group: str, groups: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The parties of a group, each once, groups inside it opened; a group that holds itself is opened once."""
    out: dict[str, None] = {}
    todo, seen = list(groups.get(group, ())), {group}
    while todo:
        member = todo.pop(0)
        if member not in groups:
            out[member] = None
        elif member not in seen:
            seen.add(member)
            todo = [*groups[member], *todo]
    return tuple(out)
