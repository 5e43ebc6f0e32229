"""What each kind does beyond the laws: its formula, its feedback and what it tells its author."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import question_type
from quizzes.questions.base import InvalidAnswer

SEED = 7


def options(*rights: bool) -> list[dict[str, Any]]:
    """Options named o0, o1, … with these flags."""
    return [
        {"id": f"o{place}", "text": f"Option {place}", "correct": right, "feedback": f"About {place}."}
        for place, right in enumerate(rights)
    ]


def codes(kind: str, content: Any) -> set[tuple[str, str]]:
    return {(problem.code, problem.field) for problem in question_type(kind).check(content)}


def fraction(kind: str, content: dict[str, Any], data: Any) -> float | None:
    question = question_type(kind)
    return question.grade(content, question.parse(content, data)).fraction


def test_single_choice_tells_what_was_chosen() -> None:
    question = question_type("single_choice")
    content = {"stem": "Which?", "options": options(True, False)}
    outcome = question.grade(content, "o1")
    assert (outcome.fraction, outcome.feedback) == (0.0, "About 1.")
    assert outcome.detail["parts"] == [{"id": "o0", "verdict": "missed"}, {"id": "o1", "verdict": "wrong"}]
    assert question.summarise(content, "o1") == "Option 1"
    assert question.classify(content, "o1") == "o1"


def test_single_choice_has_exactly_one_right_option() -> None:
    assert codes("single_choice", {"stem": "?", "options": options(False, False)}) == {("not_one_correct", "options")}
    assert codes("single_choice", {"stem": "?", "options": options(True, True)}) == {("not_one_correct", "options")}


def test_all_problems_of_a_choice_question_come_at_once() -> None:
    rows = [
        {"id": "a b", "text": "Same", "correct": True},
        {"id": "x", "text": " same ", "correct": "yes"},
        {"id": "x", "text": "", "correct": False, "feedback": 3},
        7,
    ]
    content = {"stem": " ", "options": rows, "keep_order": "no", "explanation": "\x00"}
    assert codes("single_choice", content) == {
        ("missing_text", "stem"),
        ("unstorable_text", "explanation"),
        ("not_an_object", "options.3"),
        ("bad_id", "options.0.id"),
        ("duplicate_id", "options.2.id"),
        ("correct_not_said", "options.1.correct"),
        ("missing_text", "options.2.text"),
        ("not_a_text", "options.2.feedback"),
        ("duplicate_text", "options.1.text"),
        ("not_a_flag", "keep_order"),
    }


def test_options_are_shuffled_by_the_seed_unless_the_order_is_kept() -> None:
    question = question_type("single_choice")
    content = {"stem": "Which?", "options": options(True, False, False, False)}
    kept = {**content, "keep_order": True}
    orders = {tuple(option["id"] for option in question.present(content, seed).data["options"]) for seed in range(200)}
    assert len(orders) == 24
    assert {tuple(option["id"] for option in question.present(kept, seed).data["options"]) for seed in range(20)} == {
        ("o0", "o1", "o2", "o3")
    }


def test_the_review_keeps_the_order_of_the_attempt() -> None:
    for kind in ("single_choice", "multiple_choice"):
        question = question_type(kind)
        content = {"stem": "Which?", "options": options(True, False, False, False)}
        shown = [option["id"] for option in question.present(content, SEED).data["options"]]
        assert [part["id"] for part in question.review(content, None, SEED)["parts"]] == shown


@given(rights=st.lists(st.booleans(), min_size=2, max_size=8), data=st.data())
def test_multiple_choice_is_right_minus_wrong_over_right(rights: list[bool], data: st.DataObject) -> None:
    rows = options(*rights)
    rows[0]["correct"] = True
    content = {"stem": "Which?", "options": rows}
    chosen = data.draw(st.sets(st.sampled_from([row["id"] for row in rows]), min_size=1))
    right = sum(row["correct"] for row in rows if row["id"] in chosen)
    wanted = sum(row["correct"] for row in rows)
    expected = max(0, 2 * right - len(chosen)) / wanted
    assert fraction("multiple_choice", content, list(chosen)) == expected
    assert (expected == 1) == (chosen == {row["id"] for row in rows if row["correct"]})


def test_multiple_choice_feedback_counts_and_adds_what_was_chosen() -> None:
    content = {"stem": "Which?", "options": options(True, True, False)}
    outcome = question_type("multiple_choice").grade(content, ["o0", "o2"])
    assert outcome.feedback == "Right choices: 1 of 2. Choices that are not right: 1.\nAbout 0.\nAbout 2."


def test_multiple_choice_needs_something_right_and_something_wrong() -> None:
    assert codes("multiple_choice", {"stem": "?", "options": options(False, False)}) == {("none_correct", "options")}
    assert codes("multiple_choice", {"stem": "?", "options": options(True, True)}) == {("all_correct", "options")}


def test_true_false_keeps_its_order_for_every_seed() -> None:
    content = {"stem": "It rained.", "answer": "true"}
    question = question_type("true_false")
    for seed in range(20):
        shown = question.present(content, seed).data["options"]
        assert [option["id"] for option in shown] == ["true", "false", "not_stated"]


def test_true_false_says_what_is_wrong_with_it() -> None:
    assert codes("true_false", {"stem": "It rained.", "answer": True}) == {("answer_not_known", "answer")}
    content = {"stem": "It rained.", "answer": "true", "feedback": {"false": 3}}
    assert codes("true_false", content) == {("not_a_text", "feedback.false")}
    assert codes("true_false", {**content, "feedback": "no"}) == {("not_an_object", "feedback")}


TERM = {
    "stem": "Name it.",
    "accepted": ["emigration"],
    "near_misses": [{"text": "immigration", "feedback": "That is coming in."}],
}


def test_short_text_tells_a_near_miss_what_it_is() -> None:
    question = question_type("short_text")
    outcome = question.grade(TERM, "Imigration")
    assert (outcome.fraction, outcome.feedback) == (0.0, "That is coming in.")
    assert outcome.detail["path"] == ["It was read as “immigration”.", "Forgiven: one typing slip."]
    assert question.classify(TERM, "Imigration") == "near miss: immigration"


def test_short_text_says_how_a_slip_is_written_right() -> None:
    question = question_type("short_text")
    outcome = question.grade(TERM, "emigratoin")
    assert (outcome.fraction, outcome.feedback) == (1.0, "Accepted; it is written “emigration”.")
    assert question.classify(TERM, "emigratoin") == question.classify(TERM, "Emigration") == "accepted: emigration"
    assert question.classify(TERM, "A  Holiday") == question.classify(TERM, "holiday!") == "other: holiday"


def test_a_slip_as_near_to_a_near_miss_is_no_slip() -> None:
    content = {
        "stem": "Which?",
        "accepted": ["casual"],
        "near_misses": [{"text": "causal", "feedback": "That is about causes."}],
    }
    assert fraction("short_text", content, "causal") == 0.0
    assert fraction("short_text", content, "casual") == 1.0
    assert fraction("short_text", content, "cazual") == 1.0
    assert fraction("short_text", content, "cauual") == 0.0


def test_the_width_of_the_line_tells_nothing_of_the_answer() -> None:
    question = question_type("short_text")
    assert (
        question.present(TERM, 1).data == question.present({**TERM, "accepted": ["x"]}, 2).data == {"max_length": 4_000}
    )


def test_short_text_says_what_is_wrong_with_it() -> None:
    assert codes("short_text", {"stem": "?"}) == {("not_a_list", "accepted")}
    assert codes("short_text", {"stem": "?", "accepted": []}) == {("too_few", "accepted")}
    assert codes("short_text", {"stem": "?", "accepted": ["?!", 4]}) == {
        ("only_punctuation", "accepted.0"),
        ("not_a_text", "accepted.1"),
    }
    content = {"stem": "?", "accepted": ["Rain", "the rain"], "near_misses": [{"text": "RAIN", "feedback": "No."}]}
    assert codes("short_text", content) == {
        ("duplicate_accepted", "accepted.1"),
        ("near_miss_accepted", "near_misses.0.text"),
    }
    assert codes("short_text", {**TERM, "typos": 1}) == {("not_a_flag", "typos")}


GAPS = {
    "stem": "Complete it.",
    "text": "{{k2m}} came before the {{p7x}}.",
    "gaps": [
        {"id": "k2m", "accepted": ["Emigration"], "feedback": "It is about leaving."},
        {"id": "p7x", "accepted": ["emigratiom", "harvest"], "options": ["harvest", "festival", "election"]},
    ],
}


def test_a_cloze_is_cut_at_its_gaps_and_shuffles_their_lists() -> None:
    question = question_type("cloze")
    segments = question.present(GAPS, SEED).data["segments"]
    assert [segment.get("text") for segment in segments] == [None, " came before the ", None, "."]
    assert segments[0] == {"gap": "k2m", "size": 18}
    assert sorted(segments[2]["options"]) == ["election", "festival", "harvest"]
    orders = {tuple(question.present(GAPS, seed).data["segments"][2]["options"]) for seed in range(60)}
    assert len(orders) == 6


def test_a_cloze_tells_which_gaps_are_right() -> None:
    outcome = question_type("cloze").grade(GAPS, {"k2m": "holiday"})
    assert outcome.fraction == 0.0
    assert outcome.feedback == "Gaps filled rightly: 0 of 2.\nIt is about leaving."
    assert [part["verdict"] for part in outcome.detail["parts"]] == ["wrong", "empty"]
    assert question_type("cloze").classify(GAPS, {"k2m": "emigration"}) == "k2m=right p7x=empty"
    assert question_type("cloze").summarise(GAPS, {"k2m": "emigration"}) == "emigration; –"


def test_a_slip_that_is_another_gaps_word_is_no_slip() -> None:
    assert fraction("cloze", GAPS, {"k2m": "emigratiom"}) == 0.0
    assert fraction("cloze", GAPS, {"k2m": "emigratoin"}) == 0.5


def test_a_list_is_chosen_from_not_typed_into() -> None:
    with pytest.raises(InvalidAnswer, match="Choose one of those listed"):
        question_type("cloze").parse(GAPS, {"p7x": "harvets"})


def test_a_cloze_says_what_is_wrong_with_it() -> None:
    broken = {**GAPS, "text": "{{k2m}} {{k2m}} {{zzz}}"}
    assert codes("cloze", broken) == {("gap_not_once", "gaps.0"), ("gap_not_once", "gaps.1"), ("gap_unknown", "text")}
    gaps = [{"id": "k2m", "accepted": ["rain"], "options": ["sun", "Sun"]}, {"id": "p7x", "accepted": []}]
    assert codes("cloze", {**GAPS, "gaps": gaps}) == {
        ("no_option_accepted", "gaps.0.options"),
        ("duplicate_text", "gaps.0.options"),
        ("too_few", "gaps.1.accepted"),
    }


def sentences(*rows: tuple[int, bool]) -> dict[str, Any]:
    """An evidence question with sentences of these lengths."""
    made = [{"id": f"s{place}", "text": "x" * length, "correct": right} for place, (length, right) in enumerate(rows)]
    return {"stem": "Where?", "sentences": made}


def test_evidence_weighs_sentences_by_their_characters() -> None:
    content = sentences((30, True), (10, True), (40, False), (20, False))
    assert fraction("evidence", content, ["s0", "s1"]) == 1.0
    assert fraction("evidence", content, ["s0"]) == 0.75
    assert fraction("evidence", content, ["s1"]) == 0.25
    assert fraction("evidence", content, ["s0", "s1", "s3"]) == 40 / 60 * 40 / 60
    assert fraction("evidence", content, ["s0", "s1", "s2", "s3"]) == 0.0


@given(lengths=st.lists(st.integers(1, 400), min_size=2, max_size=20), data=st.data())
def test_choosing_more_than_the_proof_always_costs(lengths: list[int], data: st.DataObject) -> None:
    proof = data.draw(st.integers(1, len(lengths) - 1))
    content = sentences(*((length, place < proof) for place, length in enumerate(lengths)))
    exact = [f"s{place}" for place in range(proof)]
    paid = [fraction("evidence", content, exact + [f"s{place}" for place in range(proof, proof + more)]) or 0
            for more in range(len(lengths) - proof + 1)]  # fmt: skip
    assert paid[0] == 1.0
    assert paid[-1] == 0.0
    assert all(less < before for before, less in pairwise(paid))


def test_evidence_sorts_answers_by_how_they_miss() -> None:
    question = question_type("evidence")
    content = sentences((5, True), (5, True), (5, False))
    found = {", ".join(answer): question.classify(content, answer) for answer in (
        ["s0", "s1"], ["s0"], ["s0", "s2"], ["s0", "s1", "s2"], ["s2"])}  # fmt: skip
    assert found == {
        "s0, s1": "the proof",
        "s0": "part of the proof",
        "s0, s2": "part of the proof and more",
        "s0, s1, s2": "the proof and more",
        "s2": "none of the proof",
    }


def test_evidence_stays_in_reading_order_for_every_seed() -> None:
    content = sentences((5, True), (6, False), (7, False))
    question = question_type("evidence")
    assert len({str(question.present(content, seed).data) for seed in range(20)}) == 1


def test_evidence_says_what_is_wrong_with_it() -> None:
    content = sentences((5, False), (6, False))
    content["sentences"][0] |= {"start": 9, "end": 3}
    assert codes("evidence", content) == {("none_correct", "sentences"), ("bad_offsets", "sentences.0")}
    assert codes("evidence", sentences((5, True), (6, True))) == {("all_correct", "sentences")}
