"""What the installed uWSGI says of a text in strict mode.

uWSGI has no mode that only checks: ``--get`` applies every option, and then ends before anything
is bound or loaded. Some options act while they are applied; a text with one of them is withheld.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.engines.uwsgi import CATALOGUE, routes
from glance_docs_ext.engines.uwsgi.order import AGAIN, SET
from glance_docs_ext.engines.uwsgi.parser import HEADER
from glance_docs_ext.engines.uwsgi.plugins import LOADS, foreign
from glance_docs_ext.native import sandbox
from glance_docs_ext.native.folders import folders
from glance_docs_ext.native.rewriting import branches, rewritten
from glance_docs_ext.native.verdicts import ACCEPTED, Outcome, Verdict, failure, refused
from glance_docs_ext.rules.uwsgi.plugin_loaded_twice import loaded_twice
from glance_docs_ext.rules.uwsgi.values import MAGIC, is_whole, value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.native.sandbox import Run
    from glance_docs_ext.source import Source
    from glance_docs_ext.syntax import Document, Statement

PLUGINS = Path('/usr/lib/uwsgi/plugins')
ALTERNATIVES = (Path('/etc/alternatives'),)  # what python3_plugin.so is a link through
OUSTED = frozenset({'notfound'})  # by Python: both answer requests of the number 0
LOADED = ('http', 'python3')  # Debian builds them as plugins; elsewhere they are built in
BLOCK = '/conf/app.ini'
JUDGED = ('--strict', '--get', 'no-such-key')

# Options with the flag IMMEDIATE are applied while the file is read. These of them only set
# something, or decide about the lines behind them.
SETS = frozenset(
    (
        *('for', 'for-times', 'endfor', 'end-for', 'endif', 'end-if'),
        *('set', 'set-ph', 'set-placeholder', 'strict', 'umask', 'pcre-jit', 'listen'),
        *('spooler-processes', 'blacklist', 'whitelist', 'end-blacklist', 'end-whitelist'),
    )
)
# Names of installed plugins, with the modifier that each shall answer to: 0:notfound.
PLUGIN_NAMES = re.compile(r'(?>(?:[A-Za-z0-9_, ]++|(?<=[0-9]):(?=[A-Za-z_]))*)\Z')
OWN_SECTION = re.compile(r':[A-Za-z0-9_-]+\Z')  # of the same text: its options are looked at, too
# Those that act without the flag: they print, end the process with success, make folders, run
# commands before anything else, or read another file.
ACTS = frozenset(
    (
        *('print', 'version', 'help', 'usage', 'inherit', 'autoload'),
        *('spooler', 'spooler-external', 'declare-option2'),
    )
)
SOON = re.compile(r'-(?:asap|atexit)$')  # --get ends the process: what is to run at its end, runs
FETCHES = re.compile(r'@(?>(?:%[^(])*)\(')  # what %5 stands for may be nothing at all
# What placeholders or the words of a for may put together to one: an @ that something is put behind
# and a parenthesis that something is put before.
SIGN = re.compile(r'@(?>(?:%[^(])*)(?=[%$]\(|\s|\Z)')
PARENTHESIS = re.compile(r'(?:\A|(?<=[\s=)])|(?<=%[^(]))\(')

NO_SECTION = re.compile(r'Can\'t find section "uwsgi"')
UNKNOWN = re.compile(r'\[strict-mode\] unknown config directive: (.*)')
OPTION = re.compile(r'option "([^"]+)"|invalid (\S+) value')
ROUTE = 'unable to register route'
NOT_LOADED = re.compile('unable to load plugin "([^"]*)"')
FORBIDDEN = 'forbidden option'  # by a list, which is looked at before a condition is
LOG = re.compile(r'^(?:\[uWSGI\] getting INI|open\("\./|\*\*\* WARNING)')
HOST = re.compile(
    r'realpath\(\) of|chdir\(\)|system max net\.core|unable to find (?:user|group)|'
    r'unable to load plugin|UNABLE to load|No such file|Permission denied|does not exist|'
    r'unable to assign certificate|zerg server|EVP_EncryptInit|'
    r'valid socket address|%\(|open\("|is not a directory|stat\(\)|getaddrinfo|Name or service|'
    r'bind\(\): Cannot assign|'
    r'memory allocation of [0-9]{1,18} bytes'  # of more no machine has
)
TRIED = re.compile(r'tried memory allocation of [0-9]+ bytes')
# Where a text is a part of a section, its other lines decide about these as well.
ELSEWHERE = re.compile(f'{HOST.pattern}|unknown legion|unable to use shared socket')


class Build(NamedTuple):
    """A uWSGI: how it is called, and what it reads outside of ``/usr``."""

    command: tuple[str, ...]
    visible: tuple[Path, ...] = ()


def verdict(document: Document, build: Build | None = None) -> Verdict:
    """Return what uWSGI says of a text that we have read.

    :param build: which uWSGI is asked; None: the one that is installed, with its plugins
    :raises SandboxError: uWSGI or bubblewrap is missing or does not start
    """
    if withheld := _withheld(document):
        return withheld
    loaded = frozenset(_loaded(document)) if build is None else frozenset()
    run = ask(document, build, text=rewritten(document, loaded))
    said = failure(run) or _answer(run.status, run.output, document)
    if said.outcome is Outcome.REFUSED and branches(document) and FORBIDDEN not in said.message:
        without = ask(document, build, text=rewritten(document, loaded, with_branches=False))
        if _answer(without.status, without.output, document).outcome is not Outcome.REFUSED:
            message = f'it depends on a condition of the text: {said.message}'
            return Verdict(Outcome.HOST, message, said.line)
    return said


def ask(
    document: Document,
    build: Build | None = None,
    purpose: Sequence[str] = JUDGED,
    *,
    text: str | None = None,
) -> Run:
    """Run uWSGI on a text, whatever is in it; `verdict` withholds what should not be run.

    :param purpose: the arguments that say what it is to do with the text
    :param text: what the text was rewritten to; None: it is given as it is
    """
    text = document.source.text if text is None else text
    if document.context == 'section' or (document.context is None and not HEADER.search(text)):
        text = f'[uwsgi]\n{text}'
    build = build or _installed(document)
    return sandbox.run(
        [*build.command, *purpose, '--ini', BLOCK],
        {BLOCK: text.encode('utf-8', 'surrogatepass')},
        folders=folders(text),
        visible=[path for path in build.visible if path.exists()],
    )


def _installed(document: Document) -> Build:
    """Return the uWSGI that is installed, with the plugins that the text needs."""
    plugins = _loaded(document)
    loaded = ('--plugins', ','.join(plugins)) if plugins else ()
    return Build((str(sandbox.program('uwsgi')), *loaded), ALTERNATIVES)


def is_here(entry: Entry) -> bool:
    """Whether the installed uWSGI can be asked about an option: it has its plugin."""
    return entry.owner in {'', 'python'} or _is_here(entry.owner)


def _is_here(plugin: str) -> bool:
    return (PLUGINS / f'{plugin}_plugin.so').exists()


def _loaded(document: Document) -> list[str]:
    """Return the plugins that the installed uWSGI is given before it reads the text."""
    return [name for name in _plugins(document) if _is_here(name)]


def _plugins(document: Document) -> list[str]:
    """Return the plugins that bring what the text speaks of: many builds have them built in."""
    wanted = {entry.owner for key in document.keys for entry in CATALOGUE[key]}
    for key in document.keys:
        if any(entry.kind == 'uwsgi_opt_add_route' for entry in CATALOGUE[key]):
            for statement, _scope in document.named(key):
                route = routes.read(key, statement.rest.text)
                action = routes.ACTIONS.get(route.action or '')
                wanted.add(action.plugin if action else '')
                wanted.add(routes.CONDITIONS.get(route.condition or '', ''))
    first = sorted(wanted & OUSTED) if 'python' in wanted else []
    return [*first, *LOADED, *sorted(wanted - {'', 'python', *LOADED, *first})]


def _withheld(document: Document) -> Verdict | None:
    """Return why a text is not given to the engine, None where it may be."""
    source = document.source
    fetched = FETCHES.search(source.text)
    where = fetched.start() if fetched else _fetches(document.statements)
    if where is not None:
        line = source.line_number(where)
        return Verdict(Outcome.WITHHELD, '@( ) reads a file or runs a command', line)
    for statement in document.statements:
        if reason := _acts(statement, source):
            return Verdict(Outcome.WITHHELD, reason, source.line_number(statement.name.start))
    return None


def _fetches(statements: Sequence[Statement]) -> int | None:
    """Return where a value is an ``@(`` that is not written as one, None where there is none."""
    opened = any(PARENTHESIS.search(statement.rest.text) for statement in statements)
    for statement in statements:
        written = statement.rest.text
        if FETCHES.search(written) or (opened and SIGN.search(written)):
            return statement.name.start
    return None


def _acts(statement: Statement, source: Source) -> str:
    """Return what an option does while it is read, as itself or through ``set``; '' for nothing."""
    name, written = statement.key, statement.rest.text
    if name == SET and '%(' in source.text[statement.rest.start : statement.rest.end]:
        option = source.text[statement.rest.start : statement.rest.end].rpartition('=')[0]
        if '%(' in option:  # of a for that has more words than we look at
            return f'set applies the option {option}, whatever that is'
    if name == SET:
        name, _, written = AGAIN.sub('', written).partition('=')
    if MAGIC.search(name):
        return f'nobody here knows which option {name} is'
    if name in LOADS:
        return '' if PLUGIN_NAMES.match(written) else f'{name} loads code from {written}'
    if name == 'ini' and OWN_SECTION.match(written):
        return ''
    flags = {flag for entry in CATALOGUE[name] for flag in entry.flags}
    harmless = name in SETS or name.startswith('if')
    if name in ACTS or SOON.search(name) or ('IMMEDIATE' in flags and not harmless):
        return f'{name} acts while it is read'
    return ''


def _answer(status: int, output: str, document: Document) -> Verdict:
    if status == 0 and NO_SECTION.search(output) and document.statements:
        return Verdict(Outcome.IGNORED, 'there is no section [uwsgi]: the whole file is ignored')
    if status == 0:
        return ACCEPTED
    unknown = UNKNOWN.search(output)
    name = unknown[1] if unknown else ''
    if of_host := _excused(name, document):
        return of_host
    said = [line for line in output.splitlines() if line.strip() and not LOG.match(line)]
    message = said[-1] if said else f'exit status {status}'
    if tried := TRIED.search(output):  # a trace of the program follows
        message = tried[0]
    if named := OPTION.search(message):
        name = named[1] or named[2]
    if ROUTE in message and (absent := _absent(document)):
        return Verdict(Outcome.HOST, f'the uWSGI here has no plugin {" or ".join(absent)}')
    missing = NOT_LOADED.fullmatch(message)
    if missing and (twice := loaded_twice(document)) and twice[1] == missing[1].strip():
        line = document.source.line_number(twice[0].name.start)
        return Verdict(Outcome.REFUSED, message, line)
    host = HOST if is_whole(document) else ELSEWHERE
    return refused(message, _line(name, document), host)


def _excused(name: str, document: Document) -> Verdict | None:
    """Return why strict mode's refusal of a name is none of the text, None where it is.

    :param name: '' where uWSGI refused something else
    """
    if name in CATALOGUE:
        newer = name if all(entry.since for entry in CATALOGUE[name]) else ''
        message = f'the uWSGI here does not know {name}'
        return Verdict(Outcome.HOST, message, _line(name, document), newer)
    for problem in document.problems:
        if problem.kind == 'option-of-foreign-plugin' and problem.values['name'] == name:
            message = f'the uWSGI here has no plugin {problem.values["plugin"]}'
            return Verdict(Outcome.HOST, message, _line(name, document))
    reported = {problem.span for problem in document.problems}
    ours = {s.key for s in document.unjudged if s.name.span in reported}
    own = {s.key for s in document.unjudged} - ours
    if name in own or (name and name not in document.keys and own):
        message = f'strict mode refuses {name}, which is a variable of the text'
        return Verdict(Outcome.HOST, message, _line(name, document))
    return None


def _absent(document: Document) -> list[str]:
    """Return the plugins that the text needs, or loads, and that are not here."""
    loading = [value(statement).text for statement, _scope in document.named(*LOADS)]
    return [name for name in _plugins(document) if not _is_here(name)] + [
        name for text in loading if (name := foreign(text))
    ]


def _line(name: str, document: Document) -> int | None:
    """Return the line of the first option with a name: the engine tells no line itself."""
    source: Source = document.source
    for placed in document.named(name):
        return source.line_number(placed.statement.name.start)
    return None
