"""A typed term: which way each answer goes, and every fault its author is told of."""

from __future__ import annotations

from typing import Any

import pytest

from quizzes.questions import question_type
from quizzes.questions.base import BrokenQuestion, InvalidAnswer
from tests.quizzes.questions.choosing import problems_of, without

QUESTION = question_type("short_text")
TERM: dict[str, Any] = {
    "stem": "What is the dam of branches called?",
    "accepted": ["beaver lodge", "lodge"],
    "patterns": ["(beaver|otter) (den|holt)s?"],
    "near_misses": [
        {"text": "otter holt", "feedback": "That is the otter’s."},
        {"text": "badger sett", "feedback": "That is dug, not built."},
    ],
    "explanation": "See the second paragraph.",
}
FREE = {**TERM, "references": ["A house of branches in the water.", "What a beaver builds to live in."]}
NONE = "It is none of the accepted answers, even with typing slips forgiven."


@pytest.mark.parametrize(
    ("answer", "fraction", "feedback", "verdict", "path", "bucket"),
    [
        ("lodge", 1.0, "", "right", ["It is exactly “lodge”."], "accepted: lodge"),
        (
            "The LODGE.",
            1.0,
            "",
            "right",
            ["It was read as “lodge”.", "Overlooked: capital letters, punctuation, an article at the start."],
            "accepted: lodge",
        ),
        (
            "beavr lodge",
            1.0,
            "Accepted; it is written “beaver lodge”.",
            "right",
            ["It was read as “beaver lodge”.", "Forgiven: one typing slip."],
            "accepted: beaver lodge",
        ),
        (
            "beaver den",
            1.0,
            "",
            "right",
            ["It fits the pattern “(beaver|otter) (den|holt)s?”."],
            "fits: (beaver|otter) (den|holt)s?",
        ),
        ("Otter holt", 0.0, "That is the otter’s.", "near miss", None, "near miss: otter holt"),
        (
            "badger set",
            0.0,
            "This is not one of the accepted answers.",
            "wrong",
            [NONE],
            "other: badger set",
        ),
        (
            "badgre sett",
            0.0,
            "That is dug, not built.",
            "near miss",
            ["It was read as “badger sett”.", "Forgiven: one typing slip."],
            "near miss: badger sett",
        ),
        ("no lodge", 0.0, "This is not one of the accepted answers.", "wrong", [NONE], "other: no lodge"),
        ("?!", 0.0, "This is not one of the accepted answers.", "wrong", [NONE], "other: "),
    ],
    ids=range(9),
)
def test_each_way_of_answering_has_its_fraction_words_and_bucket(
    answer: str, fraction: float, feedback: str, verdict: str, path: list[str] | None, bucket: str
) -> None:
    outcome = QUESTION.grade(TERM, answer)
    assert (outcome.fraction, outcome.feedback) == (fraction, feedback)
    assert outcome.detail["parts"] == [{"id": "answer", "verdict": verdict}]
    assert path is None or outcome.detail["path"] == path
    assert QUESTION.classify(TERM, answer) == bucket


@pytest.mark.parametrize(
    ("answer", "fraction"),
    [("lodge", 1.0), ("otter den", 1.0), ("badger sett", 0.0), ("a nest of twigs", None)],
)
def test_beside_free_model_answers_only_what_nothing_else_knows_is_left_to_compare(
    answer: str, fraction: float | None
) -> None:
    assert QUESTION.grade(FREE, answer).fraction == fraction
    assert QUESTION.review(FREE, answer, 1)["parts"][0]["right"] == (None if fraction is None else fraction == 1)


@pytest.mark.parametrize(
    ("content", "grader"),
    [
        (FREE, "similarity"),
        (TERM, "rules"),
        ({**TERM, "references": []}, "rules"),
        ({"references": "x"}, "similarity"),
        (None, "rules"),
        ([FREE], "rules"),
        ("references", "rules"),
    ],
    ids=range(7),
)
def test_who_grades_is_said_by_the_content_whatever_it_is(content: Any, grader: str) -> None:
    assert QUESTION.grader_for(content) == grader


def test_an_unknown_long_answer_is_filed_by_its_first_eighty_characters() -> None:
    assert QUESTION.classify(TERM, "Twig " * 30) == f"other: {('twig ' * 30)[:80]}"


def test_answers_that_differ_in_nothing_that_counts_share_a_bucket() -> None:
    assert {QUESTION.classify(TERM, text) for text in ("A Nest!", "nest", "the  nest", "“NEST”")} == {"other: nest"}


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (None, {"given": "", "right": False}),
        ("lodge", {"given": "lodge", "right": True}),
        ("sett", {"given": "sett", "right": False}),
    ],
)
def test_the_review_shows_what_is_accepted_and_keeps_near_misses_and_patterns_back(
    answer: str | None, shown: dict[str, Any]
) -> None:
    review = QUESTION.review(TERM, answer, 1)
    assert review == {
        "parts": [{"id": "answer", "accepted": ["beaver lodge", "lodge"], **shown}],
        "why": "See the second paragraph.",
    }
    assert QUESTION.review(FREE, answer, 1)["parts"][0]["accepted"] == [
        "beaver lodge",
        "lodge",
        "A house of branches in the water.",
        "What a beaver builds to live in.",
    ]


ACCEPTED = "the accepted answers"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"accepted": None}, [("accepted", "not_a_list", f"Write {ACCEPTED} as a list.")]),
        ({"accepted": "lodge"}, [("accepted", "not_a_list", f"Write {ACCEPTED} as a list.")]),
        (
            {"accepted": [f"lodge {number}" for number in range(51)]},
            [("accepted", "too_many", f"Keep at most 50 of {ACCEPTED}; there are 51.")],
        ),
        ({"accepted": ["lodge", " "]}, [("accepted.1", "missing_text", f"Write entry 2 of {ACCEPTED}.")]),
        (
            {"accepted": ["x" * 301]},
            [("accepted.0", "text_too_long", f"Shorten entry 1 of {ACCEPTED} to 300 characters.")],
        ),
        (
            {"accepted": ["lodge", "¿?"]},
            [("accepted.1", "only_punctuation", "Write an accepted answer that has letters or figures.")],
        ),
        (
            {"accepted": ["lodge", "dam", "The Lodge"]},
            [("accepted.2", "duplicate_accepted", "“The Lodge” is accepted already. Delete one.")],
        ),
        (
            {"near_misses": [{"text": "A Lodge!", "feedback": "No."}]},
            [("near_misses.0.text", "near_miss_accepted", "“A Lodge!” counts as accepted. Delete it here or there.")],
        ),
        (
            {"near_misses": [{"text": "den"}]},
            [("near_misses.0.feedback", "missing_text", "Write its feedback.")],
        ),
        (
            {"near_misses": [{"feedback": "No."}]},
            [("near_misses.0.text", "missing_text", "Write a near miss.")],
        ),
        (
            {"near_misses": [{"text": "x" * 301, "feedback": "y" * 1_001}]},
            [
                ("near_misses.0.text", "text_too_long", "Shorten a near miss to 300 characters."),
                ("near_misses.0.feedback", "text_too_long", "Shorten its feedback to 1,000 characters."),
            ],
        ),
        (
            {"near_misses": ["den"]},
            [
                (
                    "near_misses.0",
                    "not_an_object",
                    "Write each entry of the near misses as an object with named fields.",
                )
            ],
        ),
        (
            {"references": ["x" * 1_001]},
            [("references.0", "text_too_long", "Shorten entry 1 of the model answers to 1,000 characters.")],
        ),
        (
            {"references": ["x"] * 21},
            [("references", "too_many", "Keep at most 20 of the model answers; there are 21.")],
        ),
        (
            {"patterns": ["x"] * 21},
            [("patterns", "too_many", "Keep at most 20 of the patterns; there are 21.")],
        ),
        ({"patterns": "x"}, [("patterns", "not_a_list", "Write the patterns as a list.")]),
        ({"case_sensitive": 1}, [("case_sensitive", "not_a_flag", "Set “case_sensitive” to true or false.")]),
    ],
    ids=range(17),
)
def test_each_single_fault_is_told_alone_where_it_is(change: dict[str, Any], found: list[tuple[str, str, str]]) -> None:
    assert problems_of("short_text", {**TERM, **change}) == found


@pytest.mark.parametrize(
    ("accepted", "near_miss", "settings"),
    [
        (["lodge"], "Lodge", {"case_sensitive": True}),
        (["café"], "cafe", {"accents": True}),
        (["lodge"], "lodeg", {}),
        (["hut"], "hat", {}),
        (["1974"], "1947", {}),
    ],
)
def test_a_near_miss_may_be_as_near_as_the_author_lets_it_matter(
    accepted: list[str], near_miss: str, settings: dict[str, bool]
) -> None:
    content = {
        "stem": "?",
        "accepted": accepted,
        "near_misses": [{"text": near_miss, "feedback": "Nearly."}],
        **settings,
    }
    assert problems_of("short_text", content) == []
    assert QUESTION.grade(content, near_miss).feedback == "Nearly."
    assert QUESTION.grade(content, accepted[0]).fraction == 1.0


def test_overlaps_are_looked_for_only_where_nothing_else_is_wrong() -> None:
    content = {**TERM, "accepted": ["lodge", "Lodge"], "typos": "yes"}
    assert [code for _, code, _ in problems_of("short_text", content)] == ["not_a_flag"]


def test_a_wider_question_drops_only_the_near_miss_that_is_now_right() -> None:
    wider = QUESTION.with_accepted(TERM, "Badger sett")
    assert wider is not None
    assert wider["accepted"] == ["beaver lodge", "lodge", "Badger sett"]
    assert wider["near_misses"] == TERM["near_misses"][:1]
    assert without(dict(wider), "accepted", "near_misses") == without(TERM, "accepted", "near_misses")


@pytest.mark.parametrize("answer", ["?!", "x" * 301, "lodge", "The Lodge"])
def test_no_question_is_widened_by_what_it_could_not_have_been_written_with(answer: str) -> None:
    assert QUESTION.with_accepted(TERM, answer) is None


def test_a_full_list_of_accepted_answers_has_no_room() -> None:
    content = {"stem": "?", "accepted": [f"kind {letter} of den" for letter in map(chr, range(0x3B1, 0x3B1 + 50))]}
    assert QUESTION.with_accepted(content, "lodge") is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (without(TERM, "accepted"), "The question has no accepted answer."),
        ({**TERM, "accepted": [4]}, "The question’s “accepted” is no list of texts."),
        ({**TERM, "typos": "no"}, "The question’s “typos” is neither true nor false."),
        ({**TERM, "near_misses": [{"feedback": "x"}]}, "The question’s “text” is missing or no text."),
    ],
    ids=range(4),
)
def test_a_question_that_cannot_be_graded_is_broken_with_a_reason(content: Any, reason: str) -> None:
    with pytest.raises(BrokenQuestion) as broken:
        QUESTION.grade(content, "den")
    assert str(broken.value) == reason


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (" \n", "Type your answer."),
        (7, "Send the answer as text. Type your answer."),
        (["a", "b"], "Send the answer as text. Type your answer."),
        ("x" * 4_001, "The answer is too long. Shorten it to 4,000 characters."),
        ("\udfff", "The answer holds characters that cannot be stored. Type it again without them."),
    ],
    ids=range(5),
)
def test_what_is_no_text_is_refused_with_what_to_do(data: Any, advice: str) -> None:
    with pytest.raises(InvalidAnswer) as refusal:
        QUESTION.parse(TERM, data)
    assert str(refusal.value) == advice


def test_a_number_may_be_listed_in_words_and_in_figures_too() -> None:
    twice = {"stem": "How many lodges does the pond have?", "accepted": ["two", "2"]}
    assert QUESTION.check(twice) == []
    assert QUESTION.check({**twice, "accepted": ["two", "it is two"]}) == []
    near = {**twice, "accepted": ["two"], "near_misses": [{"text": "2", "feedback": "Write it out."}]}
    assert QUESTION.check(near) == []
    assert QUESTION.grade(near, "2").feedback == "Write it out."
    assert QUESTION.grade(twice, "2").fraction == 1
