"""Whatever was read and drafted is stored whole: long, empty, doubled, late and at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from authoring.domain.build import (
    CLEANER,
    UNTITLED,
    Built,
    build_of,
    course_being_built_of_text,
    course_of_text,
    give_up_build,
    lesson_span,
    retry_build,
    start_build,
    store_draft,
)
from authoring.domain.build_report import build_report
from course.domain.articles import ArticleFacts, add_article, add_revision
from course.models import Anchor, Concept, Course, Lesson, Passage, Revision
from course.reading.outline import (
    ConceptKind,
    ConceptOutline,
    LessonOutline,
    Mark,
    Outline,
    PassageKind,
    PassageOutline,
    ReadingWarning,
    Source,
    Span,
)
from jobs.domain import LostLease, claim, finish, run_job
from jobs.models import Job, JobState
from quizzes.drafting.draft import DraftedQuestion, Drafts, Undrafted
from quizzes.models import QuestionVersion, Quiz, QuizItem
from tests.authoring.domain.tides import rows_kept
from tests.factories import NOW, make_person, single_choice
from tests.jobs.threads import at_once


def outlined(
    lines: Sequence[str], *, lessons: int = 1, concepts: Sequence[ConceptOutline] = (), **fields: Any
) -> Outline:
    """The lines as paragraphs, shared out evenly among so many lessons."""
    text, spans = "", []
    for line in lines:
        spans.append(Span(len(text), len(text) + len(line)))
        text += f"{line}\n\n"
    passages = tuple(PassageOutline(n, PassageKind.PARAGRAPH, span) for n, span in enumerate(spans))
    each = len(lines) // lessons if lessons else 0
    parts = tuple(
        LessonOutline(n, f"Part {n}", None, tuple(range((n - 1) * each, n * each)), 5 * each)
        for n in range(1, lessons + 1)
    )
    read = Outline(text, "", "en", passages, parts, tuple(concepts))
    return replace(read, **fields)


NOTHING = Drafts((), ())


def empty_course(text: str, *, title: str = "") -> tuple[Course, Revision]:
    revision = add_revision(add_article(ArticleFacts(title=title), at=NOW), text=text, at=NOW)
    course = Course.objects.create(title=title, slug=f"course-{uuid4().hex[:8]}", created_at=NOW)
    return course, revision


def stored(read: Outline, drafts: Drafts = NOTHING, *, title: str = "") -> Built:
    course, revision = empty_course(read.text, title=title)
    built = Built(course, revision, read, drafts)
    store_draft(built, at=NOW)
    return built


def drafted(read: Outline, *places: tuple[str, int]) -> Drafts:
    """A draft on each concept, proved by the passage with this number."""
    questions = [
        DraftedQuestion("single_choice", concept, single_choice(), read.passages[place].span, "who")
        for concept, place in places
    ]
    return Drafts(tuple(questions), ())


LAKE = ("The lake feeds two towns.", "The upper town built a wall.", "The lower town waits.", "Rain is rare here.")


@pytest.mark.django_db
@pytest.mark.database
def test_a_text_of_which_nothing_is_known_is_an_empty_draft() -> None:
    built = stored(outlined(LAKE, lessons=0))
    course = Course.objects.get()
    assert (course.title, course.slug) == (UNTITLED, "untitled-article")
    assert (Passage.objects.count(), Lesson.objects.count(), Quiz.objects.count()) == (4, 0, 0)
    assert build_report(built)["lessons"] == []


@pytest.mark.django_db
@pytest.mark.database
@pytest.mark.parametrize(
    ("named", "read", "title", "slug"),
    [
        ("", "What it says", "What it says", "what-it-says"),
        ("Given", "What it says", "Given", None),
        ("", "x" * 1000, "x" * 300, "x" * 60),
        ("", "中国", "中国", None),
        ("", "<b>Bold</b> & co", "<b>Bold</b> & co", "bboldb-co"),
    ],
)
def test_a_course_is_named_by_its_author_or_else_by_its_text(
    named: str, read: str, title: str, slug: str | None
) -> None:
    built = stored(outlined(LAKE, title=read), title=named)
    row = Course.objects.get()
    assert (row.title, row.slug) == (title, slug or built.course.slug)
    assert built.revision.article.title == (named or title)


@pytest.mark.django_db
@pytest.mark.database
def test_lessons_of_one_title_have_addresses_of_their_own() -> None:
    read = outlined(LAKE, lessons=4)
    same = tuple(replace(lesson, title="Water") for lesson in read.lessons[:3])
    stored(replace(read, lessons=(*same, replace(read.lessons[3], title="水" * 400))))
    assert list(Lesson.objects.order_by("position").values_list("slug", "title")) == [
        ("water", "Water"), ("water-2", "Water"), ("water-3", "Water"), ("lesson-4", "水" * 300),
    ]  # fmt: skip


def concept(term: str, rank: int, *mentions: Span, **fields: Any) -> ConceptOutline:
    return ConceptOutline(term, ConceptKind.EXPRESSION, rank, mentions, **fields)


@pytest.mark.django_db
@pytest.mark.database
def test_a_term_that_is_too_long_is_cut_and_keeps_its_questions() -> None:
    long = "a wall that holds back the water of the lake for ever " * 6
    read = outlined(LAKE, concepts=[concept(long, 1), concept("Lake", 2), concept("lake", 3)])
    stored(read, drafted(read, (long, 1), ("lake", 0), ("nothing known", 2)))
    found = list(QuestionVersion.objects.order_by("pk").values_list("question__concept__term", flat=True))
    assert found == [long[:200], "lake", None]
    assert list(Concept.objects.order_by("rank").values_list("slug", flat=True))[1:] == ["lake", "lake-2"]


@pytest.mark.django_db
@pytest.mark.database
def test_why_nothing_was_drafted_stands_on_the_concept_and_no_longer_than_it_may() -> None:
    read = outlined(LAKE, concepts=[concept("lake", 1), concept("wall", 2)])
    stored(read, Drafts((), (Undrafted("lake", "r" * 500), Undrafted("gone", "No such concept."))))
    assert list(Concept.objects.order_by("rank").values_list("undrafted", flat=True)) == ["r" * 300, ""]


@pytest.mark.django_db
@pytest.mark.database
def test_each_lesson_with_questions_asks_them_in_the_order_of_the_text() -> None:
    read = outlined(LAKE, lessons=2, concepts=[concept("lake", 1)])
    stored(read, drafted(read, ("lake", 3), ("lake", 1), ("lake", 0), ("lake", 2)))
    seats = QuizItem.objects.order_by("quiz__position", "position").values_list("quiz__slug", "question")
    versions = list(QuestionVersion.objects.order_by("pk").values_list("question", flat=True))
    assert list(seats) == [
        ("part-1", versions[2]), ("part-1", versions[1]), ("part-2", versions[3]), ("part-2", versions[0]),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.database
def test_a_question_outside_every_lesson_waits_in_the_bank() -> None:
    read = outlined(LAKE, lessons=1, concepts=[concept("lake", 1)])
    first = replace(read.lessons[0], passages=(0, 1))
    stored(replace(read, lessons=(first,)), drafted(read, ("lake", 0), ("lake", 3)))
    assert (QuestionVersion.objects.count(), QuizItem.objects.count()) == (2, 1)


@pytest.mark.django_db
@pytest.mark.database
def test_definitions_and_mentions_rest_on_the_words_of_the_text() -> None:
    read = outlined(LAKE)
    wall = Span(read.text.index("a wall"), read.text.index("a wall") + 6)
    stored(replace(read, concepts=(concept("wall", 1, wall, definition=read.passages[1].span),)))
    assert Concept.objects.get().definition == LAKE[1]
    kept = Anchor.objects.order_by("pk").values_list("quote", "mention__concept__term", "definition__term")
    assert list(kept) == [("a wall", "wall", None), (LAKE[1], None, "wall")]


def statements(count: int) -> int:
    lines = [f"Line {number} tells of the lake." for number in range(count)]
    found = [concept(f"term {number}", number + 1, Span(0, 4), definition=Span(0, 4)) for number in range(count)]
    read = outlined(lines, lessons=count, concepts=found)
    drafts = drafted(read, *((f"term {number}", number) for number in range(count)))
    course, revision = empty_course(read.text, title="T")
    with CaptureQueriesContext(connection) as captured:
        store_draft(Built(course, revision, read, drafts), at=NOW)
    assert QuizItem.objects.filter(quiz__course=course).count() == count
    return len(captured)


@pytest.mark.django_db
@pytest.mark.database
def test_forty_of_everything_take_as_many_statements_as_one() -> None:
    assert statements(40) == statements(1)


def test_a_lesson_reaches_from_its_heading_to_its_last_passage_in_whatever_order_they_are_named() -> None:
    read = outlined(LAKE)
    spans = [passage.span for passage in read.passages]
    lesson = LessonOutline(1, "Part", 2, (3, 1), 5)
    assert lesson_span(read, lesson) == Span(spans[1].start, spans[3].end)
    assert lesson_span(read, replace(lesson, heading=None, passages=(2,))) == spans[2]


lines = st.lists(st.text("ab \u00e9中🌊.", min_size=1, max_size=12), min_size=1, max_size=6)


@settings(max_examples=40)
@given(lines, st.integers(0, 3), st.booleans())
def test_a_report_quotes_what_stands_at_the_places_that_it_names(
    texts: list[str], which: int, is_dropped: bool
) -> None:
    read = outlined(texts)
    place = which % len(texts)
    kind = PassageKind.BOILERPLATE if is_dropped else PassageKind.PULL_QUOTE
    odd = replace(read.passages[place], kind=kind, reason="tail", duplicates=read.passages[0].span)
    passages = (*read.passages[:place], odd, *read.passages[place + 1 :])
    found = concept("a", 1, *(passage.span for passage in passages))
    read = replace(read, passages=passages, concepts=(found,), warnings=(ReadingWarning("short", "It is short."),))
    course = Course(slug="c", title="C")
    report = build_report(Built(course, Revision(text=read.text), read, drafted(read, ("a", place))))
    spans = [each for concept in report["concepts"] for each in concept["mentions"]]
    spans += [draft["evidence"] for draft in report["drafts"]]
    assert [each["quote"] for each in spans] == [read.text[each["start"] : each["end"]] for each in spans]
    assert [each["quote"] for each in spans] == [*texts, texts[place]]
    assert [each["text"] for each in report["dropped"]] == ([texts[place]] if is_dropped else [])
    assert [each["text"] for each in report["pull_quotes"]] == ([] if is_dropped else [texts[place]])
    assert report["warnings"] == [{"code": "short", "message": "It is short."}]


SHORT = "\n\n".join(LAKE)


@pytest.mark.django_db
@pytest.mark.database
def test_the_same_press_twice_is_one_course_and_one_job() -> None:
    owner, once = make_person(), uuid4()
    start_build(Source(SHORT), facts=ArticleFacts(title="Lake"), owner=owner, uuid=once, hint=False)
    before = rows_kept()
    with pytest.raises(IntegrityError), transaction.atomic():
        start_build(Source(SHORT), facts=ArticleFacts(title="Lake"), owner=owner, uuid=once, hint=False)
    assert (rows_kept(), Job.objects.count()) == (before, 1)


@pytest.mark.django_db
@pytest.mark.database
def test_a_text_that_is_being_built_is_known_to_its_owner_alone_until_it_is_done() -> None:
    owner, other = make_person(), make_person()
    course, job = start_build(Source(SHORT), facts=ArticleFacts(title="Lake"), owner=owner, hint=False)
    assert course_being_built_of_text(SHORT, owner=owner) == course
    assert course_being_built_of_text(SHORT, owner=other) is None
    assert course_being_built_of_text(f"{SHORT} ", owner=owner) is None
    assert course_of_text(SHORT, owner=owner) is None
    run_job(job.uuid)
    assert course_being_built_of_text(SHORT, owner=owner) is None
    assert (course_of_text(SHORT, owner=owner), course_of_text(SHORT, owner=other)) == (course, None)
    assert course_of_text(SHORT, owner=None) == course


@pytest.mark.django_db
@pytest.mark.database
def test_a_build_that_is_recorded_twice_is_stored_once() -> None:
    _, job = start_build(Source(SHORT), facts=ArticleFacts(title="Lake"), owner=make_person(), hint=False)
    claimed = claim(job.uuid)
    assert claimed is not None
    built = Built(Course.objects.get(), Revision.objects.get(), outlined(LAKE), NOTHING)
    finish(claimed, built)
    before = rows_kept()
    with pytest.raises(LostLease):
        finish(claimed, built)
    assert rows_kept() == before


@pytest.mark.django_db
@pytest.mark.database
def test_a_build_that_was_given_up_says_so_is_tried_again_and_forgets_it() -> None:
    course, job = start_build(Source(SHORT), facts=ArticleFacts(title="Lake"), owner=make_person(), hint=False)
    assert not retry_build(course)
    give_up_build(job, "killed")
    Job.objects.filter(pk=job.pk).update(state=JobState.QUARANTINED, finished_at=NOW, next_try_at=None)
    course.refresh_from_db()
    assert [warning["code"] for warning in course.reading_warnings] == ["build_failed"]
    assert retry_build(course)
    assert not retry_build(course)
    course.refresh_from_db()
    assert (course.reading_warnings, Job.objects.get().state) == ([], JobState.QUEUED)
    run_job(job.uuid)
    assert (Job.objects.get().state, course.lessons.exists()) == (JobState.DONE, True)
    assert not retry_build(course)


@pytest.mark.django_db
@pytest.mark.database
def test_what_the_format_said_of_lines_is_kept_for_the_worker() -> None:
    marks = (Mark(Span(0, len(LAKE[0])), PassageKind.HEADING, 2), Mark(Span(27, 55), PassageKind.QUOTE))
    course, job = start_build(Source(SHORT, marks=marks), facts=ArticleFacts(title="Lake"), owner=None, hint=False)
    assert job.payload["marks"] == [[0, 25, "heading", 2], [27, 55, "quote", 0]]
    run_job(job.uuid)
    kinds = Passage.objects.filter(cleaner=CLEANER).order_by("position").values_list("kind", flat=True)[:2]
    assert list(kinds) == ["heading", "quote"]
    assert (course.enrollments.count(), build_of(course)) == (0, Job.objects.get())


@pytest.mark.django_db
@pytest.mark.database
def test_a_course_that_is_gone_before_its_worker_came_takes_no_other_along() -> None:
    gone, job = start_build(Source(SHORT), facts=ArticleFacts(title="Lake"), owner=None, hint=False)
    kept, other = start_build(Source(f"{SHORT}!"), facts=ArticleFacts(title="Lake"), owner=None, hint=False)
    gone.delete()
    run_job(job.uuid)
    run_job(other.uuid)
    assert Job.objects.get(pk=other.pk).state == JobState.DONE
    assert list(Lesson.objects.values_list("course", flat=True).distinct()) == [kept.pk]


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_many_who_import_under_one_title_at_once_have_addresses_of_their_own() -> None:
    people = [make_person() for _ in range(4)]

    def begin() -> str:
        owner = people.pop()
        return start_build(Source(SHORT), facts=ArticleFacts(title="Lake"), owner=owner, hint=False)[0].slug

    assert sorted(at_once(begin, times=4)) == ["lake", "lake-2", "lake-3", "lake-4"]
