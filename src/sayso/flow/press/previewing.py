"""A draft as readers would see it: the very page, with the claims that will count once it is out. For the desk alone."""

from collections.abc import Collection
from dataclasses import replace

from sayso.flow.newsroom import Newsroom
from sayso.flow.pages.views import CoverageViews
from sayso.model.page import PageFrame, PostPage
from sayso.model.post import Post
from sayso.model.question import Said


class Preview(CoverageViews):
    """The pages of a coverage in which some claims count that nobody accepted yet; nothing of them is kept."""

    def __init__(self, room: Newsroom, *, accepted: Collection[str]) -> None:
        super().__init__(room)
        self._accepted = frozenset(accepted)

    def frame(self) -> PageFrame:
        """What stands around the page: with the pictures as the desk has them, which readers cannot have yet."""
        return replace(super().frame(), previewed=True)

    def page(self, post: Post) -> PostPage:
        """The page of a post that is not out."""
        return PostPage(frame=self.frame(), entry=self._entry_of(post, self._compare()))

    def _said(self, statement_id: str) -> tuple[Said, ...]:
        suggested = self._store.suggested(statement_id)
        return (*super()._said(statement_id), *(s for s in suggested if s.id in self._accepted))
