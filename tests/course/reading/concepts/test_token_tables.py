"""Words, marks, sentences and capitals of many hands and scripts, at exact places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.reading.concepts.tokens import MAX_WORDS, read, stem
from course.reading.outline import PassageKind, PassageOutline, Span
from tests.course.reading.concepts.parsing import reading_of


def words(text: str) -> list[str]:
    return [word for word in reading_of(text).words if word]


def sentences(text: str) -> list[str]:
    reading = reading_of(text)
    return [reading.surface(each.first, each.last) for each in reading.sentences]


def capitals(text: str, *, headings: tuple[str, ...] = ()) -> list[str]:
    reading = reading_of(text, headings=headings)
    return [word for word, is_capital in zip(reading.words, reading.is_capital, strict=True) if is_capital]


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("3.5 and 1,100", ["3.5", "and", "1,100"]),
        ("2-3 24-hour 3rd", ["2-3", "24-hour", "3rd"]),
        ("50% of $3 at №5", ["50", "%", "of", "$", "3", "at", "№", "5"]),
        ("3.5.7, 1,", ["3.5.7", ",", "1", ","]),
        ("the co-op’s roof", ["the", "co-op", "’s", "roof"]),
        ("JAMES'S", ["JAMES", "'S"]),
        ("don't it’s", ["don't", "it", "’s"]),
        ("rock’n’roll", ["rock’n’roll"]),
        ("'s", ["'", "s"]),
        ("the U.S.A. now", ["the", "U.S.A.", "now"]),
        ("e.g. this", ["e.g.", "this"]),
        ("x. y.", ["x", ".", "y", "."]),
        ("a_b", ["a", "_", "b"]),
        ("-a- b--c", ["-", "a", "-", "b", "-", "-", "c"]),
        ("non\u2011stick co\u2010op", ["non\u2011stick", "co\u2010op"]),
        ("a…b...c", ["a", "…", "b", "...", "c"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("काँच की", ["काँच", "की"]),
        ("港の歌。", ["港の歌", "。"]),
        ("🙂a", ["🙂", "a"]),
        ("a\u00a0b\u2003c", ["a", "b", "c"]),
        ("a\u200bb", ["a", "\u200b", "b"]),
        ("a\x00b", ["a", "\x00", "b"]),
    ],
)
def test_a_text_is_parted_into_words_and_marks(text: str, parted: list[str]) -> None:
    assert words(text) == parted


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Dr. Holt came. He left.", ["Dr. Holt came.", "He left."]),
        ("It is no. 5 here. Yes.", ["It is no. 5 here.", "Yes."]),
        ("U.S. ships came. They left.", ["U.S. ships came.", "They left."]),
        ("J. K. Holt came. Yes.", ["J. K. Holt came.", "Yes."]),
        ("So did I. Then rain.", ["So did I.", "Then rain."]),
        ("“Go.” He left.", ["“Go.”", "He left."]),
        ("“Go.” he said. Left.", ["“Go.” he said.", "Left."]),
        ("He left... Then rain.", ["He left...", "Then rain."]),
        ("He left... then rain.", ["He left... then rain."]),
        ("One.two.", ["One.two."]),
        ("One. (Two.) Three.", ["One.", "(Two.)", "Three."]),
        ("What?! No.", ["What?!", "No."]),
        ("- One. • Two.", ["- One.", "• Two."]),
        ("One. 2 came.", ["One.", "2 came."]),
        ("一。二！三？", ["一。", "二！", "三？"]),
        ("من جاء؟ جاء علي.", ["من جاء؟", "جاء علي."]),
        ("वह आया। वह गया।", ["वह आया।", "वह गया।"]),
        ("Раз. Два.", ["Раз.", "Два."]),
        ("No mark\nNext line", ["No mark", "Next line"]),
        ("", []),
    ],
)
def test_sentences_end_where_their_writers_end_them(text: str, parted: list[str]) -> None:
    assert sentences(text) == parted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They met Oda in Hask.", ["Oda", "Hask"]),
        ("Harbours fell.", []),
        ("Zorbia fell.", ["Zorbia"]),
        ("They like Iron. Iron fell.", ["Iron", "Iron"]),
        ("They like iron. Iron fell.", []),
        ("Co-tax fell.", []),
        ("“Harbours fell,” she said.", []),
        ("The plan: Harbours fell.", []),
        ("The plan: harbours and Hask.", ["Hask"]),
        ("So I’m here, and I left.", []),
        ("They met NATO.", ["NATO"]),
        ("Hedges fell.", []),
        ("Они видели Город там.", ["Они", "Город"]),
        ("• Harbours fell.", []),
    ],
)
def test_a_capital_means_a_name_where_nothing_else_explains_it(text: str, names: list[str]) -> None:
    assert capitals(text) == names


@pytest.mark.parametrize(
    ("heading", "names"),
    [
        ("The Long Road Of Hask", []),
        ("THE LONG ROAD", []),
        ("The long road of Hask", ["Hask"]),
        ("Hask", ["Hask"]),
        ("What Hask left behind", ["Hask"]),
    ],
)
def test_in_a_heading_of_capitals_they_mean_nothing(heading: str, names: list[str]) -> None:
    assert capitals(f"{heading}\nthey left.", headings=(heading,)) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tie", "ties"), ("levy", "levies"), ("glass", "glasses"), ("box", "boxes"), ("buzz", "buzzes"),
        ("crash", "crashes"), ("church", "churches"), ("Hedge", "hedges"), ("cat’s", "cat's"), ("ΜΎΛΟΣ", "μύλος"),
    ],
)  # fmt: skip
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize("word", ["his", "bus", "crisis", "gas", "pass", "was", "us", "s"])
def test_what_only_looks_like_a_plural_keeps_its_ending(word: str) -> None:
    assert stem(word) == word


@given(st.text(alphabet="abcsiexzhy'’", max_size=10))
def test_a_stem_is_no_longer_than_its_word_and_its_own_plural_is_the_same(word: str) -> None:
    assert len(stem(word)) <= len(word)
    assert stem(word) == stem(word.upper().lower())


def test_of_a_book_only_the_first_words_are_read() -> None:
    lines = ["lamp " * 10_000] * 8
    text = "\n".join(lines)
    starts = [text.index("lamp", at) for at in range(0, len(text), len(lines[0]) + 1)]
    passages = [
        PassageOutline(n, PassageKind.PARAGRAPH, Span(start, start + len(lines[0]) - 1))
        for n, start in enumerate(starts)
    ]
    reading = read(text, passages=passages, tagger=None)
    assert MAX_WORDS <= len(reading.words) < MAX_WORDS + 20_000


@given(st.text(alphabet="aB1.!?“”’'\n-() é港।", max_size=120))
def test_tokens_lie_in_order_and_keep_every_sign_that_is_no_space(text: str) -> None:
    reading = reading_of(text)
    kept = "".join(reading.words)
    assert kept == "".join(text.split())
    assert reading.starts == sorted(reading.starts)
    assert all(start <= end for start, end in zip(reading.starts, reading.ends, strict=True))


@given(st.text(alphabet="aB1.!?“”\n- ", max_size=120))
def test_all_rows_of_a_reading_are_as_long_as_its_words(text: str) -> None:
    reading = reading_of(text)
    rows = (
        reading.lows,
        reading.stems,
        reading.tags,
        reading.starts,
        reading.ends,
        reading.is_word,
        reading.is_capital,
    )
    assert {len(row) for row in rows} == {len(reading.words)}
    assert sum(reading.counts.values()) == sum(reading.is_word)
