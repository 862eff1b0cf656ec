"""Of a value that something is to fill in, that is said instead of what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.nginx.form_of_value import FormOfValue
from glance_docs_ext.rules.nginx.listen_value import ListenValue
from glance_docs_ext.rules.nginx.number_value import NumberValue
from glance_docs_ext.rules.nginx.placeholders_first import first_in
from glance_docs_ext.rules.nginx.size_value import SizeValue
from glance_docs_ext.rules.nginx.switch_value import SwitchValue
from glance_docs_ext.rules.nginx.template_placeholder import TemplatePlaceholder
from glance_docs_ext.rules.nginx.time_value import TimeValue
from glance_docs_ext.rules.nginx.upstream_address import UpstreamAddress
from glance_docs_ext.rules.nginx.upstream_server import UpstreamServer
from glance_docs_ext.rules.nginx.variable_name import VariableName
from glance_docs_ext.rules.nginx.word_not_listed import WordNotListed
from glance_docs_ext.rules.precedence import Precedence, start
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.syntax import Document

OF_VALUES = frozenset(
    rule.code
    for rule in (
        *(FormOfValue, ListenValue, NumberValue, SizeValue, SwitchValue, TimeValue),
        *(UpstreamAddress, UpstreamServer, WordNotListed),
    )
)
"""The rules about a value that nginx does not take."""
_JUDGED = OF_VALUES | {VariableName.code}
_DEFAULT = r':?[-=?+][^\s{};"\']*+'
_FILLED_IN = re.compile(
    r'[$%@_](?:'  # one class for all of them: the rest is tried at few places
    rf'(?<=\$)\{{(?:[A-Z][A-Z0-9_]*+|[A-Za-z_][A-Za-z0-9_]*+(?P<default>{_DEFAULT}))\}}'
    r'|(?<=%)(?:%\w++%%|\(\w++\)[ds]|\[\d++\][dqsv])'
    r'|(?<=@)[A-Z][A-Z0-9_]*+@'
    r'|(?<=_)(?<![^\W_]_)_[A-Z](?>(?:[A-Z0-9]|_(?!_))*)__(?!\w)'
    r')'
)
"""``${PORT}``, ``${PORT:-80}`` of a shell, ``%%port%%``, ``%(port)s`` and ``%[1]d`` of programs,
``__PORT__``, ``@PORT@``: no value of nginx looks like one of them."""


class FilledInFirst(Precedence):
    """``${PORT}`` is filled in by a shell or a program: nginx takes it for the value itself."""

    engines = ('nginx',)

    def settle(self, found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
        """Return the findings, with one about a template where nginx refuses its placeholder."""
        source = document.source
        if _JUDGED.isdisjoint([one.code for one in found]) or not _may_fill_in(source.text):
            return found
        matches = _FILLED_IN.finditer(source.text)
        told = sorted((start(source.place(Span(*one.span()))), one) for one in matches)
        starts = [where for where, _match in told]
        settled = []
        for one in found:
            index = first_in(one, starts)
            match = told[index][1] if index is not None else None
            settled.append(_of_a_template(one, match) if match else one)
        return settled


def _may_fill_in(text: str) -> bool:
    """Whether there is what one of them begins with: to look for that costs next to nothing."""
    return any(map(text.__contains__, ('${', '%%', '%(', '%[', '@', '__')))


def _of_a_template(one: Diagnostic, match: re.Match[str]) -> Diagnostic:
    """Return what is said instead of a finding about a word with a placeholder in it."""
    rule, taken = TemplatePlaceholder(), 'the value itself'
    if one.code == VariableName.code and match['default']:
        taken = 'a variable whose brace is missing'
    elif one.code not in OF_VALUES:
        return one
    message = rule.message.format(opening=shortened(match[0]), taken=taken)
    remedy = 'show what the template makes of it'
    return one._replace(code=rule.code, name=rule.name, message=message, help=remedy, url=rule.url)
