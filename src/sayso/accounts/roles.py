"""What each role may do. A role may all that the one before it may."""

from typing import Final, Literal, get_args

from sayso.model.roles import ROLES, Role

#: look: see the desk. submit: add posts, propose readings, hold, draft. publish: let out, decide about readings and
#: questions. correct: change or take back what is out. administer: people, sources, settings.
May = Literal["look", "submit", "publish", "correct", "administer"]

#: The last right of each role.
_UP_TO: Final[dict[Role, May]] = {
    "reporter": "submit",
    "editor": "publish",
    "chief": "correct",
    "admin": "administer",
}


def may(role: Role, what: May) -> bool:
    """Whether a role may do this."""
    rights = get_args(May)
    return rights.index(what) <= rights.index(_UP_TO[role])


def role_named(name: str) -> Role:
    """The role of that name. Raises ValueError for a name that is none."""
    for role in ROLES:
        if role == name:
            return role
    raise ValueError(f"{name!r} is no role: one of {', '.join(ROLES)}")
