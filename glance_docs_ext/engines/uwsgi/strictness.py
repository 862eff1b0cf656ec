"""Whether uWSGI is strict where an option stands: ``strict`` acts at once, and on what follows.

An unknown name is refused where strict mode is on when its line is read, and where it is on in the
end, when all options are applied: ``uwsgi_opt_get()``, which ``add_exported_option_do()`` and
``uwsgi_configure()`` call (core/config.c, core/uwsgi.c). Measured with uWSGI 2.0.21, also for
``set = strict=false``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.engines.uwsgi.order import Order

STRICT = 'strict'
FALSE = frozenset({'false', 'off', 'no', '0'})  # uwsgi_opt_true()


def strictness(order: Order, *, start: bool) -> list[bool | None]:
    """Return of each option whether an unknown name is refused in its place.

    None where the condition of an ``if`` decides.

    :param start: whether strict mode is on before the text is read
    """
    modes: list[bool | None] = []
    if STRICT not in order.names:
        modes += [start] * len(order.applied)
        return modes
    mode: bool | None = start
    for line, branch in zip(order.applied, order.branches, strict=True):
        if line[0] == STRICT:  # its key, by number, as of each line
            switched = line.rest.text.lower() not in FALSE  # with no value it is on
            if switched != mode:
                mode = switched if branch is None else None
        modes.append(mode)
    if mode is True:
        return [True] * len(modes)
    return [True if one or mode else None if None in (one, mode) else False for one in modes]
