"""The options that name what uWSGI runs."""

from __future__ import annotations

APPLICATIONS = (
    *('module', 'wsgi', 'wsgi-file', 'file', 'mount', 'pecan', 'eval', 'psgi', 'rack', 'php-app'),
)
"""Options that name an application; a block with one of them and a socket is a whole service."""

PYTHON = frozenset({'module', 'wsgi', 'wsgi-file', 'pecan'})
"""Those of them that are for Python alone."""
