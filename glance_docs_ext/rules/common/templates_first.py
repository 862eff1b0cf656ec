"""templates_first(): of a value that a template is to fill in, only that is said."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from glance_docs_ext.rule import shortened
from glance_docs_ext.rules.common.places_first import OF_STATEMENTS
from glance_docs_ext.rules.nginx.form_of_value import FormOfValue
from glance_docs_ext.rules.nginx.listen_value import ListenValue
from glance_docs_ext.rules.nginx.number_value import NumberValue
from glance_docs_ext.rules.nginx.size_value import SizeValue
from glance_docs_ext.rules.nginx.switch_value import SwitchValue
from glance_docs_ext.rules.nginx.template_placeholder import TemplatePlaceholder
from glance_docs_ext.rules.nginx.time_value import TimeValue
from glance_docs_ext.rules.nginx.upstream_address import UpstreamAddress
from glance_docs_ext.rules.nginx.upstream_server import UpstreamServer
from glance_docs_ext.rules.nginx.word_not_listed import WordNotListed
from glance_docs_ext.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.source import Place
    from glance_docs_ext.syntax import Document

OF_VALUES = frozenset(
    rule.code
    for rule in (
        *(FormOfValue, ListenValue, NumberValue, SizeValue, SwitchValue, TimeValue),
        *(UpstreamAddress, UpstreamServer, WordNotListed),
    )
)
"""The rules about a value that nginx does not take."""
_ENVIRONMENT = re.compile(r'\$\{[A-Z][A-Z0-9_]*+\}')


def templates_first(found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
    """Return the findings less what is said of words that hold a placeholder.

    Nobody knows what will stand there, and that the engine refuses it now is said.
    """
    return _less_placeholders(_from_the_environment(found, document), document)


def _from_the_environment(found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
    """Return the findings, with one about a template where nginx refuses ``${PORT}``."""
    source = document.source
    if document.engine != 'nginx' or not any(one.code in OF_VALUES for one in found):
        return found
    matches = _ENVIRONMENT.finditer(source.text)
    told = sorted((_start(source.place(Span(*match.span()))), match[0]) for match in matches)
    starts = [start for start, _name in told]
    return [
        _of_a_template(one, told[bisect_left(starts, _start(one.place))][1])
        if one.code in OF_VALUES and _holds_one(one.place, starts)
        else one
        for one in found
    ]


def _of_a_template(one: Diagnostic, name: str) -> Diagnostic:
    rule = TemplatePlaceholder()
    message = rule.message.format(opening=shortened(name), taken='the value itself')
    remedy = 'show what the template makes of it'
    return one._replace(code=rule.code, name=rule.name, message=message, help=remedy, url=rule.url)


def _less_placeholders(found: Sequence[Diagnostic], document: Document) -> Sequence[Diagnostic]:
    kind, place_of = TemplatePlaceholder.name, document.source.place
    places = [place_of(one.span) for one in document.problems if one.kind == kind]
    if not places:
        return found
    starts = sorted(_start(place) for place in places)
    return [
        one
        for one in found
        if one.code == TemplatePlaceholder.code
        or one.code[3] not in OF_STATEMENTS
        or not _holds_one(one.place, starts)
    ]


def _holds_one(place: Place, starts: Sequence[tuple[str, int, int]]) -> bool:
    index = bisect_left(starts, _start(place))
    end = (place.path, place.end_line, place.end_column)
    return index < len(starts) and starts[index] < end


def _start(place: Place) -> tuple[str, int, int]:
    return place.path, place.line, place.column
