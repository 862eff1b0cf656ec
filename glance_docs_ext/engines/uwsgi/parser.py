"""parse(): an ini text as uWSGI reads it, with every word's place in the original.

text -> ``%`` pass -> lines and sections -> options in the engine's order -> statements
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext import elision
from glance_docs_ext.engines.uwsgi.magic import HOST, replace_magic
from glance_docs_ext.engines.uwsgi.order import LOADING, SET, SETS, Order
from glance_docs_ext.engines.uwsgi.percent import percent_problems
from glance_docs_ext.engines.uwsgi.placeholders import names, resolve
from glance_docs_ext.engines.uwsgi.plugins import LOADS, foreign
from glance_docs_ext.engines.uwsgi.sections import (
    HEADER_MEANT,
    SECTION,
    read_sections,
    section_name,
)
from glance_docs_ext.engines.uwsgi.strictness import STRICT, strictness
from glance_docs_ext.source import Span
from glance_docs_ext.spelling import SUGGESTED
from glance_docs_ext.syntax import Document, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from glance_docs_ext.catalogue import Catalogue
    from glance_docs_ext.engines.uwsgi.magic import Replaced
    from glance_docs_ext.engines.uwsgi.sections import Sections
    from glance_docs_ext.source import Source
    from glance_docs_ext.syntax import Statement

DECLARES = frozenset({'declare-option', 'declare-option2'})
CONDITIONS = frozenset({'if-opt', 'if-not-opt'})
HEADER = re.compile(
    rf'^(?:[ \t\r]*(?!{elision.HEADER.pattern})\[|{HEADER_MEANT.pattern})',
    re.MULTILINE | re.IGNORECASE,
)
"""A header of a section that is meant as one: dots, ``[...]``, stand for what is left out."""
PLAIN_HEADER = f'[{SECTION}]'
COLON = re.compile(r'[A-Za-z0-9_-]+[ \t]*:')
OPTION = re.compile(r'[A-Za-z][A-Za-z0-9_-]*')  # a name that may be a variable, or a plugin's
NEEDS_TLS = 'if=UWSGI_SSL'
INERT = 'inert-option-of-another-build'  # where strict mode is off, or may be
# A name with the path of the file or of its folder in it is no option's, for it has a slash.
MAGIC_NAME = re.compile(f'%[{"".join(sorted(HOST - set("pd")))}]')


def parse(
    source: Source, context: str | None, catalogue: Catalogue, used: frozenset[str] = frozenset()
) -> Document:
    """Read an ini text as uWSGI does; never raises on account of the text.

    The statements are the options that the engine applies, those of ``[uwsgi]`` and of the sections
    it includes, without a statement for the section itself. An argument is the value after
    ``%(name)`` was replaced where the text says by what; ``rest`` is the value before that.

    :param context: ``section``: the text stands inside ``[uwsgi]``; ``file``: it is a whole file;
        None: it is a file where it has a section header, else the inside of the section
    :param used: the names that other texts refer to as ``%(name)``
    """
    replaced = replace_magic(source.text)
    sections = read(replaced, context)
    sections.problems += recovered(sections, context)
    return assembled(source, context, catalogue, sections, used)


def read(replaced: Replaced, context: str | None) -> Sections:
    """Take a text that stands in ``context`` apart, after its ``%`` pass."""
    inside = context == 'section' or (context is None and not shows_header(replaced.text))
    return read_sections(replaced, inside=inside)


def shows_header(text: str) -> bool:
    """Whether a text has the header of a section."""
    if text.startswith(PLAIN_HEADER) or f'\n{PLAIN_HEADER}' in text:  # as nearly all begin
        return True
    return HEADER.search(text) is not None


def assembled(
    source: Source,
    context: str | None,
    catalogue: Catalogue,
    sections: Sections,
    used: frozenset[str] = frozenset(),
) -> Document:
    """Return what the sections of ``source`` make; ``used`` as for `parse`."""
    order = Order(sections, catalogue)
    problems = sections.problems + order.problems
    statements = tuple(order.applied)
    if '%' in source.text:
        statements = _filled_in(order, catalogue)
    unjudged: frozenset[Statement] = frozenset()
    is_told_apart = order.is_conditional or SET in order.names
    if (
        is_told_apart
        or not catalogue.knows_all(order.names)
        or (STRICT in order.names and not all(strictness(order, start=True)))
    ):
        unjudged, faults = _names(order, statements, catalogue, used)
        problems += faults
    if sections.deleted:
        problems += percent_problems(source.text, sections.deleted, statements)
    return Document(
        source, 'uwsgi', statements, sections.comments, tuple(problems), context, unjudged
    )


def recovered(sections: Sections, context: str | None) -> Iterator[Problem]:
    """Yield what keeps the engine from reading the section, and read it all the same."""
    lines = sections.lines
    outside = lines.get('', [])
    yield from _left_out(sections)
    if sections.meant is not None:
        header = sections.meant
        yield Problem('unread-section', header.span, {'header': header.text})
        if SECTION not in lines:
            lines[SECTION] = [option._replace() for option in lines[header.text]]
    if outside and sections.headers:
        yield Problem('option-outside-section', outside[0].span, {'name': outside[0].key})
    elif context == 'file' and SECTION not in lines:
        place = sections.headers[0].span if sections.headers else Span(0, 0)
        place = outside[0].span if outside else place
        yield Problem('no-uwsgi-section', place)
        lines.setdefault(SECTION, outside)


def _left_out(sections: Sections) -> Iterator[Problem]:
    """Yield a problem for each ``[...]`` in the section, and one for what it takes out of that.

    Of two that are written alike the section is the same, and the first of them is told.
    """
    current = '' if '' in sections.lines else SECTION
    told: set[str] = set()
    for header in sections.headers:
        name = section_name(header.text)
        if current == SECTION and name not in told and elision.HEADER.match(header.text):
            told.add(name)
            yield Problem('elision', header.span)
            if lost := sections.lines.get(name):
                values = {'header': header.text, 'name': lost[0].key}
                yield Problem('elided-section', header.span, values)
        current = SECTION if header is sections.meant else name


def _filled_in(order: Order, catalogue: Catalogue) -> tuple[Statement, ...]:
    """Return the options, ``%(name)`` in values replaced by the first option of that name.

    An option that acts at once (``IMMEDIATE``) has done so before placeholders are replaced.
    """
    found = list(order.applied)
    values = [option[3][0] for option in found]
    if '%(' not in '\n'.join(values):
        return tuple(found)
    numbered = [*enumerate(found[: order.inherited])]
    options: dict[str, str] = {}
    owners: dict[str, int] = {}
    for number, option in numbered:
        if order.branches[number] is None:
            name, value = option[0], values[number]
            if name not in options:
                options[name], owners[name] = value, number
            if name in SETS and '=' in value:
                options.setdefault(*value.split('=', 1))
    for number, option in numbered:
        name, written = option[0], values[number]
        if '%(' in written and not _is_immediate(name, catalogue):
            value = resolve(written, options)
            if owners.get(name) == number:
                options[name] = value
            if value != written:
                found[number] = option._replace(arguments=(option.rest._replace(text=value),))
    return tuple(found)


def _is_immediate(name: str, catalogue: Catalogue) -> bool:
    return any('IMMEDIATE' in entry.flags for entry in catalogue[name])


def _names(
    order: Order,
    statements: tuple[Statement, ...],
    catalogue: Catalogue,
    used: frozenset[str],
) -> tuple[frozenset[Statement], list[Problem]]:
    """Tell the options that the host decides about, and unknown names that are no fault as such."""
    unjudged: set[Statement] = set()
    judged_as_strict = strictness(order, start=True)
    problems = _inert(statements, judged_as_strict, catalogue)
    says_strict = strictness(order, start=False)
    plugins = _foreign_plugins(statements)
    others = [] if any(says_strict) or any(plugins) else _for_others(order, catalogue)
    own = {**dict.fromkeys((*used, *others), ''), **_own_names(order)}
    continues = False  # whether it was said of the line before that it looks like a continued one
    for number, (statement, branch) in enumerate(zip(statements, order.branches, strict=True)):
        continued, continues = continues, False
        name = statement[0]  # its key, by number, as of each option
        is_strict = judged_as_strict[number]
        if name in catalogue:
            if branch is not None or (not is_strict and _is_refused_by_some(statement, catalogue)):
                unjudged.add(statement)
            continue
        if name in own:
            kind = own[name] if says_strict[number] else ''
        elif plugins[number] and OPTION.fullmatch(name):
            kind = 'option-of-foreign-plugin'
        elif not is_strict:
            is_told = is_strict is False and branch is None and not MAGIC_NAME.search(name)
            kind = 'ignored-name' if is_told else ''
        elif branch is not None:
            kind = 'fault-in-branch'
        elif COLON.match(name):
            kind = 'colon-for-equals'
        elif MAGIC_NAME.search(name) and ' ' not in name:
            kind = ''
        elif order.continues(statement):
            kind = '' if continued else 'continued-line'
            continues = True
        else:
            continue
        unjudged.add(statement)
        if kind:
            opener = branch.key if branch else ''
            fault = f'the unknown option {name}'
            values = {'name': name, 'opener': opener, 'fault': fault, 'plugin': plugins[number]}
            problems.append(Problem(kind, statement.name.span, values))
    return frozenset(unjudged), problems


def _for_others(order: Order, catalogue: Catalogue) -> list[str]:
    """Return the names that may be variables, ``%(name)``, of a file that is loaded and not here.

    Those that are like an option are taken for misspellings of it.
    """
    if order.names.isdisjoint(LOADING) or all(
        order.is_here(line.rest.text)
        for line in order.applied
        if line.key in LOADING and line.arguments
    ):
        return []
    unknown = [name for name in order.names if OPTION.fullmatch(name) and name not in catalogue]
    return [name for name in sorted(unknown)[:SUGGESTED] if not catalogue.suggestions(name)]


def needs_tls(name: str, catalogue: Catalogue) -> bool:
    """Whether a uWSGI that was built without OpenSSL has no option of a name, and another has."""
    entries = catalogue[name]
    return bool(entries) and all(NEEDS_TLS in entry.flags for entry in entries)


def _inert(
    statements: tuple[Statement, ...], modes: Sequence[bool | None], catalogue: Catalogue
) -> list[Problem]:
    """Note what only a build with OpenSSL knows where strict mode is off ('': where it may be)."""
    if all(modes):
        return []
    return [
        Problem(INERT, statement.name.span, {'name': statement.key if is_strict is False else ''})
        for statement, is_strict in zip(statements, modes, strict=True)
        if not is_strict and needs_tls(statement.key, catalogue)
    ]


def _foreign_plugins(statements: tuple[Statement, ...]) -> list[str]:
    """Return of each option the plugin of somebody else that is loaded before it, or ''."""
    plugins: list[str] = []
    plugin = ''
    for statement in statements:
        if not plugin and statement.key in LOADS and statement.arguments:
            plugin = foreign(statement.arguments[0].text)
        plugins.append(plugin)
    return plugins


def _is_refused_by_some(statement: Statement, catalogue: Catalogue) -> bool:
    """Whether it is in strict mode that uWSGI, or an older one, refuses an option that we know."""
    if statement.key == SET:
        return statement.rest.text.partition('=')[0] not in catalogue
    return any(entry.since for entry in catalogue[statement.key])


def _own_names(order: Order) -> dict[str, str]:
    """Return the names that the text itself makes, and what is wrong with one in strict mode."""
    own: dict[str, str] = {}
    values = [(line.key, line.rest.text) for line in order.applied if line.arguments]
    for _name, value in values:
        if '%(' in value:
            own.update(dict.fromkeys(names(value), 'placeholder-in-strict-mode'))
    for kind, fault in ((CONDITIONS, 'placeholder-in-strict-mode'), (DECLARES, '')):
        if not order.names.isdisjoint(kind):
            own.update((value.partition('=')[0], fault) for name, value in values if name in kind)
    return own
