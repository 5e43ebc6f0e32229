"""GIFT written: what comes back as it went out, and what is said to be lost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.formats.gift import read, write
from quizzes.questions import kinds, question_type
from quizzes.questions.base import QuestionType
from quizzes.questions.ids import with_fresh_ids

SIGNS = "ab é𝄞{}=~#:\\%*[]<>&->\n.1\"'"
WORDS = (
    st.text(SIGNS, min_size=1, max_size=14)
    .map(str.strip)
    .filter(bool)
    .map(lambda text: f"{text}x")
    .filter(lambda text: "->" not in text and "{{" not in text)
)
HOSTILE = st.sampled_from(
    [
        "%50%x",
        "[html]<b>x</b>",
        "[plain]x",
        "// x",
        "$CATEGORY: x",
        "::x::",
        "=x",
        "~x",
        "#x",
        "####x",
        "{x}",
        "\\{x",
        "x\\",
        "\\n",
    ]
)
TEXTS = WORDS | HOSTILE


def told(feedback: str) -> dict[str, str]:
    return {"feedback": feedback} if feedback else {}


FEEDBACK = st.just("") | TEXTS


def unlike(texts: Any, least: int, most: int) -> Any:
    """Some texts, no two of which say the same to any kind."""
    return st.lists(
        texts, min_size=least, max_size=most, unique_by=lambda text: "".join(filter(str.isalnum, text)).casefold()
    )


@st.composite
def single_choices(draw: Any) -> tuple[str, dict[str, Any]]:
    texts = draw(unlike(TEXTS, 2, 5))
    right = draw(st.integers(0, len(texts) - 1))
    rows = [{"text": text, "correct": at == right, **told(draw(FEEDBACK))} for at, text in enumerate(texts)]
    return "single_choice", {"stem": draw(TEXTS), "options": rows}


@st.composite
def multiple_choices(draw: Any) -> tuple[str, dict[str, Any]]:
    texts = draw(unlike(TEXTS, 2, 6))
    right = draw(st.integers(1, len(texts) - 1))
    rows = [{"text": text, "correct": at < right, **told(draw(FEEDBACK))} for at, text in enumerate(texts)]
    return "multiple_choice", {"stem": draw(TEXTS), "options": rows}


@st.composite
def statements(draw: Any) -> tuple[str, dict[str, Any]]:
    said = {name: text for name in ("true", "false") if (text := draw(FEEDBACK))}
    content = {"stem": draw(TEXTS), "answer": draw(st.sampled_from(["true", "false"]))}
    return "true_false", content | ({"feedback": said} if said else {})


@st.composite
def short_texts(draw: Any) -> tuple[str, dict[str, Any]]:
    return "short_text", {"stem": draw(TEXTS), "accepted": draw(unlike(TEXTS, 1, 4)), "explanation": draw(TEXTS)}


@st.composite
def numbers(draw: Any) -> tuple[str, dict[str, Any]]:
    value = draw(st.integers(-(10**12), 10**12))
    tolerance = draw(st.sampled_from(["", "0.5", "12"]))
    return "numeric", {"stem": draw(TEXTS), "value": value, **({"tolerance": tolerance} if tolerance else {})}


@st.composite
def matchings(draw: Any) -> tuple[str, dict[str, Any]]:
    texts = draw(unlike(TEXTS, 6, 9))
    content = {"stem": draw(TEXTS), "pairs": [{"text": texts[at], "match": texts[at + 1]} for at in (0, 2)]}
    return "matching", content | {"distractors": texts[4:]}


@st.composite
def gaps(draw: Any) -> tuple[str, dict[str, Any]]:
    texts = draw(unlike(TEXTS, 2, 4))
    row = {"id": "g1", "accepted": texts[:1], **({"options": texts} if draw(st.booleans()) else {})}
    text = f"{draw(WORDS)} {{{{g1}}}} {draw(WORDS)}"
    return "cloze", {"stem": "Complete the sentence.", "text": text, "gaps": [row]}


LOSSLESS = st.one_of(single_choices(), multiple_choices(), statements(), short_texts(), numbers(), matchings(), gaps())


def is_sound(question: tuple[str, dict[str, Any]]) -> bool:
    kind, content = question
    return question_type(kind).check(with_fresh_ids(kind, content, "test")) == []


@given(st.lists(LOSSLESS.filter(is_sound), min_size=1, max_size=4))
def test_what_goes_out_comes_back(questions: list[tuple[str, dict[str, Any]]]) -> None:
    text = "\n\n".join(write(kind, content).text for kind, content in questions)
    found = read(text)
    assert found.problems == ()
    assert [(each.kind, dict(each.content)) for each in found.questions] == questions
    assert [each.notes for each in found.questions] == [()] * len(questions)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_every_example_is_written_so_that_it_can_be_read_or_left_out_and_said(kind: QuestionType) -> None:
    for example in kind.examples():
        written = write(kind.kind, example.content)
        found = read(written.text)
        assert found.problems == ()
        assert len(found.questions) == bool(written.text)
        assert written.text or written.lost == ("GIFT has nothing like it, so it is left out.",)


def test_a_kind_that_is_not_known_is_left_out() -> None:
    assert write("riddle", {"stem": "Who?"}).text == ""


ROWS = [{"text": "a", "category": "A"}, {"text": "b", "category": "B"}]
LOST: dict[str, tuple[str, dict[str, Any], str]] = {
    "hints": ("true_false", {"stem": "A", "answer": "true", "hints": ["b"]}, "Its hints are lost."),
    "arrows": (
        "single_choice",
        {"stem": "A -> B", "options": [{"text": "x", "correct": True}, {"text": "y", "correct": False}]},
        "Arrows “->” within its texts are written →.",
    ),
    "not stated": (
        "true_false",
        {"stem": "A", "answer": "not_stated"},
        "It becomes a choice of three: GIFT knows only true and false.",
    ),
    "patterns": ("short_text", {"stem": "A", "accepted": ["x"], "patterns": ["x+"]}, "Its patterns are lost."),
    "references": (
        "short_text",
        {"stem": "A", "accepted": ["x"], "references": ["y z", "z y"]},
        "Its model answers in free words are lost.",
    ),
    "typing": ("short_text", {"stem": "A", "accepted": ["x"], "typos": False}, "How far typing may differ is lost."),
    "units": ("numeric", {"stem": "A", "value": 2, "units": [{"text": "km"}]}, "Its units are lost."),
    "a share as tolerance": (
        "numeric",
        {"stem": "A", "value": 200, "tolerance": "5 %"},
        "Its tolerance is a number there, no share.",
    ),
    "feedback of pairs": (
        "matching",
        {"stem": "A", "pairs": [{"text": "a", "match": "b", "feedback": "c"}, {"text": "d", "match": "e"}]},
        "Feedback for single pairs is lost.",
    ),
    "categories": (
        "categorise",
        {"stem": "A", "categories": ["A", "B", "C"], "things": ROWS},
        "It becomes a matching question.",
    ),
    "sentences": (
        "evidence",
        {"stem": "A", "sentences": [{"text": "x", "correct": True}, {"text": "y", "correct": False}]},
        "It becomes a multiple choice of its sentences.",
    ),
    "an essay": (
        "open_response",
        {"stem": "A", "model": "b", "rubric": [{"text": "c", "points": 1}]},
        "Its model answer, its rubric and its advice on length are lost.",
    ),
    "an instruction": (
        "cloze",
        {"stem": "Fill it in.", "text": "a {{g}} b", "gaps": [{"id": "g", "accepted": ["x"]}]},
        "Its instruction is lost.",
    ),
    "a gap at the end": (
        "cloze",
        {"stem": "Complete the sentence.", "text": "a {{g}}", "gaps": [{"id": "g", "accepted": ["x"]}]},
        "Nothing follows its gap, so it becomes a question of its own.",
    ),
    "feedback of a gap": (
        "cloze",
        {
            "stem": "Complete the sentence.",
            "text": "a {{g}} b",
            "gaps": [{"id": "g", "accepted": ["x"], "feedback": "y"}],
        },
        "The feedback of its gap is lost.",
    ),
    "words beside a list": (
        "cloze",
        {
            "stem": "Complete the sentence.",
            "text": "a {{g}} b",
            "gaps": [{"id": "g", "accepted": ["x", "z"], "options": ["x", "y"]}],
        },
        "Accepted words that are not in its list are lost.",
    ),
}


@pytest.mark.parametrize(("kind", "content", "said"), LOST.values(), ids=LOST)
def test_what_is_lost_is_said(kind: str, content: dict[str, Any], said: str) -> None:
    written = write(kind, content)
    assert said in written.lost
    assert read(written.text).problems == ()


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("ordering", {"stem": "A", "steps": [{"text": "x"}, {"text": "y"}]}),
        (
            "cloze",
            {
                "stem": "Complete it.",
                "text": "{{g}} and {{h}} b",
                "gaps": [{"id": "g", "accepted": ["x"]}, {"id": "h", "accepted": ["y"]}],
            },
        ),
    ],
)
def test_what_gift_has_nothing_like_is_left_out(kind: str, content: dict[str, Any]) -> None:
    assert write(kind, content).text == ""


def test_a_share_as_tolerance_comes_to_the_same_number() -> None:
    written = write("numeric", {"stem": "A", "value": -200, "tolerance": "5 %"})
    assert read(written.text).questions[0].content == {"stem": "A", "value": -200, "tolerance": "10"}


def test_a_category_of_nothing_is_a_text_too_many() -> None:
    written = write("categorise", {"stem": "A", "categories": ["A", "B", "C"], "things": ROWS})
    assert read(written.text).questions[0].content["distractors"] == ["C"]
