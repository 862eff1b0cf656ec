"""APA229: a definition or a comparison that cannot be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.apache.conditions import VERSION, comparison
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement

OPERATORS = frozenset(('=', '==', '>', '>=', '<', '<=', '~'))
REGEX = re.compile('/.*/', re.DOTALL)


class ReadTimeValue(ValueRule):
    """A variable's name has no colon, and a version is compared by an operator with a number."""

    code = 'APA229'
    name = 'read-time-value'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('define', 'undefine', '<ifversion')
    bad = (
        Example('apache', 'Define glance:port 60999\n'),
        Example('apache', '<IfVersion 2.4 or later>\n</IfVersion>\n'),
    )
    good = (
        Example('apache', 'Define glance_port 60999\n'),
        Example('apache', '<IfVersion >= 2.4>\n</IfVersion>\n'),
        Example('apache', '<IfVersion >= 2.4.0.>\n</IfVersion>\n'),
        Example('apache', '<IfVersion >= 2.4> server>\n</IfVersion>\n'),
        Example('apache', '<IfVersion < 2.4> server\n    NoSuchDirective on\n</IfVersion>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        'server/core.c: "Variable name must not contain \':\'"; mod_version.c: "unrecognized '
        'operator"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    if statement.key != '<ifversion':
        if words and ':' in words[0].text:
            yield Fault(words[0].span, 'the name of a variable has no colon', 'write "_" instead')
        return
    if len(words) > 3 or (len(words) == 3 and not words[1].text.endswith('>')):
        yield Fault(words[2].span, 'it takes an operator and one version', 'take the rest away')
        return
    if not words:
        return
    operator, version = comparison([word.text for word in words])
    operator = operator.removeprefix('!')
    place = words[:2][-1].span
    if operator not in OPERATORS:
        what = f'{shortened(words[0].text)!r} is no operator'
        yield Fault(words[0].span, what, 'write =, >, >=, <, <= or ~')
    elif operator != '~' and not REGEX.fullmatch(version) and not VERSION.fullmatch(version):
        what = f'{shortened(version)!r} is no version'
        yield Fault(place, what, 'write up to three numbers, as 2.4.6')
