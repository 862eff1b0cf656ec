"""Names of hosts with wildcards, as ``ngx_hash_add_key()`` of src/core/ngx_hash.c takes them."""

from __future__ import annotations


def is_wrong(name: str) -> bool:
    """Whether ``name`` is neither a plain name nor ``*.a.b``, ``.a.b`` or ``a.b.*``."""
    if '*' not in name and '..' not in name:  # as nearly all
        return False
    asterisks = name.count('*')
    if asterisks > 1 or '..' in name:
        return True
    if len(name) > 1 and name.startswith('.'):
        return False
    return bool(asterisks) and not (len(name) > 2 and (name[:2] == '*.' or name[-2:] == '.*'))


def claims(name: str) -> set[str]:
    """Return what a name in a map stands for; no two names may stand for the same.

    Plain text is behind a "=". ``.a.b`` is ``a.b`` and ``*.a.b`` in one.
    """
    name = name.lower()
    if len(name) > 1 and name.startswith('.'):
        return {f'={name[1:]}', f'*{name}'}
    return {name} if '*' in name else {f'={name}'}
