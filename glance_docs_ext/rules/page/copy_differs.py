"""CFG614: a block that is said to be a copy of a file, and is not."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule, shortened
from glance_docs_ext.source import TAB_WIDTH

if TYPE_CHECKING:
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Source

BLOCK = '.. config-block:: uwsgi\n   :matches: site.ini\n\n   [uwsgi]\n   master = {}\n'


class CopyDiffers(PageRule):
    """``:matches:`` names the file that a block shows by hand, and one of them was changed.

    Blank lines at both ends, blanks at the ends of lines, and tabs do not count.
    """

    code = 'CFG614'
    name = 'copy-differs'
    severity = Severity.WARNING
    message = 'the block is no copy of {file}: {difference}'
    help = 'make them the same, or take the text from the file with :file:'
    bad = (Example('rst', BLOCK.format('false')),)
    good = (Example('rst', BLOCK.format('true')),)
    exceptions = 'None: take ``:matches:`` away where a block is meant to differ.'
    source = 'The file, while the page is read.'

    def judge(self, block: Source, text: str, file: str) -> Diagnostic | None:
        """Return the first difference between a block and the text of a file, None for none.

        :param file: the file as the page names it
        """
        shown, blank = _lines(block.text)
        original, skipped = _lines(text)
        for index, (ours, theirs) in enumerate(zip_longest(shown, original)):
            if ours == theirs:
                continue
            if theirs is None:
                difference = 'the file ends before this line'
            elif ours is None:
                difference = f'the file goes on with {shortened(theirs)!r}'
            else:
                difference = f'line {skipped + index + 1} of the file is {shortened(theirs)!r}'
            number = blank + min(index, len(shown) - 1) + 1
            span = block.line_span(max(1, number))
            return self.report_at(block.place(span), file=shortened(file), difference=difference)
        return None


def _lines(text: str) -> tuple[list[str], int]:
    """Return the lines as a page shows them, and how many blank ones were left out before them."""
    lines = [line.expandtabs(TAB_WIDTH).rstrip() for line in text.rstrip().split('\n')]
    first = next((index for index, line in enumerate(lines) if line), len(lines))
    return lines[first:], first
