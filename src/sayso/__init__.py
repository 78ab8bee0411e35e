"""sayso: a self-hosted desk for live coverage of an armed conflict. No number without who said it.

From a program: `from sayso import read_text`.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.flow.texts import read_text

__version__ = "0.1.0"
__all__ = ["__version__", "read_text"]


def __getattr__(name: str) -> Any:
    """`read_text`, imported when it is first asked for: every other use of the package starts without the reader."""
    if name != "read_text":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from sayso.flow.texts import read_text  # noqa: PLC0415 - see above

    return read_text
