"""Take the README's picture: ``.tox/py/bin/python tools/readme_picture.py`` after ``make docs``.

It shows the tabs of the Glance site with the first block of the recommended variant, as Chromium
draws them.
"""

from __future__ import annotations

import base64
import shutil
import sys
from pathlib import Path

from selenium import webdriver

REPOSITORY = Path(__file__).parent.parent
PAGE = REPOSITORY / 'build' / 'html' / 'glance' / 'deploy.html'
PICTURE = REPOSITORY / 'source' / '_static' / 'block.png'
WIDTH, HEIGHT = 1200, 548  # of what is shown, in CSS pixels; the sidebar takes part of the width
FRAME = """
const box = document.querySelector('[role=tablist]').getBoundingClientRect();
return [box.left - 8, box.top + scrollY - 8, box.width + 16];
"""


def main() -> int:
    """Write the picture; return the exit status."""
    if not PAGE.exists():
        print(f'{PAGE} is missing: run "make docs" first')
        return 1
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which('chromium') or ''
    for argument in ('--headless=new', '--no-sandbox', f'--window-size={WIDTH},900'):
        options.add_argument(argument)
    driver = webdriver.Chrome(options, webdriver.ChromeService(shutil.which('chromedriver')))
    try:
        driver.get(PAGE.as_uri())
        left, top, width = driver.execute_script(FRAME)
        clip = {'x': left, 'y': top, 'width': width, 'height': HEIGHT, 'scale': 1}
        taken = driver.execute_cdp_cmd(
            'Page.captureScreenshot', {'clip': clip, 'captureBeyondViewport': True}
        )
    finally:
        driver.quit()
    PICTURE.write_bytes(base64.b64decode(taken['data']))
    print(f'wrote {PICTURE}: {PICTURE.stat().st_size} bytes')
    return 0


if __name__ == '__main__':
    sys.exit(main())
