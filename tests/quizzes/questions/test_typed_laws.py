"""What is typed in another hand is the same, and what says something else is not: laws for words, gaps and numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import InvalidAnswer
from quizzes.questions.numbers import EXACT as EXACT_SUMS
from quizzes.questions.numbers import MAX_LENGTH, as_typed, authored_number
from quizzes.questions.open_response import LONGEST
from quizzes.questions.signs import DASHES, INVISIBLE, QUOTES
from quizzes.questions.spellings import NUMBER_WORDS
from quizzes.questions.text_matching import NEGATIONS, Tolerance, match_one, normalised

EXACT = Tolerance(typos=False)
LETTERS = {
    "latin": "abcdefgàéîõüçñßøłœ",
    "greek": "αβγδεζάέήίόύώς",
    "cyrillic": "абвгдежзийкёў",
    "armenian": "աբգդեզէը",
}
word = st.one_of([st.text(alphabet=letters, min_size=2, max_size=9) for letters in LETTERS.values()])
phrase = st.lists(word, min_size=1, max_size=4).map(" ".join)
HANDS: dict[str, Callable[[str], str]] = {
    "in capitals": str.upper,
    "in title case": str.title,
    "composed": lambda text: unicodedata.normalize("NFC", text),
    "taken apart": lambda text: unicodedata.normalize("NFD", text),
    "with spaces around": lambda text: f"\u2003 {text}\t",
    "with wide spaces": lambda text: text.replace(" ", "\u3000 "),
    "with a full stop": lambda text: f"{text}.",
    "with an ellipsis": lambda text: f"{text}…",
    "in quotation marks": lambda text: f"„{text}“",
    "in brackets": lambda text: f"({text})",
    "with commas": lambda text: text.replace(" ", ", "),
    "with an article": lambda text: f"The {text}",
    "with soft hyphens": "\u00ad".join,
    "with marks of direction": lambda text: f"\u202b{text}\u202c",
}
NUMERIC, SHORT, CLOZE, OPEN = map(question_type, ("numeric", "short_text", "cloze", "open_response"))


def is_same(answer: str, text: str) -> bool:
    return match_one(answer, text, tolerance=EXACT) is not None


@pytest.mark.parametrize("hand", HANDS)
@given(text=phrase)
@settings(max_examples=40, deadline=None)
def test_a_text_in_another_hand_is_the_same_text(hand: str, text: str) -> None:
    assume(not text.startswith(("the ", "a ", "an ")))
    assert is_same(HANDS[hand](text), text)
    assert is_same(text, HANDS[hand](text))


@given(text=phrase, sign=st.sampled_from([*INVISIBLE]), place=st.integers(0, 20))
def test_no_sign_that_nobody_sees_makes_an_answer_wrong(text: str, sign: str, place: int) -> None:
    text = unicodedata.normalize("NFC", text)
    assert is_same(text[:place] + sign + text[place:], text)


@given(one=word, other=word, sign=st.sampled_from([*DASHES, "-"]))
def test_a_hyphen_is_one_whatever_dash_it_is_and_may_be_a_space_or_nothing(one: str, other: str, sign: str) -> None:
    for typed in (f"{one}-{other}", f"{one} {other}", f"{one}{other}"):
        assert is_same(typed, f"{one}{sign}{other}")


@given(text=phrase, mark=st.sampled_from([*QUOTES]))
def test_an_apostrophe_is_one_whatever_mark_it_is(text: str, mark: str) -> None:
    assert is_same(f"o{QUOTES[mark]}{text}", f"o{mark}{text}")


@given(text=phrase, negation=st.sampled_from(sorted(NEGATIONS)), place=st.integers(0, 4))
@settings(deadline=None)
def test_a_negation_anywhere_makes_it_another_text(text: str, negation: str, place: int) -> None:
    words = text.split()
    denied = " ".join([*words[:place], negation, *words[place:]])
    assume(not set(words) & NEGATIONS)
    assert match_one(denied, text, tolerance=Tolerance()) is None
    assert match_one(text, denied, tolerance=Tolerance()) is None


@given(one=st.sampled_from(sorted(NUMBER_WORDS)), other=st.sampled_from(sorted(NUMBER_WORDS)), text=phrase)
def test_another_number_in_words_is_another_text(one: str, other: str, text: str) -> None:
    assert (match_one(f"{text} {one}", f"{text} {other}", tolerance=Tolerance()) is not None) == (one == other)


@given(text=phrase, digits=st.integers(0, 9_999), others=st.integers(0, 9_999))
def test_another_figure_is_another_text(text: str, digits: int, others: int) -> None:
    assert (match_one(f"{text} {digits}", f"{text} {others}", tolerance=Tolerance()) is not None) == (digits == others)


@given(answer=phrase, text=phrase)
def test_forgiving_slips_accepts_what_is_accepted_without_and_more(answer: str, text: str) -> None:
    assume(normalised(answer, tolerance=EXACT))
    strict, usual = (match_one(answer, text, tolerance=each) for each in (EXACT, Tolerance()))
    assert usual == strict or (strict is None and usual is not None and usual.typos > 0)


@given(text=st.text(alphabet="abcdefghij", min_size=5, max_size=12), place=st.integers(1, 11))
def test_a_slip_is_one_in_either_direction(text: str, place: int) -> None:
    slip = text[:place] + text[place + 1 :]
    there, back = (match_one(*pair, tolerance=Tolerance()) for pair in ((slip, text), (text, slip)))
    assert (there and there.typos) == (back and back.typos)


@given(accepted=st.lists(phrase, min_size=1, max_size=4), answer=phrase)
@settings(deadline=None)
def test_a_gap_and_a_line_take_the_same_words(accepted: list[str], answer: str) -> None:
    line = {"stem": "Name it.", "accepted": accepted}
    gap = {"stem": "Fill in.", "text": "{{g}}", "gaps": [{"id": "g", "accepted": accepted}]}
    for typed in (answer, accepted[-1].upper(), accepted[0][:-1]):
        if typed.strip():
            assert SHORT.grade(line, SHORT.parse(line, typed)).fraction == (
                CLOZE.grade(gap, CLOZE.parse(gap, {"g": typed})).fraction
            )


@given(accepted=st.lists(phrase, min_size=1, max_size=3, unique=True), more=phrase)
@settings(deadline=None)
def test_a_wider_question_takes_the_new_answer_and_every_old_one(accepted: list[str], more: str) -> None:
    content = {"stem": "Name it.", "accepted": accepted}
    wider = SHORT.with_accepted(content, more)
    if wider is not None:
        assert SHORT.check(wider) == []
        assert [SHORT.grade(wider, text).fraction for text in [*accepted, more]] == [1.0] * (len(accepted) + 1)


authored = st.builds(
    lambda digits, power: str(Decimal(digits).scaleb(power)), st.integers(-(10**16), 10**16), st.integers(-29, 12)
)


@given(value=authored, unit=st.text(alphabet="abcdfghijklm", min_size=20, max_size=20))
@settings(max_examples=300)
def test_the_longest_unit_has_room_behind_the_longest_number(value: str, unit: str) -> None:
    content = {"stem": "How many?", "value": value, "units": [{"text": unit}]}
    if not NUMERIC.check(content):
        model = NUMERIC.model_answer(content)
        assert len(model) <= MAX_LENGTH
        assert NUMERIC.grade(content, NUMERIC.parse(content, model)).fraction == 1.0


@pytest.mark.parametrize("value", ["0.0000000000012345678901234567", "-0.000000000001234567890123456", "1e29", "-1e30"])
def test_a_number_as_long_as_can_be_is_typed_with_its_unit(value: str) -> None:
    content = {"stem": "How many?", "value": value, "units": [{"text": "m" * 20}], "unit_required": True}
    assert NUMERIC.check(content) == []
    model = NUMERIC.model_answer(content)
    assert NUMERIC.grade(content, NUMERIC.parse(content, model)).fraction == 1.0


@given(value=st.integers(1, 10**6), factors=st.lists(st.integers(2, 5_000), min_size=1, max_size=4, unique=True))
def test_whatever_unit_it_is_typed_in_the_same_amount_is_right_and_only_that(value: int, factors: list[int]) -> None:
    units: list[dict[str, Any]] = [
        {"text": "a"},
        *({"text": "b" * (at + 2), "factor": factor} for at, factor in enumerate(factors)),
    ]
    amount = value
    for factor in factors:
        amount *= factor
    content = {"stem": "How many?", "value": amount, "units": units}
    if not NUMERIC.check(content):
        for unit, factor in zip(units, [1, *factors], strict=True):
            typed = f"{amount // factor} {unit['text']}"
            assert NUMERIC.grade(content, NUMERIC.parse(content, typed)).fraction == 1.0
            beside = f"{amount // factor + 1} {unit['text']}"
            assert NUMERIC.grade(content, NUMERIC.parse(content, beside)).fraction == 0.0


@given(value=authored, tolerance=st.integers(0, 100), share=st.booleans(), off=st.integers(-300, 300))
def test_the_edges_of_a_share_and_of_a_number_are_the_same_edges(
    value: str, tolerance: int, share: bool, off: int
) -> None:
    number = authored_number(value)
    assume(number is not None)
    assert number is not None
    written = f"{tolerance} %" if share else str(tolerance)
    content = {"stem": "How many?", "value": value, "tolerance": written}
    typed = as_typed(EXACT_SUMS.add(number, EXACT_SUMS.multiply(number.scaleb(-2), off) if share else Decimal(off)))
    assume(len(typed) <= 30 and not NUMERIC.check(content))
    try:
        answer = NUMERIC.parse(content, typed)
    except InvalidAnswer:
        return
    expected = abs(off) <= tolerance or (share and not number)
    assert NUMERIC.grade(content, answer).fraction == float(expected)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_whatever_ends_its_lines_a_text_as_long_as_the_page_lets_it_be_is_taken(ending: str) -> None:
    content: Any = next(iter(OPEN.examples())).content
    longest = ("line\n" * LONGEST)[: LONGEST - 1] + "."
    assert OPEN.parse(content, longest.replace("\n", ending)) == longest
    assert OPEN.parse(content, [longest.replace("\n", ending)]) == longest
    with pytest.raises(InvalidAnswer, match=r"Shorten it to 10,000 characters\.$"):
        OPEN.parse(content, longest.replace("\n", ending) + "x")


@given(st.text(alphabet="a \r\n\u2028é\u0301", max_size=30))
def test_an_open_answer_that_was_stored_is_read_as_it_is(text: str) -> None:
    content: Any = next(iter(OPEN.examples())).content
    try:
        answer = OPEN.parse(content, text)
    except InvalidAnswer:
        return
    assert "\r" not in answer
    assert OPEN.parse(content, answer) == answer == OPEN.parse(content, answer.replace("\n", "\r\n"))
