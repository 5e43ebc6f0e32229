"""What an entry of the audit log speaks of, as it is called today."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEntry
from course.domain.cohorts import make_cohort, rename_cohort
from course.models import Course
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.appeals import raise_appeal
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.quiz_shelf import delete_quiz
from quizzes.domain.regrades import plan_regrade
from quizzes.domain.versions import new_version
from quizzes.models import ListImport, ListKind, Question, QuestionVersion, Response
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, single_choice
from tests.hooks.hooked import make_endpoint
from web.studio.history_words import GONE, LONGEST, NAMES, PLAIN, things_named

NOBODY = UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a001")


def named(*subjects: str) -> dict[str, str]:
    return things_named([AuditEntry(subject=subject) for subject in subjects])


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("course", "the course"),
        ("article", "the article"),
        ("code", "a join code"),
        ("person", "a person"),
    ],
)
def test_what_has_no_name_of_its_own_is_called_by_its_kind_without_a_query(kind: str, words: str) -> None:
    subject = f"{kind}:{NOBODY}"

    assert named(subject) == {subject: words}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", GONE)
@pytest.mark.parametrize("public_id", [str(NOBODY), "no-uuid", "", "%"])
def test_what_is_not_there_any_more_is_said_to_be_gone(kind: str, public_id: str) -> None:
    subject = f"{kind}:{public_id}"

    assert named(subject) == {subject: GONE[kind]}


@pytest.mark.parametrize("subject", ["planet:earth", "planet", ""])
def test_what_nobody_knows_is_shown_as_it_stands(subject: str) -> None:
    assert named(subject) == {subject: subject}


def test_every_kind_that_has_a_name_has_words_for_when_it_is_gone_and_no_other() -> None:
    assert set(GONE) == set(NAMES)
    assert not set(PLAIN) & set(NAMES)


class Scene:
    """A course with one thing of each kind that has a name."""

    def __init__(self, course: Course) -> None:
        self.quiz = make_quiz(course, title="The wall", questions=1)
        self.question = Question.objects.get(course=course)
        self.concept = make_concept(course, "thirst machine")
        self.cohort = make_cohort(course, name="Evenings", actor=None)
        self.part = make_enrollment(course)
        self.part.user.name = "Ana"
        self.part.user.save()
        quiz = make_quiz(course, title="The water", questions=[("single_choice", single_choice("Who pays for it?"))])
        self.attempt = start_attempt(quiz, enrollment=self.part)
        submit_attempt(self.attempt)
        run_job(Job.objects.get(subject=self.attempt.uuid).uuid)
        response = Response.objects.select_related("version__question").get(attempt=self.attempt)
        self.appeal = raise_appeal(response, text="Look!")
        asked = response.version.question
        of = {"of it": asked, "of both": asked, "of the quiz": None, "of some": None}
        quizzes = {"of both": quiz, "of the quiz": quiz}
        self.runs = {
            words: plan_regrade(
                course,
                quiz=quizzes.get(words),
                question=question,
                responses=[response],
                reason="R",
                hint=False,
                actor=None,
            )
            for words, question in of.items()
        }
        self.lists = {
            kind: ListImport.objects.create(course=course, kind=kind, reason="R", created_at=NOW) for kind in ListKind
        }
        self.endpoint = make_endpoint("https://lms.example.org/hook?key=secret", course=course)

    @property
    def names(self) -> dict[str, str]:
        return {
            f"quiz:{self.quiz.uuid}": "the quiz “The wall”",
            f"question:{self.question.uuid}": "the question “Who built the wall?”",
            f"concept:{self.concept.uuid}": "the concept “thirst machine”",
            f"cohort:{self.cohort.uuid}": "the cohort “Evenings”",
            f"enrollment:{self.part.uuid}": "the part of Ana",
            f"attempt:{self.attempt.uuid}": "attempt 1 of Ana at “The water”",
            f"appeal:{self.appeal.uuid}": "the appeal of Ana about “Who pays for it?”",
            f"regrade:{self.runs['of it'].uuid}": "a regrade of “Who pays for it?”",
            f"regrade:{self.runs['of both'].uuid}": "a regrade of “Who pays for it?” in “The water”",
            f"regrade:{self.runs['of the quiz'].uuid}": "a regrade of the quiz “The water”",
            f"regrade:{self.runs['of some'].uuid}": "a regrade",
            f"list:{self.lists[ListKind.PEOPLE].uuid}": "a list of people",
            f"list:{self.lists[ListKind.GRADES].uuid}": "a list of grades",
            f"endpoint:{self.endpoint.uuid}": "the endpoint at lms.example.org",
        }


@pytest.mark.django_db
def test_everything_is_called_what_it_is_called_today() -> None:
    scene = Scene(make_course())
    assert named(*scene.names) == scene.names

    rename_cohort(scene.cohort, name="Nights", actor=None)
    new_version(QuestionVersion.objects.get(question=scene.question), content=single_choice("Who pays for it?"))
    quiz = f"quiz:{scene.quiz.uuid}"
    delete_quiz(scene.quiz, actor=None)

    assert named(*scene.names) == {
        **scene.names,
        quiz: "a quiz that is gone",
        f"question:{scene.question.uuid}": "the question “Who pays for it?”",
        f"cohort:{scene.cohort.uuid}": "the cohort “Nights”",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 5])
def test_eleven_queries_name_everything_whatever_its_number(count: int) -> None:
    subjects = [subject for _ in range(count) for subject in Scene(make_course()).names]

    with CaptureQueriesContext(connection) as asked:
        found = named(*subjects, *subjects, f"course:{NOBODY}")

    assert (len(found), len(asked)) == (14 * count + 1, 11)


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "shown"), [(LONGEST, "x" * LONGEST), (LONGEST + 1, "x" * (LONGEST - 1) + "…")])
def test_a_long_question_is_cut(length: int, shown: str) -> None:
    course = make_course()
    make_quiz(course, questions=[("single_choice", single_choice("x" * length))])
    question = Question.objects.get(course=course)

    assert named(f"question:{question.uuid}") == {f"question:{question.uuid}": f"the question “{shown}”"}
