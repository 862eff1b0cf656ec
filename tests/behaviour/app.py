"""The application behind the servers: it tells what it was asked, and reads bodies plainly."""

from __future__ import annotations

import hashlib
import json
import os
import time
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BEGUN = 'begun'
"""A file in the folder that the application runs in: somebody has asked for ``/slow``."""


def application(
    environ: dict[str, Any], start_response: Callable[[str, list[tuple[str, str]]], object]
) -> Iterable[bytes]:
    """Answer with what arrived, as JSON; ``/slow`` takes the seconds of its query string."""
    path = environ['PATH_INFO']
    if path.endswith('/slow'):
        Path(BEGUN).touch()
        time.sleep(float(environ['QUERY_STRING']))
    body = _body(environ)
    told = {
        'path': path,
        'script_name': environ.get('SCRIPT_NAME'),
        'host': environ.get('HTTP_HOST'),
        'forwarded_for': environ.get('HTTP_X_FORWARDED_FOR'),
        'authorization': environ.get('HTTP_AUTHORIZATION'),
        'process_group': environ.get('mod_wsgi.process_group'),
        'application_group': environ.get('mod_wsgi.application_group'),
        'variable': os.environ.get('OS_APP_CONFIG_DIR'),
        'pid': os.getpid(),
        'length': len(body),
        'sha256': hashlib.sha256(body).hexdigest(),
    }
    answer = json.dumps(told).encode()
    headers = [('Content-Type', 'application/json'), ('Content-Length', str(len(answer)))]
    if path.endswith('/created'):
        headers.append(('Location', f'http://{environ["HTTP_HOST"]}/v2/thing'))
    start_response('201 Created' if path.endswith('/created') else '200 OK', headers)
    return [answer]


def _body(environ: dict[str, Any]) -> bytes:
    """Read the body as WSGI says: no more than CONTENT_LENGTH, or to the end.

    Under ``/chunks`` a body in chunks is read as Glance does, with the function of uWSGI.
    """
    if (
        environ['PATH_INFO'].endswith('/chunks')
        and environ.get('HTTP_TRANSFER_ENCODING') == 'chunked'
    ):
        return b''.join(iter(import_module('uwsgi').chunked_read, b''))
    length = environ.get('CONTENT_LENGTH')
    stream = environ['wsgi.input']
    data: bytes = stream.read(int(length)) if length else stream.read()
    return data
