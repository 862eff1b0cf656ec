"""WaitingComment: what a page says to us of the next block, until that block comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from glance_docs_ext.pages.literals import Comment


class WaitingComment:
    """The last ``comment`` that is addressed to us, None where it has its block, or there is none.

    It is for the block that follows at once, in the same column. Before anything else it is
    dropped: yielded alone, so that a comment which speaks of no block can be told.
    """

    def __init__(self) -> None:
        self.comment: Comment | None = None

    def taken(self, column: int) -> Generator[Comment, None, Comment | None]:
        """Return the comment that a block in ``column`` has before it; it must stand there too."""
        if self.comment is None or self.comment.column != column:
            yield from self.dropped()
            return None
        comment, self.comment = self.comment, None
        return comment

    def dropped(self) -> Iterator[Comment]:
        """Yield the comment that has no block behind it, if there is one."""
        if self.comment is not None:
            yield self.comment
            self.comment = None
