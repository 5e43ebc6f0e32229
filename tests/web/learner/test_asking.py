"""Questions as the page shows them while they are answered."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from quizzes.domain.attempt_page import AttemptItem
from quizzes.domain.attempts import GivenAnswer
from quizzes.models import Response
from quizzes.questions import kinds
from quizzes.questions.base import Control, Presentation
from quizzes.questions.controls import Part
from web.learner.asking import asked, in_words, with_collision

OPTIONS = {"options": [{"id": "k7", "text": "The upper town"}, {"id": "m2", "text": "The lower town"}]}
SEGMENTS = {
    "segments": [
        {"text": "The "},
        {"gap": "g1", "options": ["upper", "lower"]},
        {"text": " "},
        {"gap": "g2", "size": 9},
    ]
}
ROWS = {
    "rows": [{"id": "r1", "text": "ally"}, {"id": "r2", "text": "peacemaker"}],
    "targets": [{"id": "m5", "text": "Moscow"}, {"id": "k6", "text": "Kyiv"}],
}
STEPS = {"steps": [{"id": name, "text": f"Step {name}"} for name in ("c", "a", "b")]}


def item(control: Control, data: Any = None, **fields: Any) -> AttemptItem:
    given = {"answer": None, "sequence": 0, "saved_at": None, "confidence": None, "flagged": False, "warning": ""}
    presentation = Presentation(control, "Who?", data or OPTIONS)
    return AttemptItem(position=2, kind="any", max_points=2.0, presentation=presentation, **{**given, **fields})


def test_a_question_names_its_place_and_its_worth() -> None:
    assert asked(item(Control.CHOOSE_ONE)).label == "Question two, two points"


@pytest.mark.parametrize(
    ("answer", "chosen"), [(None, []), ("m2", ["m2"]), (["k7", "m2"], ["k7", "m2"]), ({"k7": 1}, [])]
)
def test_what_was_chosen_is_marked(answer: Any, chosen: list[str]) -> None:
    question = asked(item(Control.CHOOSE_MANY, answer=answer))

    assert [part.id for part in question.parts if part.chosen] == chosen


def test_gaps_are_numbered_and_filled() -> None:
    question = asked(item(Control.GAPS, SEGMENTS, answer={"g1": "lower"}))

    assert question.parts == (
        Part(id="", text="The "),
        Part(id="g1", text="lower", gap=1, options=(("upper", False), ("lower", True))),
        Part(id="", text=" "),
        Part(id="g2", text="", gap=2, size=9),
    )


@pytest.mark.parametrize(
    ("control", "fields", "state"),
    [
        (Control.CHOOSE_ONE, {}, "open"),
        (Control.CHOOSE_ONE, {"answer": "k7"}, "answered"),
        (Control.CHOOSE_ONE, {"answer": "zz", "warning": "Choose one."}, "begun"),
        (Control.LINE, {"answer": "  "}, "open"),
        (Control.LINE, {"answer": "wall"}, "answered"),
    ],
)
def test_the_state_is_answered_begun_or_open(control: Control, fields: dict[str, Any], state: str) -> None:
    assert asked(item(control, **fields)).state == state


@pytest.mark.parametrize(
    ("answer", "state"), [({}, "open"), ({"g1": "upper"}, "begun"), ({"g1": "a", "g2": "b"}, "answered")]
)
def test_gaps_are_begun_until_all_are_filled(answer: dict[str, str], state: str) -> None:
    assert asked(item(Control.GAPS, SEGMENTS, answer=answer)).state == state


def test_rows_offer_every_target_and_show_the_one_they_have() -> None:
    question = asked(item(Control.ASSIGN, ROWS, answer={"r2": "k6", "r9": "m5"}))

    assert question.parts == (
        Part(id="r1", text="ally", targets=(("m5", "Moscow", False), ("k6", "Kyiv", False))),
        Part(id="r2", text="peacemaker", targets=(("m5", "Moscow", False), ("k6", "Kyiv", True))),
    )


@pytest.mark.parametrize(
    ("answer", "state"),
    [(None, "open"), ({"r1": "", "r2": ""}, "open"), ({"r1": "m5"}, "begun"), ({"r1": "m5", "r2": "m5"}, "answered")],
)
def test_rows_are_begun_until_all_are_put(answer: Any, state: str) -> None:
    assert asked(item(Control.ASSIGN, ROWS, answer=answer)).state == state


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (None, [("c", 0), ("a", 0), ("b", 0)]),
        (["a", "b", "c"], [("a", 1), ("b", 2), ("c", 3)]),
        (["", "b"], [("b", 2), ("c", 0), ("a", 0)]),
        (["b c", "", "a"], [("c", 1), ("b", 1), ("a", 3)]),
        (["z", 3, {}], [("c", 0), ("a", 0), ("b", 0)]),
        ("free text", [("c", 0), ("a", 0), ("b", 0)]),
    ],
)
def test_steps_stand_where_they_were_put(answer: Any, shown: list[tuple[str, int]]) -> None:
    question = asked(item(Control.ORDER, STEPS, answer=answer))

    assert [(part.id, part.place) for part in question.parts] == shown
    assert list(question.places) == [1, 2, 3]


def test_a_flag_comes_before_the_state() -> None:
    question = asked(item(Control.CHOOSE_ONE, answer="k7", flagged=True))

    assert (question.word, question.icon, question.tone) == ("flagged", "flag", "warn")


@pytest.mark.parametrize(
    ("answer", "words"),
    [(None, ""), ("k7", "The upper town"), (["k7", "zz"], "The upper town; zz"), ("free text", "free text"), ([], "")],
)
def test_answers_read_as_their_texts(answer: Any, words: str) -> None:
    assert in_words(item(Control.CHOOSE_MANY), answer) == words


def test_gaps_read_as_their_words() -> None:
    assert in_words(item(Control.GAPS, SEGMENTS), {"g1": "upper", "g2": ""}) == "upper; –"


def test_rows_and_steps_read_as_what_they_were_put_to() -> None:
    assert in_words(item(Control.ASSIGN, ROWS), {"r1": "k6", "r2": ""}) == "Kyiv; –"
    assert in_words(item(Control.ORDER, STEPS), ["b", "", "a"]) == "Step b; –; Step a"


def test_a_collision_keeps_mine_in_the_field_and_tells_the_newer() -> None:
    before = asked(item(Control.CHOOSE_ONE, answer="m2", sequence=3))

    shown = with_collision(before, given=GivenAnswer(2, "k7", 1), newer=Response(answer="m2", sequence=3))

    assert [part.chosen for part in shown.parts] == [True, False]
    assert (shown.newer, shown.collided, shown.item.sequence) == ("The lower town", True, 3)


@pytest.mark.parametrize(
    ("fields", "said", "noted_by", "is_wrong"),
    [
        ({}, {}, "", False),
        ({"answer": "k7"}, {}, "", False),
        ({"answer": "zz", "warning": "Choose one."}, {}, "n2", True),
        ({"answer": "", "warning": "Choose one."}, {}, "", False),
        ({"answer": "k7"}, {"collided": True}, "n2", False),
        ({"answer": "k7"}, {"told": "A person grades it."}, "n2", False),
        ({}, {"problem": "Answer the question first."}, "n2", True),
    ],
)
def test_what_is_said_of_an_answer_is_tied_to_it(
    fields: dict[str, Any], said: dict[str, Any], noted_by: str, is_wrong: bool
) -> None:
    question = replace(asked(item(Control.CHOOSE_ONE, **fields)), **said)

    assert (question.noted_by, question.is_wrong, question.judged_by) == (noted_by, is_wrong, "")


def test_every_kind_has_a_template_for_its_control() -> None:
    names = {asked(item(kind.control)).template for kind in kinds()}

    assert names == {f"components/controls/{kind.control}.html" for kind in kinds()}
