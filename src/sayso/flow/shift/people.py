"""What is done about accounts: invited, joined, given another role, closed; passwords and second factors. Each act leaves a
line in the staff log."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sayso.accounts import (
    Role,
    fault_of_password,
    from_letters,
    hash_password,
    hash_recovery_codes,
    hash_token,
    make_password,
    make_recovery_codes,
    make_token,
    may_try,
    role_named,
    step_of,
    verify_password,
)
from sayso.errors import Refused
from sayso.flow.clock import world_now
from sayso.flow.shift.staff import Staff
from sayso.store import Invitation, User, WebSession

#: How long an address that works once can be used.
INVITED_FOR: Final = timedelta(hours=48)
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What somebody's own page shows. `here` is the hash of the session that asks."""

    user: User
    codes_left: int
    sessions: tuple[WebSession, ...]
    here: str


class People:
    """The accounts of this installation. `who` is the account that acts."""

    def __init__(self, staff: Staff) -> None:
        self.staff = staff
        self.store = staff.store

    # looking

    def all(self) -> tuple[User, ...]:
        """Every account; those that are closed come last."""
        return self.store.users()

    def invitations(self) -> tuple[Invitation, ...]:
        """The addresses that nobody has used yet."""
        return self.store.invitations(at=world_now())

    def invited(self, token: str) -> Invitation:
        """What an address is for. Raises Refused where it was used, has ended or never was."""
        wanted = hash_token(token)
        found = next((i for i in self.invitations() if i.token_hash == wanted), None)
        if found is None:
            raise Refused("This address was used already, or its time is over. Ask for another one.")
        return found

    def own(self, name: str, *, token: str) -> Own:
        """What somebody's own page shows."""
        return Own(
            user=self._user(name),
            codes_left=self.store.recovery_codes_left(name),
            sessions=self.store.sessions_of(name, at=world_now()),
            here=hash_token(token),
        )

    # what an admin does

    def invite(self, role: str, *, who: str) -> str:
        """The token of an address with which somebody joins in this role, once, within two days."""
        named = _role(role)
        token = self._address(role=named, user=None, who=who)
        self.staff.note(who, "invited", named)
        return token

    def take_back(self, token_hash: str, *, who: str) -> None:
        """Make an address useless. Raises Refused where there is none such."""
        if not self.store.take_back_invitation(token_hash):
            raise Refused("That address was used already, or its time is over.")
        self.staff.note(who, "took back an address")

    def change_role(self, name: str, role: str, *, who: str) -> None:
        """Give somebody another role. Raises Refused for the last admin."""
        before, named = self._user(name).role, _role(role)
        self.store.change_role(name, named)
        self.staff.note(who, "changed a role", f"{name}: {before} to {named}")

    def close(self, name: str, *, who: str) -> None:
        """Close an account: whoever sits at it is signed out, its tokens end, its name is never given again. Raises Refused
        for the last admin."""
        self.store.close_user(name)
        self.staff.note(who, "closed an account", name)

    def reset(self, name: str, *, second: bool, who: str) -> str:
        """The token of an address with which somebody chooses a new password, once, within two days. The old one ends at
        once, with sessions, tokens and the addresses that the account made; so does the second factor where it is lost
        (`second`)."""
        user = self._user(name)
        self.store.set_password(name, password_hash=hash_password(make_password()), programs=True)
        if second:
            self.store.set_second(name, None)
        token = self._address(role=role_named(user.role), user=name, who=who)
        self.staff.note(who, "reset a password", f"{name}, and the second factor" if second else name)
        return token

    # whoever holds an address

    def join(self, token: str, *, name: str, password: str) -> str:
        """The name of the account that now has this password: a new one, or the one that the address is for. Raises Refused
        where the address cannot be used (any more), and for a name or a password that will not do."""
        invitation = self.invited(token)
        name = invitation.user or _name(name)
        _refuse_unfit(password, name)
        hashed = hash_password(password)
        self.store.take_invitation(hash_token(token), name=name, password_hash=hashed, at=world_now())
        self.store.forget_failed_logins(name)
        self.staff.note(name, "joined" if invitation.user is None else "chose a new password", invitation.role)
        return name

    # what somebody does about the own account

    def change_password(self, name: str, *, old: str, new: str, programs: bool = False) -> None:
        """Another password: all sessions end; so do tokens and addresses that somebody made, where they ask for it
        (`programs`). Raises Refused where the old one is wrong or the new one will not do."""
        _refuse_unfit(new, name)
        self._prove(name, old)
        self.store.set_password(name, password_hash=hash_password(new), programs=programs)
        self.staff.note(name, "changed the own password")

    def set_up_second(self, name: str, *, letters: str, code: str, password: str, token: str) -> tuple[str, ...]:
        """The codes to keep for a lost phone, shown this once: from now on signing in asks for a code of the app that holds
        the secret, and all sessions but this one (`token`) end. Raises Refused where the code or the password is wrong."""
        try:
            secret = from_letters(letters)
        except ValueError:
            raise Refused("The secret did not come whole: load the page again and scan the new picture.") from None
        step = step_of(secret, code, now=world_now())
        if step is None:
            raise Refused("That is not the code of now: wait for the next one; check the time of the phone.")
        self._prove(name, password)
        codes = make_recovery_codes()
        self.store.set_second(name, secret, codes=hash_recovery_codes(codes))
        self.store.take_step(name, step)
        self.store.close_sessions(name, but=hash_token(token))
        self.staff.note(name, "set up a second factor")
        return codes

    def drop_second(self, name: str, *, password: str) -> None:
        """Sign in without a second factor from now on. Raises Refused where the role needs one or the password is wrong."""
        if self._user(name).role in self.staff.second_for:
            raise Refused("Your role needs a second factor on this desk: it can be set up anew, not taken away.")
        self._prove(name, password)
        self.store.set_second(name, None)
        self.staff.note(name, "took away the own second factor")

    def sign_out_elsewhere(self, name: str, *, token: str) -> int:
        """How many other sessions of somebody were ended."""
        ended = self.store.close_sessions(name, but=hash_token(token))
        self.staff.note(name, "signed out elsewhere", str(ended))
        return ended

    # parts of the above

    def _user(self, name: str) -> User:
        user = self.store.user(name)
        if user is None or user.closed:
            raise Refused(f"There is no account “{name}” (any more).")
        return user

    def _prove(self, name: str, password: str) -> None:
        """Raise Refused where this is not the account's password; tries are counted as at the door."""
        if not may_try(self.store, name, now=world_now()):
            raise Refused("Too many tries. Wait 15 minutes, then try again.")
        if not verify_password(self.store.password_hash(name), password):
            raise Refused("The password is wrong.")
        self.store.forget_failed_logins(name)

    def _address(self, *, role: Role, user: str | None, who: str) -> str:
        token, now = make_token(), world_now()
        made = Invitation(
            token_hash=token.hash, role=role, invited_by=who, at=now, until=ends_after(now, INVITED_FOR), user=user
        )
        self.store.invite(made)
        return token.value


def ends_after(at: datetime, lasts: timedelta) -> datetime:
    """When something ends that begins at `at`, to the second."""
    return (at + lasts).replace(microsecond=0)


def _role(name: str) -> Role:
    try:
        return role_named(name)
    except ValueError as err:
        raise Refused(f"{err}.") from None


def _name(typed: str) -> str:
    """A name as it is kept. Raises Refused for one that could be taken for something else."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not name or len(name) > LONGEST_NAME:
        raise Refused(f"A name has between 1 and {LONGEST_NAME} characters.")
    if not all(c.isalnum() or unicodedata.category(c) in ("Mn", "Mc") or c in " .-'_’" for c in name):
        raise Refused("A name has letters, digits, blanks, full stops and hyphens only.")
    return name


def _refuse_unfit(password: str, name: str) -> None:
    fault = fault_of_password(password, name=name)
    if fault is not None:
        raise Refused(fault)
