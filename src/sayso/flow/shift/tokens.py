"""What programs of staff sign in with: tokens with scopes, shown once, kept by their hash."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, get_args

from sayso.accounts import May, hash_token, make_token
from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.shift.staff import Person, Staff
from sayso.store import ApiToken

#: read: what waits and what was read in it. submit: paste a statement.
Scope = Literal["read", "submit"]
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
#: The right that the account needs for what a scope allows.
NEEDS: Final[dict[Scope, May]] = {"read": "look", "submit": "submit"}
#: Days after which a token ends, as offered; none lasts for ever.
DAYS: Final = (1, 7, 30, 90, 365)
#: A token begins so: a leaked one is known for what it is.
PREFIX: Final = "sayso_"
MOST_TOKENS: Final = 20
#: When a token was used is kept to this, not with each request.
NOTED_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """A program that showed a token: for whom it acts and what the token allows."""

    person: Person
    token: ApiToken

    def allows(self, scope: Scope) -> bool:
        """Whether the token has the scope and the account still has the right."""
        return scope in self.token.scopes.split() and self.person.may(NEEDS[scope])


class Tokens:
    """The tokens of this installation."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.store = staff.store

    def of(self, user: str) -> tuple[ApiToken, ...]:
        """Somebody's tokens, the newest first; also those whose time is over."""
        return self.store.tokens(user)

    def make(self, name: str, scopes: Collection[str], *, days: int, who: Person) -> str:
        """A new token, shown this once. Raises Refused without a name or a scope, and for a scope beyond the role."""
        named = " ".join(name.split())[:60]
        wanted = [s for s in SCOPES if s in scopes]
        if not named or not wanted:
            raise Refused("Say what the token is for, and tick what it may do.")
        if days not in DAYS:
            raise Refused("Choose after how many days the token ends.")
        if not all(who.may(NEEDS[s]) for s in wanted):
            raise Refused("A token cannot do more than its account may.")
        if len(self.of(who.name)) >= MOST_TOKENS:
            raise Refused(f"You have {MOST_TOKENS} tokens: revoke one first.")
        value, now = PREFIX + make_token().value, world_now()
        until = now + timedelta(days=days)
        self.store.add_token(
            ApiToken(
                token_hash=hash_token(value),
                name=named,
                user=who.name,
                scopes=" ".join(wanted),
                at=now,
                until=until,
                used_at=None,
            )
        )
        self.staff.note(who.name, "made a token", f"{named}: {', '.join(wanted)}, {days} days")
        return value

    def revoke(self, token_hash: str, *, who: Person) -> None:
        """End a token: one's own, or anybody's for an admin. Raises Refused where there is none such."""
        token = self.store.token(token_hash)
        if token is None or (token.user != who.name and not who.may("administer")):
            raise Refused("There is no such token (any more).")
        self.store.revoke_token(token_hash)
        self.staff.note(who.name, "revoked a token", f"{token.name} of {token.user}")

    def bearer(self, value: str) -> Bearer | None:
        """Whose token this is; None where there is none such, its time is over, or its account is closed or lacks the second
        factor that its role needs."""
        token, now = self.store.token(hash_token(value)), world_now()
        if token is None or (token.until is not None and token.until <= now):
            return None
        user = self.store.user(token.user)
        person = self.staff.person(user) if user is not None and not user.closed else None
        if person is None or person.lacks_second:
            return None
        if token.used_at is None or now - token.used_at >= NOTED_EVERY:
            self.store.note_token_used(token.token_hash, at=now)
        return Bearer(person=person, token=token)
