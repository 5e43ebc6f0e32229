"""A definition written by an author leads to further questions, once, and never past a person."""

from __future__ import annotations

import pytest

from authoring.domain.build import build_now
from authoring.domain.further_drafts import define_and_draft, give_up_drafting
from course.domain.anchors import places_of_evidence
from course.models import Concept, Course
from course.reading.formats import read_text
from jobs.domain import run_job
from jobs.models import Job, JobState
from quizzes.drafting.lint import lint
from quizzes.models import QuestionVersion, QuizItem, VersionState
from tests.authoring.domain.test_build import ESSAY
from tests.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MEANING = "A loan that ties a town to the city that lent it the money, without any show of force."


@pytest.fixture
def course() -> Course:
    return build_now(read_text(ESSAY), owner=make_person(may_author=True)).course


@pytest.fixture
def leash(course: Course) -> Concept:
    return Concept.objects.get(course=course, term="silver leash")


def drafted(concept: Concept) -> Job:
    job = define_and_draft(concept, definition=MEANING, hint=False)
    assert job is not None
    run_job(job.uuid)
    job.refresh_from_db()
    return job


def test_a_defined_concept_is_asked_about_by_its_meaning(leash: Concept) -> None:
    known = set(QuestionVersion.objects.values_list("pk", flat=True))
    job = drafted(leash)
    news = QuestionVersion.objects.exclude(pk__in=known)

    assert (job.state, job.result) == (JobState.DONE, {"questions": len(news)})
    assert {version.question.concept for version in news} == {leash}
    assert any(MEANING.rstrip(".") in version.content["stem"] for version in news)


def test_what_was_drafted_is_a_clean_draft_with_its_proof_and_its_seat(leash: Concept) -> None:
    known = set(QuestionVersion.objects.values_list("pk", flat=True))
    drafted(leash)
    news = QuestionVersion.objects.exclude(pk__in=known)
    proofs = places_of_evidence([version.uuid for version in news])
    text = leash.course.lessons.get(position=1).revision.text

    for version in news:
        quotes = [place.quote for place in proofs[version.uuid]]
        assert (version.state, version.reviewed_at, version.origin) == (VersionState.DRAFT, None, "drafted")
        assert lint(version.kind, version.content, evidence=quotes, article=text) == []
        assert QuizItem.objects.filter(question=version.question_id).count() == 1


def test_seats_in_a_quiz_stay_one_for_each_position(leash: Concept) -> None:
    drafted(leash)
    seats = list(QuizItem.objects.values_list("quiz", "position"))
    assert len(seats) == len(set(seats))


def test_the_same_definition_again_drafts_nothing(leash: Concept) -> None:
    drafted(leash)
    assert define_and_draft(leash, definition=MEANING) is None


def test_drafting_again_brings_no_question_back_that_was_there(leash: Concept) -> None:
    drafted(leash)
    QuestionVersion.objects.filter(question__concept=leash).update(state=VersionState.RETIRED)
    before = QuestionVersion.objects.count()
    leash.definition = ""
    assert drafted(leash).result == {"questions": 0}
    assert QuestionVersion.objects.count() == before


def test_a_definition_that_is_taken_away_drafts_nothing(leash: Concept) -> None:
    define_and_draft(leash, definition=MEANING, hint=False)
    Job.objects.all().delete()
    assert define_and_draft(leash, definition="") is None
    assert Concept.objects.get(pk=leash.pk).definition == ""


def test_a_definition_withdrawn_before_the_worker_came_drafts_nothing(leash: Concept) -> None:
    job = define_and_draft(leash, definition=MEANING, hint=False)
    assert job is not None
    Concept.objects.filter(pk=leash.pk).update(definition="")
    run_job(job.uuid)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"questions": 0})


def test_drafting_that_is_given_up_says_so_on_the_concept(leash: Concept) -> None:
    job = define_and_draft(leash, definition=MEANING, hint=False)
    assert job is not None
    give_up_drafting(job, "killed four times")
    assert Concept.objects.get(pk=leash.pk).undrafted.startswith("Drafting with this definition failed.")
    assert Concept.objects.get(pk=leash.pk).definition == MEANING
