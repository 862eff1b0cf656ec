"""A headless browser on the built site."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selenium import webdriver

from glance_docs_ext.testing.ports import free_port
from tests.engines import require

if TYPE_CHECKING:
    from collections.abc import Iterator

DEADLINE = 300  # seconds for one page


@pytest.fixture(scope='session')
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Yield one Chromium for all tests; what a test changes of it, it sets itself."""
    options = webdriver.ChromeOptions()
    options.binary_location = require('chromium')
    options.add_argument('--headless=new')
    options.add_argument('--no-sandbox')  # CI runs as root; the pages are our own
    options.add_argument('--disable-dev-shm-usage')
    options.add_argument(f'--user-data-dir={tmp_path_factory.mktemp("chromium")}')
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
    service = webdriver.ChromeService(require('chromedriver'), port=free_port())
    driver = webdriver.Chrome(options, service)
    driver.set_page_load_timeout(DEADLINE)
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture(scope='session')
def screenshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the pictures that a person looks at: under tox, that of its env."""
    if environment := os.environ.get('TOX_ENV_DIR'):
        folder = Path(environment) / 'screenshots'
        folder.mkdir(exist_ok=True)
        return folder
    return tmp_path_factory.mktemp('screenshots')
