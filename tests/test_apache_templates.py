"""What a template is to fill in: Apache reads its marks as words, and the reader is told so."""

from __future__ import annotations

import pytest

from glance_docs_ext.checker import check
from glance_docs_ext.rules.common.template import SHOW
from glance_docs_ext.source import Source


@pytest.mark.parametrize(
    ('text', 'code'),
    [
        ('ErrorLog {{ logs }}/error.log\n', 'CFG203'),
        ('ServerName <%= @name %>\n', 'CFG203'),
        ('{% if tls %}\nListen 443\n', 'CFG201'),
        ('{%- for host in hosts %}\n', 'CFG201'),
        ('{{ settings }}\n', 'CFG201'),
        ('%(listen)s\n', 'CFG201'),
        ('${PROXY}Alias /v2 /srv\n', 'CFG201'),
    ],
)
def test_the_mark_of_a_template_is_told_as_one(text: str, code: str) -> None:
    (found,) = check(Source(text, 'site.conf'), 'apache').diagnostics
    assert found.code == code
    assert found.help.startswith(SHOW)


@pytest.mark.parametrize(
    'text', ['ServerName {{name}}\n', 'ErrorLog "{{ logs }}/error.log"\n', 'ServerName <%=name%>\n']
)
def test_what_apache_takes_for_one_word_is_none(text: str) -> None:
    assert check(Source(text, 'site.conf'), 'apache').diagnostics == ()
