"""Find out by trying where Apache allows each of its directives.

The override bits of a directive's table row say most of it. What they do not say ("not in a
VirtualHost", "not in a Directory") stands in the code of its function, so every directive is put
into every section that its bits allow, and the engine's words tell whether it may stand there. A
complaint about the value is no complaint about the place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.catalogues import apache_engine

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tools.catalogues.apache_elf import Command

# Bits of req_override, include/http_config.h
LIMIT, OPTIONS, FILEINFO, AUTHCFG, INDEXES, UNSET = 1, 2, 4, 8, 16, 32
ACCESS_CONF, RSRC_CONF, EXEC_ON_READ, PROXY_CONF = 64, 128, 256, 0x800
OVERRIDABLE = LIMIT | OPTIONS | FILEINFO | AUTHCFG | INDEXES

IN_SERVER = (RSRC_CONF | OVERRIDABLE | UNSET) & ~(AUTHCFG | LIMIT)  # ap_process_config_tree()
IN_SECTION = ACCESS_CONF | OVERRIDABLE | UNSET  # dirsection() and its like

SECTIONS = {
    'server': '{}',
    'vhost': '<VirtualHost *:80>\n{}\n</VirtualHost>',
    'directory': '<Directory /srv>\n{}\n</Directory>',
    'location': '<Location /api>\n{}\n</Location>',
    'files': '<Files page>\n{}\n</Files>',
    'proxy': '<Proxy http://backend/>\n{}\n</Proxy>',
    'if': '<If "true">\n{}\n</If>',
    'limit': '<Directory /srv>\n<Limit GET>\n{}\n</Limit>\n</Directory>',
    'requireall': (
        '<Location /api>\n<RequireAll>\n{}\nRequire valid-user\n</RequireAll>\n</Location>'
    ),
}
OVERRIDE = dict.fromkeys(SECTIONS, IN_SECTION) | {
    'server': IN_SERVER,
    'vhost': IN_SERVER,
    'proxy': IN_SECTION | PROXY_CONF,
    'requireall': AUTHCFG,  # add_authz_section() of mod_authz_core.c
}

WORDS = {
    'FLAG': 'On',
    'NO_ARGS': '',
    'RAW_ARGS': 'a b',
    'TAKE1': 'a',
    'ITERATE': 'a',
    'TAKE12': 'a',
    'TAKE123': 'a',
    'TAKE13': 'a',
    'TAKE2': 'a b',
    'TAKE23': 'a b',
    'ITERATE2': 'a b',
    'TAKE3': 'a b c',
    'TAKE_ARGV': 'a b',
}

# What the engine says of a place, as ap_check_cmd_context() and single directives word it.
MISPLACED = re.compile(r'not allowed (?:here|in <)|cannot occur within|only (?:used|valid) in')


def contexts(
    commands: Iterable[Command], extra: apache_engine.Extra | None = None
) -> dict[Command, frozenset[str]]:
    """Return for each directive the names of the sections that it may stand in.

    :param extra: the modules to load that are not installed
    """
    probes = [
        (command, name)
        for command in commands
        for name in SECTIONS
        if command.override & (OVERRIDE[name] | EXEC_ON_READ)
    ]
    texts = [SECTIONS[name].format(_line(command)) for command, name in probes]
    answers = apache_engine.ask(texts, extra)
    found: dict[Command, set[str]] = {}
    for (command, name), answer in zip(probes, answers, strict=True):
        allowed = found.setdefault(command, set())
        if answer.accepted or not MISPLACED.search(answer.message):  # Passenger only warns of it
            allowed.add(name)
    return {command: frozenset(allowed) for command, allowed in found.items()}


def _line(command: Command) -> str:
    words = f'{command.name} {WORDS[command.kind]}'
    return f'{words}>\n</{command.name[1:]}>' if command.name.startswith('<') else words
