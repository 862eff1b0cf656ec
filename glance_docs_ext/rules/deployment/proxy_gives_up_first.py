"""DEP419: the proxy waits less long for an answer than uWSGI lets a request take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import DeploymentRule, Example
from glance_docs_ext.rules.deployment.apache_hosts import in_force
from glance_docs_ext.rules.deployment.nginx_levels import inherited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.endpoints import Deployment, Upstream

TIME = re.compile(r'([0-9]{1,9})(s?|m)')
PARAMETER = re.compile(r'timeout=([0-9]{1,9})', re.IGNORECASE)
UWSGI = '[uwsgi]\nuwsgi-socket = 127.0.0.1:60999\nbuffer-size = 65535\nmaster = true\n'
APACHE = 'ProxyTimeout 60\nProxyPass / uwsgi://127.0.0.1:60999/\n'


class ProxyGivesUpFirst(DeploymentRule):
    """The client gets an error, and the worker goes on with a request that nobody waits for.

    The limit of the proxy wants to be the longer one: then it is uWSGI that ends the request.
    """

    code = 'DEP419'
    name = 'proxy-gives-up-first'
    severity = Severity.INFO
    message = 'the proxy gives up after {seconds} s, uWSGI lets a request take {limit} s'
    help = 'let the proxy wait longer than harakiri = {limit}'
    bad = (Example('uwsgi', f'{UWSGI}harakiri = 120\n'), Example('apache', APACHE))
    good = (Example('uwsgi', f'{UWSGI}harakiri = 30\n'), Example('apache', APACHE))
    exceptions = 'Requests that take long send their answer bit by bit.'
    source = (
        'Measured with Apache 2.4.71: ProxyTimeout 1 and a request of 3 s give 500 through '
        'uwsgi://, while the application runs to its end.'
    )

    def check(self, deployment: Deployment) -> Iterator[Diagnostic]:
        for upstream in deployment.upstreams:
            limits = [
                limit
                for listener in deployment.called(upstream)
                for placed in listener.document.named('harakiri')
                if (limit := _seconds(placed.statement.rest.text))
            ]
            seconds = _patience(upstream) if limits else 0
            if 0 < seconds < min(limits, default=0):
                document, span = upstream.document, upstream.span
                yield self.report(document, span, seconds=seconds, limit=min(limits))


def _patience(upstream: Upstream) -> int:
    """Return how many seconds the block says that the proxy waits, 0 where it does not say."""
    document, placed = upstream.document, upstream.placed
    if document.engine == 'nginx':
        key = placed.statement.key.removesuffix('_pass') + '_read_timeout'
        said = inherited(document, placed, key)
    else:
        for word in placed.statement.arguments:
            if found := PARAMETER.fullmatch(word.text):
                return int(found[1])
        said = tuple(
            found.statement
            for key in ('timeout', 'proxytimeout')
            for found in in_force(document, placed, key)
        )
    arguments = said[-1].arguments if said else ()
    return _seconds(arguments[0].text) if arguments else 0


def _seconds(text: str) -> int:
    """Return a time in seconds, 0 for anything but a plain number, with ``s`` or ``m``."""
    found = TIME.fullmatch(text)
    return int(found[1]) * (60 if found[2] == 'm' else 1) if found else 0
