"""Marks of templates: what a template fills in, and an engine reads as words of its own."""

from __future__ import annotations

import re

MARK = re.compile(r'\{[{%#]|<[%#]')
IN_NAMES = re.compile(r'\$\{|%\(')  # of a name; in values they are often the engine's own
SHOW = 'a template is to fill it in: show what that makes of it'


def has_mark(text: str) -> bool:
    """Whether something in ``text`` looks like a part of a template."""
    return MARK.search(text) is not None


def is_filled_in(name: str) -> bool:
    """Whether a name, where the engine looks for one of its own, holds a part of a template."""
    return has_mark(name) or IN_NAMES.search(name) is not None
