"""APA244: a script that is to be loaded into processes which are not there for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Related, Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.apache.values import is_known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Placed, Statement, Word

SCRIPT = (
    'WSGIScriptAlias / /srv/glance.wsgi process-group=glance application-group=%{GLOBAL}\n'
    '<Directory /srv>\nRequire all granted\n</Directory>\n'
)
OPTION = 'application-group='
DAEMON = 'WSGIDaemonProcess glance processes=2\n'
HOST = '<VirtualHost *:80>\nServerName {}\n{}</VirtualHost>\n'


class DaemonProcessOutOfReach(Rule):
    """A script whose groups are both given is loaded at the start, into processes that are defined.

    ``WSGIDaemonProcess`` has to stand above it, and outside of virtual hosts, or in one with the
    same ServerName. ``WSGIProcessGroup``, and a script with one group only, are looked up when a
    request comes: there the order is free. Another file may define what is not defined here.
    """

    code = 'APA244'
    name = 'daemon-process-out-of-reach'
    severity = Severity.ERROR
    message = 'the processes {name!r} {complaint}'
    help = '{remedy}'
    engines = ('apache',)
    names = ('wsgidaemonprocess',)
    bad = (
        Example('apache', SCRIPT + DAEMON),
        Example(
            'apache',
            HOST.format('admin.example.com', DAEMON) + HOST.format('api.example.com', SCRIPT),
        ),
    )
    good = (
        Example('apache', DAEMON + SCRIPT),
        Example(
            'apache',
            HOST.format('api.example.com', DAEMON) + HOST.format('api.example.com', SCRIPT),
        ),
    )
    exceptions = 'None: Apache does not start with it.'
    source = (
        '``wsgi_add_script_alias()`` and ``wsgi_add_import_script()`` of mod_wsgi 5.0.2: "WSGI '
        'process group not yet configured", "not accessible", "not matchable"; measured with 4.9.4.'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        scripts = {one.statement for one in document.named(*SCRIPTS)}
        if not any(OPTION in script.rest.text for script in scripts):
            return
        daemons = [one for one in document.named(*self.names) if one.statement.arguments]
        later = {one.statement.arguments[0].text: one for one in reversed(daemons)}
        earlier: dict[str, Placed] = {}
        called: dict[Statement | None, str] = {}
        for placed in sorted(document.named(*SCRIPTS, *self.names, 'servername'), key=_start):
            words = placed.statement.arguments
            if placed.statement in scripts:
                word = _group(placed)
                name = word.text.partition('=')[2] if word else ''
                if word is None or name not in later:
                    continue
                if name not in earlier:
                    yield self._found(document, word, later[name], BELOW)
                elif not _serve(called, _host(earlier[name]), _host(placed)):
                    yield self._found(document, word, earlier[name], OTHER_HOST)
            elif words and placed.statement.key == 'servername':
                called[_host(placed)] = words[0].text.rpartition('://')[2].partition(':')[0]
            elif words:
                earlier.setdefault(words[0].text, placed)

    def _found(
        self, document: Document, word: Word, daemon: Placed, fault: tuple[str, str]
    ) -> Diagnostic:
        complaint, remedy = fault
        name = shortened(word.text.partition('=')[2])
        found = self.report(document, word.span, name=name, complaint=complaint, remedy=remedy)
        place = document.source.place(daemon.statement.span)
        return found.with_related(Related(place, 'they are defined here'))


def _start(placed: Placed) -> int:
    return placed.statement.name.start


def _group(placed: Placed) -> Word | None:
    """Return the word that names the processes, where the script is loaded at the start."""
    around = placed.scope.sections() if placed.scope else iter(())
    if any(one.key in UNSURE or _is_unless(one) for one in around):
        return None
    words = placed.statement.arguments
    first = 1 if placed.statement.key == 'wsgiimportscript' else 2  # behind the script
    options = {word.text.partition('=')[0]: word for word in words[first:]}
    processes, application = options.get('process-group'), options.get('application-group')
    if processes is None or application is None or not all(map(is_known, words)):
        return None
    group = application.text.partition('=')[2]
    if placed.statement.key != 'wsgiimportscript' and '%{' in group and group != '%{GLOBAL}':
        return None
    if placed.statement.key == 'wsgiscriptaliasmatch' and '$' in words[1].text:
        return None
    return processes


def _is_unless(section: Statement) -> bool:
    return (
        section.key == '<ifmodule'
        and section.arguments[:1] != ()
        and (section.arguments[0].text.startswith('!'))
    )


def _serve(
    called: dict[Statement | None, str], owner: Statement | None, user: Statement | None
) -> bool:
    """Whether the processes of ``owner`` are there for ``user``, with the names read so far.

    The name of the server itself may be in another file.
    """
    if owner is None or owner is user or (user is None and user not in called):
        return True
    return called.get(owner) == called.get(user)


def _host(placed: Placed) -> Statement | None:
    around = placed.scope.sections() if placed.scope else iter(())
    return next((section for section in around if section.key == '<virtualhost'), None)


SCRIPTS = ('wsgiscriptalias', 'wsgiscriptaliasmatch', 'wsgiimportscript')
UNSURE = frozenset({'<ifdefine', '<ifversion', '<iffile', '<ifdirective', '<ifsection', '<macro'})
BELOW = ('are defined further down', 'move WSGIDaemonProcess above this line')
OTHER_HOST = (
    'belong to a virtual host with another ServerName',
    'move WSGIDaemonProcess out of the virtual host, or define others for this one',
)
