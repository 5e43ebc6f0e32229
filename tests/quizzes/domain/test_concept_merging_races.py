"""Whether a grading or a merge of concepts ends first, learners are known the same."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import transaction

from jobs.domain import run_job
from jobs.domain.claim import ClaimedJob, claim
from jobs.models import Job
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import take_back
from quizzes.domain.grading import grade_attempt, record_grades
from quizzes.domain.people_grades import record_person_grades
from quizzes.domain.rebuild import rebuild_progress
from quizzes.models import Attempt, CauseKind, ConceptMastery, QuizItem, Response
from tests.factories import NOW, make_enrollment, make_person
from tests.quizzes.domain.merging import Class
from tests.quizzes.domain.test_concurrency import at_once

database = pytest.mark.database


def without_pools(*, learners: int = 0, answered: int = 2) -> Class:
    """A course in which each term is asked about by the two questions of its own quiz."""
    scene = Class(learners=learners, answered=answered)
    QuizItem.objects.filter(pool__isnull=False).delete()
    return scene


def submitted(scene: Class) -> Job:
    """The job that grades a new learner's attempt at the quiz on the first term."""
    attempt = start_attempt(scene.quizzes[0], enrollment=make_enrollment(scene.course))
    for position in (1, 2):
        save_answer(attempt, given=GivenAnswer(position, "k7", None))
    submit_attempt(attempt)
    return Job.objects.get(kind="grade_attempt", subject=attempt.uuid)


def merge(scene: Class) -> object:
    return merge_concepts(scene.concept("term1x"), into=scene.concept("term2x"), by=None, at=NOW)


def known(job: Job) -> list[tuple[str, int]]:
    """The terms that the learner of this job is known by, and how many answers tell of each."""
    learner = Attempt.objects.get(uuid=str(job.subject)).enrollment
    rows = ConceptMastery.objects.filter(enrollment=learner).select_related("concept").order_by("concept__term")
    return [(row.concept.term, len(row.evidence)) for row in rows]


def claimed(job: Job) -> ClaimedJob:
    found = claim(job.uuid)
    assert found is not None
    return found


@database
@pytest.mark.django_db
class TestGradedBefore:
    """What a worker read of a question before the merge is old by the time it records its grades."""

    def test_a_grading_that_ends_after_a_merge_counts_for_the_concept_that_stays(self) -> None:
        scene = without_pools()
        job = submitted(scene)
        held = claimed(job)
        graded = grade_attempt(held)
        merge(scene)
        with transaction.atomic():
            record_grades(held, graded)
        assert known(job) == [("term2x", 2)]
        assert rebuild_progress(check=True) == []

    def test_a_grading_that_ends_after_a_merge_was_taken_back_counts_for_its_own_concept(self) -> None:
        scene = without_pools()
        deed = merge_concepts(scene.concept("term1x"), into=scene.concept("term2x"), by=None, at=NOW)
        job = submitted(scene)
        held = claimed(job)
        graded = grade_attempt(held)
        take_back(scene.course, deed=deed, at=NOW)
        with transaction.atomic():
            record_grades(held, graded)
        assert known(job) == [("term1x", 2)]
        assert rebuild_progress(check=True) == []

    def test_a_person_who_read_an_answer_before_the_merge_grades_it_for_the_concept_that_stays(self) -> None:
        scene = without_pools()
        job = submitted(scene)
        run_job(job.uuid)
        read = list(Response.objects.select_related("attempt__quiz", "version__question__concept").order_by("position"))
        merge(scene)
        record_person_grades(
            read,
            fraction_by_response={response.pk: Decimal(0) for response in read},
            feedback="",
            detail={},
            actor=make_person(),
            cause_kind=CauseKind.OVERRIDE,
            at=NOW,
        )
        assert known(job) == [("term2x", 2)]
        assert rebuild_progress(check=True) == []

    def test_a_question_that_lost_its_concept_meanwhile_tells_of_none(self) -> None:
        scene = without_pools()
        job = submitted(scene)
        held = claimed(job)
        graded = grade_attempt(held)
        scene.concept("term1x").questions.update(concept=None)
        with transaction.atomic():
            record_grades(held, graded)
        assert known(job) == []


@database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_undone", [False, True], ids=["merged", "taken apart"])
def test_whatever_ends_first_everybody_is_known_by_the_concept_that_asks(is_undone: bool) -> None:
    scene = without_pools(learners=1)
    deed = merge(scene) if is_undone else None
    jobs = [submitted(scene) for _ in range(5)]
    change: Callable[[], object] = (
        (lambda: take_back(scene.course, deed=deed, at=NOW)) if is_undone else (lambda: merge(scene))  # type: ignore[arg-type]  # -- a deed by now
    )

    at_once(lambda number: change() if number == 2 else run_job(jobs[number - (number > 2)].uuid), threads=6)

    assert [known(job) for job in jobs] == [[("term1x" if is_undone else "term2x", 2)]] * 5
    assert rebuild_progress(check=True) == []
