"""Addresses and networks, as apr_ipsubnet_create() reads them; tried with Apache 2.4.71."""

from __future__ import annotations

import re
from ipaddress import IPv6Address

# The beginning of an address stands for a network: 10, 10.1, 10.1.2.
PARTIAL = re.compile(r'[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}\.?')
WHOLE = re.compile(r'[0-9]{1,3}(?:\.[0-9]{1,3}){3}')
NUMBER = re.compile('[0-9]{1,9}')


def is_network(text: str) -> bool:
    """Whether ``text`` is an address or a network, which has at least one bit of a mask."""
    address, slash, mask = text.partition('/')
    if ':' in address:
        return is_six(address) and (not slash or _is_size(mask, 128))
    if not _in_range(PARTIAL, address):
        return False
    masked = _is_size(mask, 32) or _in_range(WHOLE, mask)
    return not slash or (masked and WHOLE.fullmatch(address) is not None)


def _in_range(form: re.Pattern[str], text: str) -> bool:
    return bool(form.fullmatch(text)) and all(int(part) < 256 for part in text.split('.') if part)


def _is_size(text: str, most: int) -> bool:
    return bool(NUMBER.fullmatch(text)) and 1 <= int(text) <= most


def is_six(text: str) -> bool:
    """Whether ``text`` is an address of IPv6, without brackets and without a zone."""
    try:
        return '%' not in text and IPv6Address(text).ipv4_mapped is None
    except ValueError:
        return False
