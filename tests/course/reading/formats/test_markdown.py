from __future__ import annotations

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
