"""What is an address of version 6 to nginx is one to us."""

from __future__ import annotations

import random

import pytest

from glance_docs_ext.engines.nginx.inet import is_inet4, is_inet6
from tests.asked import asked

ODD = (
    *(
        '::',
        '::1',
        '1::',
        ':1',
        '1:',
        ':::',
        '::1::',
        '1:::2',
        ':1:2:3:4:5:6:7:8',
        'g::',
        '::12345',
    ),
    *('1:2:3:4:5:6:7:8', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '1:2:3:4:5:6:7::', '1:2:3:4::6:7:8'),
    *('::1.2.3.4', '1.2.3.4', '::1.2.3', '::1.2.3.256', '::01.2.3.04', '::00001.2.3.4', '::.1.2.3'),
    *(
        '::1..2.3',
        '1:2:3:4:5:6:1.2.3.4',
        '1:2:3:4:5:1.2.3.4',
        '1:2:3:4:5:6:7:1.2.3.4',
        '::1.2.3.4:5',
    ),
    *('fe80::1%eth0', '22001:db8::1', '::1.2.3.4.5'),
)
PIECES = ('::', ':', '1', 'ab', '0', 'ffff', '12345', '.', '1.2.3.4', 'g')


def by_chance(number: int) -> list[str]:
    """Return addresses, right and wrong, always the same."""
    chance = random.Random(7)
    return [''.join(chance.choices(PIECES, k=chance.randrange(1, 9))) for _ in range(number)]


@pytest.mark.parametrize('address', [*ODD, *dict.fromkeys(by_chance(60))])
def test_an_address_of_version_6_is_one_to_nginx(address: str) -> None:
    text = f'events {{}}\nhttp {{ server {{ listen [{address}]:80; }} }}\n'
    found = asked('nginx', text, 'main')
    assert is_inet6(address) is (found.accepts or 'bind()' in found.message), found


def test_a_missing_part_of_an_address_of_version_4_is_zero() -> None:
    assert is_inet4('10..0.')
    assert is_inet4('010.0.0.1')
    assert not is_inet4('10.0.0')
    assert not is_inet4('10.0.0.256')
    assert not is_inet4('9' * 5000 + '.0.0.0')
