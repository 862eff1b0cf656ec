"""What is told to do about arguments that are too many."""

from __future__ import annotations

import pytest

from tests.apache_samples import findings


@pytest.mark.parametrize(
    ('line', 'remedy'),
    [
        ("ErrorLog '/var/log/glance'/error.log", 'a quote that closes ends the value'),
        ('ServerAdmin "glance"@example.com', 'a quote that closes ends the value'),
        ('ErrorLog /var/log/glance/error.log ...', 'say what is left out in a comment'),
        ('ErrorLog /var/log/the glance.log', 'quote a value that has spaces in it'),
        ('ErrorLog /var/log/glance.log # new', 'a comment needs a line of its own'),
    ],
)
def test_the_remedy_speaks_of_what_is_too_much(line: str, remedy: str) -> None:
    (found,) = findings(f'{line}\n')
    assert found.code == 'CFG203'
    assert found.help.startswith(remedy)
