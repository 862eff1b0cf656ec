"""CFG613: a page explains an option that none of its blocks sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule, shortened

if TYPE_CHECKING:
    from collections.abc import Collection

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document

PAGE = 'Requests end with :uwsgi:option:`harakiri`.\n\n.. config-block:: uwsgi\n\n   [uwsgi]\n'


class OptionWithoutBlock(PageRule):
    """The page names an option by a role, and has blocks of that server, but not with the option.

    Often the block was changed and the text was not, or a reader is told of something that the
    block to copy does not do.
    """

    code = 'CFG613'
    name = 'option-without-block'
    severity = Severity.INFO
    message = 'this page explains the {label} {noun} {name!r}, and no block on it sets that'
    help = 'set it in a block, or say in the text that it is left out, and why'
    bad = (Example('rst', f'{PAGE}   master = true\n'),)
    good = (
        Example('rst', f'{PAGE}   master = true\n   harakiri = 60\n'),
        Example('rst', 'Requests end with :uwsgi:option:`harakiri`.\n'),
    )
    exceptions = 'The page says not to use it, or leaves it to the reader.'
    source = 'The page itself: its roles and its blocks.'

    def judge(
        self, place: Place, key: str, engine: Engine, documents: Collection[Document]
    ) -> Diagnostic | None:
        """Return the finding about a name at ``place``, None where a block shows it.

        :param key: the name as the catalogue has it
        :param documents: the blocks of the page, of all engines
        """
        own = [document for document in documents if document.engine == engine.name]
        name = engine.catalogue[key][0].name
        if not own or any(key in block.keys or _mentions(block, name) for block in own):
            return None
        return self.report_at(place, label=engine.label, noun=engine.noun, name=shortened(name))


def _mentions(document: Document, name: str) -> bool:
    """Whether a comment names it: an option that is there to be switched on."""
    return any(name in comment.text for comment in document.comments)
