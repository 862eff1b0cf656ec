"""CFG603: a block that is too long to be checked while a page is built."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule

LONGEST_BLOCK = 1_000_000  # characters; about 20 000 lines, more than anyone reads on a page


class BlockTooLong(PageRule):
    """A block of more than a million characters is shown without colours and is not checked.

    To colour and check it would take longer than all other pages together, and a block of that
    length on a page is a mistake, such as a ``:file:`` that names a log.
    """

    code = 'CFG603'
    name = 'block-too-long'
    severity = Severity.WARNING
    message = 'this block has {length} characters and is not checked'
    help = 'show a part of it, or say :unchecked: and why'
    bad = (Example('rst', '.. config-block:: apache\n   :file: access.log\n'),)
    good = (Example('rst', '.. config-block:: uwsgi\n\n   [uwsgi]\n   # short\n'),)
    exceptions = 'None: say ``:unchecked:`` where the block has to be that long.'
    source = f'Our own limit: {LONGEST_BLOCK} characters.'
