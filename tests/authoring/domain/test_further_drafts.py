"""A definition written by an author leads to further questions, once, and never past a person."""

from __future__ import annotations

from uuid import uuid4

import pytest

from authoring.domain.build import build_now
from authoring.domain.course_export import export_course
from authoring.domain.further_drafts import define_and_draft, draft_further, give_up_drafting, record_further
from course.domain.anchors import places_of_evidence
from course.models import Concept, Course
from course.reading.formats import read_text
from jobs.domain import ClaimedJob, claim, finish, run_job
from jobs.models import Job, JobState
from quizzes.domain.concept_merging import merge_concepts
from quizzes.drafting.lint import lint
from quizzes.formats.course_file import check, write
from quizzes.models import QuestionVersion, QuizItem, VersionState
from tests.authoring.domain.test_build import ESSAY
from tests.factories import make_concept, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MEANING = "A loan that ties a town to the city that lent it the money, without any show of force."
OTHERWISE = "Money that a council borrows from its neighbour and pays back by obedience in all that counts."


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
    define_and_draft(leash, definition="")
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


def begun(concept: Concept, definition: str = MEANING) -> ClaimedJob:
    """The job of a new definition, as a worker has it in hands."""
    job = define_and_draft(concept, definition=definition, hint=False)
    assert job is not None
    claimed = claim(job.uuid)
    assert claimed is not None
    return claimed


def stems_on(concept: Concept) -> list[str]:
    versions = QuestionVersion.objects.filter(question__concept=concept).order_by("pk")
    return [version.content.get("stem", "") + version.content.get("text", "") for version in versions]


def test_a_definition_that_changes_while_a_worker_drafts_is_drafted_from_too(leash: Concept) -> None:
    claimed = begun(leash)
    first = draft_further(claimed)
    later = define_and_draft(leash, definition=OTHERWISE, hint=False)
    assert later is not None
    assert later.uuid != claimed.uuid
    finish(claimed, first)
    run_job(later.uuid)
    asked = "\n".join(stems_on(leash))
    assert MEANING.rstrip(".") in asked
    assert OTHERWISE.rstrip(".") in asked


def test_two_jobs_that_drafted_the_same_leave_it_once(leash: Concept) -> None:
    one, other = begun(leash, OTHERWISE), begun(leash, MEANING)
    found = [draft_further(one), draft_further(other)]
    before = len(stems_on(leash))
    results = [record_further(claimed, further) for claimed, further in zip((one, other), found, strict=True)]
    stems = stems_on(leash)
    assert results[0]["questions"] == len(stems) - before > 0
    assert results[1] == {"questions": 0}
    assert len(set(stems)) == len(stems)


def test_what_was_merged_while_a_worker_drafted_is_asked_about_with_its_holder(leash: Concept, course: Course) -> None:
    claimed = begun(leash)
    further = draft_further(claimed)
    holder = make_concept(course, "debt")
    merge_concepts(leash, into=holder, by=None)
    assert record_further(claimed, further)["questions"] > 0
    assert stems_on(leash) == []
    assert any(MEANING.rstrip(".") in stem for stem in stems_on(holder))
    # A question on a merged concept would be an error in the course's own file.
    assert [problem.code for problem in check(write(export_course(course))) if not problem.warning] == []


def test_what_was_merged_and_merged_again_ends_with_the_last(leash: Concept, course: Course) -> None:
    claimed = begun(leash)
    further = draft_further(claimed)
    middle, last = make_concept(course, "debt"), make_concept(course, "loan")
    merge_concepts(leash, into=middle, by=None)
    merge_concepts(middle, into=last, by=None)
    questions = record_further(claimed, further)["questions"]
    new = QuestionVersion.objects.order_by("-pk")[:questions]
    assert {version.question.concept for version in new} == {last}


def test_a_page_that_is_out_of_date_asks_for_nothing_that_was_said_already(leash: Concept) -> None:
    seen_before = Concept.objects.get(pk=leash.pk)
    drafted(leash)
    assert define_and_draft(seen_before, definition=MEANING) is None
    assert Job.objects.filter(kind="draft_further").count() == 1


def test_a_course_without_a_part_has_nothing_to_draft_from(leash: Concept) -> None:
    claimed = begun(leash)
    leash.course.lessons.all().delete()
    assert draft_further(claimed) is None
    assert record_further(claimed, None) == {"questions": 0}


def test_a_concept_that_is_defined_again_says_no_more_that_drafting_failed(leash: Concept) -> None:
    give_up_drafting(Job(subject=leash.uuid), "")
    drafted(leash)
    assert Concept.objects.get(pk=leash.pk).undrafted == ""


def test_giving_up_on_what_is_not_there_any_more_is_no_error() -> None:
    give_up_drafting(Job(subject=uuid4()), "")
    assert not Concept.objects.exists()
