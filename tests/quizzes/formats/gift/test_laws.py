"""GIFT of any hand says the same when it is read again, and what stands beside a question changes nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise
from time import process_time
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizzes.formats.gift import Gift, read, write
from quizzes.formats.gift.blocks import MOST_ANSWERS, NotGift, answers_of, blocks_of, place_of, plain, unescaped
from quizzes.formats.gift.reading import LARGEST
from quizzes.questions import question_type
from quizzes.questions.ids import with_fresh_ids

SIGNS = "\\{}=~#:"
LOSSY = {"categorise", "evidence", "open_response"}
"""Kinds that come back as another kind, or without what GIFT has no room for."""
MARKS = [" { ", " }", "=", "~", "%50%", "%-50%", "%100%", "#", "####", " -> ", "::t::", "[html]", "[tag:q]", "// c\n"]
SAID = ["A ", "b", "x", "y", "z", "T", "FALSE", "3", ":0.5", "1..2", "*", "<b>w</b>", "é", "“q”", "\\=", "\\n", "\\:"]
PIECES = st.lists(st.sampled_from([*MARKS, *SAID, "\n", "\n\n", "$CATEGORY: a/b\n\n"]), max_size=24).map("".join)
QUESTIONS = {
    "one of several": "What turns? {=the tide#Yes. ~the wind#No. ~nothing}",
    "several": "What turns? {~%50%the tide ~%50%the wind ~%-100%the hill}",
    "a statement": "The tide turns. {T#It does.#Right.####Twice a day.}",
    "words": "What turns? {=the tide =tide =%0%wind#It veers.}",
    "a pattern": "What turns? {=the tide =*tide*}",
    "a number": "How high? {#3.5:0.25}",
    "numbers": "How high? {#=%100%3:1 =%0%9#In feet.}",
    "pairs": "What goes together? {=flood -> rises =ebb -> falls = -> stands}",
    "a gap": "The tide {=turns =comes back} twice a day.",
    "a list in a gap": "The tide {=turns ~stops ~waits} twice a day.",
    "an essay": "Explain the tide. {}",
}
each_question = pytest.mark.parametrize("text", QUESTIONS.values(), ids=QUESTIONS)


def contents(found: Gift) -> list[tuple[str, dict[str, Any]]]:
    return [(each.kind, dict(each.content)) for each in found.questions]


def in_lines(text: str) -> str:
    """Each answer on a line of its own, as people write it."""
    return text.replace(" =", "\n\t=").replace(" ~", "\n\t~")


@given(PIECES)
@settings(max_examples=300, deadline=None)
def test_what_was_read_is_written_so_that_it_is_read_again(text: str) -> None:
    for each in read(text).questions:
        if each.kind in LOSSY:
            continue
        written = write(each.kind, each.content)
        again = read(written.text)
        assert (again.problems, len(again.questions)) == ((), bool(written.text))
        if not written.lost:
            assert contents(again) == [(each.kind, dict(each.content))]


@given(PIECES)
@settings(max_examples=200, deadline=None)
def test_what_is_left_is_all_that_was_not_read_and_nothing_more(text: str) -> None:
    found = read(text)
    left = read(found.left)
    assert left.questions == ()
    assert [each.message for each in left.problems] == [each.message for each in found.problems]
    assert bool(found.left) == bool(found.problems)


@given(PIECES, st.sampled_from(["\r\n", "\r"]))
@settings(deadline=None)
def test_whatever_ends_a_line_it_is_the_same_text(text: str, ending: str) -> None:
    one, other = read(text), read(text.replace("\n", ending))
    assert contents(one) == contents(other)
    assert one.problems == other.problems


@given(PIECES)
@settings(deadline=None)
def test_questions_are_told_in_order_each_at_a_line_of_its_own(text: str) -> None:
    lines = [each.line for each in read(text).questions]
    assert all(one < other for one, other in pairwise(lines))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


BESIDE: dict[str, Callable[[str], str]] = {
    "in lines": in_lines,
    "empty lines around": lambda text: f"\n\n \n{text}\n\n\t\n",
    "a comment above": lambda text: f"// {{=x}} is no question\n{text}",
    "a comment within": lambda text: text.replace("{", "{\n// = ~ # } \n", 1),
    "a title": lambda text: f"::A title \\: of two\\: parts::{text}",
    "a format": lambda text: f"[moodle]{text}",
    "a category": lambda text: f"$CATEGORY: $course$/top\n\n{text}",
}


@each_question
@pytest.mark.parametrize("beside", BESIDE)
def test_what_stands_beside_a_question_changes_nothing_of_it(text: str, beside: str) -> None:
    changed = read(BESIDE[beside](text))
    assert changed.problems == ()
    assert contents(changed) == contents(read(text))


@each_question
def test_two_questions_are_read_as_each_alone(text: str) -> None:
    others = [each for each in QUESTIONS.values() if each != text]
    for other in others:
        both = read(f"{text}\n\n{other}")
        assert contents(both) == [*contents(read(text)), *contents(read(other))]
        assert [each.notes for each in both.questions] == [
            *(each.notes for each in read(text).questions), *(each.notes for each in read(other).questions),
        ]  # fmt: skip


@each_question
def test_a_broken_question_between_two_costs_neither(text: str) -> None:
    found = read(f"{text}\n\nBroken {{=x\n\n{text}")
    assert contents(found) == contents(read(text)) * 2
    assert [each.line for each in found.problems] == [3]


@each_question
def test_what_is_read_is_a_draft_that_its_kind_takes(text: str) -> None:
    (question,) = read(text).questions
    content = with_fresh_ids(question.kind, question.content, "any")
    problems = question_type(question.kind).check(content)
    assert {each.field for each in problems} <= ({"model"} if question.kind == "open_response" else set())


words = st.text(alphabet=f"ab é.-{SIGNS}", min_size=1, max_size=12).map(str.strip).filter(bool)


def guarded(text: str) -> str:
    return "".join(f"\\{sign}" if sign in SIGNS else sign for sign in text)


@given(words)
def test_a_backslash_makes_any_sign_ordinary(text: str) -> None:
    assert unescaped(guarded(text)) == text
    assert plain(f"[plain]{guarded(text)}") == text
    for sign in SIGNS[1:]:
        assert place_of(sign, guarded(text)) == -1


@given(words, words)
def test_a_sign_is_found_where_nothing_makes_it_ordinary(before: str, behind: str) -> None:
    for sign in SIGNS[1:]:
        assert place_of(sign, f"{guarded(before)}{sign}{guarded(behind)}") == len(guarded(before))


@given(words, words, words)
@settings(deadline=None)
def test_whatever_is_asked_and_answered_may_hold_any_sign(stem: str, right: str, wrong: str) -> None:
    assume("->" not in right + wrong and right[0] not in "%[" and wrong[0] not in "%[" and stem[:2] != "//")
    found = read(f"[plain]{guarded(stem)}{{={guarded(right)} ~{guarded(wrong)}}}")
    if not found.problems:
        (question,) = found.questions
        assert question.kind == "single_choice"
        assert question.content["stem"] == stem
        assert [row["text"] for row in question.content["options"]] == [right, wrong]


@pytest.mark.parametrize("number", range(2, 21))
def test_of_any_number_of_right_options_all_come_back_as_right(number: int) -> None:
    rows = [{"text": f"right {at}", "correct": at < number - 1} for at in range(number)]
    content = {"stem": "Which?", "options": rows}
    written = write("multiple_choice", content)
    (question,) = read(written.text).questions
    assert (dict(question.content), question.notes) == (content, ())


@given(
    value=st.decimals(-(10**9), 10**9, places=4),
    tolerance=st.decimals(0, 1_000, places=3),
    misses=st.lists(st.integers(2 * 10**9, 3 * 10**9), max_size=3, unique=True),
)
@settings(deadline=None)
def test_a_number_goes_out_and_comes_back_to_its_last_figure(
    value: Decimal, tolerance: Decimal, misses: list[int]
) -> None:
    near = [{"text": str(each), "feedback": f"About {each}."} for each in misses]
    content: dict[str, Any] = {"stem": "How many?", "value": float(value), "tolerance": f"{tolerance.normalize():f}"}
    content |= {"near_misses": near} if near else {}
    if not question_type("numeric").check(content):
        (back,) = read(write("numeric", content).text).questions
        assert Decimal(str(back.content["value"])) == value
        assert Decimal(back.content.get("tolerance", "0")) == tolerance
        assert back.content.get("near_misses", []) == near


@given(low=st.integers(-(10**6), 10**6), width=st.integers(0, 10**6), hundredths=st.integers(0, 99))
def test_both_edges_of_a_range_are_right_and_what_is_beyond_is_not(low: int, width: int, hundredths: int) -> None:
    first, last = Decimal(low) + Decimal(hundredths) / 100, Decimal(low + width) + Decimal(hundredths) / 100
    (found,) = read(f"How many? {{#{first}..{last}}}").questions
    kind, content = question_type("numeric"), dict(found.content)
    earned = [kind.grade(content, f"{each:.4f}").fraction for each in (first, last, first - 1, last + 1)]
    assert earned == [1.0, 1.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("x =y", "Each answer begins with = for a right one or ~ for a wrong one."),
        ("\\=x", "Each answer begins with = for a right one or ~ for a wrong one."),
        ("%50%x ~y", "Each answer begins with = for a right one or ~ for a wrong one."),
    ],
)
def test_text_before_the_first_answer_is_none(body: str, message: str) -> None:
    with pytest.raises(NotGift) as refused:
        answers_of(body, 7)
    assert (refused.value.message, refused.value.at) == (message, 7)


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("$CATEGORY: top/Tides/Spring tides\n\nA {T}", [("Spring tides",)]),
        ("$CATEGORY: TOP\n\nA {T}", [()]),
        ("$CATEGORY:\n\nA {T}", [()]),
        ("$CATEGORY: a\n$CATEGORY: b\n\nA {T}", [("b",)]),
        ("// [tag:one] [tag:two]\n\n// [tag:three]\nA {T}\n\nB {T}", [("three",), ()]),
        ("// [id:7] [tag:]\nA {T}", [()]),
        ("A {T}\n// [tag:within]", [("within",)]),
    ],
)
def test_a_category_names_what_follows_and_a_tag_the_next(text: str, tags: list[tuple[str, ...]]) -> None:
    assert [each.tags for each in read(text).questions] == tags


@given(PIECES)
def test_every_line_that_says_anything_is_in_one_block_at_most(text: str) -> None:
    blocks = list(blocks_of(text))
    numbers = [number for block in blocks for number in block.numbers]
    lines = text.split("\n")
    assert numbers == sorted(set(numbers))
    assert all(lines[number - 1].strip() and not lines[number - 1].strip().startswith("//") for number in numbers)
    for block in blocks:
        assert block.text.split("\n") == [lines[number - 1] for number in block.numbers]
        assert block.line(len(block.text)) == block.numbers[-1]


HOSTILE = {
    "answers without end": "A {" + "=x" * 99_000 + "}",
    "different answers without end": "A {" + "".join(f"={number} " for number in range(28_000)) + "}",
    "wrong answers without end": "A {" + "~x" * 99_000 + "}",
    "numbers without end": "A {#" + "=1" * 99_000 + "}",
    "pairs without end": "A {" + "=a->b" * 39_000 + "}",
    "stars": "A {=x" + "*" * 199_000 + "}",
    "backslashes": "A {=" + "\\" * 199_000 + "}",
    "braces": "{" * 200_000,
    "titles": "::" * 100_000,
    "hashes": "A {=x" + "#" * 199_000 + "}",
    "digits": "A {#" + "9" * 199_000 + "}",
    "tags of HTML": "[html]" + "<b>" * 60_000 + "{T}",
    "open tags of HTML": "[html]" + "<" * 190_000 + "{T}",
    "entities": "[html]" + "&amp" * 48_000 + "{T}",
    "comments": "//\n" * 66_000,
    "categories": "$CATEGORY: a\n\n" * 14_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_is_made_to_be_slow_is_read_or_refused_at_once(text: str) -> None:
    begun = process_time()
    found = read(text[:LARGEST])
    assert process_time() - begun < 6
    assert found.questions == ()
    assert len(found.problems) <= 20


@pytest.mark.parametrize(("number", "is_told"), [(MOST_ANSWERS, False), (MOST_ANSWERS + 1, True)])
@pytest.mark.parametrize("mark", "=~")
def test_a_question_has_so_many_answers_at_most(mark: str, number: int, is_told: bool) -> None:
    (problem, *_) = read(f"A {{{''.join(f'{mark}{at} ' for at in range(number))}}}").problems
    assert (problem.message == "These are more than 200 answers. Leave out those that matter least.") is is_told
