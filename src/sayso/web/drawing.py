"""What draws a page of a coverage from the parts of its address."""

from collections.abc import Callable, Mapping
from typing import Any

from sayso.model.views import Views

#: The page's text or bytes; None for what is not there.
Draw = Callable[[Views, Mapping[str, Any]], "str | bytes | None"]


def drawn(draw: Callable[[Any], str], page: object | None) -> str | None:
    """What `draw` makes of a view, None where there is none."""
    return None if page is None else draw(page)
