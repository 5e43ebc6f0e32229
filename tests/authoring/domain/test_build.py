"""A text becomes a draft course, on a real database."""

from __future__ import annotations

import pytest

from authoring.domain.build import build_now, course_of_text, start_build
from course.domain.articles import ArticleFacts
from course.models import Anchor, Concept, ConceptState, CourseState, Lesson, Passage, Revision, Role
from course.reading.formats import read_text
from jobs.domain import run_job
from jobs.models import Job
from quizzes.models import QuestionVersion, Quiz, VersionState
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PARAGRAPHS = [
    "The harbour that waits",
    (
        "For thirty years the council of Port Ashby has kept what locals call a silver leash on its harbour. "
        "The leash is a loan from the city of Marle, and it pays for every crane on the quay."
    ),
    "A borrowed quay",
    (
        "Critics say the arrangement turns the harbour into a tenant of its own lender. The harbour master, "
        "Irena Kovac, disagrees: the quay, she says, would have rusted away long ago without the money from "
        "Marle."
    ),
    (
        "The loan has one unusual clause. If a ship from a rival city docks for more than three days, the "
        "interest doubles, a rule that fishermen have named the sleeping tax."
    ),
    "What the winter will bring",
    (
        "The council votes on the loan in December. Analysts expect a narrow result, because half of the "
        "members fear the sleeping tax more than they fear an empty quay."
    ),
    (
        "If the vote fails, the cranes go back to Marle. A harbour without cranes, the master warns, is only "
        "a beautiful photograph."
    ),
]
ESSAY = "\n\n".join(PARAGRAPHS)


def built() -> Job:
    owner = make_person(may_author=True)
    source = read_text(ESSAY)
    _, job = start_build(source, facts=ArticleFacts(title="The harbour that waits"), owner=owner, hint=False)
    run_job(job.uuid)
    job.refresh_from_db()
    return job


def test_a_build_ends_as_a_draft_course_of_the_owner() -> None:
    job = built()

    assert (job.state, job.current, job.total) == ("done", 2, 3)
    assert job.result is not None
    course = Lesson.objects.select_related("course").earliest("position").course
    assert job.result == {"course": str(course.uuid), "slug": course.slug}
    assert course.state == CourseState.DRAFT
    assert list(course.enrollments.values_list("role", flat=True)) == [Role.OWNER]


def test_each_heading_becomes_a_lesson() -> None:
    built()

    titles = list(Lesson.objects.order_by("position").values_list("title", flat=True))
    assert titles[-2:] == ["A borrowed quay", "What the winter will bring"]


def test_every_span_is_its_quote_in_the_text() -> None:
    built()

    text = Revision.objects.get().text
    assert Anchor.objects.count() > 0
    assert all(text[anchor.start : anchor.end] == anchor.quote for anchor in Anchor.objects.all())
    assert all(text[passage.start : passage.end].strip() for passage in Passage.objects.all())


def test_a_definition_that_was_found_rests_on_its_words() -> None:
    built()

    defined = Concept.objects.exclude(definition="")
    assert {each.definition: each.definition_anchors.get().quote for each in defined} == {
        each.definition: each.definition for each in defined
    }
    assert "the sleeping tax" in " ".join(each.definition for each in defined)
    assert not Anchor.objects.filter(definition__in=Concept.objects.filter(definition="")).exists()


def test_nothing_built_reaches_a_learner_by_itself() -> None:
    built()

    assert set(Concept.objects.values_list("state", flat=True)) == {ConceptState.SUGGESTED}
    assert set(QuestionVersion.objects.values_list("state", flat=True)) == {VersionState.DRAFT}
    assert not QuestionVersion.objects.filter(reviewed_at__isnull=False).exists()


def test_each_lesson_with_questions_has_a_practice_quiz() -> None:
    built()

    for quiz in Quiz.objects.all():
        assert quiz.mode == "practice"
        assert quiz.items.count() > 0


def test_the_same_text_of_the_same_owner_is_the_same_course() -> None:
    job = built()

    course = course_of_text(Revision.objects.get().text, owner=make_person())
    assert course is None
    course = course_of_text(Revision.objects.get().text, owner=None)
    assert course is not None
    assert course.uuid == job.subject


def test_a_text_whose_title_has_no_latin_letters_keeps_a_plain_address() -> None:
    source = read_text("湖与墙\n\n" + "上城在湖上建了一堵墙，下城称之为口渴的机器。" * 12)

    built = build_now(source)

    assert built.course.slug == f"course-{built.revision.article_id}"
