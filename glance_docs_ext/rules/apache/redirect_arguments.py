"""APA223: a redirection to nowhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, shortened
from glance_docs_ext.rules.apache.values import Fault, ValueRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.syntax import Document, Statement, Word

NAMES = ('redirect', 'redirectmatch', 'redirectpermanent', 'redirecttemp')
STATUSES = {'permanent': 301, 'temp': 302, 'seeother': 303, 'gone': 410}
NUMBER = re.compile('[0-9]{1,9}')
ADDRESS = re.compile(r'[A-Za-z0-9+.-]+:|/')  # ap_is_url()


class RedirectArguments(ValueRule):
    """``Redirect`` has a status if you like, a path, and an address where the status wants one.

    Statuses outside 300 to 399 have no address. Inside a ``<Location>`` the path may be left out.
    """

    code = 'APA223'
    name = 'redirect-arguments'
    severity = Severity.ERROR
    message = '{name}: {what}'
    help = '{remedy}'
    engines = ('apache',)
    names = NAMES
    bad = (
        Example('apache', '<VirtualHost *:80>\n    Redirect permanent /old\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    Redirect gone /old /new\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    Redirect moved /old /new\n</VirtualHost>\n'),
        Example('apache', '<Location /old>\n    Redirect permanent\n</Location>\n'),
    )
    good = (
        Example(
            'apache',
            '<VirtualHost *:80>\n    Redirect permanent /old https://glance.example.com/new\n'
            '</VirtualHost>\n',
        ),
        Example('apache', '<VirtualHost *:80>\n    Redirect gone /old\n</VirtualHost>\n'),
        Example('apache', '<VirtualHost *:80>\n    Redirect /old /new\n</VirtualHost>\n'),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``add_redirect_internal()`` in mod_alias.c: "URL to redirect to is missing", "Redirect '
        'to non-URL"; measured with Apache 2.4.71.'
    )

    def faults(self, statement: Statement, document: Document) -> Iterable[Fault]:
        return _faults(statement)


def status(word: Word) -> int | None:
    """Return the status that a word of ``Redirect`` stands for, None where it is something else."""
    number = NUMBER.match(word.text)
    return int(number[0]) if number else STATUSES.get(word.text.lower())


def _faults(statement: Statement) -> Iterator[Fault]:
    words = statement.arguments
    code = status(words[0]) if words else None
    goes_on = code is None or 300 <= code <= 399
    if len(words) == 3 and code is None:
        what = f'{shortened(words[0].text)!r} is no status'
        yield Fault(words[0].span, what, 'write permanent, temp, seeother, gone or a number')
    elif len(words) == 3 and not goes_on:
        yield Fault(words[2].span, f'the status {words[0].text} has no address', 'take it away')
    elif goes_on and _lacks_address(statement, code):
        yield Fault(words[-1].span, 'the address to go to is missing', 'write path and address')
    elif (
        statement.key != 'redirectmatch'
        and len(words) == 2 + (code is not None)
        and not ADDRESS.match(words[-1].text)
    ):
        what = f'{shortened(words[-1].text)!r} is no address and no path'
        yield Fault(words[-1].span, what, 'write it with its scheme, or from the root on')


def _lacks_address(statement: Statement, code: int | None) -> bool:
    """Whether nothing stands behind a status, or a path alone where no section gives another."""
    number = len(statement.arguments)
    if number == 1 and statement.key == 'redirect' and code is not None:
        return True
    return (
        number == 1 + (code is not None)
        and (number == 2 or statement.key == 'redirect')
        and _is_global(statement)
    )


def _is_global(statement: Statement) -> bool:
    """Whether it stands outside of all sections but ``<VirtualHost>``, and needs a path."""
    return bool(statement.contexts) and statement.contexts <= {'server', 'vhost'}
