"""uWSGI: a block in, findings out."""

from __future__ import annotations

from pathlib import Path

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.engines import get_engine
from glance_docs_ext.source import LineOrigin, Source

CONFIGS = Path(__file__).parent / 'configs' / 'uwsgi'


def found(text: str, context: str | None = None) -> list[str]:
    """Return ``line:column CODE`` of what a block is told."""
    diagnostics = check(Source(text, 'app.ini'), 'uwsgi', context).diagnostics
    return [f'{d.place.line}:{d.place.column} {d.code}' for d in diagnostics]


def read(file: Path) -> str:
    return file.read_bytes().decode('utf-8')


@pytest.mark.parametrize('file', sorted(CONFIGS.glob('ok/*.ini')), ids=lambda file: file.stem)
def test_a_configuration_that_works_has_no_fault(file: Path) -> None:
    diagnostics = check(Source(read(file), file.name), 'uwsgi').diagnostics
    assert [str(d) for d in diagnostics if d.severity.fails] == []


@pytest.mark.parametrize('file', sorted(CONFIGS.glob('bad/*.ini')), ids=lambda file: file.stem)
def test_a_faulty_configuration_gives_the_findings_beside_it(file: Path) -> None:
    assert found(read(file)) == file.with_suffix('.txt').read_text().splitlines()


@pytest.mark.parametrize(
    ('text', 'place', 'remedy'),
    [
        ('[uwsgi]\nmaster = true\nproceses = 4\n', '3:1 CFG201', "'processes'"),
        ('[uwsgi]\nmaster = true\nprocesses = auto\n', '3:13 UWS201', 'write a number, or %k'),
        ('[uwsgi]\nmaster = true\nbuffer-size = 64k\n', '3:15 UWS201', 'write 65535'),
        ('[uwsgi]\nadd-header = "Connection: close"\n', '2:14 UWS204', 'take the quotes away'),
        ('[uwsgi]\nmaster = true\nprocesses = 4 # four\n', '3:15 UWS222', 'a line of its own'),
        ('[uwsgi]\nthunder-lock = 0 ; no\n', '2:18 UWS205', 'a line of its own'),
        (
            '[uwsgi]\nchdir = /srv // here\n',
            '2:14 UWS205',
            'a line of its own, above, behind a "#"',
        ),
        ('[uwsgi]\nvacuum // at the end\n', '2:1 CFG201', 'the comment on a line of its own'),
        ('[uwsgi]\nstatic-map /a=/srv/a\n', '2:1 CFG201', 'write "=" behind static-map'),
        ('[uwsgi]\nharakiri 20\n', '2:1 CFG201', 'write "=" behind harakiri'),
        ('[uwsgi]\nstorey = x\n', '2:1 CFG201', 'as a variable it is not used here'),
        ('[uwsgi]\n<% if a %>\n', '2:1 CFG201', 'a template is to fill it in'),
        ('[uwsgi]\nchdir = {% if a %}\n', '2:10 UWS106', 'a template is to fill it in'),
        ('[uwsgi]\n{% if a == 1 %}\n', '2:1 CFG201', 'a template is to fill it in'),
        ('[uwsgi]\nlog-date = {%Y}\n', '2:13 UWS106', 'write "%%" for a percent sign'),
        ('[uwsgi]\nharakiri = <%= a %>\n', '2:13 UWS106', 'a template is to fill it in'),
        ('[uwsgi]\nharakiri = {{ a }}\n', '2:12 UWS201', 'a template is to fill it in'),
        ('[uwsgi]\nhttp-socket = :<%= a %>\n', '2:17 UWS106', 'a template is to fill it in'),
        ('[uwsgi]\nhttp-socket = :{{ a }}\n', '2:15 UWS208', 'a template is to fill it in'),
        ('[uwsgi]\nhttp-socket = %{A}\n', '2:15 UWS106', 'write $(A) for what the environment'),
        ('[uwsgi]\nsocket = localhost:8080;\n', '2:10 UWS208', 'write 8080 alone'),
        ('[uwsgi]\nplugin = rack\nenv = A="b"\n', '3:9 UWS204', 'take the quotes away'),
        ('[uwsgi]\nsocket = unix:/run/x.sock\n', '2:10 UWS206', 'path alone: /run/x.sock'),
        ('[uwsgi] ; x\nmaster = true\n', '1:1 UWS101', 'write [uwsgi] alone'),
        ('[uwsgi]\nenv = QUOTA=100%\n', '2:16 UWS107', 'write "%%"'),
        ('[uwsgi]\nenv = QUOTA=100%', '2:16 UWS107', 'write "%%"'),
    ],
)
def test_each_common_fault_gives_one_finding_in_its_place_with_a_remedy(
    text: str, place: str, remedy: str
) -> None:
    (finding,) = check(Source(text, 'app.ini'), 'uwsgi').diagnostics
    assert f'{finding.place.line}:{finding.place.column} {finding.code}' == place
    assert remedy in finding.help


@pytest.mark.parametrize(
    ('line', 'code'),
    [
        ('processes = 4 # four', 'UWS222'),  # it reads 4
        ('max-requests = 1000\t; then anew', 'UWS222'),
        ('thunder-lock = 0 ; not yet', 'UWS205'),  # it is on
        ('chdir = /srv # here', 'UWS205'),
    ],
)
def test_a_comment_behind_a_number_does_no_harm(line: str, code: str) -> None:
    (finding,) = check(Source(f'[uwsgi]\nmaster = true\n{line}\n', 'a.ini'), 'uwsgi').diagnostics
    assert finding.code == code


def test_a_block_in_a_list_of_a_page_is_told_its_column_on_the_page() -> None:
    text = '[uwsgi]\nprocesses = auto'
    lines = ['   * x', '       [uwsgi]', '       processes = auto']
    origins = tuple(LineOrigin('page.rst', n + 1, 7, lines[n]) for n in (1, 2))
    (finding,) = check(Source(text, 'page.rst', origins), 'uwsgi').diagnostics
    assert str(finding.place) == 'page.rst:3:20'


@pytest.mark.parametrize('value', ['treu', 'none', 'disabled', 'n', '00', 'false;', 'yes!'])
def test_a_value_that_switches_a_flag_on_unasked_is_found(value: str) -> None:
    assert found(f'[uwsgi]\nthunder-lock = {value}\n') == ['2:16 UWS203']


@pytest.mark.parametrize('value', ['true', 'TRUE', '1', 'yes', 'on', 'false', 'Off', 'NO', '0', ''])
def test_a_flag_takes_the_words_for_true_and_false(value: str) -> None:
    assert found(f'[uwsgi]\nthunder-lock = {value}\n') == []


@pytest.mark.parametrize('value', ['4', '%k', '%(workers)', '$(WORKERS)', '@(workers.txt)', '+4'])
def test_a_number_may_come_from_elsewhere(value: str) -> None:
    assert found(f'[uwsgi]\nprocesses = {value}\n') == []


@pytest.mark.parametrize(
    'address',
    [
        '127.0.0.1:9292',
        ':9292',
        ':0',
        '[::1]:9292',
        'localhost:9292',
        'db.example.org:9292',
        '/run/glance/uwsgi.sock',
        'uwsgi.sock',
        '@abstract',
        '192.168.*:9292',
        'fd://0',
        '%d/app.sock',
        '127.0.0.1:%(port)',
    ],
)
def test_an_address_that_uwsgi_understands_has_no_fault(address: str) -> None:
    assert found(f'[uwsgi]\nhttp-socket = {address}\n') == []


@pytest.mark.parametrize(
    ('value', 'remedy'),
    [
        ('unix:///run/x.sock', 'write the path alone: /run/x.sock'),
        ('http://127.0.0.1:9292', 'write 127.0.0.1:9292'),
        ('::1:9292', 'put an IPv6 address in brackets: [::1]:9292'),
        ('http://localhost/', 'write host:port, or the path of a UNIX socket'),
    ],
)
def test_an_address_that_nobody_can_reach_is_found(value: str, remedy: str) -> None:
    (finding,) = check(Source(f'[uwsgi]\nsocket = {value}\n', 'f'), 'uwsgi').diagnostics
    assert (finding.code, finding.help) == ('UWS206', remedy)


def test_a_fragment_without_a_header_stands_inside_the_section() -> None:
    assert found('proceses = 4\n') == ['1:1 CFG201']
    assert found('proceses = 4\n', 'section') == ['1:1 CFG201']


def test_a_whole_file_without_the_section_is_told_so_once() -> None:
    assert found('master = true\nprocesses = 4\n', 'file') == ['1:1 UWS102']
    assert found('[other]\nmaster = true\n', 'file') == ['1:1 UWS102']


def test_a_fragment_is_not_told_what_it_lacks() -> None:
    fragment = 'http-chunked-input = true\nharakiri = 60\nprocesses = 4\nchmod-socket = 666\n'
    assert found(fragment) == []
    assert found(f'[uwsgi]\n{fragment}') == []


def test_a_block_that_loads_another_file_is_not_told_what_it_lacks() -> None:
    assert found('[uwsgi]\nini = common.ini\nhttp-socket = :9292\nhttp-raw-body = true\n') == []


def test_a_name_that_the_file_uses_as_a_placeholder_is_the_users() -> None:
    assert found('[uwsgi]\nbase = /srv\nchdir = %(base)/app\n') == []
    assert found('[uwsgi]\nbase = /srv\nchdir = /srv/app\n') == ['2:1 CFG201']


def test_an_option_that_the_file_declares_is_known() -> None:
    assert found('[uwsgi]\ndeclare-option = wiki=route=$1 log:wiki\nwiki = ^/w\n') == []


def test_sections_that_are_not_read_are_not_judged_and_those_that_are_included_are() -> None:
    assert found('[uwsgi]\nmaster = true\n[app]\nproceses = 4\n') == []
    assert found('[uwsgi]\nini = :app\n[app]\nproceses = 4\n') == ['4:1 CFG201']


def test_a_section_that_includes_itself_is_read_once() -> None:
    assert found('[uwsgi]\nini = :app\n[app]\nini = :app\nproceses = 4\n') == ['5:1 CFG201']


def test_a_value_of_several_continued_lines_is_one_fault() -> None:
    text = '[uwsgi]\nenv = A=1,\n      B=2,\n      C=3\nmaster = true\n'
    assert found(text) == ['3:7 UWS105']


def test_the_block_is_claimed_by_its_section_however_it_is_written() -> None:
    claims = get_engine('uwsgi').claims
    assert claims('[uwsgi]\n')
    assert claims('; x\n  [UWSGI] ; y\n')
    assert claims('\ufeff[ uwsgi ]')
    assert not claims('[DEFAULT]\nuwsgi = [uwsgi]\n')
    assert not claims('[uwsgi_params]\n')


def test_a_part_of_buildout_that_installs_uwsgi_is_none_of_ours() -> None:
    claims = get_engine('uwsgi').claims
    part = '[uwsgi]\nrecipe = buildout.recipe.uwsgi\nconfig-socket = 127.0.0.1:7001\n'
    assert not claims(part)
    assert not claims('[buildout]\nparts = uwsgi\n\n[uwsgi]\n<= base\n')
    assert claims('[uwsgi]\n# recipe = x\nmodule = buildout\n')


def test_every_option_links_to_its_place_in_the_manual() -> None:
    engine = get_engine('uwsgi')
    (entry,) = engine.catalogue['http-socket']
    assert engine.reference_url(entry).endswith('/Options.html#http-socket')


@pytest.mark.parametrize(
    ('text', 'wanted'),
    [
        ('for = 4 -5\nprocesses = %(_)\nendfor =\n', ['2 UWS202']),
        ('for = 3031 3032\nhttp-socket = 127.0.0.1:%(_)\nendfor =\n', []),
        ('for-times = 0\nproceses = 4\nendfor =\n', []),
        ('for-glob = /nowhere/*\nproceses = 4\nendfor =\n', ['2 CFG201']),
        ('for-glob = /nowhere/*\nprocesses = %(_)\nendfor =\n', []),
        ('for = a b\nwhitelist = %(_)\nendfor =\n', ['2 UWS221']),
        ('whitelist = for-times endfor\nfor-times = 0\nprocesses = 4\nendfor =\n', ['3 UWS221']),
        ('blacklist = processes\nif-env = X\nset = processes=4\nendif =\n', []),
        ('blacklist = processes\nset = processes=4\n', ['2 UWS221']),
        ('whitelist = %d processes\nthreads = 4\n', ['2 UWS221']),
        ('whitelist = %n processes\nthreads = 4\n', []),
    ],
)
def test_what_stands_in_a_loop_or_behind_a_list_is_judged_as_it_is_applied(
    text: str, wanted: list[str]
) -> None:
    found = check(Source(text, 'b'), 'uwsgi', 'section').diagnostics
    assert [f'{one.place.line} {one.code}' for one in found] == wanted


@pytest.mark.parametrize(
    ('line', 'remedy'),
    [
        ('limit-as = 512M', 'write 512: the unit is left away'),
        ('reload-on-rss = 1GB', 'write 1024: the unit is left away'),
        ('reload-on-rss = 100k', 'write 1: the unit is left away'),
        ('websocket-max-size = 2m', 'write 2048: the unit is left away'),
        ('post-buffering = 1m', 'write 1048576: the unit is left away'),
        ('log-maxsize = 10mb', 'write 10485760: the unit is left away'),
        ('harakiri = 2m', 'write 120: the unit is left away'),
        ('socket-timeout = 60000ms', 'write 60: the unit is left away'),
        ('log-slow = 2s', 'write 2000: the unit is left away'),
        ('max-requests = 10k', 'write a whole number'),
        ('harakiri = 3x', 'write a whole number'),
    ],
)
def test_a_value_with_a_unit_is_told_in_what_the_option_counts_in(line: str, remedy: str) -> None:
    (finding,) = check(Source(f'[uwsgi]\nmaster = true\n{line}\n', 'app.ini'), 'uwsgi').diagnostics
    assert finding.help == remedy


def test_a_legion_whose_name_the_host_knows_may_be_any() -> None:
    legion = 'legion = $(LEGION) 225.1.1.1:4242 98 aes-128-cbc:secret'
    assert found(f'[uwsgi]\n{legion}\nlegion-node = web 225.1.1.1:4242\n') == []


@pytest.mark.parametrize(
    ('text', 'place'),
    [
        ('[uwsgi]\nset = processes=-4\n', '2:17 UWS202'),
        ('[uwsgi]\nset = chmod-socket=999\n', '2:20 UWS209'),
        ('[uwsgi]\nfor = 1 -2\nset = processes=%(_)\nendfor =\n', '3:7 UWS202'),
        ('[uwsgi]\nset = static-map=/images\n', '2:18 UWS211'),
    ],
)
def test_an_option_that_is_set_is_looked_at_like_any_other(text: str, place: str) -> None:
    assert place in found(text)


def test_an_option_that_is_set_where_a_condition_holds_may_be_wrong() -> None:
    assert found('[uwsgi]\nif-env = HOME\nset = processes=-4\nendif =\n') == []


def test_a_for_includes_a_section_for_each_of_its_words() -> None:
    text = '[uwsgi]\nfor = a b\nini = :%(_)\nendfor =\n[a]\nprocesses = 1\n[b]\nprocesses = -2\n'
    assert '8:13 UWS202' in found(text)
    assert found(text.replace('-2', '2').replace('a b', 'a')) == []


def test_a_header_behind_a_byte_order_mark_is_an_option_where_a_section_is_open() -> None:
    assert '3:1 CFG201' in found('[uwsgi]\nmaster = true\n\ufeff[uwsgi]\nprocesses = 2\n')
    assert '3:1 UWS101' in found('[other]\na = 1\n\ufeff[uwsgi]\nprocesses = 2\n')


@pytest.mark.parametrize('blank', ['\xa0', '\u3000', '\v', '\u2028', '\ufeff\xa0'])
@pytest.mark.parametrize('context', [None, 'file'])
def test_a_header_behind_a_blank_that_nobody_sees_is_told(blank: str, context: str | None) -> None:
    source = Source(f'{blank}[uwsgi]\nprocesse = 2\n', 'page')
    codes = [one.code for one in check(source, 'uwsgi', context).diagnostics]
    assert codes == ['UWS101', 'CFG201']


def test_a_line_that_continues_a_variable_is_refused_as_well() -> None:
    text = '[uwsgi]\nbase = /srv \\\n    /more\nchdir = %(base)\n'
    assert found(text) == ['3:5 UWS105']


@pytest.mark.parametrize(
    ('lines', 'wanted'),
    [
        ('plugin = dgram_router\ndgram-router = /run/d\n', ['3:1 UWS225']),
        ('dgram-router = /run/d\nplugin = dgram_router\n', ['2:1 CFG201']),
        (
            'plugins = python35, rack_193, rack_ruby31\nplugin = jvm_openjdk-11\nx = 1\n',
            ['4:1 CFG201'],
        ),
        ('plugins = 0:notfound,/opt/x/php7_plugin.so\nx = 1\n', ['3:1 CFG201']),
        ('plugins = python3, /opt/x/quota_plugin.so\nx = 1\n', ['3:1 UWS225']),
        ('need-plugin = 4:quota|start\nx = 1\n', ['3:1 UWS225']),
        ('plugin = cache_sessions\nx = 1\n', ['3:1 UWS225']),
        ('plugin = %(language)\nlanguage = python3\nx = 1\n', ['4:1 UWS225']),
        ('plugin = quota\nstrict = false\nx = 1\n', ['4:1 UWS225']),
        ('plugin = quota\nif-env = A\nx = 1\nendif =\n', ['4:1 UWS225']),
        ('plugin = quota\nx y = 1\n', ['3:1 CFG201']),  # no option's name
        ('plugin = quota\nx: 1\n', ['3:1 UWS104']),
        ('plugin = quota\nroute = ^/ quota:9\n', []),
        ('route = ^/ quota:9\n', ['2:12 UWS215']),
    ],
)
def test_a_plugin_of_somebody_else_may_bring_any_option(lines: str, wanted: list[str]) -> None:
    assert found(f'[uwsgi]\n{lines}') == wanted


@pytest.mark.parametrize(
    ('lines', 'wanted'),
    [
        ('vacuum = true\nvacuum = True\n', []),
        ('vacuum = 1\nvacuum = yes ; please\n', ['3:14 UWS222']),
        ('vacuum\nvacuum = true\n', []),
        ('vacuum = true\nvacuum = false\n', ['3:1 UWS601']),
        ('vacuum = false\nvacuum = off\n', []),
        ('harakiri = 60\nharakiri = 060\n', ['3:1 UWS601']),
    ],
)
def test_a_flag_that_is_set_twice_to_the_same_is_no_fault(lines: str, wanted: list[str]) -> None:
    assert [one for one in found(f'[uwsgi]\n{lines}') if 'UWS4' not in one] == wanted


def test_a_number_that_is_cut_is_told_with_a_comment_behind_it_too() -> None:
    text = '[uwsgi]\nbuffer-size = 65536  # for large headers\nlisten = 100\n'
    assert found(text) == ['2:15 UWS210', '2:22 UWS222']
    assert found(text.replace('65536 ', '65535 ')) == ['2:22 UWS222']


def test_an_exposed_socket_is_told_without_the_comment_behind_it() -> None:
    text = '[uwsgi]\nsocket = :8000  ; behind nginx\n'
    messages = [d.message for d in check(Source(text, 'a.ini'), 'uwsgi').diagnostics]
    assert 'every host that reaches :8000 can run code through the uwsgi protocol' in messages


@pytest.mark.parametrize(
    ('lines', 'wanted'),
    [
        ('set = if-env=X\nprocesses = -1\nendif =\n', []),
        ('set = if-env=X\nprocesses = -1\nendif =\nthreads = -1\n', ['5:11 UWS202']),
        ('set = if-env=X\nbogus = 1\nendif =\n', ['3:1 UWS111']),
        ('set = set=if-env=X\nprocesses = -1\nendif =\n', []),
        ('set = for=1 -2\nprocesses = %(_)\nendfor =\n', ['3:13 UWS202']),
        ('set = endif=\nprocesses = -1\n', ['3:13 UWS202']),  # and ends nothing
        ('set = if-env=X\nset = endif=\nprocesses = -1\n', ['2:7 UWS109']),  # it is in the branch
        ('for = a\nset = if-env=X\nendfor =\n', ['3:1 UWS108']),
        ('if-env = X\nset = if-env=Y\nendif =\n', ['3:1 UWS111']),
        ('set = set=processes=-1\n', ['2:21 UWS202']),
        ('set = if-env\nprocesses = -1\n', ['2:7 UWS211', '3:13 UWS202']),
    ],
)
def test_a_condition_that_is_set_is_a_condition(lines: str, wanted: list[str]) -> None:
    assert found(f'[uwsgi]\n{lines}') == wanted


def test_of_an_option_that_the_build_lacks_only_that_is_said() -> None:
    text = '[uwsgi]\nstrict = false\nhttps-socket = 127.0.0.1:99999,server.crt\n'
    checked = check(Source(text, 'a.ini'), 'uwsgi', version='2.0.30-nossl')
    assert [d.code for d in checked.diagnostics] == ['UWS417']
    checked = check(Source(text.replace('false', 'true'), 'a.ini'), 'uwsgi', version='2.0.30-nossl')
    assert [d.code for d in checked.diagnostics] == ['UWS302']
    assert 'UWS211' in [d.code for d in check(Source(text, 'a.ini'), 'uwsgi').diagnostics]


def test_an_address_with_a_scheme_is_no_path_beneath_the_folder_of_the_block() -> None:
    assert found('[uwsgi]\nchdir = /srv\nsocket = unix:/run/app.sock\n') == ['3:10 UWS206']


@pytest.mark.parametrize(
    ('socket', 'wanted'),
    [
        ('http-socket = 127.0.0.1:9292', '"http = ADDRESS" in place of http-socket'),
        ('socket = /run/app.sock', '"http = ADDRESS"'),
    ],
)
def test_who_has_no_router_is_told_what_one_takes_the_place_of(socket: str, wanted: str) -> None:
    text = f'[uwsgi]\n{socket}\nhttp-timeout = 9\n'
    (finding,) = check(Source(text, 'a.ini'), 'uwsgi').diagnostics
    assert finding.code == 'UWS401'
    assert finding.help.endswith(wanted)
