"""Numbers in Apache's configuration: read as C reads them."""

from __future__ import annotations

import pytest

from glance_docs_ext import native
from glance_docs_ext.checker import check
from glance_docs_ext.rules.apache.addresses import is_network
from glance_docs_ext.rules.apache.numbers import atoi, atol
from glance_docs_ext.source import Source
from tests.engines import require


@pytest.mark.parametrize(
    ('text', 'number'),
    [
        ('5', 5),
        (' \t+5x', 5),
        ('-5.9', -5),
        ('x5', 0),
        ('', 0),
        ('0x10', 0),
        ('2147483648', -(2**31)),
        ('4294967295', -1),
        ('4294967296', 0),
        ('99999999999', 1215752191),
        ('9' * 40, -1),
        ('-' + '9' * 40, 0),
        ('0' * 100 + '7', 7),
    ],
)
def test_a_number_wraps_round_at_32_bits(text: str, number: int) -> None:
    assert atoi(text) == number


def test_a_long_number_stops_at_64_bits() -> None:
    assert atol('9' * 100_000) == 2**63 - 1


@pytest.mark.parametrize(
    ('text', 'right'),
    [
        ('10', True),
        ('10.', True),
        ('010.0.0.1', True),
        ('10.0.0.0/8', True),
        ('10.0.0.0/255.0.255.0', True),
        ('2001:db8::/32', True),
        ('10/8', False),
        ('10.0.0.0/0', False),
        ('10.0.0.0/33', False),
        ('10.0.0.0/8x', False),
        ('256', False),
        ('::1/0', False),
        ('::ffff:192.0.2.1', False),
        ('fe80::1%eth0', False),
        ('localhost', False),
    ],
)
def test_a_network_is_one_to_us_where_it_is_one_to_apache(text: str, *, right: bool) -> None:
    assert is_network(text) is right
    require('apache2')
    require('bwrap')
    block = f'<Location />\nRequire ip {text}\n</Location>\n'
    document = check(Source(block, 'x'), 'apache', 'server').document
    assert native.verdict(document).accepts is right


@pytest.mark.parametrize(
    ('line', 'right'),
    [
        ('SSLVerifyDepth 4294967295', False),
        ('SSLVerifyDepth 99999999999', True),
        ('H2PushDiarySize 256', True),
        ('H2PushDiarySize 300', False),
        ('MDRenewWindow 33%', True),
        ('MDRenewWindow 100%', False),
        ('KeepAliveTimeout 5sec', True),
        ('KeepAliveTimeout 5min', True),
        ('KeepAliveTimeout 5m', False),
        ('CacheSocacheMaxSize 1023', False),
        ('AuthDigestShmemSize 1k', True),
        ('AuthDigestShmemSize 64', False),
        ('SSLSessionCache shmcb:/tmp/x(8191)', False),
        ('SSIStartTag <!--#', True),
        ('SSIEndTag "-- >"', False),
        ('VirtualDocumentRoot /srv/%1.-2+/%0', True),
        ('VirtualDocumentRoot /srv/%q', False),
        ('ProxyRemote * http://proxy:99999', False),
    ],
)
def test_a_value_is_refused_where_apache_refuses_it(line: str, *, right: bool) -> None:
    checked = check(Source(f'{line}\n', 'x'), 'apache', 'server')
    assert [found.code for found in checked.diagnostics] == ([] if right else ['APA205'])
    require('apache2')
    require('bwrap')
    assert native.verdict(checked.document).accepts is right


@pytest.mark.parametrize(
    ('line', 'right'),
    [
        ('Deny from all', True),
        ('Deny from all # nobody', False),
        ('Allow from 10.0.0.0/8 #office', False),
        ('Allow from env=a#b', True),
    ],
)
def test_no_comment_stands_behind_allow_and_deny(line: str, *, right: bool) -> None:
    checked = check(Source(f'{line}\n', 'x'), 'apache', 'directory')
    found = [one.code for one in checked.diagnostics if one.code != 'APA301']
    assert found == ([] if right else ['APA205'])
