"""The gold pages as web sites would publish them, with what sites put around an article."""

from __future__ import annotations

from functools import cache

import pytest

from course.reading.clean import clean
from course.reading.formats import read_file
from course.reading.outline import PassageKind
from course.reading.segment import is_read
from tests.course.reading.samples import GoldPage, gold_pages
from tests.course.reading.web import SITES, site_page

CLUTTERED = [site for site in SITES if site != "plain"]


@cache
def passages(page: GoldPage, site: str) -> tuple[tuple[PassageKind, str, bool], ...]:
    source = read_file("page.html", site_page(page, site).encode())
    return tuple((each.kind, each.span.quote(source.text), is_read(each)) for each in clean(source).passages)


def read_texts(page: GoldPage, site: str) -> list[str]:
    return [" ".join(text.split()) for _, text, is_part in passages(page, site) if is_part]


def gold(page: GoldPage, *codes: str) -> set[str]:
    return {" ".join(text.removeprefix("• ").split()) for text in page.of(*codes)}


@pytest.mark.parametrize("site", SITES)
def test_headings_of_a_web_page_are_found(site: str) -> None:
    hits = extra = missed = 0
    for page in gold_pages():
        wanted = gold(page, "H")
        found = {" ".join(text.split()) for kind, text, _ in passages(page, site) if kind is PassageKind.HEADING}
        found -= gold(page, "T")
        hits, extra, missed = hits + len(wanted & found), extra + len(found - wanted), missed + len(wanted - found)
    assert 2 * hits / (2 * hits + extra + missed) >= 0.98


@pytest.mark.parametrize("site", SITES)
def test_no_paragraph_of_a_web_page_is_lost(site: str) -> None:
    lost = [text for page in gold_pages() for text in gold(page, "P") - set(read_texts(page, site))]
    assert lost == []


@pytest.mark.parametrize("site", CLUTTERED)
def test_nothing_around_the_article_is_read(site: str) -> None:
    extra = [
        text for page in gold_pages() for text in read_texts(page, site) if text not in gold(page, "P", "L", "C", "H")
    ]
    assert extra == []
