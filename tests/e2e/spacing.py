"""Pages whose text is set wider or larger than they set it: what is cut off then, and what runs into what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

WIDER = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-block-end: 2em !important; }"""
"""What people may ask of any text without losing some of it: WCAG 2.2, success criterion 1.4.12."""
TWICE = "html { font-size: 200% !important; }"
"""As in a browser whose text is twice as large: 1.4.4."""
# A sheet made by a script needs no leave of the page's policy.
PUT_ON = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"
TAKE_OFF = "document.adoptedStyleSheets = []"

LOST = """() => {
  // A drawing cannot make room; what it says stands in the table below it too.
  const unseen = ".vh, .skip, script, style, noscript, option, title, svg, [aria-hidden=true]";
  const isSeen = (each) => !each.closest(unseen) && each.checkVisibility({ visibilityProperty: true });
  const overflows = (each, how) => how.test(getComputedStyle(each).overflow);
  const isWithin = (line, box) => line.left >= box.left - 2 && line.right <= box.right + 2 &&
    line.top + line.height / 4 >= box.top && line.bottom - line.height / 4 <= box.bottom;
  const words = (node) => node.data.trim().slice(0, 40);
  const lines = [], cut = new Set(), covered = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !isSeen(node.parentElement)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let drawn = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    for (let each = node.parentElement; each; each = each.parentElement) {
      const within = drawn.filter((line) => isWithin(line, each.getBoundingClientRect()));
      if (overflows(each, /hidden|clip/) && within.length < drawn.length) cut.add(words(node));
      // What has to be scrolled to stands nowhere yet.
      if (overflows(each, /auto|scroll/)) drawn = within;
    }
    // Letters fill the middle of their line: what is above and below them may overlap.
    for (const { left, right, top, height } of drawn) {
      lines.push({ node, left: left + 1, right: right - 1, top: top + height * .3, bottom: top + height * .75 });
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, place) => {
    for (let next = place + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
      const other = lines[next];
      if (one.node !== other.node && other.left < one.right && one.left < other.right) {
        covered.add(`${words(one.node)} / ${words(other.node)}`);
      }
    }
  });
  return [...[...cut].map((each) => `cut off: ${each}`), ...[...covered].map((each) => `overlapping: ${each}`)];
}"""
"""The words of the page that are cut off by what they stand in, and those that stand on other words."""


@contextmanager
def set_as(page: Page, style: str) -> Iterator[None]:
    """The page's text is set by the style meanwhile."""
    page.evaluate(PUT_ON, style)
    yield
    page.evaluate(TAKE_OFF)


def lost_words(page: Page) -> list[str]:
    """What of the page's words cannot be read where they stand."""
    found: list[str] = page.evaluate(LOST)
    return found
