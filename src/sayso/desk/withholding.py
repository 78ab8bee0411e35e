"""Which pictures readers do not get by default: those that can show captured people, or dead, wounded or young ones (H9)."""

from collections.abc import Iterable

from sayso.model.claim import Claim
from sayso.model.coverage import Coverage
from sayso.model.statement import Statement


def withheld_because(statement: Statement, claims: Iterable[Claim], coverage: Coverage) -> str:
    """Why the pictures of a statement are withheld until a chief releases them; "" where they are not, or there are none.

    `claims` are all that were read in it, accepted or not. A replay's pictures were chosen when it was told anew: only
    captured people are looked for there.
    """
    if not (statement.media or statement.enclosures):
        return ""
    if any(c.type == "captured" for c in claims):
        return "It tells of captured people, and its pictures may show them."
    reasons = [*(m.sensitive for m in statement.media), *(e.sensitive for e in statement.enclosures)]
    marked = next((why for why in reasons if why), "")
    if marked and coverage.replay is None:
        return f"Its pictures are marked as sensitive ({marked}): they may show people who can be recognised."
    return ""
