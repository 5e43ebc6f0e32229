"""The sample course is the first thing anyone sees: complete, true to its text, and no question gives itself away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quizzes.drafting.lint import lint, lint_quiz
from quizzes.drafting.rules.options import is_phrase_in
from quizzes.drafting.words import content_roots
from quizzes.formats.course_file import CourseFile, check, parse, write
from quizzes.formats.course_file.model import QuestionEntry, QuizEntry
from quizzes.questions import question_type
from quizzes.questions.ids import with_fresh_ids

ROOT = Path(__file__).parents[3]
SAMPLE = ROOT / "authoring" / "samples" / "belarus-between-two-chairs.postil"
SOURCE = ROOT.parent / "shared" / "article.txt"
WORD = re.compile(r"[\w'-]+")
COMMON_WORDS = 6
CHECKPOINT_KINDS = {"single_choice", "multiple_choice", "true_false", "short_text", "cloze", "evidence"}
THREAD_KINDS = {"numeric", "matching", "ordering", "categorise"}
BY_PERSON = {"open_response"}
NAMED = {"co-aggressor", "Yalta-style deal", "soft landing"}


@cache
def sample() -> CourseFile:
    return parse(SAMPLE.read_text("utf-8"))


def questions(*kinds: str) -> list[QuestionEntry]:
    return [question for question in sample().questions if not kinds or question.kind in kinds]


def words(text: str) -> list[str]:
    return WORD.findall(text.lower().replace("’", "'"))


def test_the_sample_checks_clean_without_a_single_warning() -> None:
    assert check(SAMPLE.read_text("utf-8")) == []


def test_the_sample_is_written_in_the_one_canonical_way() -> None:
    assert write(sample()) == SAMPLE.read_text("utf-8")


def test_the_text_has_five_lessons_and_a_readable_length() -> None:
    assert sample().title == "Belarus between two chairs"
    assert sample().slug == "belarus-between-two-chairs"
    assert len(sample().lessons) == 5
    assert 1_000 <= len(sample().article.text.split()) <= 1_500
    assert all(lesson.end - lesson.first >= 4 for lesson in sample().lessons)
    assert "Pozirk" in sample().article.text
    assert "Pozirk" in sample().article.rights


def test_each_concept_is_defined_and_its_term_stands_in_the_text() -> None:
    concepts = sample().concepts
    assert len(concepts) >= 12
    assert {concept.term for concept in concepts} >= NAMED
    assert [concept.term for concept in concepts if concept.term not in sample().article.text] == []
    assert [concept.term for concept in concepts if len(concept.definition.split()) < 12] == []


def test_each_concept_is_asked_about() -> None:
    asked = {question.concept for question in sample().questions}
    assert [concept.slug for concept in sample().concepts if concept.slug not in asked] == []


def test_there_are_questions_of_every_kind_in_good_number() -> None:
    counted = Counter(question.kind for question in sample().questions)
    assert len(sample().questions) >= 30
    assert set(counted) == CHECKPOINT_KINDS | THREAD_KINDS | BY_PERSON
    assert min(counted[kind] for kind in CHECKPOINT_KINDS) >= 5
    assert min(counted.values()) >= 2
    answers = Counter(question.content["answer"] for question in questions("true_false"))
    assert set(answers) == {"true", "false", "not_stated"}


def test_each_lesson_has_a_checkpoint_and_the_course_four_quizzes_of_its_own() -> None:
    checkpoints, across = sample().quizzes[:5], sample().quizzes[5:]
    assert [quiz.lesson for quiz in checkpoints] == [lesson.slug for lesson in sample().lessons]
    assert [5 <= len(quiz.items) <= 6 for quiz in checkpoints] == [True] * 5
    assert [(quiz.slug, quiz.lesson, quiz.mode, len(quiz.items)) for quiz in across] == [
        ("threads", "", "practice", 8),
        ("final-check", "", "check", 10),
        ("look-back", "", "practice", 2),
        ("in-your-own-words", "", "practice", 5),
    ]
    assert str(across[1].pass_fraction) == "0.7"


def test_only_the_last_quiz_waits_for_a_person() -> None:
    by_key = {question.key: question.kind for question in sample().questions}
    by_key |= {question.key: "open_response" for question in free_text()}
    waiting = [quiz.slug for quiz in sample().quizzes if BY_PERSON & {by_key[key] for key in asked_in(quiz)}]
    assert waiting == ["in-your-own-words"]
    assert {by_key[item.question] for item in sample().quizzes[5].items} == THREAD_KINDS


def test_each_question_sits_in_one_quiz() -> None:
    seats = Counter(item.question for quiz in sample().quizzes for item in quiz.items if item.question)
    assert seats == Counter(question.key for question in sample().questions)


def test_the_evidence_of_a_checkpoint_stands_in_its_lesson() -> None:
    text, spans = sample().article.text, sample().article.spans()
    by_key = {question.key: question for question in sample().questions}
    runs = {lesson.slug: (spans[lesson.first].start, spans[lesson.end - 1].end) for lesson in sample().lessons}
    for quiz in sample().quizzes[:5]:
        start, end = runs[quiz.lesson]
        for item in quiz.items:
            found = [quote.find(text) for quote in by_key[item.question].evidence]
            assert [span for span in found if span is None or not start <= span.start < span.end <= end] == []


@pytest.mark.parametrize("question", sample().questions, ids=lambda question: question.key)
def test_each_question_is_proved_explained_and_answered(question: QuestionEntry) -> None:
    assert question.state == "published"
    assert question.evidence
    assert question.content["explanation"]
    kind, content = question_type(question.kind), with_fresh_ids(question.kind, question.content, "seed")
    assert kind.check(content) == []
    fraction = kind.grade(content, kind.model_answer(content)).fraction
    assert fraction == (None if question.kind in BY_PERSON else 1)
    assert [part for part in _feedback_places(question) if not part] == []


FED_BACK = ("options", "sentences", "gaps", "near_misses", "pairs", "steps", "things")


def _feedback_places(question: QuestionEntry) -> list[str]:
    """The feedback of every row or verdict; none at all counts as empty, except where a person gives it."""
    rows = [row for name in FED_BACK for row in question.content.get(name, ())]
    verdicts = question.content.get("feedback", {})
    assert rows or len(verdicts) == 3 or question.kind in BY_PERSON
    return [*(row.get("feedback", "") for row in rows), *verdicts.values()]


def free_text() -> list[QuestionEntry]:
    return [question for question in questions("short_text") if question.content.get("references")]


def asked_in(quiz: QuizEntry) -> list[str]:
    """Every question that an attempt at the quiz may ask."""
    drawn = {item.pool.tag for item in quiz.items if item.pool}
    return [
        *(item.question for item in quiz.items if item.question),
        *(question.key for question in sample().questions if drawn & set(question.tags)),
    ]


def test_some_questions_want_a_sentence_that_is_compared_with_model_answers() -> None:
    assert len(free_text()) >= 2
    for question in free_text():
        models = [*question.content["accepted"], *question.content["references"]]
        assert len(models) >= 4
        assert len({frozenset(content_roots(model)) for model in models}) == len(models)
        assert question.content["near_misses"]
        assert "one sentence" in question.content["stem"]


def test_one_quiz_draws_others_each_time_and_from_every_lesson() -> None:
    quiz = next(quiz for quiz in sample().quizzes if any(item.pool for item in quiz.items))
    for pool in [item.pool for item in quiz.items if item.pool]:
        tagged = [question for question in sample().questions if pool.tag in question.tags]
        assert 2 * pool.take <= len(tagged)
    lessons = {
        checkpoint.lesson
        for checkpoint in sample().quizzes[:5]
        if {item.question for item in checkpoint.items} & set(asked_in(quiz))
    }
    assert len(lessons) == 5


def test_several_questions_have_hints_and_none_tells_the_key() -> None:
    helped = [question for question in sample().questions if question.content.get("hints")]
    assert len(helped) >= 12
    assert len({question.kind for question in helped}) >= 7
    for question in helped:
        shown = " ".join(question.content["hints"]).casefold()
        assert [key for key in keys_of(question) if is_phrase_in(key, shown)] == []


def keys_of(question: QuestionEntry) -> list[str]:
    content = question.content
    rows = [*content.get("options", ()), *content.get("sentences", ())]
    gaps = [text for gap in content.get("gaps", ()) for text in gap["accepted"]]
    return [*(row["text"] for row in rows if row["correct"]), *gaps, *content.get("accepted", ())]


@pytest.mark.parametrize("question", questions("numeric"), ids=lambda question: question.key)
def test_each_near_miss_of_a_number_is_told_what_it_is(question: QuestionEntry) -> None:
    kind, content = question_type("numeric"), question.content
    for miss in content["near_misses"]:
        outcome = kind.grade(content, kind.parse(content, miss["text"]))
        assert (outcome.fraction, outcome.feedback) == (0.0, miss["feedback"])


@pytest.mark.parametrize("question", questions("open_response"), ids=lambda question: question.key)
def test_a_model_answer_keeps_to_the_length_that_is_advised(question: QuestionEntry) -> None:
    words = len(question.content["model"].split())
    assert question.content["min_words"] <= words <= question.content["max_words"]
    assert sum(row["points"] for row in question.content["rubric"] if row["points"] > 0) == 6


@pytest.mark.parametrize("question", questions("matching"), ids=lambda question: question.key)
def test_no_word_in_common_tells_which_pair_belongs_together(question: QuestionEntry) -> None:
    for pair in question.content["pairs"]:
        assert content_roots(pair["text"]) & content_roots(pair["match"]) == set()


@pytest.mark.parametrize("question", questions("short_text"), ids=lambda question: question.key)
def test_each_accepted_answer_is_right_and_each_near_miss_is_told_why_it_is_not(question: QuestionEntry) -> None:
    kind, content = question_type("short_text"), question.content
    assert [kind.grade(content, answer).fraction for answer in content["accepted"]] == [1.0] * len(content["accepted"])
    for miss in content["near_misses"]:
        outcome = kind.grade(content, miss["text"])
        assert (outcome.fraction, outcome.feedback) == (0.0, miss["feedback"])


@pytest.mark.parametrize("question", sample().questions, ids=lambda question: question.key)
def test_no_question_breaks_a_rule_of_drafting(question: QuestionEntry) -> None:
    evidence = [quote.text for quote in question.evidence]
    assert lint(question.kind, question.content, evidence=evidence, article=sample().article.text) == []


def test_no_question_of_a_quiz_gives_away_another() -> None:
    by_key = {question.key: question for question in sample().questions}
    for quiz in sample().quizzes:
        asked = [by_key[key] for key in asked_in(quiz)]
        assert lint_quiz([(question.kind, question.content) for question in asked]) == []


def test_the_sentences_to_choose_from_stand_in_the_text_in_reading_order() -> None:
    text = sample().article.text
    for question in questions("evidence"):
        places = [text.find(sentence["text"]) for sentence in question.content["sentences"]]
        assert -1 not in places
        assert places == sorted(places)


Options = list[dict[str, Any]]


def _shares_most_with_stem(stem: str) -> Callable[[dict[str, Any]], int]:
    return lambda option: len(set(words(option["text"])) & set(words(stem)))


def test_a_guesser_who_sees_only_stem_and_options_stays_near_chance() -> None:
    """Each strategy wins less than 10 points more often than choosing at random; ties count by their share."""
    single = questions("single_choice")
    guesses: dict[str, Callable[[str, Options], list[float]]] = {
        "longest": lambda stem, options: [len(option["text"]) for option in options],
        "shortest": lambda stem, options: [-len(option["text"]) for option in options],
        "overlap": lambda stem, options: [*map(_shares_most_with_stem(stem), options)],
        "least overlap": lambda stem, options: [-_shares_most_with_stem(stem)(option) for option in options],
        "first": lambda stem, options: [-at for at in range(len(options))],
        "second": lambda stem, options: [-abs(at - 1) for at in range(len(options))],
        "third": lambda stem, options: [-abs(at - 2) for at in range(len(options))],
        "last": lambda stem, options: [*range(len(options))],
    }
    chance = sum(1 / len(question.content["options"]) for question in single) / len(single)
    won = {name: sum(_won(guess, question) for question in single) / len(single) for name, guess in guesses.items()}
    assert {name: share for name, share in won.items() if share > chance + 0.1} == {}


def _won(guess: Callable[[str, Options], list[float]], question: QuestionEntry) -> float:
    options = question.content["options"]
    liking = guess(question.content["stem"], options)
    best = [option for option, liked in zip(options, liking, strict=True) if liked == max(liking)]
    return sum(option["correct"] is True for option in best) / len(best)


def test_right_options_of_multiple_choice_are_no_longer_than_wrong_ones() -> None:
    right: list[int] = []
    wrong: list[int] = []
    for question in questions("multiple_choice"):
        for option in question.content["options"]:
            (right if option["correct"] else wrong).append(len(option["text"]))
    assert abs(sum(right) / len(right) - sum(wrong) / len(wrong)) <= 3


def test_no_six_words_in_a_row_are_shared_with_the_article_behind_it() -> None:
    if not SOURCE.is_file():
        pytest.skip("the article behind the sample course is not at hand: ../shared/article.txt")
    assert _runs(SAMPLE.read_text("utf-8")) & _runs(SOURCE.read_text("utf-8")) == set()


def _runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + COMMON_WORDS]) for at in range(len(found) - COMMON_WORDS + 1)}
