"""One thread at a time in what several threads share."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
S = TypeVar("S", bound=Any)
T = TypeVar("T")


def alone(draw: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """The same method, under its object's `_lock`: pages and the live stream ask at once, and what is kept is shared."""

    @wraps(draw)
    def drawn(self: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self._lock:
            return draw(self, *args, **kwargs)

    return drawn
