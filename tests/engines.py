"""The programs that tests run: real engines, the sandbox, the browser."""

from __future__ import annotations

from glance_docs_ext.testing.plugin import missing, require

__all__ = ['missing', 'require']
