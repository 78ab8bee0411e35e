"""Entries under a heading: key events, media, denials, whose words, which place, which question."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from sayso.flow.pages.comparing import Comparison
from sayso.flow.pages.paging import paging_pair, paging_token
from sayso.flow.pages.stream import ENTRIES_A_PAGE
from sayso.model.conflict import Conflict
from sayso.model.coverage import Coverage
from sayso.model.heading import FilterLink, HeadingKind, address_part, heading
from sayso.model.post import Post
from sayso.reconcile import place_id, place_name
from sayso.store import Store

KEY: Final = FilterLink(path="with/key/")
MEDIA: Final = FilterLink(path="with/media/")
DENIALS: Final = FilterLink(path="with/denial/")
#: Filters whose address is their whole name.
PLAIN: Final[Mapping[str, FilterLink]] = {"key": KEY, "media": MEDIA, "denial": DENIALS}


def filters_of(coverage: Coverage, store: Store) -> tuple[FilterLink, ...]:
    """The filters of the live page: the parties always, whoever else speaks where entries hold their words."""
    conflict, spoke = coverage.conflict, store.headings("party")
    parties = [p.id for p in conflict.parties]
    others = [x for x in conflict.names if x in spoke and x not in parties]
    plain = [
        FilterLink(path=link.path, count=sum(store.headings(cast(HeadingKind, kind)).values()))
        for kind, link in PLAIN.items()
    ]
    named = [FilterLink(path=f"with/party/{x}/", label=conflict.name(x)) for x in (*parties, *others)]
    return (FilterLink(path=""), *plain, *named, FilterLink(path="place/"))


def named_places(store: Store, conflict: Conflict) -> dict[str, tuple[str, ...]]:
    """The places that entries name, by their part of an address: the names under which entries stand."""
    found: dict[str, tuple[str, ...]] = {}
    for name in store.headings("place"):
        part = address_part(place_id(name, conflict))
        found[part] = (*found.get(part, ()), name)
    return found


def place_called(part: str, names: tuple[str, ...], conflict: Conflict) -> str | None:
    """What a place is called, by its part of an address and the names that entries give it; None where it is none."""
    if names:
        return place_name(place_id(names[0], conflict), conflict)
    return next((p.name for p in conflict.places if address_part(place_id(p.name, conflict)) == part), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Where a filter stands, what it shows, the headings that it leaves, and the address of the page about its subject."""

    path: str
    kind: HeadingKind
    name: str
    headings: tuple[str, ...]
    about: str | None = None


def filter_named(kind: str, name: str, coverage: Coverage, store: Store, compared: Comparison) -> Filter | None:
    """The filter of that kind and name; None where there is no such thing."""
    conflict, path = coverage.conflict, f"with/{kind}/{name}/"
    if kind in PLAIN and not name:
        plain = cast(HeadingKind, kind)
        return Filter(path=PLAIN[kind].path, kind=plain, name="", headings=(heading(plain),))
    if kind == "party" and name in conflict.names:
        return Filter(
            path=path, kind="party", name=conflict.name(name), headings=party_headings(name, coverage),
            about=f"party/{name}/",
        )  # fmt: skip
    if kind == "place":
        names = named_places(store, conflict).get(name, ())
        place = place_called(name, names, conflict)
        under = tuple(heading("place", n) for n in names)
        if place is None:
            return None
        return Filter(path=path, kind="place", name=place, headings=under, about=f"place/{name}/")
    found = compared.question(name) if kind == "question" else None
    if found is None:
        return None
    return Filter(
        path=f"with/question/{found.id}/", kind="question", name=found.wording,
        headings=(heading("question", found.id),), about=f"q/{found.id}/",
    )  # fmt: skip


def party_headings(party: str, coverage: Coverage) -> tuple[str, ...]:
    """The headings under which a party's words stand: where it is quoted, and whatever its own channels say."""
    channels = (s.name for s in coverage.sources if s.party == party)
    return (heading("party", party), *(heading("source", name) for name in channels))


def page_under(
    headings: tuple[str, ...], store: Store, before: str | None, *, limit: int = ENTRIES_A_PAGE
) -> tuple[tuple[Post, ...], str | None] | None:
    """The newest posts under any of these headings, or those before a paging token, and the token of the next page (None
    after the last); None for a token that we did not give."""
    start = paging_pair(before) if before else None
    if before and start is None:
        return None
    ids = store.filed_under(headings, limit=limit + 1, before=start)
    posts = store.posts_by_id(ids[:limit])
    return posts, paging_token(posts[-1].at, posts[-1].id) if len(ids) > limit else None
