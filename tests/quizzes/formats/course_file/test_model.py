"""The article's text and the quotes that point into it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course.reading.outline import PassageKind, Span
from quizzes.formats.course_file.model import ArticleEntry, PassageEntry, Quote, passages_of
from tests.quizzes.formats.course_file.courses import articles


@given(articles)
def test_every_span_is_its_passage(article: ArticleEntry) -> None:
    spans = article.spans()
    assert [span.quote(article.text) for span in spans] == [passage.text for passage in article.passages]


@given(st.text("ab\n", min_size=1, max_size=20), st.data())
def test_a_quote_made_of_a_span_finds_that_span_again(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert Quote.of(text, span).find(text) == span


@given(st.text("ab\n -", max_size=20), st.lists(st.integers(0, 20), max_size=8, unique=True))
def test_passages_of_any_spans_give_the_text_back(text: str, cuts: list[int]) -> None:
    at = sorted(cut for cut in cuts if cut <= len(text))
    spans = [Span(start, end) for start, end in zip(at[::2], at[1::2], strict=False)]
    passages, ending = passages_of(text, [(span, PassageEntry(PassageKind.PARAGRAPH, "")) for span in spans])
    article = ArticleEntry(passages=passages, ending=ending)
    assert article.text == text
    assert list(article.spans()) == spans


def test_a_usual_gap_is_not_kept_with_the_passage() -> None:
    text = "One\n\nTwo\n\n-Three"
    entry = PassageEntry(PassageKind.PARAGRAPH, "", reason="r")
    passages, ending = passages_of(text, [(Span(0, 3), entry), (Span(5, 8), entry), (Span(11, 16), entry)])
    assert [passage.gap for passage in passages] == [None, None, "\n\n-"]
    assert [passage.reason for passage in passages] == ["r", "r", "r"]
    assert ending == ""


def test_a_quote_counts_its_occurrences_from_one() -> None:
    text = "war and war and war"
    assert Quote("war").find(text) == Span(0, 3)
    assert Quote("war", 3).find(text) == Span(16, 19)
    assert Quote("war", 4).find(text) is None
    assert Quote("peace").find(text) is None
    assert Quote("").find(text) is None
