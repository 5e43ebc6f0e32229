from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.errors import UnreadableSource
from course.reading.formats import read_text
from course.reading.outline import Outline, PassageKind
from course.reading.reader import READER_VERSION, outline
from tests.course.reading.samples import HEADINGS, PASTE, gold_pages

GERMAN = (
    "Der Hafen lag still, und niemand wusste, wem der Kran gehörte. Man schrieb Briefe, auf die keine Antwort kam.\n"
)


def test_an_article_is_read_whole() -> None:
    found = outline(read_text(PASTE))
    assert [lesson.title for lesson in found.lessons] == ["Introduction", *HEADINGS]
    assert sum(len(lesson.passages) for lesson in found.lessons) == 9
    assert (found.language, found.warnings) == ("en", ())


def test_the_title_may_be_given() -> None:
    assert outline(read_text(PASTE), title="Eleven benches").lessons[0].title == "Eleven benches"


def test_the_version_is_a_whole_number() -> None:
    assert READER_VERSION >= 1


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (GERMAN * 2, ["no_headings", "language_not_english"]),
        (GERMAN, ["single_paragraph", "language_not_english"]),
        ("Only a line.", ["single_paragraph"]),
    ],
)
def test_odd_texts_are_read_with_warnings(text: str, codes: list[str]) -> None:
    warnings = outline(read_text(text)).warnings
    assert [warning.code for warning in warnings] == codes
    assert all(warning.message.endswith(".") for warning in warnings)


def test_the_same_source_gives_the_same_outline() -> None:
    for page in gold_pages()[:4]:
        assert outline(read_text(page.text)) == outline(read_text(page.text))


def check_spans(found: Outline) -> None:
    for passage in found.passages:
        assert passage.span.quote(found.text).strip() == passage.span.quote(found.text) != ""
    for concept in found.concepts:
        assert all(mention.quote(found.text) for mention in concept.mentions)
    headings = {p.position for p in found.passages if p.kind is PassageKind.HEADING}
    assert all(lesson.heading is None or lesson.heading in headings for lesson in found.lessons)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(PASTE.split("\n"))), max_size=12))
def test_any_text_is_read_or_refused_in_words(lines: list[str]) -> None:
    try:
        source = read_text("\n".join(lines))
    except UnreadableSource:
        return
    check_spans(outline(source))


def cost(text: str) -> float:
    source = read_text(text)
    start = time.process_time()
    outline(source)
    return time.process_time() - start


def test_the_cost_grows_with_the_length_and_no_faster() -> None:
    body = "\n".join(page.text for page in gold_pages())
    outline(read_text(body))
    once = min(cost(body) for _ in range(2))
    assert cost(body + "\n" + body + "\n" + body) <= 6 * once + 0.5
