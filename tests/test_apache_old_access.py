"""What is told about access control of Apache 2.2 says the same as the lines, for Apache 2.4."""

from __future__ import annotations

import pytest

from tests.apache_samples import findings

DENIED = 'write "Require all denied"'
GRANTED = 'write "Require all granted"'
SOME = 'write Require ip, Require host or Require env for what is allowed'
BUT = 'write "Require not ip" for what is denied, in '


@pytest.mark.parametrize(
    ('lines', 'remedy'),
    [
        ('Order allow,deny', DENIED),
        ('Order deny,allow', GRANTED),
        ('Deny from all', DENIED),
        ('Order deny,allow\nDeny from All', DENIED),
        ('Order allow,deny\nAllow from all\nDeny from all', DENIED),
        ('Order allow,deny\nDeny from 192.0.2.1', DENIED),
        ('Order deny,allow\nDeny from all\nAllow from all', GRANTED),
        ('Order allow,deny\nAllow from all', GRANTED),
        ('Order deny,allow\nAllow from 192.0.2.1', GRANTED),
        ('Order deny,allow\nDeny from all\nAllow from 192.0.2.1', SOME),
        ('Order Allow,Deny\nAllow from env=glance', SOME),
        ('Order mutual-failure\nAllow from 192.0.2.1', SOME),
        ('Order allow,deny\nAllow from all\nDeny from 192.0.2.1', BUT + '<RequireAll> with "Req'),
        (
            'Order allow,deny\nAllow from 192.0.2\nDeny from 192.0.2.1',
            SOME + ', and "Require not ip"',
        ),
        ('Order deny,allow\nDeny from 192.0.2.1', BUT + '<RequireAll> with "Require all granted"'),
        ('Allow from all\nRequire valid-user', 'take it away: Require says who may come'),
        ('Deny from all\nRequire valid-user', DENIED + ', and no other Require'),
        ('Deny from 192.0.2.1\nRequire valid-user', BUT + 'one <RequireAll> with the other'),
        (
            'Deny from all\nAllow from 192.0.2.1\nSatisfy any\nRequire valid-user',
            'write what opens',
        ),
        ('Satisfy all\nRequire valid-user', 'write <RequireAll> around the lines of Require'),
    ],
)
def test_the_remedy_opens_and_closes_what_the_lines_do(lines: str, remedy: str) -> None:
    found = findings(f'<Directory /srv/glance>\n{lines}\n</Directory>\n')
    (one,) = [one for one in found if one.code == 'APA301']
    assert one.help.startswith(remedy)


def test_what_stands_in_another_section_has_a_remedy_of_its_own() -> None:
    text = (
        '<Directory /srv/glance>\nOrder allow,deny\n<Files a>\nDeny from all\n</Files>\n'
        'Allow from all\n</Directory>\n'
    )
    assert [one.help for one in findings(text) if one.code == 'APA301'] == [GRANTED, DENIED]
