"""The catalogue of uWSGI's options is what its binaries hold."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import struct
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import pytest

from glance_docs_ext.catalogue import Catalogue
from glance_docs_ext.engines import get_engine
from tests.engines import require
from tools.catalogues import uwsgi as generator

FOLDER = files('glance_docs_ext.engines.uwsgi') / 'catalogues'
CATALOGUE = get_engine('uwsgi').catalogue
PLUGINS = Path('/usr/lib/uwsgi/plugins')
HELP_LINE = re.compile(r'^    (?:-.\|)?--(\S+)', re.MULTILINE)
OPTION = struct.Struct('<QiiQQQQ')  # name, type, shortcut, help, func, data, flags
ARGUMENTS = {0: 'argument-none', 1: 'argument-required', 2: 'argument-optional'}  # getopt.h


class Row(NamedTuple):
    """An option as the binary of the wheel has it."""

    name: str
    argument: str
    setter: str
    immediate: bool
    master: bool


class Image:
    """The wheel's shared object, read as a file: nothing of it is run."""

    def __init__(self, path: Path) -> None:
        elffile = pytest.importorskip('elftools.elf.elffile')
        self.data = path.read_bytes()
        elf = elffile.ELFFile(io.BytesIO(self.data))
        self.segments = [s for s in elf.iter_segments() if s['p_type'] == 'PT_LOAD']
        self.symbols = [
            s for s in elf.get_section_by_name('.symtab').iter_symbols() if s['st_value']
        ]
        dynamic = elf.get_section_by_name('.dynsym')
        self.pointers: dict[int, int] = {}
        for relocation in elf.get_section_by_name('.rela.dyn').iter_relocations():
            target = relocation['r_addend']
            if relocation['r_info_sym']:
                target += dynamic.get_symbol(relocation['r_info_sym'])['st_value']
            self.pointers[relocation['r_offset']] = target

    def offset(self, address: int) -> int:
        """Return where in the file the memory at ``address`` comes from."""
        for segment in self.segments:
            start = segment['p_vaddr']
            if start <= address < start + segment['p_filesz']:
                return int(segment['p_offset'] + address - start)
        raise AssertionError(f'{address:#x} is not in the file')

    def text(self, address: int) -> str:
        """Return the C string at ``address``."""
        start = self.offset(address)
        return self.data[start : self.data.index(b'\0', start)].decode()


@cache
def binary() -> tuple[Row, ...]:
    """Return the options of the pyuwsgi wheel, core and plugins.

    The wheel is not stripped: the tables, ``struct uwsgi_option[]`` of uwsgi.h, and the setters are
    found by the names of their symbols.
    """
    found = importlib.util.find_spec('pyuwsgi')
    if found is None or found.origin is None:
        pytest.skip('pyuwsgi is not installed')
    image = Image(Path(found.origin))
    functions = {s['st_value']: s.name for s in image.symbols if s['st_info']['type'] == 'STT_FUNC'}
    rows = []
    for table in image.symbols:
        if not table.name.endswith('_options') or table['st_size'] % OPTION.size:
            continue
        first = table['st_value']
        for address in range(first, first + table['st_size'] - OPTION.size, OPTION.size):
            fields = OPTION.unpack_from(image.data, image.offset(address))
            setter = functions.get(image.pointers.get(address + 24, 0), '')
            rows.append(
                Row(
                    image.text(image.pointers[address]),
                    ARGUMENTS[fields[1]],
                    setter,
                    bool(fields[6] & 1),  # UWSGI_OPT_IMMEDIATE
                    bool(fields[6] & 2),  # UWSGI_OPT_MASTER
                )
            )
    return tuple(rows)


def test_the_binary_of_the_wheel_holds_its_nine_hundred_options() -> None:
    assert len({row.name for row in binary()}) >= 940
    assert {'http-socket', 'http-chunked-input', 'wsgi-file'} <= {row.name for row in binary()}


def test_the_catalogue_knows_every_option_of_the_wheel_with_its_argument_setter_and_flags() -> None:
    differ = []
    for row in binary():
        same = [
            entry
            for entry in CATALOGUE[row.name]
            if entry.kind == row.setter
            and row.argument in entry.flags
            and ('IMMEDIATE' in entry.flags) == row.immediate
            and ('MASTER' in entry.flags) == row.master
        ]
        if not same:
            differ.append((row, CATALOGUE[row.name]))
    assert differ == []


def test_what_the_catalogue_has_beyond_the_wheel_is_conditional_or_a_plugin_it_lacks() -> None:
    names = {row.name for row in binary()}
    owners = {entry.owner for name in names for entry in CATALOGUE[name]}
    missing = [
        entry.name
        for name in CATALOGUE
        for entry in CATALOGUE[name]
        if name not in names and entry.owner in owners
        if not any(flag.startswith('if=') for flag in entry.flags)
    ]
    assert missing == []


def test_the_wheel_is_built_without_ssl_and_lacks_just_what_that_brings() -> None:
    owners = {entry.owner for row in binary() for entry in CATALOGUE[row.name]}
    tls = {
        name
        for name in CATALOGUE
        if all('if=UWSGI_SSL' in e.flags and e.owner in owners for e in CATALOGUE[name])
    }
    assert len(tls) >= 40
    assert tls & {row.name for row in binary()} == set()


def test_debians_uwsgi_and_its_plugins_know_no_option_that_the_catalogue_lacks() -> None:
    program = require('uwsgi')
    catalogue = Catalogue.read(FOLDER / 'uwsgi-2.0.21.json')
    plugins = sorted(PLUGINS.glob('*_plugin.so'))
    listed: set[str] = set()
    for plugin in [None, *plugins]:
        load = [] if plugin is None else ['--plugin', str(plugin)]
        text = subprocess.run(
            [program, *load, '--help'], capture_output=True, text=True, timeout=20, check=False
        ).stdout
        listed |= set(HELP_LINE.findall(text))
    assert len(listed) > 1000
    assert listed - set(catalogue) == set()


def test_aliases_have_one_setter_and_one_place() -> None:
    (processes,), (workers,) = CATALOGUE['processes'], CATALOGUE['workers']
    assert processes.kind == workers.kind == 'uwsgi_opt_set_int'
    assert 'data=&uwsgi.numproc' in processes.flags & workers.flags


def test_several_entries_of_one_name_share_their_setter() -> None:
    assert [n for n in CATALOGUE if len({entry.kind for entry in CATALOGUE[n]}) > 1] == []


def test_an_option_tells_its_plugin_and_what_it_was_compiled_with() -> None:
    (router,) = CATALOGUE['http-chunked-input']
    (https,) = CATALOGUE['https-socket']
    assert router.owner == 'http'
    assert https.owner == ''
    assert 'if=UWSGI_SSL' in https.flags


@pytest.mark.parametrize('version', ['2.0.21', '2.0.31'])
def test_a_catalogue_has_one_entry_a_line_sorted_by_name(version: str) -> None:
    lines = (FOLDER / f'uwsgi-{version}.json').read_text(encoding='utf-8').splitlines()
    names = [json.loads(line.rstrip(','))['name'] for line in lines[1:-1]]
    assert len(names) > 1200
    assert names == sorted(names)


def test_the_newer_version_has_what_it_brought() -> None:
    old = Catalogue.read(FOLDER / 'uwsgi-2.0.21.json')
    assert set(CATALOGUE) - set(old) == {
        'harakiri-graceful-signal',
        'harakiri-graceful-timeout',
        'harakiri-queue-threshold',
        'max-requests-delta',
    }
    assert set(old) <= set(CATALOGUE)


TABLE = """
struct uwsgi_option ping_options[] = {
	{"ping", required_argument, 0, "say \\"hello\\", " "twice", uwsgi_opt_set_str, &ping.to, UWSGI_OPT_NO_SERVER},
#ifdef UWSGI_SSL
	/* {"old", no_argument, 0, "gone", uwsgi_opt_true, NULL, 0}, */
	{"ping-tls", no_argument, 0, "with TLS, {really}", uwsgi_opt_true, NULL, UWSGI_OPT_MASTER|UWSGI_OPT_THREADS},
#endif
	{ 0, 0, 0, 0, 0, 0, 0 },
};
"""  # noqa: E501  # as C files have it


def test_the_generator_reads_an_option_table_as_c_does() -> None:
    assert [generator.entry(row, 'ping') for row in generator.rows(TABLE)] == [
        {
            'name': 'ping',
            'owner': 'ping',
            'kind': 'uwsgi_opt_set_str',
            'flags': ['argument-required', 'NO_SERVER', 'data=&ping.to'],
            'help': 'say "hello", twice',
        },
        {
            'name': 'ping-tls',
            'owner': 'ping',
            'kind': 'uwsgi_opt_true',
            'flags': ['argument-none', 'MASTER', 'THREADS', 'if=UWSGI_SSL'],
            'help': 'with TLS, {really}',
        },
    ]


def test_the_generator_sees_a_condition_that_is_around_the_whole_table() -> None:
    table = TABLE.partition('#ifdef')[0] + '};\n'
    source = f'#ifdef OTHER\n#endif\n#ifdef UWSGI_SSL\n{table}#else\n#endif\n'
    (row,) = generator.rows(source)
    assert row.conditions == ('UWSGI_SSL',)


def test_the_router_for_tls_needs_a_build_with_ssl() -> None:
    for key in CATALOGUE:
        for entry in CATALOGUE[key]:
            assert entry.owner != 'sslrouter' or 'if=UWSGI_SSL' in entry.flags
