from __future__ import annotations

import pytest

from course.reading.clean import clean
from course.reading.errors import UnreadableSource
from course.reading.formats import read_file, read_text
from course.reading.formats.blocks import Block
from course.reading.formats.html import source_of_html, with_headings
from course.reading.outline import PassageKind, Source

LONG = "The harbour had one crane, and no one in the whole town could say who owned it or what it was worth. "
PAGE = f"""\
<!DOCTYPE html><html><head><title>The crane | Tidewater Post</title><meta name="author" content="Ada Lund">
<style>p {{ color: red }}</style></head><body>
<header><a href="/">Tidewater Post</a></header>
<nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>The crane</h1><p>{LONG}</p><p>{LONG.replace("harbour", "quay")}</p>
<figure><img src="a.jpg" alt=""><figcaption>The quay after the fall</figcaption></figure>
<h2>What it left</h2><p>{LONG.replace("town", "county")}</p>
<ul><li>one rope of <b>forty</b> metres</li><li>two lamps</li></ul>
<blockquote><p>It fell slowly, and we had time to watch it go.</p></blockquote>
<table><tr><th>Year</th><th>Boats</th></tr><tr><td>1990</td><td>forty</td></tr></table>
<h3>What it cost</h3><p>{LONG.replace("crane", "derrick")}</p></article>
<script>var x = "secret";</script><footer><p>© Tidewater Post</p></footer></body></html>
"""


def read() -> Source:
    return read_file("page.html", PAGE.encode())


def marked(kind: PassageKind) -> list[tuple[str, int]]:
    source = read()
    return [(mark.span.quote(source.text), mark.level) for mark in source.marks if mark.kind is kind]


def test_the_top_heading_is_the_title_and_the_author_is_known() -> None:
    assert (read().title, read().author) == ("The crane", "Ada Lund")


def test_headings_have_their_levels() -> None:
    assert marked(PassageKind.HEADING) == [("The crane", 1), ("What it left", 2), ("What it cost", 3)]


def test_lists_quotes_tables_and_captions_are_marked() -> None:
    assert marked(PassageKind.LIST_ITEM) == [("one rope of forty metres", 0), ("two lamps", 0)]
    assert marked(PassageKind.QUOTE) == [("It fell slowly, and we had time to watch it go.", 0)]
    assert marked(PassageKind.TABLE) == [("Year | Boats", 0), ("1990 | forty", 0)]
    assert marked(PassageKind.FIGURE) == [("The quay after the fall", 0)]


@pytest.mark.parametrize("words", ["Sport", "secret", "color", "\ue000"])
def test_what_is_no_article_is_left_out(words: str) -> None:
    assert words not in read().text


def test_the_title_opens_no_lesson() -> None:
    source = read()
    assert [p.reason for p in clean(source).passages if p.span.quote(source.text) == "The crane"] == ["title"]


def test_a_short_page_is_read_too() -> None:
    source = read_file("a.html", b"<html><body><h2>Notice</h2><p>The quay is closed on Monday.</p></body></html>")
    assert source.text == "Notice\n\nThe quay is closed on Monday."


def test_the_declared_encoding_is_used() -> None:
    page = f"<html><head><meta charset='iso-8859-2'></head><body><p>Żeglarze {LONG}</p></body></html>"
    assert read_file("a.html", page.encode("iso-8859-2")).text.startswith("Żeglarze")


def test_a_page_of_many_blocks_is_read_in_order() -> None:
    page = (
        "<html><body><article>"
        + "".join(f"<p>Sentence number {n} is here.</p>" for n in range(500))
        + "</article></body></html>"
    )
    assert read_file("a.html", page.encode()).text.split("\n\n")[:3] == [
        f"Sentence number {n} is here." for n in range(3)
    ]


def test_a_list_of_links_is_no_article_however_it_is_wrapped() -> None:
    links = "".join(f"<li><a href='/{number}'>Link {number}</a></li>" for number in range(50))
    for page in (f"<nav><ul>{links}</ul></nav>", f"<div><ul>{links}</ul></div>", f"<p>{links}</p>"):
        with pytest.raises(UnreadableSource) as refused:
            source_of_html(f"<html><body>{page}</body></html>")
        assert refused.value.code == "navigation_only"


def test_an_article_beside_many_links_is_read() -> None:
    links = "".join(f"<a href='/{number}'>the lake and the town {number}</a> " for number in range(80))
    words = "The upper town built a wall above the lake, and nobody downstream was asked what they thought of it."

    source = source_of_html(f"<html><body><nav>{links}</nav><article><p>{words}</p></article></body></html>")

    assert words in source.text


def test_headings_that_an_extractor_left_out_are_put_back() -> None:
    page = [Block("Site news", PassageKind.HEADING, 2), Block("The fall", PassageKind.HEADING, 2), Block("It fell.")]
    assert list(with_headings([Block("It fell.")], page)) == [Block("Site news"), Block("The fall"), Block("It fell.")]
    assert list(with_headings([Block("It stood.")], page)) == [Block("It stood.")]


def test_a_heading_left_out_among_others_is_put_back_with_its_level() -> None:
    page = [Block("The crane", PassageKind.HEADING, 1), Block("A tale", PassageKind.HEADING, 3), Block("It stood.")]
    page += [Block("It fell", PassageKind.HEADING, 2), Block("It lay.")]
    kept = [Block("It stood."), Block("Later", PassageKind.HEADING, 2), Block("It lay.")]
    assert list(with_headings(kept, page)) == [*kept[:2], page[3], kept[2]]


SAID = [LONG, LONG.replace("harbour", "quay"), LONG.replace("town", "county"), LONG.replace("crane", "derrick")]


def read_page(body: str) -> Source:
    return read_file("page.html", f"<html><body><h1>The crane</h1>{body}</body></html>".encode())


def passages(body: str) -> list[tuple[PassageKind | None, str]]:
    source = read_page(body)
    kinds = {mark.span: mark.kind for mark in source.marks}
    found, start = [], 0
    for line in source.text.split("\n\n"):
        kind = next((kind for span, kind in kinds.items() if span.start == start), None)
        found.append((kind, line))
        start += len(line) + 2
    return [each for each in found if each[1] != "The crane"]


@pytest.mark.parametrize("parting", ["<br><br>", "<br/>\n&nbsp;<br />", "<br>", "<BR>\r\n<BR>\r\n"])
@pytest.mark.parametrize("holder", ["div", "p", "font", "blockquote", "td"])
def test_paragraphs_parted_by_line_breaks_are_paragraphs(parting: str, holder: str) -> None:
    text = f"<{holder}>{parting.join(SAID)}</{holder}>"
    found = passages(f"<table><tr>{text}</tr></table>" if holder == "td" else text)
    kind = PassageKind.QUOTE if holder == "blockquote" else None
    assert found == [(kind, said.strip()) for said in SAID]


def test_verses_stay_one_passage() -> None:
    verses = "The crane stood high,<br>it touched the sky,<br>nobody asked it why."
    assert (None, "The crane stood high, it touched the sky, nobody asked it why.") in passages(
        "".join(f"<p>{said}</p>" for said in SAID) + f"<p>{verses}</p>"
    )


def test_words_of_inner_lists_cells_and_folded_parts_are_not_glued() -> None:
    inner = "<ul><li>Ropes<ul><li>of hemp</li><li>of steel</li></ul></li></ul>"
    table = "<table><tr><td>1990</td><td><p>forty</p><p>boats</p></td></tr></table>"
    folded = "<details><summary>More on oil</summary><p>It came from rape seed until the year 1880.</p></details>"
    found = passages("".join(f"<p>{said}</p>" for said in SAID) + inner + table + folded)
    assert [line for _, line in found[len(SAID) :]] == [
        "Ropes",
        "of hemp",
        "of steel",
        "1990 | forty boats",
        "More on oil",
        "It came from rape seed until the year 1880.",
    ]


def test_a_pasted_page_is_read_as_a_page() -> None:
    pasted = read_text(PAGE, title="")
    assert pasted == read()
    assert read_text(PAGE, title="Mine").title == "Mine"
    words = "<html> is what a page begins with. " + LONG
    assert read_text(words).text == words.strip()
