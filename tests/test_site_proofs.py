"""What the site says was proved is what stands on it, variant by variant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from glance_docs_ext.proofs import digest, read
from glance_docs_ext.testing.published import read_blocks
from tests import site
from tests.deployment.variants import CASES

if TYPE_CHECKING:
    from pathlib import Path

    from tests.deployment.variants import Variant

PROOFS = read((site.SOURCE / 'glance' / 'deployment.json').read_text(encoding='utf-8'))
BY_KEY = {proof.key: proof for proof in PROOFS}


def test_each_published_variant_has_a_proof_and_nothing_else_has() -> None:
    """Where it fails: ``make proof`` writes the file."""
    assert set(BY_KEY) == {(variant.name, binary) for variant, binary in CASES}


@pytest.mark.parametrize(
    ('variant', 'binary'), CASES, ids=[f'{variant.name}, {binary}' for variant, binary in CASES]
)
def test_a_proof_speaks_of_the_blocks_as_the_built_site_has_them(
    variant: Variant, binary: str, built_site: Path
) -> None:
    """Where it fails: ``make proof`` proves them again."""
    blocks = read_blocks(built_site / 'html')
    proof = BY_KEY[variant.name, binary]
    assert proof.blocks == {name: digest(blocks[name]) for name in variant.used(binary)}
    assert proof.versions
    assert len(proof.passed) >= 8


def test_the_page_shows_every_proof(built_site: Path) -> None:
    page = (built_site / 'html' / 'glance' / 'proved.html').read_text(encoding='utf-8')
    assert page.count('Proved with Glance') >= len({proof.variant for proof in PROOFS})
    assert '<strong>Not proved' not in page
