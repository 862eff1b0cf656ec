"""The garbage collector rests while a page is read, and never longer."""

from __future__ import annotations

import gc

import pytest

from glance_docs_ext.collector import uncollected
from glance_docs_ext.pages import read_page
from glance_docs_ext.verdicts import findings


@uncollected
def collects() -> bool:
    """Return whether the collector runs in here."""
    return gc.isenabled()


@uncollected
def collects_behind_another() -> bool:
    """Return whether the collector runs here behind a call of another such function."""
    collects()
    return gc.isenabled()


@uncollected
def fails() -> None:
    """Fail."""
    raise ValueError('on purpose')


def test_nothing_is_collected_in_such_a_function_nor_behind_one_that_it_calls() -> None:
    assert not collects()
    assert not collects_behind_another()


def test_the_collector_runs_again_behind_it() -> None:
    collects_behind_another()
    assert gc.isenabled()


def test_the_collector_runs_again_where_it_fails() -> None:
    with pytest.raises(ValueError, match='on purpose'):
        fails()
    assert gc.isenabled()


def test_a_collector_that_was_switched_off_stays_off() -> None:
    gc.disable()
    try:
        collects()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_the_collector_runs_behind_reading_and_judging_a_page() -> None:
    read_page('page.rst', '.. code-block:: nginx\n\n   lisen 80;\n')
    findings([])
    assert gc.isenabled()
