"""recovered(): what keeps uWSGI from reading the section ``[uwsgi]`` as it is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext import elision
from glance_docs_ext.engines.uwsgi.sections import SECTION, section_name
from glance_docs_ext.source import Span
from glance_docs_ext.syntax import Problem

if TYPE_CHECKING:
    from glance_docs_ext.engines.uwsgi.sections import Sections


def recovered(sections: Sections, context: str | None) -> list[Problem]:
    """Return what keeps the engine from reading the section, and read it all the same."""
    lines = sections.lines
    outside = lines.get('', [])
    found = _left_out(sections)
    if sections.meant is not None:
        header = sections.meant
        found.append(Problem('unread-section', header.span, {'header': header.text}))
        if SECTION not in lines:
            lines[SECTION] = [option._replace() for option in lines[header.text]]
    if outside and sections.headers:
        values = {'name': outside[0].key}
        found.append(Problem('option-outside-section', outside[0].span, values))
    elif context == 'file' and SECTION not in lines:
        place = sections.headers[0].span if sections.headers else Span(0, 0)
        place = outside[0].span if outside else place
        found.append(Problem('no-uwsgi-section', place))
        lines.setdefault(SECTION, outside)
    return found


def _left_out(sections: Sections) -> list[Problem]:
    """Return a problem for each ``[...]`` in the section, and one for what it takes out of that.

    Of two that are written alike the section is the same, and the first of them is told.
    """
    found: list[Problem] = []
    current = '' if '' in sections.lines else SECTION
    told: set[str] = set()
    for header in sections.headers:
        name = section_name(header.text)
        if current == SECTION and name not in told and elision.HEADER.match(header.text):
            told.add(name)
            found.append(Problem('elision', header.span))
            if lost := sections.lines.get(name):
                values = {'header': header.text, 'name': lost[0].key}
                found.append(Problem('elided-section', header.span, values))
        current = SECTION if header == sections.meant else name
    return found
