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
    from glance_docs_ext.syntax import Document, Placed, Statement

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
            '    server {\n'
            '        proxy_buffer_size 16k;\n'
            '        proxy_buffers 8 16k;\n'
            '    }\n'
            '}\n',
        ),
    )
    exceptions = 'None: no version of nginx starts with it.'
    source = (
        '``ngx_http_proxy_merge_loc_conf()``: ""proxy_busy_buffers_size" must be less '
        'than the size of all "proxy_buffers" minus one buffer".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        wholes = set(whole_blocks(document, engine.catalogue))
        own = _settings(document.named(*self.names)) if wholes else {}
        for by in BY if wholes else ():
            seen: set[Statement] = set()
            for statement, scope in document.named(*(f'{by}_{name}' for name in NAMES)):
                sections = list(scope.sections()) if scope else []
                if not sections or sections[-1] not in wholes or sections[0] in seen:
                    continue
                if sections[0].key == 'http' and not any(s.body for s in sections[0].body or ()):
                    continue  # nothing inherits it
                seen.add(sections[0])
                complaint, largest = _complaint(by, [own.get(section, {}) for section in sections])
                if complaint:
                    place = document.source.place(statement.span)
                    found = self.report_at(place, by=by, complaint=complaint, size=largest >> 10)
                    yield self.noticed(found, document, closes_at(document, sections[-1]))


PAGE = 4096  # bytes: a buffer that nothing is said about


def _settings(placed: Iterable[Placed]) -> dict[Statement, dict[str, list[str]]]:
    """Return what each section says itself: of each directive the first."""
    own: dict[Statement, dict[str, list[str]]] = {}
    for statement, scope in placed:
        if scope is not None and statement.arguments:
            words = [word.text for word in statement.arguments]
            own.setdefault(scope.section, {}).setdefault(statement.key, words)
    return own


def _complaint(by: str, sections: list[Settings]) -> tuple[str, int]:
    """Return what nginx complains about in ``sections``, the innermost first, and the largest."""
    first = size(_words(by, 'buffer_size', sections, ['4k'])[0])
    count, each = (*_words(by, 'buffers', sections, ['8', '4k']), '')[:2]
    number_of, one = number(count), size(each)
    if first is None or not number_of or not one:
        return '', PAGE  # another rule speaks of a value that is no size
    largest = max(first, one)
    busy = size(_words(by, 'busy_buffers_size', sections, [str(2 * largest)])[0])
    written = size(_words(by, 'temp_file_write_size', sections, [str(2 * largest)])[0])
    if number_of < 2:
        return 'at least two buffers are needed', largest
    if busy is not None and busy < largest:
        return 'busy_buffers_size is smaller than the largest buffer', largest
    if busy is not None and busy > (number_of - 1) * one:
        return f'{busy >> 10}k may be busy, but all buffers but one hold less', largest
    if written is not None and written < largest:
        return 'temp_file_write_size is smaller than the largest buffer', largest
    return '', largest


def _words(by: str, name: str, sections: list[Settings], default: list[str]) -> list[str]:
    key = f'{by}_{name}'
    return next((own[key] for own in sections if key in own), default)
