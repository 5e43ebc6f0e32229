from __future__ import annotations

import time
from contextlib import suppress

import pytest

from course.reading.errors import UnreadableSource
from course.reading.formats import read_file
from course.reading.outline import PassageKind, Source

PAGE = """\
---
title: "The crane"
author: Ada Lund
---

# The crane

A first paragraph with *emphasis*, a [link](https://example.org) and `code`,
broken in two lines.

Notes
-----

- one item
- another **item**
  1. an inner item

> A quotation
> in two lines.

| Year | Boats |
|------|-------|
| 1990 | 40    |

```
print("hello")
```

![The quay after the fall](quay.jpg)
"""


def read() -> Source:
    return read_file("page.md", PAGE.encode())


def marked(kind: PassageKind) -> list[tuple[str, int]]:
    source = read()
    return [(mark.span.quote(source.text), mark.level) for mark in source.marks if mark.kind is kind]


def test_front_matter_gives_title_and_author() -> None:
    assert (read().title, read().author) == ("The crane", "Ada Lund")


def test_headings_have_their_levels() -> None:
    assert marked(PassageKind.HEADING) == [("The crane", 1), ("Notes", 2)]


def test_paragraphs_lose_their_markup() -> None:
    assert "A first paragraph with emphasis, a link and code, broken in two lines." in read().text.split("\n")


def test_lists_quotes_and_tables_are_marked() -> None:
    assert marked(PassageKind.LIST_ITEM) == [("one item", 0), ("another item", 0), ("an inner item", 0)]
    assert marked(PassageKind.QUOTE) == [("A quotation in two lines.", 0)]
    assert marked(PassageKind.TABLE) == [("Year | Boats", 0), ("1990 | 40", 0), ('print("hello")', 0)]


def test_a_picture_leaves_its_description() -> None:
    assert read().text.endswith("The quay after the fall")


def test_deep_nesting_is_read_in_bounded_time() -> None:
    assert read_file("a.md", b"words first\n\n" + b"> " * 5_000 + b"x").text.startswith("words first")


def lines_of(text: str) -> list[str]:
    return read_file("page.md", text.encode()).text.split("\n\n")


def test_rules_around_the_text_are_no_front_matter() -> None:
    text = "---\n\nThe crane fell slowly.\n\nNote: nobody was hurt.\n\n---\n\nThe end."
    assert lines_of(text) == ["The crane fell slowly.", "Note: nobody was hurt.", "The end."]


@pytest.mark.parametrize(
    ("front", "title", "author"),
    [
        ("---\ntitle: >\n  The\n  crane\nauthor:\n  - Ada Lund\n  - Bo\n---", "The crane", "Ada Lund Bo"),
        ("---\n# a note\ntitle: 'The crane'\ntags: [a, b]\ndate: 2020-01-01\n---", "The crane", ""),
        ('+++\ntitle = "The crane"\n[extra]\nauthor = "Ada Lund"\n+++', "The crane", "Ada Lund"),
        ("---\nlayout: post\n...", "", ""),
    ],
)
def test_front_matter_is_read_in_each_of_its_forms(front: str, title: str, author: str) -> None:
    source = read_file("page.md", f"{front}\n\nThe crane fell slowly.".encode())
    assert (source.text, source.title, source.author) == ("The crane fell slowly.", title, author)


def test_footnotes_stand_by_themselves_and_their_marks_nowhere() -> None:
    text = "The crane fell.[^1] Nobody was hurt.[^note]\n\n[^1]: In March.\n[^note]: By luck\n    alone."
    assert lines_of(text) == ["The crane fell. Nobody was hurt.", "In March.", "By luck alone."]


def test_boxes_struck_words_and_what_a_page_hides_are_left_out() -> None:
    text = "- [ ] mend it\n- [x] see it\n\nIt was ~~never~~ always loved.\n\n<style>p { color: red }</style>\n\n"
    text += "<!-- nobody > sees this -->\n\n<div>Salt &amp; wind</div>"
    assert lines_of(text) == ["mend it", "see it", "It was always loved.", "Salt & wind"]


@pytest.mark.parametrize("opening", ["<script>", "<style ", "<!-- ", "~~a ", "[^a]: "])
def test_markup_that_is_never_closed_takes_no_time(opening: str) -> None:
    began = time.process_time()
    with suppress(UnreadableSource):
        read_file("page.md", f"The crane fell.\n\n{opening * 20_000}".encode())
    assert time.process_time() - began < 5
