"""NGX114: what a template is to fill in, as nginx sees it."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class TemplatePlaceholder(Rule):
    """Of ``{name}``, ``{{ name }}`` and ``{% if … %}`` nginx takes "{" for the start of a block.

    Where a directive stands, it takes ``<%`` and ``${SETTINGS}`` for one, and ``${PORT}`` for the
    value itself where it looks for no variables: it is ``envsubst`` that fills them in, and a shell
    that knows ``${PORT:-80}``.
    A block that shows a template shows what the template makes of it, or has the value in quotes.
    """

    code = 'NGX114'
    name = 'template-placeholder'
    severity = Severity.ERROR
    message = 'nginx takes "{opening}" for {taken}'
    help = 'show what the template makes of it, or put a value into quotes'
    engines = ('nginx',)
    bad = (
        Example('nginx', 'server_name {{ hostname }};\n'),
        Example('nginx', 'access_log /var/log/nginx/{{ hostname }}.access.log;\n'),
        Example('nginx', 'server {\n    {{settings}}\n    listen 80;\n}\n'),
        Example(
            'nginx',
            'server {\n    {%- if tls %}\n    listen 443;\n    {% else %}\n    listen 80;\n'
            '    {% endif -%}\n}\n',
        ),
        Example('nginx', 'ssl_certificate /etc/tls/{domain-name}/fullchain.pem;\n'),
        Example('nginx', 'server_name {hostname};\n'),
        Example('nginx', 'server {\n    <% if tls %>\n    listen 443;\n    <% end %>\n}\n'),
        Example('nginx', 'server {\n    listen 80;\n    ${SETTINGS}\n}\n'),
        Example('nginx', 'listen ${PORT};\n'),
        Example('nginx', 'keepalive_timeout ${TIMEOUT}s;\n'),
        Example('nginx', 'listen ${PORT:-80};\n'),
        Example('nginx', 'listen 127.0.0.1:__PORT__;\n'),
        Example('nginx', 'keepalive_timeout %(patience)s;\n'),
        Example('nginx', 'access_log ${LOG:-/var/log/nginx/access.log};\n'),
        Example('nginx', 'listen 80{% if first %} default_server{% endif %};\n'),
    )
    good = (Example('nginx', 'server_name "{{ hostname }}";\n'),)
    exceptions = 'The block is a template that is filled in before nginx reads it.'
    source = (
        '"unexpected "{"", "directive ... is not terminated by ";"", "unknown directive"; nginx '
        '1.22.1, asked.'
    )
