"""Gaps of a text: where they stand, what fills them, what their author is told, and that nothing of them leaks."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion, InvalidAnswer
from tests.quizzes.questions.choosing import problems_of, with_option, without

QUESTION = question_type("cloze")
ASK = "Fill at least one of the gaps."
BEES: dict[str, Any] = {
    "stem": "Complete the sentence.",
    "text": "A {{who}} tells of {{what}} by a {{how}}.",
    "gaps": [
        {"id": "who", "accepted": ["forager", "scout bee"], "feedback": "She has just come home."},
        {"id": "what", "accepted": ["nectar"], "options": ["nectar", "danger", "rain"], "feedback": "Think of food."},
        {"id": "how", "accepted": ["dance"], "feedback": ""},
    ],
    "explanation": "The third line says so.",
}


def gap(place: int, **change: Any) -> dict[str, Any]:
    """The question with one gap changed."""
    return with_option(BEES, place, rows="gaps", **change)


@pytest.mark.parametrize(
    ("answer", "fraction", "feedback", "verdicts"),
    [
        ({"who": "forager", "what": "nectar", "how": "dance"}, 1.0, "", "right right right"),
        (
            {"who": "The Scout-Bee", "what": "nectar", "how": "danse"},
            1.0,
            "",
            "right right right",
        ),
        (
            {"who": "queen", "what": "rain", "how": "song"},
            0.0,
            "Gaps filled rightly: 0 of 3.\nShe has just come home.\nThink of food.",
            "wrong wrong wrong",
        ),
        ({"how": "dance"}, 1 / 3, "Gaps filled rightly: 1 of 3.", "empty empty right"),
        (
            {"what": "danger", "how": "dance"},
            1 / 3,
            "Gaps filled rightly: 1 of 3.\nThink of food.",
            "empty wrong right",
        ),
        (
            {"who": "dance", "how": "forager"},
            0.0,
            "Gaps filled rightly: 0 of 3.\nShe has just come home.",
            "wrong empty wrong",
        ),
    ],
    ids=range(6),
)
def test_each_gap_earns_its_share_and_is_told_its_own(
    answer: dict[str, str], fraction: float, feedback: str, verdicts: str
) -> None:
    outcome = QUESTION.grade(BEES, QUESTION.parse(BEES, answer))
    assert (outcome.fraction, outcome.feedback) == (fraction, feedback)
    assert [part["id"] for part in outcome.detail["parts"]] == ["who", "what", "how"]
    assert " ".join(part["verdict"] for part in outcome.detail["parts"]) == verdicts


def test_each_gap_says_how_it_was_read() -> None:
    outcome = QUESTION.grade(BEES, {"who": "Foragr", "what": "nectar", "how": "song"})
    assert [part["path"] for part in outcome.detail["parts"]] == [
        ["It was read as “forager”.", "Forgiven: one typing slip."],
        ["It is exactly “nectar”."],
        [],
    ]


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("{{a}}{{b}}", [{"gap": "a", "size": 18}, {"gap": "b", "size": 18}]),
        ("{{b}} and {{a}}", [{"gap": "b", "size": 18}, {"text": " and "}, {"gap": "a", "size": 18}]),
        ("{{{a}}} {{b}}", [{"text": "{"}, {"gap": "a", "size": 18}, {"text": "} "}, {"gap": "b", "size": 18}]),
        (
            "{{a}} {{ b }} {{}} {b}{{b}}\n",
            [
                {"gap": "a", "size": 18},
                {"text": " {{ b }} {{}} {b}"},
                {"gap": "b", "size": 18},
                {"text": "\n"},
            ],
        ),
        (
            "\u202e{{a}}é{{b}}",
            [{"text": "\u202e"}, {"gap": "a", "size": 18}, {"text": "é"}, {"gap": "b", "size": 18}],
        ),
    ],
    ids=range(5),
)
def test_a_text_is_cut_at_its_gaps_and_at_nothing_that_only_looks_like_one(
    text: str, segments: list[dict[str, Any]]
) -> None:
    content = {"stem": "?", "text": text, "gaps": [{"id": name, "accepted": [name]} for name in ("a", "b")]}
    assert QUESTION.present(content, 1).data == {"segments": segments}


@given(st.lists(st.text(alphabet="xyz {}.é\u202e", max_size=6), min_size=1, max_size=6))
def test_put_together_again_the_segments_are_the_text(pieces: list[str]) -> None:
    text = "{{g0}}".join([pieces[0], " ".join(pieces[1:])])
    content = {"stem": "?", "text": text, "gaps": [{"id": "g0", "accepted": ["x"]}]}
    segments = QUESTION.present(content, 1).data["segments"]
    assert "".join(each.get("text", f"{{{{{each.get('gap')}}}}}") for each in segments) == text


@pytest.mark.parametrize(
    "text", ["{{who}} {{what}}", "{{who}} {{what}} {{how}} {{how}}", "{{how}} {{who}} {{why}}", ""]
)
def test_a_text_that_does_not_hold_each_gap_once_cannot_be_shown(text: str) -> None:
    with pytest.raises(BrokenQuestion) as broken:
        QUESTION.present({**BEES, "text": text}, 1)
    assert str(broken.value) == "The text does not hold each gap exactly once."


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (None, ASK),
        ({}, ASK),
        ({"who": " ", "how": []}, ASK),
        ({"why": "x"}, f"One of the gaps is not part of this question. {ASK}"),
        (["forager"], f"Send one text for each gap, named by the gap. {ASK}"),
        ({"who": 7}, f"Send the answer as text. {ASK}"),
        ({"what": "Nectar"}, "One gap holds a word that is not in its list. Choose one of those listed."),
        ({"what": "honey"}, "One gap holds a word that is not in its list. Choose one of those listed."),
        ({"who": "x" * 4_001}, "The answer is too long. Shorten it to 4,000 characters."),
    ],
    ids=range(9),
)
def test_what_fills_no_gap_is_refused_with_what_to_do(data: Any, advice: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        QUESTION.parse(BEES, data)
    assert str(refusal.value) == advice


def test_an_answer_is_kept_in_the_order_of_the_gaps_whatever_order_it_came_in() -> None:
    stored = QUESTION.parse(BEES, {"how": "dance", "what": ["rain"], "who": " bee "})
    assert list(stored.items()) == [("who", "bee"), ("what", "rain"), ("how", "dance")]


def test_an_option_written_with_a_combining_mark_can_be_chosen() -> None:
    content = gap(1, accepted=["me\u0301l"], options=[" me\u0301l ", "mel"], feedback=None)
    [offered] = [each["options"] for each in QUESTION.present(content, 1).data["segments"] if "options" in each]
    assert sorted(offered) == ["mel", "m\u00e9l"]
    assert QUESTION.parse(content, {"what": "m\u00e9l"}) == {"what": "m\u00e9l"}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (
            without(BEES, "gaps"),
            [
                ("gaps", "not_a_list", "Write the gaps as a list."),
                ("text", "gap_unknown", "Describe the gap {{who}} or take it out of the text."),
                ("text", "gap_unknown", "Describe the gap {{what}} or take it out of the text."),
                ("text", "gap_unknown", "Describe the gap {{how}} or take it out of the text."),
            ],
        ),
        (gap(0, accepted=None), [("gaps.0.accepted", "not_a_list", "Write the accepted answers as a list.")]),
        (
            gap(0, accepted=[]),
            [("gaps.0.accepted", "too_few", "Write at least 1 of the accepted answers; there are 0.")],
        ),
        (
            gap(0, accepted=["bee", "…"]),
            [
                (
                    "gaps.0.accepted.1",
                    "only_punctuation",
                    "Write an accepted answer that has letters or figures.",
                )
            ],
        ),
        (
            gap(1, options=["danger", "rain"]),
            [("gaps.1.options", "no_option_accepted", "Put an accepted answer among the options.")],
        ),
        (
            gap(1, options=["nectar"]),
            [("gaps.1.options", "all_options_accepted", "Add an option that is not right.")],
        ),
        (
            gap(1, options=["nectar", "rain", " RAIN"]),
            [("gaps.1.options", "duplicate_text", "Two of the options say the same. Change or delete one.")],
        ),
        (
            gap(1, options=["nectar", *map(str, range(20))]),
            [("gaps.1.options", "too_many", "Keep at most 20 of the options; there are 21.")],
        ),
        (gap(1, options="nectar"), [("gaps.1.options", "not_a_list", "Write the options as a list.")]),
        (
            gap(1, options=["nectar", 3]),
            [("gaps.1.options.1", "not_a_text", "Write entry 2 of the options as text.")],
        ),
        (gap(2, feedback=4), [("gaps.2.feedback", "not_a_text", "Write the feedback as text.")]),
        (
            {**BEES, "text": "A {{who}} tells of {{what}}."},
            [("gaps.2", "gap_not_once", "Write {{how}} exactly once in the text; it is there 0 times.")],
        ),
        (
            {**BEES, "text": f"{BEES['text']} {{{{how}}}}"},
            [("gaps.2", "gap_not_once", "Write {{how}} exactly once in the text; it is there 2 times.")],
        ),
        (
            {**BEES, "text": f"{BEES['text']} {{{{why}}}}"},
            [("text", "gap_unknown", "Describe the gap {{why}} or take it out of the text.")],
        ),
        (
            {**BEES, "text": BEES["text"] + "x" * 4_000},
            [("text", "text_too_long", "Shorten the text with gaps to 4,000 characters.")],
        ),
        ({**BEES, "typos": "no"}, [("typos", "not_a_flag", "Set “typos” to true or false.")]),
        ({**BEES, "accents": 1}, [("accents", "not_a_flag", "Set “accents” to true or false.")]),
    ],
    ids=range(17),
)
def test_each_single_fault_is_told_alone_where_it_is(content: Any, found: list[tuple[str, str, str]]) -> None:
    assert problems_of("cloze", content) == found


def test_the_last_of_fifty_accepted_words_may_be_the_one_in_the_list() -> None:
    accepted = [f"word {number}" for number in range(50)]
    content = gap(1, accepted=accepted, options=["word 49", "rain"])
    assert problems_of("cloze", content) == []
    assert QUESTION.grade(content, QUESTION.model_answer(content)).fraction == 1.0


@pytest.mark.parametrize(
    ("setting", "options", "right"),
    [("accents", ["resume", "résumé", "letter"], "résumé"), ("case_sensitive", ["turkey", "fowl", "Turkey hen"], "")],
)
def test_what_an_author_makes_matter_matters_in_a_list_too(setting: str, options: list[str], right: str) -> None:
    content = {**gap(1, accepted=[right or "Turkey"], options=options), setting: True}
    if right:
        assert problems_of("cloze", content) == []
        assert QUESTION.model_answer(content)["what"] == right
        assert QUESTION.grade(content, QUESTION.model_answer(content)).fraction == 1.0
    else:
        assert problems_of("cloze", content) == [
            ("gaps.1.options", "no_option_accepted", "Put an accepted answer among the options.")
        ]


def test_a_word_of_a_list_is_never_a_slip_of_another() -> None:
    content = gap(1, accepted=["nectars"], options=["nectars", "nectar", "rain"])
    assert problems_of("cloze", content) == []
    assert QUESTION.grade(content, {"what": "nectar"}).fraction == 0.0


def test_a_list_without_its_answer_has_no_model_answer() -> None:
    with pytest.raises(BrokenQuestion) as broken:
        QUESTION.model_answer(gap(1, options=["danger", "rain"]))
    assert str(broken.value) == "A gap’s list does not hold its answer."


def test_every_typed_gap_is_as_wide_as_any_other() -> None:
    long = gap(0, accepted=["a very long expression of many words indeed"])
    assert QUESTION.present(long, 3) == QUESTION.present(BEES, 3)


@pytest.mark.parametrize("seed", range(5))
def test_the_list_of_a_gap_is_drawn_without_regard_to_what_is_right(seed: int) -> None:
    other = gap(1, accepted=["rain"], options=["rain", "nectar", "danger"])
    assert QUESTION.present(other, seed) == QUESTION.present(BEES, seed)


def test_the_review_tells_of_each_gap_what_it_takes() -> None:
    review = QUESTION.review(BEES, {"who": "Foragers", "what": "rain"}, 1)
    assert review == {
        "parts": [
            {
                "id": "who",
                "given": "Foragers",
                "accepted": ["forager", "scout bee"],
                "right": True,
                "feedback": "She has just come home.",
            },
            {"id": "what", "given": "rain", "accepted": ["nectar"], "right": False, "feedback": "Think of food."},
            {"id": "how", "given": "", "accepted": ["dance"], "right": False, "feedback": ""},
        ],
        "why": "The third line says so.",
    }


@pytest.mark.parametrize("name", ["gaps", "text"])
def test_with_fresh_ids_what_is_no_gap_is_left_as_it_is(name: str) -> None:
    broken = {**BEES, name: 4}
    ids = ["x2x", "y3y", "z4z"]
    assert QUESTION.with_ids(broken if name == "text" else {**BEES, "gaps": None}, ids)["stem"] == BEES["stem"]
    renamed = QUESTION.with_ids(BEES, ids)
    assert renamed["text"] == "A {{x2x}} tells of {{y3y}} by a {{z4z}}."
    assert BEES["text"] == "A {{who}} tells of {{what}} by a {{how}}."
