"""UWS211: a value that lacks a part that uWSGI asks for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, StatementRule, shortened
from glance_docs_ext.rules.uwsgi.parts import (
    CRON,
    DAEMONS,
    LEGION,
    MCAST,
    PARTS,
    ROUTE,
    ROUTE_IF,
    RUN,
    UNSHARED,
    starts_as_cron,
    wanted,
)
from glance_docs_ext.rules.uwsgi.values import (
    has_path,
    is_applied,
    is_known,
    kind,
    known_part,
    options,
    value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.rules.uwsgi.parts import Parts
    from glance_docs_ext.syntax import Document, Statement, Word

KINDS = frozenset((*PARTS, DAEMONS))
LEGIONS = frozenset({'uwsgi_opt_legion', 'uwsgi_opt_legion_mcast'})
ROUTED = (RUN, ROUTE, ROUTE_IF)
FILLED = re.compile(r'[%$@]\(')  # may be anything; what ``%d`` stands for begins no action


class PartMissing(StatementRule):
    """Some options want a value in two parts or more and refuse to start without."""

    engines = ('uwsgi',)
    kinds = KINDS
    code = 'UWS211'
    name = 'part-missing'
    severity = Severity.ERROR
    message = 'uWSGI refuses {value!r} for {name!r}: it wants {wanted}'
    help = 'write it as {wanted}'
    bad = (
        Example('uwsgi', '[uwsgi]\nstatic-map = /srv/images\n'),
        Example('uwsgi', '[uwsgi]\nhttps-socket = :9292\n'),
        Example('uwsgi', '[uwsgi]\nset-placeholder = base\n'),
        Example('uwsgi', '[uwsgi]\nmaster = true\ncron = * * * * * /usr/bin/true\n'),
        Example('uwsgi', '[uwsgi]\nunshare = ipc,uts%d\n'),
        Example('uwsgi', '[uwsgi]\nlegion-mcast = web 225.1.1.1 98 aes-128-cbc:secret\n'),
        Example(
            'uwsgi',
            '[uwsgi]\nlegion = api 225.1.1.1:4242 98 aes-128-cbc:secret\n'
            'legion-mcast = web 225.1.1.1 98 aes-128-cbc:secret\n',
        ),
        Example(
            'uwsgi',
            '[uwsgi]\nlegion = web 225.1.1.1:4242 98 aes-128-cbc:secret\n'
            'legion-node = web 225.1.1.2\n',
        ),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nstatic-map = /images=/srv/images\n'),
        Example('uwsgi', '[uwsgi]\nhttps-socket = :9292,/etc/tls/api.crt,/etc/tls/api.key\n'),
        Example('uwsgi', '[uwsgi]\nset-placeholder = base=/srv\n'),
        Example('uwsgi', '[uwsgi]\nmaster = true\ncron = -1 -1 -1 -1 -1 /usr/bin/true\n'),
        Example(
            'uwsgi',
            '[uwsgi]\nlegion = web 225.1.1.1:4242 98 aes-128-cbc:secret\n'
            'legion-mcast = web 225.1.1.1 98 aes-128-cbc:secret\n',
        ),
    )
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/ and plugins/, the setters that the module ``parts`` names. Measured with uWSGI '
        '2.0.21: "invalid document root in static map, syntax mountpoint=docroot" and the like, '
        'exit status 1.'
    )

    def judge(
        self, statement: Statement, document: Document, engine: Engine
    ) -> Iterator[Diagnostic]:
        if not is_applied(statement, document):
            return
        word = value(statement)
        parts = wanted(statement.key, kind(statement, engine))
        if parts is MCAST and _is_made_above(statement, document, engine):
            parts = LEGION  # that has a port
        if parts is None or parts.pattern.fullmatch(word.text):
            return
        if not is_known(word) and _may_be_whole(word, parts):
            return
        span = word.span if word.text else statement.span
        text = shortened(word.text)
        yield self.report(document, span, name=statement.key, value=text, wanted=parts.wanted)


def _may_be_whole(word: Word, parts: Parts) -> bool:
    """Whether what is not in the text may make a value of ``word`` that has all its parts."""
    if parts is CRON:
        return starts_as_cron(known_part(word))
    if parts is UNSHARED:
        return not has_path(word)
    return parts not in ROUTED or FILLED.search(word.text) is not None


def _is_made_above(statement: Statement, document: Document, engine: Engine) -> bool:
    """Whether another legion may have the name of this one and stand before it."""
    first = document.once(_first_of_each, engine)
    name = _name(statement)
    return any(first.get(one, statement) is not statement for one in {name, None})


def _first_of_each(document: Document, engine: Engine) -> dict[str | None, Statement]:
    """Return the first legion of each name; None stands for a name that is not in the text."""
    found: dict[str | None, Statement] = {}
    for statement in sorted(options(document, engine, LEGIONS), key=lambda one: one.name.start):
        found.setdefault(_name(statement), statement)
    return found


def _name(statement: Statement) -> str | None:
    name, space, _ = known_part(value(statement)).partition(' ')
    return name if space else None
