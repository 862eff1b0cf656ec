"""permitted(words): what the ``Options`` of ``.htaccess`` may name under an ``AllowOverride``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# What each word of Options stands for: some share a part, and All has not all of them.
PARTS = {
    'none': frozenset[str](),
    'indexes': frozenset(('indexes',)),
    'includes': frozenset(('includes', 'exec')),
    'includesnoexec': frozenset(('includes',)),
    'followsymlinks': frozenset(('links',)),
    'symlinksifownermatch': frozenset(('links of the owner',)),
    'execcgi': frozenset(('programs',)),
    'multiviews': frozenset(('views',)),
    'runscripts': frozenset(('programs', 'views')),
    'all': frozenset(('indexes', 'includes', 'exec', 'links', 'programs')),
}


def permitted(words: Iterable[str]) -> frozenset[str] | None:
    """Return the parts that the words of ``AllowOverride`` permit, None for any.

    Each ``Options`` counts in place of those before it; where there is none, or one that ends in
    its ``=``, all is permitted that was before.
    """
    found = None
    for word in words:
        name, equals, listed = word.lower().partition('=')
        options = [option for option in listed.split(',') if option]
        if name != 'options' or (equals and not options):
            continue
        if not all(option in PARTS for option in options):
            return None  # Apache does not start with it
        found = frozenset[str]().union(*(PARTS[option] for option in options or ('all',)))
    return found


def beyond(words: Iterable[str], parts: frozenset[str] | None) -> str:
    """Return the first word of ``Options`` that is not permitted, without its sign; '' for none."""
    if parts is None:
        return ''
    names = (word.lstrip('+-') for word in words)
    return next((name for name in names if not PARTS.get(name.lower(), parts) <= parts), '')
