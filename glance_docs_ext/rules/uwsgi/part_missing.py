"""UWS211: a value that lacks a part that uWSGI asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.uwsgi.values import applied, is_known, kind, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class Parts(NamedTuple):
    """What separates the parts of a value, how many times at least, and the whole in words."""

    separator: str
    least: int
    wanted: str


PARTS = {
    'uwsgi_opt_static_map': Parts('=', 1, 'MOUNTPOINT=FOLDER'),
    'uwsgi_opt_add_dyn_dict': Parts('=', 1, 'KEY=VALUE'),
    'uwsgi_opt_set_placeholder': Parts('=', 1, 'NAME=VALUE'),
    'uwsgi_opt_add_custom_option': Parts('=', 1, 'NAME=TEMPLATE'),
    'uwsgi_opt_resolve': Parts('=', 1, 'NAME=DOMAIN'),
    'uwsgi_opt_add_regexp_dyn_dict': Parts(' ', 1, 'PATTERN VALUE'),
    'uwsgi_opt_add_regexp_custom_list': Parts(' ', 1, 'VALUE PATTERN'),
    'uwsgi_opt_scd': Parts(':', 1, 'DIGEST:FOLDER'),
    'uwsgi_opt_add_ssl_socket': Parts(',', 2, 'ADDRESS,CERTIFICATE,KEY'),
    'uwsgi_opt_https': Parts(',', 2, 'ADDRESS,CERTIFICATE,KEY'),
}


class PartMissing(Rule):
    """Some applied want a value in two parts or more and refuse to start without."""

    engines = ('uwsgi',)
    code = 'UWS211'
    name = 'part-missing'
    severity = Severity.ERROR
    message = 'uWSGI refuses {value!r} for {name!r}: it wants {wanted}'
    help = 'write it as {wanted}'
    bad = (
        Example('uwsgi', '[uwsgi]\nstatic-map = /srv/images\n'),
        Example('uwsgi', '[uwsgi]\nhttps-socket = :9292\n'),
        Example('uwsgi', '[uwsgi]\nset-placeholder = base\n'),
    )
    good = (
        Example('uwsgi', '[uwsgi]\nstatic-map = /images=/srv/images\n'),
        Example('uwsgi', '[uwsgi]\nhttps-socket = :9292,/etc/tls/api.crt,/etc/tls/api.key\n'),
        Example('uwsgi', '[uwsgi]\nset-placeholder = base=/srv\n'),
    )
    exceptions = 'None: no version of uWSGI starts with it.'
    source = (
        'core/uwsgi.c and plugins/http/https.c, the setters named in the table of this '
        'rule. Measured with uWSGI 2.0.21: "invalid document root in static map, syntax '
        'mountpoint=docroot" and the like, exit status 1.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        for statement in applied(document, engine, frozenset(PARTS)):
            word = value(statement)
            parts = PARTS[kind(statement, engine)]
            if is_known(word) and word.text.count(parts.separator) < parts.least:
                span = word.span if word.text else statement.span
                text = shortened(word.text)
                yield self.report(
                    document, span, name=statement.key, value=text, wanted=parts.wanted
                )
