"""Commands of a shell that stand among the lines of a configuration."""

from __future__ import annotations

from typing import Final

APART: Final = 'it is a command for a shell: give it a block of its own'
COMMANDS: Final = frozenset(
    (
        *('$', 'a2dismod', 'a2enconf', 'a2enmod', 'a2ensite', 'apachectl', 'apt', 'apt-get', 'cat'),
        *('cd', 'chmod', 'chown', 'cp', 'curl', 'dnf', 'echo', 'htpasswd', 'ln', 'mkdir', 'mv'),
        *('nano', 'nginx', 'pip', 'rm', 'sed', 'sudo', 'systemctl', 'tee', 'touch', 'vi', 'vim'),
        *('wget', 'yum'),
    )
)
