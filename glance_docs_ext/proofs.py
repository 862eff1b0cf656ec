"""Proofs: which blocks were run, with which programs, and what they did there.

A proof names the blocks it is about by the hash of their text. Where a page says something else by
now, the proof does not speak for it. The file is JSON, one proof after the other: a review shows
what was run anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from glance_docs_ext.diagnostics import GlanceDocsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORM = 1
LONGEST_FILE = 1 << 20  # characters; ours has 20,000 for fifteen proofs


class ProofsError(GlanceDocsError):
    """A text is not what `render` writes."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One way to deploy that was run and passed every check.

    ``variant`` is what its readers call it, ``setup`` tells runs of it apart (a binary, a version);
    ``date`` is the day, as in 2026-11-22; ``blocks`` holds the `digest` of each block by its name,
    ``versions`` what each program says of itself, ``passed`` the checks in words.
    """

    variant: str
    setup: str
    date: str
    blocks: Mapping[str, str]
    versions: Mapping[str, str]
    passed: tuple[str, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What a newer proof of the same thing has in common with it."""
        return self.variant, self.setup


def digest(text: str) -> str:
    """Return the sha256 of a block, whatever line ends stand behind it."""
    return hashlib.sha256(text.rstrip('\n').encode(errors='surrogatepass')).hexdigest()


def read(text: str) -> tuple[Proof, ...]:
    """Return the proofs in a text that `render` wrote.

    :raises ProofsError: it is something else
    """
    if len(text) > LONGEST_FILE:
        raise ProofsError(f'it has more than {LONGEST_FILE} characters')
    try:
        data = json.loads(text)
        if data['form'] != FORM:
            raise ProofsError(f'it has form {data["form"]!r}, expected {FORM}')
        return tuple(_proof(item) for item in data['proofs'])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProofsError(f'it is no list of proofs ({type(error).__name__}: {error})') from error


def merged(before: Iterable[Proof], newer: Iterable[Proof]) -> tuple[Proof, ...]:
    """Return all proofs, a newer one in the place of the one that it replaces."""
    by_key = {proof.key: proof for proof in before}
    by_key.update((proof.key, proof) for proof in newer)
    return tuple(by_key.values())


def render(proofs: Iterable[Proof]) -> str:
    """Return the text of a file with these proofs."""
    data = {'form': FORM, 'proofs': [asdict(proof) for proof in proofs]}
    return json.dumps(data, indent=1, ensure_ascii=False) + '\n'


def _proof(item: Mapping[str, Any]) -> Proof:
    return Proof(
        variant=_text(item['variant']),
        setup=_text(item['setup']),
        date=_text(item['date']),
        blocks=_texts(item['blocks']),
        versions=_texts(item['versions']),
        passed=tuple(_text(words) for words in item['passed']),
    )


def _texts(given: Mapping[str, object]) -> dict[str, str]:
    return {name: _text(value) for name, value in given.items()}


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError(f'found {given!r}, expected a text'[:100])
    return given
