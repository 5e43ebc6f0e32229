"""What checking says, word for word, of a course that can be read but not imported as it stands."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course.reading.outline import PassageKind
from quizzes.formats.course_file import check, write
from quizzes.formats.course_file.model import (
    ArticleEntry,
    LessonEntry,
    QuizItemEntry,
    Quote,
)
from tests.quizzes.formats.course_file.checked import CHOICE, CLEAN, CONCEPT, PARAGRAPH, QUESTION, QUIZ, asked, told


def test_the_course_that_is_changed_here_is_clean() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"slug": "the bar"}, "slug: the bar"),
        ({"slug": "bar/2"}, "slug: bar/2"),
        ({"slug": "x" * 81}, f"slug: {'x' * 81}"),
        ({"slug": "größe"}, "slug: größe"),
        ({"slug": ".."}, "slug: .."),
    ],
)
def test_a_slug_of_the_course_that_is_no_address_is_told(change: dict[str, str], line: str) -> None:
    message = f"“{change['slug']}” is no address: use letters, digits, - and _."
    assert told(**change) == [(line, "no_slug", message)]


@pytest.mark.parametrize("slug", ["a", "A-1_b", "0", "-", "x" * 80])
def test_a_slug_of_letters_digits_dashes_and_lines_below_is_an_address(slug: str) -> None:
    assert told(slug=slug) == []


def test_the_names_of_lessons_concepts_and_quizzes_are_addresses_too() -> None:
    found = told(
        lessons=(replace(CLEAN.lessons[0], slug="größe"),),
        concepts=(replace(CONCEPT, slug="slack-wässer"),),
        quizzes=(replace(QUIZ, slug="prüfung", lesson="größe"),),
        questions=(replace(QUESTION, concept="slack-wässer"),),
    )
    assert [(line, code) for line, code, _ in found] == [
        ("== lesson größe", "no_slug"),
        ("== concept slack-wässer", "no_slug"),
        ("== quiz prüfung", "no_slug"),
    ]


def test_the_key_of_a_question_is_no_address_and_may_have_any_letters() -> None:
    assert (
        told(questions=(replace(QUESTION, key="prüfung"),), quizzes=(replace(QUIZ, items=(QuizItemEntry("prüfung"),)),))
        == []
    )


NO_PLACE = "Other lessons have a position, so this one needs one too."
TOO_HIGH = "There are 3 lessons, so no position is higher than that."


@pytest.mark.parametrize(
    ("positions", "problems"),
    [
        ((None, None, None), []),
        ((1, 2, 3), []),
        ((3, 1, 2), []),
        ((2, 1, None), [("== lesson c", "wrong_position", NO_PLACE)]),
        ((None, None, 3), [("== lesson a", "wrong_position", NO_PLACE), ("== lesson b", "wrong_position", NO_PLACE)]),
        ((1, 2, 4), [("position: 4", "wrong_position", TOO_HIGH)]),
        ((1, 4, 4), [("position: 4", "wrong_position", TOO_HIGH)] * 2),
        ((2, 1, 2), [("position: 2", "wrong_position", "More than one lesson has position 2.")] * 2),
    ],
)
def test_lessons_that_say_their_position_have_each_place_once(
    positions: tuple[int | None, ...], problems: list[tuple[str, str, str]]
) -> None:
    lessons = tuple(
        LessonEntry(slug, slug, at, at + 1, position=place)
        for at, (slug, place) in enumerate(zip("abc", positions, strict=True))
    )
    article = ArticleEntry(passages=(PARAGRAPH, PARAGRAPH, PARAGRAPH))
    assert told(article=article, lessons=lessons, quizzes=(replace(QUIZ, lesson="a"),)) == problems


def test_a_course_without_a_lesson_is_told_at_its_article() -> None:
    found = told(lessons=(), quizzes=(replace(QUIZ, lesson=""),))
    assert found == [("== article", "no_lesson", "The course has no lesson yet, so it cannot be published.")]


@pytest.mark.parametrize("kind", [PassageKind.HEADING, PassageKind.PULL_QUOTE, PassageKind.BOILERPLATE])
def test_a_lesson_of_nothing_that_is_read_is_told(kind: PassageKind) -> None:
    found = told(article=ArticleEntry(passages=(replace(PARAGRAPH, kind=kind),)))
    assert found == [("== lesson bar", "lesson_without_passages", "The lesson “bar” has nothing to read.")]


@pytest.mark.parametrize(("kind", "warns"), [(PassageKind.BOILERPLATE, True), (None, False)])
def test_a_lesson_may_be_left_out_whole_but_not_be_without_any_line(kind: PassageKind | None, warns: bool) -> None:
    passages = (replace(PARAGRAPH, kind=kind),) if kind else ()
    course = replace(
        CLEAN,
        article=ArticleEntry(passages=passages),
        lessons=(LessonEntry("bar", "The bar", 0, len(passages)),),
        concepts=(),
        questions=(),
    )
    found = {problem.code: problem.warning for problem in check(write(course))}
    assert found["lesson_without_passages"] is warns


@pytest.mark.parametrize(
    "kind", [PassageKind.PARAGRAPH, PassageKind.LIST_ITEM, PassageKind.QUOTE, PassageKind.TABLE, PassageKind.FIGURE]
)
def test_a_lesson_of_one_passage_that_is_read_is_enough(kind: PassageKind) -> None:
    assert told(article=ArticleEntry(passages=(replace(PARAGRAPH, kind=kind),))) == []


@pytest.mark.parametrize("state", ["suggested", "rejected"])
def test_only_an_accepted_concept_needs_a_mention_and_a_definition(state: str) -> None:
    bare = replace(CONCEPT, definition="", mentions=())
    assert told(concepts=(replace(bare, state=state),)) == []
    assert told(concepts=(bare,)) == [
        ("== concept slack-water", "concept_without_mention", "“slack water” has no mention in the article."),
        ("== concept slack-water", "no_definition", "“slack water” has no definition yet."),
    ]


@pytest.mark.parametrize("other", ["slack water", "Slack Water", "SLACK WATER"])
def test_two_accepted_concepts_by_one_term_are_told_whatever_its_capitals(other: str) -> None:
    twin = replace(CONCEPT, slug="twin", term=other)
    assert told(concepts=(CONCEPT, twin)) == [
        ("term: slack water", "term_twice", "“slack water” is the term of another concept too."),
        (f"term: {other}", "term_twice", f"“{other}” is the term of another concept too."),
    ]


@pytest.mark.parametrize("state", ["suggested", "rejected"])
def test_a_term_may_stand_again_at_a_concept_that_was_not_accepted(state: str) -> None:
    assert told(concepts=(CONCEPT, replace(CONCEPT, slug="twin", state=state))) == []


def test_a_definition_rests_on_one_quote_of_the_article() -> None:
    elsewhere = replace(CONCEPT, proof=(Quote("the moon"),))
    message = "The article does not hold these words: “the moon”."
    assert told(concepts=(elsewhere,)) == [("> the moon", "not_in_article", message)]
    twice = replace(CONCEPT, proof=(Quote("slack water"), Quote("slack water")))
    assert [code for _, code, _ in told(concepts=(twice,))] == ["twice"]
    assert told(concepts=(replace(CONCEPT, proof=(Quote("slack water"),)),)) == []


@pytest.mark.parametrize("state", ["suggested", "accepted", "rejected"])
def test_a_mention_stands_in_the_article_whatever_was_decided_of_its_concept(state: str) -> None:
    concept = replace(CONCEPT, mentions=(Quote("slack water"), Quote("the moon")), state=state)
    message = "The article does not hold these words: “the moon”."
    assert told(concepts=(concept,)) == [("> the moon", "not_in_article", message)]


@pytest.mark.parametrize(
    ("quote", "line", "message"),
    [
        (Quote("the moon"), "> the moon", "The article does not hold these words: “the moon”."),
        (Quote("The pilot waits", 2), ">2 The pilot waits", "The article holds these words fewer than 2 times."),
        (Quote("waits", 9999), ">9999 waits", "The article holds these words fewer than 9999 times."),
        (
            Quote("the pilot waits"),
            "> the pilot waits",
            "The article holds these words with other quotation marks, dashes or spaces; copy them exactly.",
        ),
        (
            Quote("an hour.  The"),
            "> an hour.  The",
            "The article holds these words with other quotation marks, dashes or spaces; copy them exactly.",
        ),
        (
            Quote("an\u00a0hour"),
            "> an\u00a0hour",
            "The article holds these words with other quotation marks, dashes or spaces; copy them exactly.",
        ),
        (Quote("x" * 80), f"> {'x' * 80}", f"The article does not hold these words: “{'x' * 80}”."),
        (Quote("x" * 81), f"> {'x' * 81}", f"The article does not hold these words: “{'x' * 79}…”."),
    ],
)
def test_evidence_that_does_not_stand_in_the_article_is_told_with_what_is_wrong(
    quote: Quote, line: str, message: str
) -> None:
    assert asked(evidence=(quote,)) == [(line, "not_in_article", message)]


@pytest.mark.parametrize(
    ("stands", "quoted"),
    [
        ("the “bar” pilot", 'the "bar" pilot'),
        ("the „bar“ pilot", "the “bar” pilot"),
        ("the «bar» pilot", 'the "bar" pilot'),
        ("the pilot’s hour", "the pilot's hour"),
        ("the ‚bar‘ pilot", "the 'bar' pilot"),
        ("twelve–one", "twelve-one"),
        ("twelve—one", "twelve-one"),
        ("twelve‑one", "twelve-one"),
        ("ten\u2009metres", "ten metres"),
        ("ten\u202fmetres", "ten metres"),
        ("ten metres", "TEN METRES"),
    ],
)
def test_words_that_differ_by_a_lookalike_are_told_apart_from_words_that_are_not_there(
    stands: str, quoted: str
) -> None:
    text = f"{PARAGRAPH.text} Then {stands} again."
    problems = told(
        article=ArticleEntry(passages=(replace(PARAGRAPH, text=text),)),
        questions=(replace(QUESTION, evidence=(Quote(quoted),)),),
    )
    message = "The article holds these words with other quotation marks, dashes or spaces; copy them exactly."
    assert [(code, words) for _, code, words in problems] == [("not_in_article", message)]


def test_each_wrong_quote_is_told_at_its_own_line() -> None:
    found = asked(evidence=(Quote("the moon"), Quote("The pilot waits"), Quote("the sun")))
    assert [line for line, _, _ in found] == ["> the moon", "> the sun"]


def test_a_question_without_evidence_is_told_at_its_start() -> None:
    message = "A question needs the words of the article that prove its answer."
    assert asked(evidence=()) == [("== question waits", "no_evidence", message)]


def test_a_question_about_a_concept_that_is_not_there_is_told_at_that_line() -> None:
    assert asked(concept="ebb") == [("concept: ebb", "unknown_concept", "There is no concept “ebb”.")]


def test_a_question_about_no_concept_is_fine() -> None:
    assert asked(concept="") == []


def test_a_kind_that_is_not_known_is_told_with_those_that_are() -> None:
    (line, code, message), *others = asked(kind="oracle")
    assert (line, code, others) == ("kind: oracle", "unknown_kind", [])
    assert message.startswith("There is no kind “oracle”; the kinds are: ")
    assert {"single_choice", "cloze", "true_false"} <= set(message.partition("are: ")[2].rstrip(".").split(", "))


@pytest.mark.parametrize(
    ("change", "problems"),
    [
        ({"stem": ""}, [("stem:", "missing_text")]),
        ({"stem": 3}, [("stem = 3", "not_a_text")]),
        ({"options": []}, [("options = []", "not_one_correct"), ("options = []", "too_few")]),
        ({"options": [{"text": "One", "correct": True}]}, [("options:", "too_few")]),
        ({"options": [{"text": "One", "correct": True}, {"text": "", "correct": False}]}, [("text:", "missing_text")]),
        (
            {"options": [{"text": "One", "correct": True}, {"text": "Two", "correct": True}]},
            [("options:", "not_one_correct")],
        ),
        (
            {"options": [{"text": "One", "correct": True}, {"text": "one", "correct": False}]},
            [("[ ] one", "duplicate_text")],
        ),
    ],
)
def test_what_a_kind_refuses_is_told_at_the_line_of_the_part(
    change: dict[str, Any], problems: list[tuple[str, str]]
) -> None:
    assert [(line, code) for line, code, _ in asked(content={**CHOICE, **change})] == problems


def test_a_content_that_a_kind_refuses_is_not_held_against_the_rules_of_drafting_as_well() -> None:
    """One mistake is told once: a stem that is no stem cannot give anything away."""
    content = {**CHOICE, "stem": "It waits for what?", "options": []}
    assert "stem_starts_with_pronoun" not in {code for _, code, _ in asked(content=content)}


@pytest.mark.parametrize("days", [30, 365, 3_650])
def test_answers_are_kept_for_thirty_days_to_ten_years(days: int) -> None:
    assert told(keep_answers_days=days) == []


def test_answers_that_are_kept_longer_are_told() -> None:
    message = "“keep_answers_days” is at most 3,650."
    assert told(keep_answers_days=3_651) == [("keep_answers_days: 3651", "wrong_value", message)]


def test_warnings_are_those_that_do_not_stop_an_import() -> None:
    text = write(replace(CLEAN, concepts=(replace(CONCEPT, definition=""),), quizzes=(replace(QUIZ, items=()),)))
    assert [(problem.code, problem.warning) for problem in check(text)] == [
        ("no_definition", True),
        ("quiz_without_questions", True),
        ("unasked", True),
    ]
