"""Sphinx settings of the documentation site; ``-c .`` points here, the pages are in ``source``."""

from __future__ import annotations

import os

from glance_docs_ext import __version__

project = 'glance_docs_ext'
author = 'The glance_docs_ext authors'
copyright = '2026, The glance_docs_ext authors'
version = release = __version__

extensions = ['glance_docs_ext', 'sphinx_tabs.tabs']
nitpicky = True
nitpick_ignore_regex = [('py:class', 'list.*')]
configcheck_releases = 'glance'
highlight_language = 'none'
exclude_patterns = ['**/_*.rst']

html_theme = 'furo'
html_title = 'glance_docs_ext'
html_baseurl = os.environ.get('READTHEDOCS_CANONICAL_URL', '')
html_static_path = ['source/_static']
html_css_files = ['site.css']
html_copy_source = False
html_show_sourcelink = False

sphinx_tabs_disable_tab_closing = True

latex_documents = [
    ('index', 'glance_docs_ext.tex', 'glance\\_docs\\_ext', author, 'manual'),
]
man_pages = [
    ('manual/command-line', 'configcheck', 'check server configuration', author, 1),
]
