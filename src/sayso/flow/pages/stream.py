"""The stream of entries, cut into pages that lead both ways: nothing is left out and nothing comes twice, whatever is
published or withdrawn meanwhile, since a page begins where another one ended and not at a count of entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sayso.flow.pages.paging import paging_pair, paging_token
from sayso.model.post import STREAM, Post
from sayso.store import Store

#: Entries of one page; its budget of bytes is held by a test.
ENTRIES_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The posts of one page, newest first, and the paging tokens of the pages with what is newer and what is older (None:
    there is nothing)."""

    posts: tuple[Post, ...]
    newer: str | None = None
    older: str | None = None


def newest(store: Store) -> Stretch:
    """The newest posts."""
    posts = store.posts(limit=ENTRIES_A_PAGE + 1, kinds=STREAM)
    return Stretch(posts=posts[:ENTRIES_A_PAGE], older=last_token(posts[:ENTRIES_A_PAGE], posts))


def older_than(store: Store, token: str) -> Stretch | None:
    """The posts right before the one of a paging token, which is newer; None for a token that we did not give."""
    start = paging_pair(token)
    if start is None:
        return None
    found = store.posts(limit=ENTRIES_A_PAGE + 1, before=start, kinds=STREAM)
    posts = found[:ENTRIES_A_PAGE]
    return Stretch(posts=posts, newer=token_of(posts[0]) if posts else token, older=last_token(posts, found))


def newer_than(store: Store, token: str) -> Stretch | None:
    """The posts right after the one of a paging token, which is older; None for a token that we did not give."""
    start = paging_pair(token)
    if start is None:
        return None
    found = store.posts_after(start, limit=ENTRIES_A_PAGE + 1, kinds=STREAM)
    posts = found[-ENTRIES_A_PAGE:]
    newer = token_of(posts[0]) if len(found) > len(posts) else None
    return Stretch(posts=posts, newer=newer, older=token_of(posts[-1]) if posts else token)


def around(store: Store, post_id: str) -> Stretch | None:
    """The posts around one, about as many newer as older ones; None where that is no entry."""
    post = store.post(post_id)
    if post is None or not post.is_entry:
        return None
    here = (post.at, post.id)
    half = ENTRIES_A_PAGE // 2
    above = store.posts_after(here, limit=half + 1, kinds=STREAM)
    below = store.posts(limit=ENTRIES_A_PAGE - half, before=here, kinds=STREAM)
    posts = (*above[-half:], post, *below[: ENTRIES_A_PAGE - half - 1])
    return Stretch(
        posts=posts,
        newer=token_of(posts[0]) if len(above) > half else None,
        older=last_token(posts, (*above[-half:], post, *below)),
    )


def token_of(post: Post) -> str:
    """The paging token that stands for a post."""
    return paging_token(post.at, post.id)


def last_token(shown: Sequence[Post], found: Sequence[Post]) -> str | None:
    """The token of the last post shown, None where no other one was found after it."""
    return token_of(shown[-1]) if len(found) > len(shown) else None
