"""NGX230: buffers whose sizes do not go together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.engines.nginx.values import number, size
from glance_docs_ext.engines.nginx.wholes import closes_at, whole_blocks
from glance_docs_ext.rule import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document, Placed, Scope, Statement

    Settings = Mapping[str, list[str]]

BY = ('proxy', 'fastcgi', 'uwsgi', 'scgi')
NAMES = ('buffer_size', 'buffers', 'busy_buffers_size', 'temp_file_write_size')


class BuffersOutOfProportion(Rule):
    """What is being sent may fill all buffers but one, and must hold the largest of them.

    ``proxy_buffer_size 16k`` on its own breaks that: with the usual eight buffers of 4k it asks for
    32k of 28k. Only ``http`` blocks that can be seen whole are judged.
    """

    code = 'NGX230'
    name = 'buffers-out-of-proportion'
    severity = Severity.ERROR
    message = '{by}: {complaint}'
    help = 'set {by}_buffers too, such as {by}_buffers 8 {size}k'
    engines = ('nginx',)
    names = tuple(f'{by}_{name}' for by in BY for name in NAMES)
    bad = (Example('nginx', 'http {\n    server {\n        proxy_buffer_size 16k;\n    }\n}\n'),)
    good = (
        Example(
            'nginx',
            'http {\n'
            '    proxy_buffer_size 16k;\n'
            '    server {\n'
            '        proxy_buffers 8 16k;\n'
            '    }\n'
            '}\n',
        ),
        Example(
            'nginx',
            'stream {\n    server {\n        listen 5432;\n        proxy_buffer_size 32k;\n'
            '        proxy_pass 127.0.0.1:5433;\n    }\n}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_proxy_merge_loc_conf()``: ""proxy_busy_buffers_size" must be less '
        'than the size of all "proxy_buffers" minus one buffer".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        wholes = set(whole_blocks(document, engine.catalogue))
        if not wholes:
            return
        own = _settings(document.named(*self.names))
        held = _held(document, own)
        for by in BY:
            seen: set[Scope] = set()
            for statement, scope in document.named(*(f'{by}_{name}' for name in NAMES)):
                if scope is None or scope in seen:
                    continue
                seen.add(scope)
                outermost, settings = held[scope]
                if outermost is None or outermost.key != 'http':
                    continue  # a stream has a buffer by the same name
                if outermost not in wholes or not _comes_to_hold(by, scope.section, own):
                    continue
                complaint, largest = _complaint(by, settings)
                if complaint:
                    place = document.source.place(statement.span)
                    found = self.report_at(place, by=by, complaint=complaint, size=largest >> 10)
                    yield self.noticed(found, document, closes_at(document, outermost))


PAGE = 4096  # bytes: a buffer that nothing is said about


def _settings(placed: Iterable[Placed]) -> dict[Statement, dict[str, list[str]]]:
    """Return what each section says itself: of each directive the first."""
    own: dict[Statement, dict[str, list[str]]] = {}
    for statement, scope in placed:
        if scope is not None and statement.arguments:
            words = [word.text for word in statement.arguments]
            own.setdefault(scope.section, {}).setdefault(statement.key, words)
    return own


def _held(
    document: Document, own: Mapping[Statement, Settings]
) -> dict[Scope | None, tuple[Statement | None, Settings]]:
    """Return of each scope the outermost section, and what holds there of what sections say."""

    def into(
        section: Statement, around: tuple[Statement | None, Settings]
    ) -> tuple[Statement, Settings]:
        outermost, settings = around
        return outermost or section, {**settings, **own[section]} if section in own else settings

    return document.handed_down((None, {}), into)


def _comes_to_hold(by: str, section: Statement, own: Mapping[Statement, Settings]) -> bool:
    """Whether what a section says holds as it is: ``http`` only hands it down to its servers.

    One that says something itself is judged for itself.
    """
    if section.key != 'http':
        return True
    names = {f'{by}_{name}' for name in NAMES}
    servers = [inner for inner in section.body or () if inner.key == 'server']
    return any(names.isdisjoint(own.get(server, ())) for server in servers)


def _complaint(by: str, settings: Settings) -> tuple[str, int]:
    """Return what nginx complains about in ``settings``, and the largest buffer."""
    first = size(_words(by, 'buffer_size', settings, ['4k'])[0])
    count, each = (*_words(by, 'buffers', settings, ['8', '4k']), '')[:2]
    number_of, one = number(count), size(each)
    if first is None or not number_of or not one:
        return '', PAGE  # another rule speaks of a value that is no size
    largest = max(first, one)
    busy = size(_words(by, 'busy_buffers_size', settings, [str(2 * largest)])[0])
    written = size(_words(by, 'temp_file_write_size', settings, [str(2 * largest)])[0])
    if number_of < 2:
        return 'at least two buffers are needed', largest
    if busy is not None and busy < largest:
        return 'busy_buffers_size is smaller than the largest buffer', largest
    if busy is not None and busy > (number_of - 1) * one:
        return f'{busy >> 10}k may be busy, but all buffers but one hold less', largest
    if written is not None and written < largest:
        return 'temp_file_write_size is smaller than the largest buffer', largest
    return '', largest


def _words(by: str, name: str, settings: Settings, default: list[str]) -> list[str]:
    return settings.get(f'{by}_{name}', default)
