"""What uWSGI makes of a value: the setters of core/uwsgi.c, as far as rules ask."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from glance_docs_ext.elision import leaves_out
from glance_docs_ext.engines.uwsgi.magic import HOST
from glance_docs_ext.engines.uwsgi.parser import shows_header
from glance_docs_ext.engines.uwsgi.routes import read

if TYPE_CHECKING:
    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.engines.uwsgi.routes import Route
    from glance_docs_ext.syntax import Document, Statement, Word

FALSE = frozenset({'false', 'off', 'no', '0'})  # uwsgi_opt_true()
MAGIC = re.compile(f'%[{"".join(sorted(HOST))}]')
HAS_PATH = re.compile('%[pd]')
UNKNOWN = re.compile(rf'[%$@]\((?!\))|{MAGIC.pattern}')
BOOLEANS = frozenset({'uwsgi_opt_true', 'uwsgi_opt_false'})
INTEGERS = frozenset(
    {
        'uwsgi_opt_set_int',
        'uwsgi_opt_set_rawint',
        'uwsgi_opt_set_64bit',
        'uwsgi_opt_set_16bit',
        'uwsgi_opt_set_megabytes',
        'uwsgi_opt_max_vars',
    }
)
COMMENT = re.compile(r'[ \t]([#;](?=[ \t#;]|\w|$)|//(?=[ \t]|$))')
"""A comment behind a value: uWSGI takes it for a part of the value."""
SHELL = re.compile(r'\$(?:\{([A-Za-z_][A-Za-z0-9_]*+)[^{}]*+\}|([A-Za-z_][A-Za-z0-9_]*+))')
"""A variable as a shell has it. uWSGI leaves it as it is: its own form has parentheses."""
CHMOD = frozenset({'uwsgi_opt_chmod_socket', 'uwsgi_opt_logfile_chmod'})
ROUTES = frozenset({'uwsgi_opt_add_route'})
OWN_SYNTAX = frozenset(
    {
        *('uwsgi_opt_add_route', 'uwsgi_opt_add_daemon', 'uwsgi_opt_add_daemon2'),
        *('uwsgi_opt_add_cron', 'uwsgi_opt_add_cron2', 'uwsgi_opt_add_unique_cron'),
        *('uwsgi_opt_add_legion_cron', 'uwsgi_opt_add_unique_legion_cron'),
        *('uwsgi_opt_add_custom_option', 'uwsgi_opt_print'),
    }
)
"""Setters that take a value apart in their own way, or hand it to a shell."""
COMMANDS = (
    *('exec-', 'hook-', 'vassals-', 'vassal-', 'emperor-', 'worker-exec', 'log-encoder', 'spooler'),
    *('log-format', 'logformat', 'eval', 'pyrun', 'route', 'lua', 'alarm', 'call', 'for', 'if-'),
    *('cron', 'mule', 'log-req-encoder', 'py-', 'perl-', 'rb', 'psgi'),
)
"""How the names of options begin whose values are commands, formats or programs."""
LOADERS = (
    *('ini', 'include', 'inherit', 'config', 'xml', 'xmlconfig', 'yaml', 'yml', 'json', 'js'),
    *('ini-paste', 'ini-paste-logged', 'paste', 'inject-before', 'inject-after', 'emperor'),
)


def has(document: Document, engine: Engine, kinds: frozenset[str]) -> bool:
    """Whether there is an option whose setter is one of ``kinds``."""
    return not document.keys.isdisjoint(of_kinds(engine.catalogue, kinds))


def is_applied(statement: Statement, document: Document) -> bool:
    """Whether uWSGI applies an option in any case, not only where an ``if`` holds.

    A rule that says "uWSGI refuses this" asks for it.
    """
    return not document.unjudged or statement not in document.unjudged


def applied(document: Document, engine: Engine, kinds: frozenset[str]) -> list[Statement]:
    """Return those of the `options` that uWSGI applies in any case."""
    found = options(document, engine, kinds)
    return [s for s in found if is_applied(s, document)] if document.unjudged else found


def options(document: Document, engine: Engine, kinds: frozenset[str]) -> list[Statement]:
    """Return the options whose setter is one of ``kinds``."""
    placed = document.among(of_kinds(engine.catalogue, kinds))
    return [statement for statement, _scope in placed]


@cache
def of_kinds(catalogue: Catalogue, kinds: frozenset[str]) -> frozenset[str]:
    """Return the names whose setter is one of ``kinds``: several entries of a name share it."""
    return frozenset(key for key in catalogue if catalogue[key][0].kind in kinds)


def kind(statement: Statement, engine: Engine) -> str:
    """Return the setter of an option; '' where the name is unknown."""
    entries = engine.catalogue[statement.key]
    return entries[0].kind if entries else ''


def routes(document: Document, engine: Engine) -> list[tuple[Word, Route]]:
    """Return each route that is read and known: its word, and what it is made of."""
    return document.once(_routes, engine)


def _routes(document: Document, engine: Engine) -> list[tuple[Word, Route]]:
    found = []
    for statement in applied(document, engine, ROUTES):
        word = value(statement)
        if not statement.key.endswith('-label') and is_known(word):
            found.append((word, read(statement.key, word.text)))
    return found


def value(statement: Statement) -> Word:
    """Return the value of an option, empty where it has none, as the engine has it."""
    arguments = statement[2]  # by number, for everybody asks
    return arguments[0] if arguments else statement.rest


def is_known(word: Word) -> bool:
    """Whether the value is all in the text: no placeholder, variable or file stands in it."""
    return _unknown(word.text) is None


def has_path(word: Word) -> bool:
    """Whether the path of the file or of its folder stands in the value, and so a slash."""
    return HAS_PATH.search(word.text) is not None


def known_part(word: Word) -> str:
    """Return the value up to the first thing that is not in the text."""
    unknown = _unknown(word.text)
    return word.text[: unknown.start()] if unknown else word.text


def _unknown(text: str) -> re.Match[str] | None:
    """Return the first thing in a value that stands for another; ``%(`` alone is no such thing."""
    found = UNKNOWN.search(text)
    if found and found[0][-1] == '(' and text.find(')', found.end()) < 0:
        return MAGIC.search(text)
    return found


def for_shell(text: str) -> str:
    """Return what to do where the whole of a value is a variable of the shell's form, or ''."""
    found = SHELL.fullmatch(text)
    return f'write $({found[1] or found[2]}), as uWSGI has the environment' if found else ''


def is_true(document: Document, key: str) -> bool:
    """Whether a flag is set in the end: the last of the options with this name counts."""
    found = document.named(key)
    return bool(found) and value(found[-1].statement).text.lower() not in FALSE


def is_alone(document: Document) -> bool:
    """Whether the block loads no other configuration."""
    return document.keys.isdisjoint(LOADERS)


def shows_all(document: Document) -> bool:
    """Whether what the block lacks is lacking: it `is_alone`, and leaves nothing out."""
    return is_alone(document) and not leaves_out(document)


def is_whole(document: Document) -> bool:
    """Whether nothing of the section stands elsewhere: it shows its header, and `shows_all`."""
    shown = document.context != 'section' and shows_header(document.source.text)
    return shown and shows_all(document)


def is_quoted(text: str) -> bool:
    """Whether one pair of quotes stands around the whole value."""
    return len(text) > 1 and text[0] in '"\'' and text.find(text[0], 1) == len(text) - 1
