"""Web pages around a gold page: the same article as different sites would publish it, with their clutter."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from tests.course.reading.samples import GoldPage

_FOLDER = Path(__file__).with_name("sites")
SITES = tuple(sorted(path.stem for path in _FOLDER.glob("*.html")))


def site_page(page: GoldPage, site: str) -> str:
    """The markup of the gold page on one of the sites, its own junk left out: the site brings some along."""
    (title,) = page.of("T")
    return _template(site).format(title=escape(title), body="\n".join(_elements(page)))


def _elements(page: GoldPage) -> Iterator[str]:
    for code, group in groupby((line for line in page.lines if line[0] in "HPLC"), key=lambda line: line[0]):
        texts = [escape(text) for _, text in group]
        if code == "L":
            yield f"<ul>{''.join(f'<li>{text}</li>' for text in texts)}</ul>"
        elif code == "C":
            yield "".join(f'<figure><img src="a.jpg"><figcaption>{text}</figcaption></figure>' for text in texts)
        else:
            tag = {"H": "h2", "P": "p"}[code]
            yield "\n".join(f"<{tag}>{text}</{tag}>" for text in texts)


def _template(site: str) -> str:
    return _FOLDER.joinpath(f"{site}.html").read_text(encoding="utf-8")
