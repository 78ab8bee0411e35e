"""The roles of people at the desk, the one with the fewest rights first."""

from typing import Final, Literal, get_args

Role = Literal["reporter", "editor", "chief", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
