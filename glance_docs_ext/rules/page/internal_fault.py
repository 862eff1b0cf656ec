"""CFG610: a rule of ours failed."""

from __future__ import annotations

from pathlib import PurePath
from traceback import extract_tb
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule, shortened

if TYPE_CHECKING:
    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place


class InternalFault(PageRule):
    """A fault of this package: one of its rules, or a reader, failed on a block.

    The other rules have judged the block, and the build goes on; what that one rule would have said
    is not known. No block is known that does it: the example only shows what kind of page it would
    be told of.
    """

    code = 'CFG610'
    name = 'internal-fault'
    severity = Severity.WARNING
    message = 'a fault of glance_docs_ext, not of this block: {part} failed with {error} ({where})'
    help = 'please report it, with the block; until then, suppress configcheck.internal-fault'
    bad = (Example('rst', '.. config-block:: uwsgi\n\n   [uwsgi]\n   processes = 4\n'),)
    good = (Example('rst', '.. config-block:: uwsgi\n\n   [uwsgi]\n   processes = 2\n'),)
    exceptions = 'Once it is reported: nothing on the page has to change.'
    source = 'An exception that a rule or a reader raised. ``configcheck`` ends with status 2.'

    def of(self, part: str, error: Exception, place: Place) -> Diagnostic:
        """Return what is said of ``error``, which ``part`` of this package raised.

        :param part: the rule or reader, in words
        :param place: the beginning of the block
        """
        frames = extract_tb(error.__traceback__)
        where = f'{PurePath(frames[-1].filename).name}:{frames[-1].lineno}' if frames else 'nowhere'
        words = shortened(f'{type(error).__name__}: {error}', LONGEST)
        return self.report_at(place, part=part, error=words, where=where)


LONGEST = 200  # characters of what an exception says
