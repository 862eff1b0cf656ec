"""Marks of templates: what a template fills in, and an engine reads as words of its own."""

from __future__ import annotations

MARKS = ('{{', '{%', '{#', '<%', '<#')
SHOW = 'a template is to fill it in: show what that makes of it'


def has_mark(text: str) -> bool:
    """Whether something in ``text`` looks like a part of a template."""
    return any(mark in text for mark in MARKS)
