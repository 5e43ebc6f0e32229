"""GIFT read: what becomes of each way of asking, and every problem at its line."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.gift import read
from quizzes.formats.gift.reading import LARGEST, MOST
from quizzes.questions import question_type
from quizzes.questions.ids import with_fresh_ids


def one(text: str) -> tuple[str, dict[str, Any]]:
    """The kind and the content of the only question of the text."""
    found = read(dedent(text))
    assert found.problems == ()
    return found.questions[0].kind, dict(found.questions[0].content)


def option(text: str, correct: bool, feedback: str = "") -> dict[str, Any]:
    return {"text": text, "correct": correct, **({"feedback": feedback} if feedback else {})}


ASKED = "What does the tide do?"
KINDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "one right option": (
        "What does the tide do? {=It turns#Yes. ~It stops#No. ~It waits}",
        "single_choice",
        {
            "stem": ASKED,
            "options": [option("It turns", True, "Yes."), option("It stops", False, "No."), option("It waits", False)],
        },
    ),
    "shares make several right": (
        "What does the tide do? {~%50%It rises ~%50%It falls ~%-100%It stops}",
        "multiple_choice",
        {"stem": ASKED, "options": [option("It rises", True), option("It falls", True), option("It stops", False)]},
    ),
    "true": ("The tide turns. {T}", "true_false", {"stem": "The tide turns.", "answer": "true"}),
    "false with what to tell who is wrong, then who is right": (
        "The tide stops. {FALSE#It does not.#Right.}",
        "true_false",
        {"stem": "The tide stops.", "answer": "false", "feedback": {"false": "Right.", "true": "It does not."}},
    ),
    "only what to tell who is right": (
        "The tide turns. {true##Right.}",
        "true_false",
        {"stem": "The tide turns.", "answer": "true", "feedback": {"true": "Right."}},
    ),
    "words to type": (
        "What does the tide do? {=it turns =%100%it comes back =%0%it stops#It never does.}",
        "short_text",
        {
            "stem": ASKED,
            "accepted": ["it turns", "it comes back"],
            "near_misses": [{"text": "it stops", "feedback": "It never does."}],
        },
    ),
    "words that differ in nothing that counts here": (
        "What is the capital? {=Paris =paris =the Paris =PARIS. =Lutetia =Lutèce}",
        "short_text",
        {"stem": "What is the capital?", "accepted": ["Paris", "Lutetia", "Lutèce"]},
    ),
    "a star stands for anything": (
        "What does the tide do? {=it turns =*goes (back)*}",
        "short_text",
        {"stem": ASKED, "accepted": ["it turns"], "patterns": [r".*goes \(back\).*"]},
    ),
    "a star that is meant": (
        r"What is the sign? {=a\*b}",
        "short_text",
        {"stem": "What is the sign?", "accepted": ["a*b"]},
    ),
    "words behind the braces": (
        "The tide {=turns =comes back} twice a day.",
        "cloze",
        {
            "stem": "Complete the sentence.",
            "text": "The tide {{g1}} twice a day.",
            "gaps": [{"id": "g1", "accepted": ["turns", "comes back"]}],
        },
    ),
    "a gap with a list": (
        "The tide {=turns ~stops#It does not. ~waits#It does not.} twice a day.",
        "cloze",
        {
            "stem": "Complete the sentence.",
            "text": "The tide {{g1}} twice a day.",
            "gaps": [
                {
                    "id": "g1",
                    "accepted": ["turns"],
                    "options": ["turns", "stops", "waits"],
                    "feedback": "It does not.",
                }
            ],
        },
    ),
    "a gap that begins the sentence": (
        "{=Tides =tides} turn twice a day.",
        "cloze",
        {
            "stem": "Complete the sentence.",
            "text": "{{g1}} turn twice a day.",
            "gaps": [{"id": "g1", "accepted": ["Tides"]}],
        },
    ),
    "a number": ("How high? {#3}", "numeric", {"stem": "How high?", "value": 3}),
    "a number with a tolerance": (
        "How high? {#3.5:0.25}",
        "numeric",
        {"stem": "How high?", "value": 3.5, "tolerance": "0.25"},
    ),
    "a range": ("How high? {#-1..2}", "numeric", {"stem": "How high?", "value": 0.5, "tolerance": "1.5"}),
    "numbers with shares": (
        "How high? {#=%0%30:0#In feet, not in metres. =9.1:0.1}",
        "numeric",
        {
            "stem": "How high?",
            "value": 9.1,
            "tolerance": "0.1",
            "near_misses": [{"text": "30", "feedback": "In feet, not in metres."}],
        },
    ),
    "pairs": (
        "What goes with what? {=flood -> rises =ebb -> falls = -> stands still}",
        "matching",
        {
            "stem": "What goes with what?",
            "pairs": [{"text": "flood", "match": "rises"}, {"text": "ebb", "match": "falls"}],
            "distractors": ["stands still"],
        },
    ),
    "an essay": (
        "Explain the tide. {}",
        "open_response",
        {"stem": "Explain the tide.", "model": "", "rubric": [{"text": "Answers the task", "points": 1}]},
    ),
    "an explanation for whatever was answered": (
        "The tide turns. {T####Twice a day.}",
        "true_false",
        {"stem": "The tide turns.", "answer": "true", "explanation": "Twice a day."},
    ),
    "signs that are meant as text": (
        r"Is 3 \= 2\: yes \~ no \{ or \} \# or \\? {=it\=s#a\#b ~no\nway}",
        "single_choice",
        {
            "stem": "Is 3 = 2: yes ~ no { or } # or \\?",
            "options": [option("it=s", True, "a#b"), option("no\nway", False)],
        },
    ),
    "a title, a format and lines": (
        """
        ::The \\: tide::[markdown]What does
        the tide do? {
            =It turns
            ~It stops
        }
        """,
        "single_choice",
        {"stem": "What does\nthe tide do?", "options": [option("It turns", True), option("It stops", False)]},
    ),
}


@pytest.mark.parametrize(("text", "kind", "content"), KINDS.values(), ids=KINDS)
def test_each_way_of_asking_becomes_a_kind(text: str, kind: str, content: dict[str, Any]) -> None:
    assert one(text) == (kind, content)


NOTES = {
    "part of the points": ("A {=x ~%50%y ~z}", "Part of the points for an answer is lost: it earns nothing."),
    "what a wrong answer takes away": (
        "A {=x ~%-50%y ~z}",
        "What a wrong answer takes away is lost: it earns nothing.",
    ),
    "uneven shares": ("A {~%75%x ~%25%y ~z}", "Its shares are lost: each right option counts the same."),
    "feedback for anything else": (
        "A {=x =%0%*#No.}",
        "Wrong answers without feedback, and feedback for whatever else is typed, are lost.",
    ),
    "feedback for any other number": (
        "A {#3:2~#Completely wrong}",
        "Wrong answers without feedback, and feedback for whatever else is typed, are lost.",
    ),
    "praise": ("A {=x#Good.}", "Feedback for right answers is lost: it belongs behind ####."),
    "feedback within a list": (
        "A {=x ~y#One. ~z#Two.} b",
        "Feedback for single words of its list is lost: a gap has one.",
    ),
    "near misses of a gap": ("A {=x =%0%y#No.} b", "Patterns and near misses are lost: a gap has none."),
    "formatting": ("[html]A <b>b</b> {=x}", "Its formatting is lost: only the words are kept."),
    "essays": ("A {}", "Write its model answer, and say in its rubric what earns points."),
}


@pytest.mark.parametrize(("text", "note"), NOTES.values(), ids=NOTES)
def test_what_is_lost_is_said(text: str, note: str) -> None:
    assert read(text).questions[0].notes == (note,)


def test_nothing_is_said_to_be_lost_where_nothing_is() -> None:
    silent = [
        "A {=x ~y}",
        "A {~%50%x ~%50%y ~z}",
        "A {T#no#yes}",
        "A {=x =%0%y#No.}",
        "A {#3:1}",
        "A {=x -> y =z -> w}",
    ]
    assert {each: read(each).questions[0].notes for each in silent} == dict.fromkeys(silent, ())


PROBLEMS = {
    "no braces": ("\n\nThe tide turns.", 3, "This has no answers. Write them in braces { } behind the question."),
    "an open brace": (
        "A\nb {\n=x\n\nC {T}",
        2,
        "The brace { is not closed before the empty line. Write } behind the last answer.",
    ),
    "two pairs": (
        "A {=x} and\n{=y}",
        2,
        "There is more than one pair of braces. Write \\{ and \\} where they are meant as text.",
    ),
    "a brace within": (
        "A {\n=x {y} }",
        2,
        "There is more than one pair of braces. Write \\{ and \\} where they are meant as text.",
    ),
    "a brace behind": (
        "A {=x} }",
        1,
        "There is more than one pair of braces. Write \\{ and \\} where they are meant as text.",
    ),
    "no question": ("\n{=x}", 2, "There is no question before the braces. Write what is asked."),
    "no mark": ("A {\nx\n=y}", 1, "Each answer begins with = for a right one or ~ for a wrong one."),
    "an open title": ("::A {=x}", 1, "The title is not closed. Write :: behind it."),
    "two right": (
        "A {\n=x\n=y\n~z}",
        3,
        "2 answers earn everything. Mark one with =, or give each right one its share, such as ~%50%.",
    ),
    "half right": (
        "A {\n=%50%x\n~z}",
        2,
        "0 answers earn everything. Mark one with =, or give each right one its share, such as ~%50%.",
    ),
    "none right": (
        "A {\n~x ~y}",
        1,
        "No answer is right. Mark the right one with =, or give right ones a share, such as ~%50%.",
    ),
    "no number": ("A {#three}", 1, "“three” is no number. Write it as 3, as 3:0.5, or as 2.5..3.5."),
    "a huge number": ("A {#1e999}", 1, "“1e999” is no number. Write it as 3, as 3:0.5, or as 2.5..3.5."),
    "no range": ("A {#3..}", 1, "“3..” is no number. Write it as 3, as 3:0.5, or as 2.5..3.5."),
    "a range backwards": ("A {#3..1}", 1, "The range ends before it begins. Write the smaller number first."),
    "a tolerance below nothing": ("A {#3:-1}", 1, "The range ends before it begins. Write the smaller number first."),
    "two numbers": ("A {#=3 =4}", 1, "2 numbers earn everything. Leave exactly one that does."),
    "pairs and others": ("A {\n=x -> y\n~z}", 3, "In a matching question each line is “= one side -> other side”."),
    "anything at all": ("A {\n=*}", 2, "This accepts whatever is typed. Write what is right."),
    "one pair": ("A {=x -> y}", 1, "Write at least 2 of the pairs; there are 1."),
    "the same option twice": ("A {=x ~x}", 1, "Two of the options say the same. Change or delete one."),
}


@pytest.mark.parametrize(("text", "line", "message"), PROBLEMS.values(), ids=PROBLEMS)
def test_each_problem_is_told_with_its_line(text: str, line: int, message: str) -> None:
    first = read(text).problems[0]
    assert (first.line, first.message) == (line, message)


def test_every_problem_is_told_at_once_and_no_question_loses_its_neighbours() -> None:
    found = read("A {=x}\n\nB {\n\nC {T}\n\n{=y}\n\nD {#2}")
    assert [(each.line, each.kind) for each in found.questions] == [
        (1, "short_text"),
        (5, "true_false"),
        (9, "numeric"),
    ]
    assert [each.line for each in found.problems] == [3, 7]
    assert found.left == "B {\n\n{=y}"


def test_lines_are_counted_over_comments_and_whatever_ends_them() -> None:
    found = read("// one\r\n\r\nA {\r\n// within\r\n=x\r\n~%50%y\r\n=z}\r\rB")
    assert [each.line for each in found.problems] == [7, 9]


def test_categories_and_tags_are_kept_until_the_next() -> None:
    found = read("$CATEGORY: $course$/top/Tides\n\n// [tag:moon] [tag:sea]\nA {T}\n\nB {T}\n\n$category: top\n\nC {T}")
    assert [each.tags for each in found.questions] == [("Tides", "moon", "sea"), ("Tides",), ()]


def test_html_is_read_as_its_words() -> None:
    kind, content = one("[html]<p>What &lt; the</p><p>tide<br>does</p><script>alert(1)</script> {=<i>turn</i> ~stop}")
    assert (kind, content["stem"]) == ("single_choice", "What < the tide doesalert(1)")
    assert [row["text"] for row in content["options"]] == ["turn", "stop"]


def test_too_much_is_refused_and_nothing_of_it_lost() -> None:
    long = "A {T}\n\n" * (LARGEST // 7 + 1)
    assert [(each.line, each.message) for each in read(long).problems] == [
        (1, "This is longer than 200,000 characters. Paste it in smaller pieces.")
    ]
    assert read(long).left == long
    many = read("A {T}\n\n" * (MOST + 2))
    assert (len(many.questions), [each.line for each in many.problems]) == (MOST, [2 * MOST + 1])
    assert many.left == "A {T}\n\nA {T}"


def test_nothing_is_read_of_nothing() -> None:
    for text in ("", "\n \n", "// a comment", "$CATEGORY: x"):
        assert (read(text).questions, read(text).problems, read(text).left) == ((), (), "")


MARKS = ("{ } = ~ # #### -> :: : \\ %50% % * // [html] a b T 3 .. 1e9 {{g1}} <b> &amp; é 𝄞 $CATEGORY: [tag:x]").split(
    " "
)
PIECES = st.lists(st.sampled_from([*MARKS, " ", "\n", "\n\n", "\x00", chr(0xD800)]), max_size=60)


@given(PIECES)
def test_whatever_is_pasted_is_read_or_refused_and_never_both(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = read(text)
    lines = text.replace("\r", "\n").split("\n")
    told = [each.line for each in found.questions] + [each.line for each in found.problems]
    assert all(1 <= line <= len(lines) for line in told)
    assert len({each.line for each in found.questions}) == len(found.questions)
    for each in found.questions:
        content = with_fresh_ids(each.kind, each.content, "test")
        fields = {problem.field for problem in question_type(each.kind).check(content)}
        assert fields <= ({"model"} if each.kind == "open_response" else set())
    assert read(found.left).questions == ()
