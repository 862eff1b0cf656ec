"""What ``.htaccess`` may hold where ``AllowOverride`` names classes: every directive, every class.

Apache reads ``.htaccess`` while it answers a request, so it is started and asked: one folder for
each directive and class, with nothing but the directive in its ``.htaccess``.
"""

from __future__ import annotations

import http.client
import json
import re
from contextlib import closing
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.checker import check, check_deployment
from glance_docs_ext.endpoints import Address
from glance_docs_ext.engines import get_engine
from glance_docs_ext.rules.apache.override_classes import CLASSES
from glance_docs_ext.source import Source
from glance_docs_ext.testing.ports import free_port
from glance_docs_ext.testing.servers import APACHE_MODULES, apache, server_folder
from tests.behaviour.pair import ask
from tests.engines import require

if TYPE_CHECKING:
    from pathlib import Path

    from glance_docs_ext.catalogue import Entry

APACHE = get_engine('apache')
LEFT_OUT = {'mod_lua.c'}  # what it is allowed to do may end a child of the server
REFUSED = re.compile(r'/(?P<case>\w+)/(?P<number>\d+)/\.htaccess: \S+ not allowed here')
PLACE = '<Directory "{folder}/{case}">\n    Require all granted\n    AllowOverride {words}\n'
LISTED = 'None\n    AllowOverrideList ErrorDocument DirectoryIndex'
CASES = {**{name: name for name in CLASSES}, 'All': 'All', 'List': LISTED}
WORDS = {'NO_ARGS': '', 'TAKE2': 'a b', 'TAKE23': 'a b', 'ITERATE2': 'a b', 'TAKE3': 'a b c'}
# Modules that others need to be loaded before them.
NEEDED = ('cache', 'dav', 'dbd', 'ldap', 'proxy', 'request', 'session', 'slotmem_shm', 'watchdog')


def overridable() -> list[Entry]:
    """Return the directives of Apache itself that may stand in .htaccess."""
    return [
        entry
        for key in sorted(APACHE.catalogue)
        for entry in APACHE.catalogue[key][:1]
        if 'htaccess' in entry.contexts and entry.owner not in LEFT_OUT and not entry.package
    ]


def line(entry: Entry) -> str:
    """Return a directive with as many words as it takes; what they mean is not asked here."""
    words = WORDS.get(entry.kind, 'On' if entry.kind == 'FLAG' else 'a')
    if not entry.name.startswith('<'):
        return f'{entry.name} {words}\n'
    return f'{entry.name[:-1]} {words}>\n</{entry.name[1:]}\n'


def modules() -> tuple[str, ...]:
    """Return the modules that these directives come with, as far as they are installed."""
    known = files('glance_docs_ext.engines.apache') / 'catalogues' / '2.4.71-modules.json'
    symbols = json.loads(known.read_text(encoding='utf-8'))
    owners = {entry.owner for entry in overridable()}
    names = sorted(symbols.get(owner, '').removesuffix('_module') for owner in owners)
    return tuple(name for name in (*NEEDED, *names) if (APACHE_MODULES / f'mod_{name}.so').exists())


def refused_by_apache(folder: Path, lines: list[str]) -> dict[str, set[int]]:
    """Return for each case the numbers of the lines that it does not allow."""
    blocks = [
        PLACE.format(folder=folder, case=case, words=words) + '</Directory>\n'
        for case, words in CASES.items()
    ]
    for case, (number, text) in product(CASES, enumerate(lines)):
        place = folder / case / str(number)
        place.mkdir(parents=True)
        (place / '.htaccess').write_text(text)
        (place / 'page').write_text('')
    (folder / 'mime.types').write_text('')  # mod_mime does not start without
    front = Address('127.0.0.1', free_port())
    # All is asked in one connection, also by a client that has to wait for a processor.
    text = f'KeepAliveTimeout 300\nDocumentRoot "{folder}"\n' + ''.join(blocks)
    with apache(text, folder, front, modules=modules()):
        with closing(http.client.HTTPConnection('127.0.0.1', front.port, timeout=120)) as client:
            for case, number in product(CASES, range(len(lines))):
                client.request('GET', f'/{case}/{number}/page')
                client.getresponse().read()
        log = (folder / 'error.log').read_text(errors='replace')
    found: dict[str, set[int]] = {case: set() for case in CASES}
    for match in REFUSED.finditer(log):
        found[match['case']].add(int(match['number']))
    return found


@pytest.fixture(scope='module')
def refused() -> dict[str, set[str]]:
    """Ask Apache about every directive in every case; return the names that it does not allow."""
    require('apache2')
    entries = overridable()
    with server_folder() as folder:
        numbers = refused_by_apache(folder, [line(entry) for entry in entries])
    return {case: {entries[number].name for number in numbers[case]} for case in numbers}


@pytest.mark.parametrize('name', CLASSES)
def test_a_class_allows_what_the_catalogue_says(refused: dict[str, set[str]], name: str) -> None:
    others = {entry.name for entry in overridable() if name not in entry.flags}
    assert len(others) > 100
    assert refused[name] == others


def test_all_classes_together_allow_everything(refused: dict[str, set[str]]) -> None:
    assert refused['All'] == set()


def test_a_list_allows_what_it_names_and_nothing_else(refused: dict[str, set[str]]) -> None:
    allowed = {entry.name for entry in overridable()} - refused['List']
    assert allowed == {'ErrorDocument', 'DirectoryIndex'}


@pytest.mark.parametrize(
    ('allowed', 'htaccess', 'status', 'found'),
    [
        ('FileInfo', 'ErrorDocument 404 /x\n', 200, set()),
        ('All', 'Require all denied\n', 403, set()),
        ('Indexes', 'ErrorDocument 404 /x\n', 500, {'DEP621'}),
        ('Limit', '<Files page>\n    Require all denied\n</Files>\n', 500, {'DEP621'}),
        ('None', 'Require all denied\n', 200, {'DEP622'}),
        ('None\n    AllowOverrideList Require', 'Require all denied\n', 403, set()),
        ('None\n    AllowOverrideList Require', 'ErrorDocument 404 /x\n', 500, {'DEP621'}),
        ('Nonfatal=Override Limit', 'ErrorDocument 404 /x\n', 200, set()),
        ('Options', 'Options +Indexes -FollowSymLinks\n', 200, set()),
        ('Options', 'Options +SymLinksIfOwnerMatch\n', 500, {'DEP621'}),
        ('Options', 'Options Indexes MultiViews\n', 500, {'DEP621'}),
        ('Options=', 'Options MultiViews\n', 200, set()),
        ('All', 'Options RunScripts\n', 200, set()),
        ('All Options=Indexes', 'Options +ExecCGI\n', 500, {'DEP621'}),
        ('Options=Indexes All', 'Options All\n', 500, {'DEP621'}),
        ('Options=Indexes Options=ExecCGI', 'Options -Indexes\n', 500, {'DEP621'}),
        ('Options=Includes', 'Options +IncludesNOEXEC\n', 200, set()),
        ('Options=IncludesNOEXEC', 'Options +Includes\n', 500, {'DEP621'}),
        ('Options=,Indexes', 'Options Indexes\n', 200, set()),
        ('Options=None', 'Options None\n', 200, set()),
        ('Options=None', 'Options Indexes\n', 500, {'DEP621'}),
        ('FileInfo\n    AllowOverrideList Options', 'Options +MultiViews\n', 200, set()),
    ],
)
def test_a_page_that_shows_both_is_told_what_a_client_sees(
    allowed: str, htaccess: str, status: int, found: set[str]
) -> None:
    require('apache2')
    with server_folder() as folder:
        (folder / 'site').mkdir()
        (folder / 'site' / '.htaccess').write_text(htaccess)
        (folder / 'site' / 'page').write_text('')
        text = PLACE.format(folder=folder, case='site', words=allowed) + '</Directory>\n'
        front = Address('127.0.0.1', free_port())
        with apache(f'DocumentRoot "{folder}"\n{text}', folder, front):
            assert ask(front.port, 'GET', '/site/page', None, {}).status == status
    site = check(Source(text, 'site'), 'apache').document
    file = check(Source(htaccess, 'file'), 'apache', 'htaccess').document
    told = check_deployment([site, file])
    assert {one.code for one in told if one.code in {'DEP621', 'DEP622'}} == found
