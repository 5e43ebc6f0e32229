"""Side questions: where they stand in a lesson, and what is asked there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from course.domain.lesson_page import lesson_page
from course.models import Anchor, AnchorStatus, Course, Lesson
from course.reading.outline import PassageKind, Span
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.questions import NewQuestion, accept, add_questions, publish_accepted
from quizzes.domain.reading_pages import lessons_with_checkpoint
from quizzes.domain.side_questions import CHOOSING, sections_with_question, side_question
from quizzes.models import Question, QuestionVersion, Quiz, QuizItem, VersionState
from tests.factories import NOW, make_concept, make_enrollment, numbers, single_choice
from tests.quizzes.domain.test_practising import NO_KEYS
from tests.web.learner.books import make_book
from tests.web.learner.sittings import further_kinds, kinds

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LINES = [
    (PassageKind.PARAGRAPH, "A lake feeds two towns."),
    (PassageKind.HEADING, "What it is called"),
    (PassageKind.PARAGRAPH, "The lower town calls it a thirst machine."),
    (PassageKind.HEADING, "Who pays"),
    (PassageKind.PARAGRAPH, "Nobody has paid for the wall."),
]
PROOFS = ("A lake feeds", "a thirst machine", "Nobody has paid")
"""Words of the first, the second and the third section."""
KNOWN = {**dict(kinds()), **dict(further_kinds())}


class Book:
    """A course of two lessons of three sections each, and questions proved by words of the first."""

    def __init__(self) -> None:
        self.course: Course = make_book(lessons=2, lines=LINES, terms=[])
        self.lesson: Lesson = self.course.lessons.select_related("revision").get(position=1)

    def ask(self, proof: str, *, stem: str = "Who?", kind: str = "single_choice", **fields: Any) -> Quiz:
        """A quiz of one question that these words prove."""
        content = single_choice(stem) if kind == "single_choice" else KNOWN[kind]
        start = self.lesson.revision.text.index(proof)
        news = [NewQuestion(kind, content, make_concept(self.course, proof), [Span(start, start + len(proof))])]
        [version] = add_questions(self.course, questions=news, revision=self.lesson.revision, at=NOW)
        accept(version, by=None, at=NOW)
        publish_accepted(self.course, at=NOW)
        number = next(numbers)
        given = {"course": self.course, "lesson": self.lesson, "slug": f"quiz-{number}", "title": "Check", **fields}
        quiz = Quiz.objects.create(**given)
        QuizItem.objects.create(quiz=quiz, question=version.question, position=1)
        return quiz

    @property
    def asking(self) -> list[int]:
        """The sections of the first lesson with a question, as its page finds them."""
        siblings = lessons_with_checkpoint(self.course.pk, None, reading=self.lesson.pk)
        page = lesson_page(self.lesson, enrollment=None, siblings=siblings)
        return [section.number for section in sections_with_question(page.passages, siblings[0].proofs)]

    def stem(self, section: int, *, turn: int = 0, part: Any = None) -> str | None:
        side = side_question(self.lesson, section=section, part=part, turn=turn)
        assert side is not None
        return side.question.presentation.stem if side.question else None


def test_a_section_asks_where_its_words_prove_a_question() -> None:
    book = Book()
    assert book.asking == []

    book.ask(PROOFS[1], stem="What is it called?")
    book.ask(PROOFS[2], stem="Who paid?")

    assert book.asking == [2, 3]
    assert [book.stem(section) for section in (1, 2, 3)] == [None, "What is it called?", "Who paid?"]


def test_only_the_lesson_that_is_read_says_where_it_asks() -> None:
    book = Book()
    book.ask(PROOFS[0])

    for reading, expected in ((0, [None, None]), (book.lesson.pk, [str(book.lesson.start), None])):
        lessons = lessons_with_checkpoint(book.course.pk, None, reading=reading)
        assert [lesson.proofs for lesson in lessons] == expected


def test_several_proofs_in_a_section_make_one_place() -> None:
    book = Book()
    for proof in ("A lake", "feeds two", "two towns"):
        book.ask(proof)

    assert book.asking == [1]


@pytest.mark.parametrize(
    ("fields", "asks"),
    [
        ({"mode": "practice"}, True),
        ({"mode": "practice", "feedback_policy": {"after_close": ["key"]}}, True),
        ({"mode": "practice", "feedback_policy": NO_KEYS}, False),
        ({"mode": "check"}, False),
        ({"mode": "exam"}, False),
    ],
    ids=["practice", "practice that says more later", "practice that keeps its keys", "check", "exam"],
)
def test_only_practice_is_given_away(fields: dict[str, Any], asks: bool) -> None:
    book = Book()
    book.ask(PROOFS[0], stem="Which lake?", **fields)

    assert book.asking == [1] * asks
    assert book.stem(1) == ("Which lake?" if asks else None)


def test_a_question_that_a_check_asks_too_is_not_given_away() -> None:
    book = Book()
    practice, check = book.ask(PROOFS[0]), book.ask(PROOFS[1], mode="check")
    QuizItem.objects.create(quiz=check, question=practice.items.get().question, position=2)

    assert book.asking == []
    assert book.stem(1) is None


@pytest.mark.parametrize("kind", sorted(KNOWN))
def test_only_what_is_answered_by_choosing_fits_a_margin(kind: str) -> None:
    book = Book()
    book.ask(PROOFS[0], kind=kind)

    fits = kind in {"single_choice", "multiple_choice", "true_false"}
    assert (kind in CHOOSING, book.asking, book.stem(1) is not None) == (fits, [1] * fits, fits)


def test_a_wording_that_is_not_published_and_a_proof_that_is_lost_ask_nothing() -> None:
    retired, lost = Book(), Book()
    for book in (retired, lost):
        book.ask(PROOFS[0])
    QuestionVersion.objects.filter(question__course=retired.course).update(state=VersionState.RETIRED)
    proofs = QuestionVersion.objects.filter(question__course=lost.course).values("uuid")
    Anchor.objects.filter(question__in=proofs).update(status=AnchorStatus.ORPHANED)

    assert [(book.asking, book.stem(1)) for book in (retired, lost)] == [([], None), ([], None)]


def test_what_a_lesson_of_another_course_asks_stays_there() -> None:
    book, other = Book(), Book()
    other.ask(PROOFS[0])

    assert (book.asking, other.asking) == ([], [1])


def test_turns_go_through_all_of_a_sections_questions_and_begin_again() -> None:
    book = Book()
    for stem in ("One?", "Two?", "Three?"):
        book.ask(PROOFS[0], stem=stem)

    stems = [book.stem(1, turn=turn) for turn in range(4)]

    assert sorted(stems[:3]) == ["One?", "Three?", "Two?"]  # type: ignore[type-var]  # -- none of them is None
    assert stems[3] == stems[0]
    side = side_question(book.lesson, section=1, part=None)
    assert side is not None
    assert side.total == 3


def test_what_an_attempt_in_progress_asks_is_not_given_away_to_its_learner() -> None:
    book = Book()
    quiz = book.ask(PROOFS[0], stem="Which lake?")
    part = make_enrollment(book.course)
    attempt = start_attempt(quiz, enrollment=part, at=NOW, seed=7)

    assert [book.stem(1, part=who) for who in (part, make_enrollment(book.course), None)] == [
        None,
        "Which lake?",
        "Which lake?",
    ]
    submit_attempt(attempt, at=NOW + timedelta(minutes=1))
    assert book.stem(1, part=part) == "Which lake?"


@pytest.mark.parametrize("section", [0, 4, 10**9])
def test_a_section_that_the_lesson_does_not_have_is_none(section: int) -> None:
    assert side_question(Book().lesson, section=section, part=None) is None


def test_what_a_pool_of_a_check_may_draw_is_found_out_when_it_is_asked() -> None:
    book = Book()
    book.ask(PROOFS[0])
    concept = Question.objects.get().concept
    assert concept is not None
    check = book.ask(PROOFS[1], mode="check")
    QuizItem.objects.create(quiz=check, position=2, pool={"take": 1, "concept": concept.slug})

    assert book.asking == [1]
    assert book.stem(1) is None


def test_asking_takes_as_many_queries_for_many_questions_as_for_one() -> None:
    counts = []
    for questions in (1, 5):
        book = Book()
        for _ in range(questions):
            book.ask(PROOFS[0])
        with CaptureQueriesContext(connection) as asked:
            assert book.stem(1) is not None
        counts.append(len(asked.captured_queries))

    assert counts == [3, 3]
