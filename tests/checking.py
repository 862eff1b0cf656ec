"""write(), found(): files to check, and what `configcheck check` finds in them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

from glance_docs_ext.cli import main

if TYPE_CHECKING:
    import pytest

CLEAN_INI = '[uwsgi]\nmaster = true\nprocesses = 4\n'

BAD_INI = '[uwsgi]\nmaster = true\nproceses = 4\n'

PAIR = (
    'Page\n====\n\n.. code-block:: ini\n\n   [uwsgi]\n   http-socket = 127.0.0.1:60999\n\n'
    '.. code-block:: apache\n\n   ProxyPass / uwsgi://127.0.0.1:60999/\n'
)


def write(name: str, text: str | bytes) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Return the findings of a run as ``path:line:column code``."""
    capsys.readouterr()
    main(['check', '--format', 'json', *arguments])
    return [
        f'{item["path"]}:{item["line"]}:{item["column"]} {item["code"]}'
        for item in json.loads(capsys.readouterr().out)
    ]


def stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr('sys.stdin', SimpleNamespace(buffer=io.BytesIO(text.encode())))
