"""A file of anybody's becomes a course whole, or is refused in words and leaves nothing behind."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from authoring.domain.course_export import export_course
from authoring.domain.course_import import (
    CourseExists,
    CourseFileRefused,
    EvidenceNotFound,
    import_course,
    import_course_file,
)
from authoring.domain.publish import publish_course
from course.errors import CourseError
from course.models import Anchor, Concept, Course, CourseState, Lesson, Passage
from quizzes.formats.course_file import CourseFile, parse, write
from quizzes.models import Question, QuestionVersion, Quiz, QuizItem, VersionState
from tests.authoring.domain.tides import TIDES, rows_kept, with_questions
from tests.factories import NOW, make_person
from tests.jobs.threads import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def brought(text: str = TIDES, **fields: Any) -> Course:
    return import_course_file(text.encode(), owner=make_person(**fields), at=NOW)


def refused(content: bytes) -> list[tuple[int, str]]:
    """The line and code of each problem for which the file is refused; nothing is stored of it."""
    owner, before = make_person(), rows_kept()
    with pytest.raises(CourseFileRefused) as error:
        import_course_file(content, owner=owner, at=NOW)
    assert rows_kept() == before
    return [(problem.line, problem.code) for problem in error.value.problems]


def test_every_row_of_the_file_is_there_once() -> None:
    brought()
    assert rows_kept() == {
        "Article": 1, "Revision": 1, "Passage": 5, "Anchor": 4, "Course": 1, "Enrollment": 1, "Lesson": 2, "Concept": 1,
        "Question": 2, "QuestionTag": 1, "QuestionVersion": 2, "Quiz": 1, "QuizItem": 3,
    }  # fmt: skip


def test_what_stands_in_the_file_stands_in_the_rows() -> None:
    course = brought()
    text = course.lessons.select_related("revision").order_by("position")[0].revision.text
    cut = [(row.slug, text[row.start : row.end][:12], row.words) for row in course.lessons.order_by("position")]
    assert cut == [("one", "The tides\n\nT", 15), ("two", "The wind blo", 9)]
    assert [(row.kind, row.reason) for row in Passage.objects.order_by("position")] == [
        ("heading", ""), ("paragraph", ""), ("boilerplate", "donation"), ("list_item", ""), ("paragraph", ""),
    ]  # fmt: skip
    assert [row.quote for row in Anchor.objects.order_by("start")] == [
        "tides", "The sea rises twice a day.", "The moon pulls it.", "The wind blows from the west.",
    ]  # fmt: skip
    seats = QuizItem.objects.order_by("position").values_list("question__key", "pool", "max_points")
    assert [(key, pool, float(points)) for key, pool, points in seats] == [
        ("q1", None, 1.5), ("q2", None, 1.0), (None, {"take": 1, "tag": "water"}, 2.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        pytest.param(b"", [(1, "first_line")], id="empty"),
        pytest.param(b"\xef\xbb\xbf", [(1, "first_line")], id="a byte order mark alone"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", [(2, "not_utf8")], id="a PDF"),
        pytest.param(b"PK\x03\x04" + bytes(range(128)), [(1, "first_line")], id="a zip"),
        pytest.param(TIDES.encode("utf-16"), [(1, "not_utf8")], id="UTF-16"),
        pytest.param(TIDES.replace("Of tides", "Flöße").encode("latin-1"), [(6, "not_utf8")], id="Latin-1"),
        pytest.param(TIDES.replace("Tides", "Ti\x00des", 1).encode(), [(2, "control_sign")], id="a NUL in the title"),
        pytest.param(TIDES.replace("Tides", "Ti\\x{0}des", 1).encode(), [(2, "bad_escape")], id="an escaped NUL"),
        pytest.param(TIDES.replace("slug: tides", "slug: ../..").encode(), [(3, "no_slug")], id="a slug that climbs"),
        pytest.param(TIDES.replace("language: en", "language: " + "e" * 13).encode(), [(4, "too_long")], id="a tongue"),
        pytest.param(TIDES.replace("  > The moon", "  > The sun").encode(), [(66, "not_in_article")], id="a misquote"),
    ],
)
def test_what_is_no_course_is_refused_and_nothing_is_stored(content: bytes, problems: list[tuple[int, str]]) -> None:
    assert refused(content) == problems


def test_every_error_comes_at_once_in_the_order_of_its_lines() -> None:
    broken = TIDES.replace("title: Tides", f"title: {'x' * 301}").replace("lesson: one", "lesson: nine")
    broken = broken.replace("attempts_allowed: 2", "attempts_allowed: 32768").replace("concept: tide", "concept: ebb")
    assert refused(broken.encode()) == [
        (2, "too_long"), (37, "unknown_lesson"), (41, "wrong_value"), (57, "unknown_concept"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% now %}",
        "'; DROP TABLE course_course; --",
        "\u202eright to left",
        "🌊" * 300,
    ],
    ids=["markup", "a template", "SQL", "turned around", "300 waves"],
)
def test_hostile_words_are_words_and_come_back_as_they_were(title: str) -> None:
    course = brought(TIDES.replace("title: Tides", f"title: {title.replace(chr(0x202E), chr(92) + 'x{202e}')}"))
    assert course.title == title
    assert parse(write(export_course(course))).title == title


@pytest.mark.parametrize(
    ("written", "stored", "is_reviewed", "published"),
    [
        ("draft", VersionState.DRAFT, False, VersionState.DRAFT),
        ("in_review", VersionState.IN_REVIEW, False, VersionState.IN_REVIEW),
        ("published", VersionState.DRAFT, True, VersionState.PUBLISHED),
        ("retired", VersionState.RETIRED, True, VersionState.RETIRED),
    ],
)
def test_each_state_of_a_question_is_kept_and_only_what_was_wanted_is_published(
    written: str, stored: VersionState, is_reviewed: bool, published: VersionState
) -> None:
    course = brought(TIDES.replace("state: draft", f"state: {written}"))
    version = QuestionVersion.objects.select_related("reviewed_by").get(question__key="q2")
    assert (version.state, version.reviewed_at) == (stored, NOW if is_reviewed else None)
    assert version.reviewed_by == (course.enrollments.get().user if is_reviewed else None)
    entry = next(each for each in export_course(course).questions if each.key == "q2")
    assert entry.state == written

    QuizItem.objects.filter(question=None).delete()
    publish_course(course, at=NOW)
    version.refresh_from_db()
    assert version.state == published


def test_why_a_question_was_rejected_comes_along() -> None:
    course = brought(TIDES.replace("state: draft", "state: retired\nbecause: It asks for a word."))
    notes = QuestionVersion.objects.order_by("question__key").values_list("question__key", "review_note")
    assert dict(notes)["q2"] == "It asks for a word."
    assert sum(bool(note) for _, note in notes) == 1
    assert next(each for each in export_course(course).questions if each.key == "q2").because == "It asks for a word."


def test_a_course_without_a_lesson_comes_in_as_it_went_out() -> None:
    empty = export_course(Course.objects.create(slug="empty", title="Empty", summary="Not begun.", created_at=NOW))
    course = brought(write(empty).replace("slug: empty", "slug: other"))
    assert (course.lessons.count(), course.state) == (0, CourseState.DRAFT)
    assert export_course(course) == replace(empty, slug="other")


def test_a_file_never_publishes_a_course_and_nobody_reviewed_what_nobody_owns() -> None:
    course = import_course(parse(TIDES), at=NOW)
    assert (course.state, course.enrollments.count()) == (CourseState.DRAFT, 0)
    assert list(QuestionVersion.objects.exclude(reviewed_by=None)) == []
    assert QuestionVersion.objects.filter(reviewed_at=NOW).count() == 1


def test_the_same_file_under_another_slug_shares_nothing_with_the_first() -> None:
    first, second = brought(), brought(TIDES.replace("slug: tides", "slug: ebbs"))
    contents = [
        QuestionVersion.objects.get(question__course=course, question__key="q1").content for course in (first, second)
    ]
    ids = [{option["id"] for option in content["options"]} for content in contents]
    assert not ids[0] & ids[1]
    for model in (Lesson, Concept, Question, Quiz):
        assert model.objects.filter(course=first).count() == model.objects.filter(course=second).count() > 0
    assert first.lessons.get(position=1).revision.article != second.lessons.get(position=1).revision.article


def test_the_same_file_twice_is_one_course_whoever_brings_it() -> None:
    brought()
    before, somebody = rows_kept(), make_person()
    for _ in range(2):
        with pytest.raises(CourseExists) as error:
            import_course_file(TIDES.encode(), owner=somebody, at=NOW)
        assert (error.value.code, str(error.value)) == (
            "course_exists",
            "There is a course with this address already. Change the slug in the file, or remove the other course.",
        )
    assert rows_kept() == before


def test_evidence_that_is_not_there_takes_everything_back() -> None:
    before, file = rows_kept(), parse(TIDES.replace("  > The moon", "  > The sun"))
    with pytest.raises(EvidenceNotFound) as error:
        import_course(file, at=NOW)
    assert str(error.value) == "The evidence of the question “q1” is not in the article word for word."
    assert rows_kept() == before


def test_a_row_that_the_database_refuses_takes_everything_back() -> None:
    before, file = rows_kept(), parse(TIDES.replace("mastery_of: 2", "mastery_of: 1").replace("_right: 1", "_right: 2"))
    with pytest.raises(IntegrityError, match="mastery_is_m_of_n"), transaction.atomic():
        import_course(file, at=NOW)
    assert rows_kept() == before


def statements_for(questions: int) -> int:
    file = parse(with_questions(questions))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        import_course(file, owner=make_person(), at=NOW)
    return len(captured)


def test_forty_questions_take_as_many_statements_as_four() -> None:
    few = statements_for(4)
    Course.objects.update(slug="before")
    assert statements_for(40) == few


@pytest.mark.django_db(transaction=True)
def test_of_two_who_bring_the_same_file_at_once_one_is_told_that_it_is_there() -> None:
    owners = [make_person(), make_person()]

    def bring() -> str:
        try:
            import_course_file(TIDES.encode(), owner=owners.pop(), at=NOW)
        except CourseError as refusal:
            return refusal.code
        return "brought"

    assert sorted(at_once(bring, times=2)) == ["brought", "course_exists"]
    assert (Course.objects.count(), Lesson.objects.count()) == (1, 2)


VALUES = st.sampled_from(
    [
        "", " ", "x" * 13, "x" * 61, "x" * 301, "-1", "0", "1", "32768", "9" * 9, "9" * 30, "0.5", "1e9", "nan", "١",
        "yes", "no", "true", "draft", "in_review", "retired", "rejected", "exam", "sequential", "mean", "mixed",
        "one", "two", "tide", "q1", "q2", "first", "water", "single_choice", "cloze", "numeric", "heading",
        "2026-02-30T09:00:00+00:00", "9999-12-31T23:59:59-12:00", "2027-01-01T00:00:00+14:00", "javascript:alert(1)",
        "\\x{0}", "\\x{d800}", "a\\nb", "> The moon pulls it.", "{}", "[1]", '{"a": [null]}', "\u2028", "\x0b",
    ]
)  # fmt: skip
CHANGES = st.lists(
    st.tuples(st.sampled_from(["value", "json", "drop", "double", "swap", "add"]), st.integers(1, 90), VALUES),
    min_size=1,
    max_size=3,
)
FIELDS = ("shuffle", "navigation", "result_rule", "hint_penalty", "position", "reasons", "drafter", "feedback_policy")


def changed(changes: list[tuple[str, int, str]]) -> str:
    """The file with some of its lines given other values, left out, doubled, exchanged or put in between."""
    lines = TIDES.split("\n")
    for change, place, value in changes:
        at = place % (len(lines) - 1) + 1
        name = lines[at].partition(":")[0]
        match change:
            case "value" if ":" in lines[at]:
                lines[at] = f"{name}: {value}"
            case "json" if ":" in lines[at]:
                lines[at] = f"{name} = {value}"
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                lines[at], lines[-1 - at] = lines[-1 - at], lines[at]
            case _:
                lines.insert(at, f"{FIELDS[place % len(FIELDS)]}: {value}")
    return "\n".join(lines)


def as_stored(file: CourseFile) -> CourseFile:
    """What comes back of a file: a tag stands once, and tags in their order."""
    questions = (replace(each, tags=tuple(sorted(set(each.tags)))) for each in file.questions)
    return parse(write(replace(file, questions=tuple(questions))))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
@example([("value", 1, "x" * 301)])
@example([("value", 41, "32768")])
@example([("value", 72, "in_review")])
@example([("double", 58, "")])
def test_whatever_is_done_to_a_file_it_is_refused_or_comes_out_as_it_went_in(
    changes: list[tuple[str, int, str]],
) -> None:
    text = changed(changes)
    with transaction.atomic():
        before = rows_kept()
        try:
            course = import_course_file(text.encode(), owner=make_person(), at=NOW)
        except CourseFileRefused:
            assert rows_kept() == before
        else:
            assert export_course(course) == as_stored(parse(text))
        transaction.set_rollback(True)
