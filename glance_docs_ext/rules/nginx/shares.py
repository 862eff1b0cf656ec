"""The shares of ``split_clients``: what nginx takes for one, and whether they are too many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glance_docs_ext.syntax import Statement

SHARE = re.compile(r'0*+([0-9]{0,17})(?:\.([0-9]{0,2}))?%')
LARGEST = 2**63 - 1
WHOLE = 10_000  # hundredths of a percent
KEPT = 2**32  # nginx keeps a share, and their sum, in 32 bits


def hundredths(text: str) -> int | None:
    """Return a share in hundredths of a percent, 0 for ``*``; None where nginx takes it for none.

    ``ngx_atofp()``: digits may be missing before or behind the point, and 0 is no share.
    """
    if text == '*':
        return 0
    found = SHARE.fullmatch(text)
    number = int(found[1] or 0) * 100 + int((found[2] or '').ljust(2, '0')) if found else 0
    return number % KEPT if 0 < number <= LARGEST else None


def too_many(lines: Iterable[Statement]) -> Statement | None:
    """Return the line with which the shares of a block are more than all; None if they are not.

    What is no share ends the reading: nginx comes no further. A ``*`` is the rest, and nothing
    but another may stand behind it (``ngx_conf_split_clients_block()``, tried with nginx 1.22.1).
    """
    taken = 0
    for line in lines:
        share = hundredths(line.name.text)
        if share is None:
            return None
        taken = (taken + share) % KEPT if share else WHOLE
        if taken > WHOLE:
            return line
    return None
