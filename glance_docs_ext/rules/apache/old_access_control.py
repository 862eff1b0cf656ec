"""APA301: access control in the way of Apache 2.2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Placed, Scope, Statement

ALL = 'from all'
SOME = 'write Require ip, Require host or Require env for what is allowed'
GRANTED = 'write "Require all granted"'
OLD = ('order', 'allow', 'deny', 'satisfy')
GUARDS = frozenset({'<ifversion', '<ifmodule', '<ifdefine', '<ifdirective'})


class OldAccessControl(Rule):
    """``Order``, ``Allow``, ``Deny`` and ``Satisfy`` are of Apache 2.2.

    2.4 only has them where mod_access_compat is loaded, and refuses to start elsewhere. Mixed with
    ``Require``, both must let a request through. The remedy says what the lines come to together.
    """

    engines = ('apache',)
    names = OLD
    code = 'APA301'
    name = 'old-access-control'
    severity = Severity.INFO
    message = '{name} is from Apache 2.2: 2.4 refuses it without mod_access_compat'
    help = '{remedy}'
    bad = (
        Example(
            'apache',
            '<Directory /srv/wsgi>\n    Order allow,deny\n    Allow from all\n</Directory>\n',
        ),
        Example('apache', '<Files ".ht*">\n    Deny from all\n</Files>\n'),
    )
    good = (
        Example('apache', '<Directory /srv/wsgi>\n    Require all granted\n</Directory>\n'),
        Example('apache', '<IfVersion < 2.4>\n    Order allow,deny\n</IfVersion>\n'),
    )
    exceptions = 'The servers load mod_access_compat, as those of Debian do.'
    source = (
        '"Upgrading to 2.4 from 2.2" in the manual of Apache. Measured with Apache 2.4.71: '
        '"Invalid command \'Order\'" without the module.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        required = {_around(scope) for _statement, scope in document.named('require')}
        for around, lines in _together(document).items():
            name = lines[0].name
            remedy = _remedy(lines, required=around in required)
            yield self.report(document, name.span, name=name.text, remedy=remedy)


def _around(scope: Scope | None) -> Statement | None:
    return scope.section if scope else None


def _together(document: Document) -> dict[Statement | None, list[Statement]]:
    """Return the lines that speak of one place: those in one section belong to the first of them.

    What stands in a condition is for the older version.
    """
    found: dict[Statement | None, list[Statement]] = {}
    has_guards = not GUARDS.isdisjoint(document.keys)
    for statement, scope in sorted(document.named(*OLD), key=_start):
        if not has_guards or not scope or not _is_guarded(scope):
            found.setdefault(_around(scope), []).append(statement)
    return found


def _start(placed: Placed) -> int:
    return placed.statement.name.start


def _is_guarded(scope: Scope) -> bool:
    return any(section.key in GUARDS for section in scope.sections())


def _remedy(lines: list[Statement], *, required: bool) -> str:
    """Return what says the same to Apache 2.4.

    :param required: a ``Require`` stands beside them, and both must hold
    """
    said: dict[str, list[str]] = {key: [] for key in OLD}
    for line in lines:
        said[line.key].append(_words(line))
    allowed, denied = said['allow'], said['deny']
    is_closed = said['order'][-1:] in (['allow,deny'], ['mutual-failure'])  # to who is not named
    if said['satisfy'][-1:] == ['any']:
        return 'write what opens it as lines of Require, in <RequireAny>'
    if not (said['order'] or allowed or denied):
        return 'write <RequireAll> around the lines of Require'
    if (ALL in denied or not allowed) if is_closed else (ALL in denied and not allowed):
        return 'write "Require all denied"' + ', and no other Require' * required
    if (ALL in allowed and not denied) if is_closed else (ALL in allowed or not denied):
        return 'take it away: Require says who may come' if required else GRANTED
    return _partly(allowed, denied, is_closed=is_closed, required=required)


def _partly(allowed: list[str], denied: list[str], *, is_closed: bool, required: bool) -> str:
    """Return what says the same where some may come and others may not."""
    place = ', in one <RequireAll> with the other Require' if required else ''
    if not denied or ALL in denied:
        return f'{SOME}{place}'
    if is_closed and ALL not in allowed:
        return f'{SOME}, and "Require not ip" for what is denied{place or ", in <RequireAll>"}'
    place = place or ', in <RequireAll> with "Require all granted"'
    return f'write "Require not ip" for what is denied{place}'


def _words(line: Statement) -> str:
    return ' '.join([word.text for word in line.arguments]).lower()
