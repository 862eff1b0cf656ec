"""One directive a page, and the page is the docstring of its test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sphinx.with_app import with_page

if TYPE_CHECKING:
    from io import StringIO

    from sphinx.application import Sphinx


def codes(warning: StringIO) -> list[str]:
    return [line.split('WARNING: ')[1][:6] for line in warning.getvalue().splitlines()]


@with_page()
def test_config_block(app: Sphinx, warning: StringIO) -> None:
    """
    .. config-block:: uwsgi

       [uwsgi]
       proceses = 4
    """
    app.build()
    assert codes(warning) == ['CFG201']


@with_page()
def test_code_block(app: Sphinx, warning: StringIO) -> None:
    """
    .. code-block:: apache

       KeepAlive Onn
    """
    app.build()
    assert len(codes(warning)) == 1


@with_page()
def test_a_reason(app: Sphinx, warning: StringIO) -> None:
    """
    .. configcheck: unchecked because it is a sketch

    .. code-block:: nginx

       server { lisen 80; }
    """
    app.build()
    assert codes(warning) == []


@with_page()
def test_a_role(app: Sphinx, warning: StringIO) -> None:
    """
    :uwsgi:option:`mster`
    """
    app.build()
    assert codes(warning) == ['CFG201']


@with_page(configcheck_plain_blocks=False)
def test_a_setting(app: Sphinx, warning: StringIO) -> None:
    """
    .. code-block:: nginx

       server { lisen 80; }
    """
    app.build()
    assert codes(warning) == []
