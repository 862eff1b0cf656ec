"""The built site in a real browser: keyboard, phone, dark, and without JavaScript."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests import site

if TYPE_CHECKING:
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

PHONE = 390  # CSS pixels: the width of today's ordinary phone
DESK = 1280
LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3, level AA for body text
PAGES = site.pages()
TABBED = sorted(
    {page for page in PAGES if '.. tabs::' in (site.SOURCE / f'{page}.rst').read_text('utf-8')}
)
TIMELINES = sorted(
    {
        page
        for page in PAGES
        if '.. version-timeline::' in (site.SOURCE / f'{page}.rst').read_text('utf-8')
        and page.startswith('glance/')
    }
)


def open_page(
    browser: Chrome, page: Path, *, width: int = DESK, scheme: str = 'light', scripts: bool = True
) -> None:
    """Open a built page as a reader with this window, colour scheme and setting for scripts."""
    browser.execute_cdp_cmd(
        'Emulation.setDeviceMetricsOverride',
        {'width': width, 'height': 900, 'deviceScaleFactor': 1, 'mobile': width < 700},
    )
    browser.execute_cdp_cmd(
        'Emulation.setEmulatedMedia',
        {'features': [{'name': 'prefers-color-scheme', 'value': scheme}]},
    )
    browser.execute_cdp_cmd('Emulation.setScriptExecutionDisabled', {'value': not scripts})
    browser.get(page.as_uri())


def tabs(browser: Chrome) -> list[WebElement]:
    """Return the tabs of the page's first group."""
    return browser.find_element(By.CSS_SELECTOR, '[role=tablist]').find_elements(
        By.CSS_SELECTOR, '[role=tab]'
    )


def panel(browser: Chrome, tab: WebElement) -> WebElement:
    name = tab.get_attribute('aria-controls')
    assert name
    return browser.find_element(By.ID, name)


def test_there_are_pages_with_tabs_and_a_timeline() -> None:
    assert TABBED
    assert TIMELINES


@pytest.mark.parametrize('page', TABBED)
def test_a_variant_is_chosen_with_the_keyboard_alone(
    page: str, browser: Chrome, built_site: Path
) -> None:
    open_page(browser, built_site / 'html' / f'{page}.html')
    first, second, *_ = tabs(browser)
    assert panel(browser, first).is_displayed()
    assert not panel(browser, second).is_displayed()
    browser.execute_script('arguments[0].focus()', first)
    browser.switch_to.active_element.send_keys(Keys.ARROW_RIGHT)
    assert browser.switch_to.active_element == second
    second.send_keys(Keys.ENTER)
    assert panel(browser, second).is_displayed()
    assert not panel(browser, first).is_displayed()
    assert second.get_attribute('aria-selected') == 'true'
    browser.execute_script('sessionStorage.clear()')  # the choice is kept for other pages


@pytest.mark.parametrize('page', TIMELINES)
def test_the_timeline_tells_release_series_and_what_changed(
    page: str, browser: Chrome, built_site: Path
) -> None:
    open_page(browser, built_site / 'html' / f'{page}.html')
    terms = browser.find_elements(By.CSS_SELECTOR, 'dl.version-timeline > dt')
    shown = '\n'.join(term.text for term in terms)
    places = [shown.find(release) for release in ('32.0.0 (2026.1', '21.0.0 (Victoria)', '15.0.0')]
    assert -1 not in places, shown
    assert places == sorted(places)
    assert '2020-10-14' in shown  # the day of 21.0.0
    change = browser.find_element(By.XPATH, '//dt[contains(., "Victoria")]/following-sibling::dd')
    assert change.text.startswith('Changed')


@pytest.mark.parametrize('scheme', ['light', 'dark'])
@pytest.mark.parametrize('page', PAGES)
def test_a_page_fits_a_phone(
    page: str, scheme: str, browser: Chrome, built_site: Path, screenshots: Path
) -> None:
    open_page(browser, built_site / 'html' / f'{page}.html', width=PHONE, scheme=scheme)
    picture = screenshots / f'{page.replace("/", "-")}-phone-{scheme}.png'
    assert browser.save_screenshot(str(picture))
    width = browser.execute_script('return document.documentElement.scrollWidth')
    assert width <= PHONE, f'{page} is {width} pixels wide: {widest(browser)}'


@pytest.mark.parametrize('width', [PHONE, DESK])
def test_a_block_is_as_wide_as_its_frame_and_its_label_stands_above(
    width: int, browser: Chrome, built_site: Path
) -> None:
    """A theme that lays blocks out in a row would give the label a column of its own."""
    open_page(browser, built_site / 'html' / 'glance' / 'deploy.html', width=width)
    measured = browser.execute_script(
        'return [...document.querySelectorAll("div.configcheck")]'
        '.filter(block => block.offsetParent !== null)'
        '.map(block => [block.clientWidth, block.querySelector("pre").offsetWidth])'
    )
    assert measured
    assert all(inner == frame for frame, inner in measured), measured


def widest(browser: Chrome) -> str:
    """Return the start of the first element that sticks out, for the message."""
    return str(
        browser.execute_script(
            'return [...document.querySelectorAll("article *")].filter('
            f'e => e.getBoundingClientRect().right > {PHONE}'
            ').map(e => e.outerHTML.slice(0, 120))[0]'
        )
    )


@pytest.mark.parametrize('scheme', ['light', 'dark'])
@pytest.mark.parametrize('page', PAGES)
def test_a_page_can_be_read_in_either_scheme(
    page: str, scheme: str, browser: Chrome, built_site: Path, screenshots: Path
) -> None:
    open_page(browser, built_site / 'html' / f'{page}.html', scheme=scheme)
    picture = screenshots / f'{page.replace("/", "-")}-desk-{scheme}.png'
    assert browser.save_screenshot(str(picture))
    faint = browser.execute_script(CONTRASTS, LEAST_CONTRAST)
    assert faint == []


# Every visible stretch of text outside Pygments' own colours, against the nearest background.
CONTRASTS = """
const parse = c => (c.match(/[\\d.]+/g) || []).map(Number);
const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const over = ([r, g, b, a = 1], [x, y, z]) =>
  [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
const behind = e => e === null ? [255, 255, 255]
  : over(parse(getComputedStyle(e).backgroundColor), behind(e.parentElement));
const faint = new Set();
const walker = document.createTreeWalker(document.querySelector('article'), NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const e = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || !e.checkVisibility({visibilityProperty: true})) continue;
  if (e.closest('pre, .headerlink, script, style')) continue;
  const back = behind(e), text = over(parse(getComputedStyle(e).color), back);
  const [low, high] = [light(back), light(text)].sort((a, b) => a - b);
  if ((high + 0.05) / (low + 0.05) < arguments[0]) faint.add(
    `${e.tagName}.${e.className} "${walker.currentNode.data.trim().slice(0, 40)}"`);
}
return [...faint];
"""


@pytest.mark.parametrize('page', PAGES)
def test_without_javascript_nothing_is_hidden(page: str, browser: Chrome, built_site: Path) -> None:
    file = built_site / 'html' / f'{page}.html'
    open_page(browser, file, scripts=False)
    # The driver's own questions need scripts; the page was loaded without.
    hidden = browser.execute_cdp_cmd('DOM.getDocument', {'depth': 0})
    assert hidden['root']
    shown = visible_text(browser)
    for block in site.published():
        if block.page == page:
            for line in block.text.splitlines():
                assert ' '.join(line.split()) in shown, f'{block}: {line}'


def visible_text(browser: Chrome) -> str:
    """Return the text that the browser lays out, each run of white space as one space."""
    snapshot = browser.execute_cdp_cmd(
        'DOMSnapshot.captureSnapshot', {'computedStyles': ['display']}
    )
    document = snapshot['documents'][0]
    strings = snapshot['strings']
    runs = [strings[index] for index in document['layout']['text'] if index >= 0]
    return ' '.join(''.join(runs).split())


@pytest.mark.parametrize('page', PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_has_no_script_errors(
    page: str, browser: Chrome, built_site: Path
) -> None:
    open_page(browser, built_site / 'html' / f'{page}.html')
    loaded = browser.execute_script(
        'return performance.getEntriesByType("resource").map(entry => entry.name)'
    )
    assert [name for name in loaded if not name.startswith(('file:', 'data:'))] == []
    severe = [
        entry
        for entry in browser.execute('getLog', {'type': 'browser'})['value']
        if entry['level'] == 'SEVERE'
    ]
    assert severe == []
