"""Whatever instructors leave of a course, its file makes a course again, and that one's file is the same."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from authoring.domain.course_export import export_course
from authoring.domain.course_import import import_course, import_course_file
from authoring.domain.publish import archive_course, publish_course, publishing_problems
from authoring.domain.review import Decision, decision_on
from authoring.domain.review_rule import set_two_person_review
from course.domain.concept_changes import decide_concepts, rename_concept
from course.models import ConceptState, Course, Role
from quizzes.domain.archiving import archive_questions, restore_questions
from quizzes.domain.questions import NoLongerADraft, accept, publish_accepted, put_back, reject
from quizzes.domain.quiz_items import add_pool, add_questions, set_points, take_out
from quizzes.domain.quiz_settings import change_settings
from quizzes.domain.quiz_shelf import archive_quiz, create_quiz, restore_quiz
from quizzes.domain.retention import keep_answers_for
from quizzes.domain.tagging import set_tags
from quizzes.domain.versions import new_version
from quizzes.errors import CannotPublish
from quizzes.formats.course_file import check, parse, write
from quizzes.late_credit import LateStep, as_timeline
from quizzes.models import Question, QuestionVersion, Quiz, QuizMode
from quizzes.pools import Pool
from tests.authoring.domain.tides import with_questions
from tests.factories import NOW, make_person, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def make_tides(questions: int = 0) -> Course:
    return import_course(parse(with_questions(questions)), owner=make_person(), at=NOW)


def brought_back(course: Course) -> Course:
    """Another course of somebody else's, made of the file of this one, which leaves it its address."""
    text = write(export_course(course))
    Course.objects.filter(pk=course.pk).update(slug=f"{course.slug}-before")
    return import_course_file(text.encode(), owner=make_person(), at=NOW)


def told(course: Course) -> set[tuple[str, bool]]:
    """The code of each problem of the course's file that rules of a quiz make, and whether it is only a warning."""
    codes = {"small_pool", "quiz_without_questions", "no_evidence", "concept_without_mention", "term_twice"}
    return {(each.code, each.warning) for each in check(write(export_course(course))) if each.code in codes}


def newest(course: Course, key: str = "q1") -> QuestionVersion:
    versions = QuestionVersion.objects.filter(question__course=course, question__key=key)
    return versions.select_related("question__course").order_by("-number")[0]


def stay_draft(version: QuestionVersion) -> None:
    put_back(version)


def be_accepted(version: QuestionVersion) -> None:
    accept(version, by=None, at=NOW)


def be_published(version: QuestionVersion) -> None:
    accept(version, by=None, at=NOW)
    publish_accepted(version.question.course, at=NOW)


def test_an_archived_quiz_is_archived_in_the_course_that_its_file_makes() -> None:
    course = make_tides()
    archive_quiz(course.quizzes.get(), actor=None, at=NOW - timedelta(days=9))
    assert "archived: yes" in write(export_course(course))
    assert brought_back(course).quizzes.get().archived_at == NOW


def test_a_restored_quiz_is_offered_in_the_course_that_its_file_makes() -> None:
    course = make_tides()
    archive_quiz(course.quizzes.get(), actor=None)
    restore_quiz(course.quizzes.get(), actor=None)
    assert "archived" not in write(export_course(course))
    assert brought_back(course).quizzes.get().archived_at is None


@pytest.mark.parametrize(
    ("be", "written", "restored"),
    [
        (stay_draft, "draft", Decision.UNDECIDED),
        (be_accepted, "published", Decision.ACCEPTED),
        (be_published, "published", Decision.ACCEPTED),
    ],
)
def test_an_archived_question_is_archived_again_and_restored_as_what_it_was(
    be: Callable[[QuestionVersion], None], written: str, restored: Decision
) -> None:
    course = make_tides()
    be(newest(course))
    archive_questions([newest(course).question_id])
    file = export_course(course)
    assert [(each.state, each.archived) for each in file.questions if each.key == "q1"] == [(written, True)]
    again = brought_back(course)
    assert export_course(again) == file
    assert decision_on(newest(again)) == Decision.WITHDRAWN
    restore_questions([newest(again).question_id])
    assert decision_on(newest(again)) == restored


def test_a_rejected_question_is_rejected_and_not_archived() -> None:
    course = make_tides()
    reject(newest(course), by=None, reason="Trivial.", at=NOW)
    again = brought_back(course)
    assert decision_on(newest(again)) == Decision.REJECTED
    assert restore_questions([newest(again).question_id]) == frozenset()


def test_a_published_question_whose_newer_wording_was_rejected_goes_out_as_it_is_asked() -> None:
    course = make_tides()
    be_published(newest(course))
    newer = new_version(newest(course), content=single_choice("Who pulls the sea up?"))
    reject(newer, by=None, reason="Worse.", at=NOW)
    (entry,) = [each for each in export_course(course).questions if each.key == "q1"]
    assert (entry.state, entry.content["stem"]) == ("published", "What pulls the sea?")
    archive_questions([newer.question_id])
    (entry,) = [each for each in export_course(course).questions if each.key == "q1"]
    assert (entry.state, entry.archived, entry.content["stem"]) == ("published", True, "What pulls the sea?")


def test_how_a_course_reviews_and_how_long_it_keeps_answers_come_along_and_where_its_text_may_go_does_not() -> None:
    course = make_tides()
    owner = course.enrollments.get(role=Role.OWNER).user
    set_two_person_review(course, on=True, by=owner)
    keep_answers_for(course, days=365, by=owner)
    Course.objects.filter(pk=course.pk).update(sends_text_to="https://model.example.org")
    course.refresh_from_db()
    again = brought_back(course)
    assert (again.two_person_review, again.keep_answers_days, again.sends_text_to) == (True, 365, "")


def test_a_course_whose_pool_falls_short_comes_back_and_is_held_back_when_it_is_published() -> None:
    course = make_tides()
    add_pool(course.quizzes.get(), pool=Pool(7, tag="water"), actor=None)
    assert told(course) == {("small_pool", True)}
    again = brought_back(course)
    assert any("draws 7 of the questions tagged “water”" in problem for problem in publishing_problems(again))
    with pytest.raises(CannotPublish):
        publish_course(again, at=NOW)


def test_a_quiz_that_asks_nothing_yet_comes_back() -> None:
    course = make_tides()
    create_quiz(course, title="Later", mode=QuizMode.EXAM, lesson=None, actor=None)
    assert ("quiz_without_questions", True) in told(course)
    quiz = brought_back(course).quizzes.get(slug="later")
    assert (quiz.mode, quiz.items.count()) == (QuizMode.EXAM, 0)


def test_what_an_archived_quiz_lacks_is_not_told() -> None:
    course = make_tides()
    add_pool(course.quizzes.get(), pool=Pool(7, tag="water"), actor=None)
    archive_quiz(course.quizzes.get(), actor=None)
    archive_quiz(create_quiz(course, title="L", mode=QuizMode.CHECK, lesson=None, actor=None), actor=None)
    assert told(course) == set()


def test_two_concepts_by_one_term_come_back() -> None:
    course = make_tides()
    again = replace(export_course(course), slug="twice")
    twin = replace(again.concepts[0], slug="twin", term="Another")
    other = import_course(replace(again, concepts=(*again.concepts, twin)), at=NOW)
    rename_concept(other.concepts.get(slug="twin"), term="tide", by=None)
    assert ("term_twice", True) in told(other)
    assert sorted(brought_back(other).concepts.values_list("term", flat=True)) == ["tide", "tide"]


def test_an_archived_course_comes_back_as_a_draft() -> None:
    course = make_tides()
    archive_course(course, actor=None)
    again = brought_back(course)
    assert (again.state, again.archived_at) == ("draft", None)


Deed = Callable[[Course, int], object]


def quiz_of(course: Course, which: int) -> Quiz:
    quizzes = list(course.quizzes.order_by("position", "pk"))
    return quizzes[which % len(quizzes)]


def question_of(course: Course, which: int) -> Question:
    questions = list(course.questions.order_by("pk"))
    return questions[which % len(questions)]


def version_of(course: Course, which: int) -> QuestionVersion:
    return newest(course, question_of(course, which).key)


def toggle_quiz(course: Course, which: int) -> None:
    quiz = quiz_of(course, which)
    if quiz.archived_at is None:
        archive_quiz(quiz, actor=None)
    else:
        restore_quiz(quiz, actor=None)


def toggle_question(course: Course, which: int) -> None:
    question = question_of(course, which).pk
    if not archive_questions([question]):
        restore_questions([question])


def write_anew(course: Course, which: int) -> None:
    version = version_of(course, which)
    if version.kind == "single_choice":
        new_version(version, content=single_choice(f"Who pulled the sea in {which}?"), at=NOW)


def take_out_one(course: Course, which: int) -> None:
    for item in quiz_of(course, which).items.order_by("position")[which % 2 : which % 2 + 1]:
        take_out(item)


def worth(course: Course, which: int) -> None:
    for item in quiz_of(course, which).items.order_by("position")[:1]:
        set_points(item, max_points=Decimal(which + 1) / 4)


SETTINGS: list[dict[str, Any]] = [
    {"mode": "exam", "shuffle": True, "pass_fraction": Decimal("0.333333"), "attempts_allowed": None},
    {"closes_at": None, "opens_at": None, "late_credit": [], "practice_after_close": False},
    {"closes_at": NOW + timedelta(days=9), "late_credit": as_timeline([LateStep(Decimal("1.5"), Decimal("0.25"))])},
    {"feedback_policy": {"after_submit": ["fraction", "verdict"], "after_close": ["key", "evidence"]}},
    {"mastery_right": None, "mastery_of": None, "tries_allowed": None, "try_penalty": Decimal(1)},
    {"result_rule": "mean", "navigation": "sequential", "one_by_one": True, "article_open": False},
    {"lesson": None, "title": "= quiz: [x] \\ # > “first”", "delay_seconds": 61, "build_on_last": True},
    {"ask_confidence": True, "hint_penalty": Decimal("0.05"), "time_limit_seconds": None},
]

DEEDS: dict[str, Deed] = {
    "put a quiz away or back": toggle_quiz,
    "put a question away or back": toggle_question,
    "accept": lambda course, n: accept(version_of(course, n), by=None, at=NOW),
    "reject": lambda course, n: reject(version_of(course, n), by=None, reason="", at=NOW),
    "decide again": lambda course, n: put_back(version_of(course, n)),
    "write anew": write_anew,
    "publish": lambda course, _: publish_course(course, at=NOW),
    "tag": lambda course, n: set_tags(question_of(course, n), names=["Water", f"no {n}"][: n % 3]),
    "make a quiz": lambda course, n: create_quiz(
        course, title=f"Quiz {n}", mode=QuizMode.CHECK, lesson=course.lessons.order_by("position")[n % 2], actor=None
    ),
    "seat": lambda course, n: add_questions(quiz_of(course, n), questions=[question_of(course, n // 2)], actor=None),
    "draw by tag": lambda course, n: add_pool(quiz_of(course, n), pool=Pool(n + 1, tag="water")),
    "draw by concept": lambda course, n: add_pool(quiz_of(course, n), pool=Pool(n + 1, concept="tide")),
    "take out": take_out_one,
    "weigh": worth,
    "set": lambda course, n: change_settings(quiz_of(course, n), changes=SETTINGS[n], actor=None),
    "decide a concept": lambda course, n: decide_concepts(
        [course.concepts.get()], state=list(ConceptState)[n % 3], by=None
    ),
}
STEPS = st.lists(st.tuples(st.sampled_from(list(DEEDS)), st.integers(0, 7)), max_size=14)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
@example([("accept", 0), ("publish", 0), ("write anew", 0), ("reject", 0), ("put a question away or back", 0)])
@example([("put a quiz away or back", 0), ("make a quiz", 1), ("draw by tag", 1), ("put a quiz away or back", 1)])
@example([(deed, n) for n in range(3) for deed in DEEDS])
def test_whatever_instructors_do_the_file_makes_a_course_whose_file_is_the_same(steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        course = make_tides(4)
        for deed, which in steps:
            with suppress(NoLongerADraft, CannotPublish):
                DEEDS[deed](course, which)
        course.refresh_from_db()
        text = write(export_course(course))
        again = brought_back(course)
        assert write(export_course(again)) == text
        transaction.set_rollback(True)
