"""unexpanded(): what to do about a variable where nginx looks for none."""

from __future__ import annotations

import re

_LITERALLY = re.compile(r'(?:[A-Za-z_.-]++=)?\$(?:\{[A-Za-z0-9_]++\}|[A-Za-z0-9_]++)[A-Za-z]{0,2}')
REMEDY = 'nginx puts no variable in here: write the value itself'


def unexpanded(text: str, otherwise: str) -> str:
    """Return the remedy for a word that is no value: ``otherwise``, unless it is a variable."""
    return REMEDY if '$' in text and _LITERALLY.fullmatch(text) else otherwise
