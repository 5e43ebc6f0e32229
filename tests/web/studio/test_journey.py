"""From paste to a learner's graded answer in plain forms, as a browser without JavaScript sends them."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from course.models import Course
from jobs.domain import run_job
from jobs.models import Job
from quizzes.models import Attempt
from quizzes.questions import question_type
from tests.authoring.domain.test_build import ESSAY
from tests.factories import make_person
from tests.web.studio.drafts import make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.twice]


def run_all(kind: str) -> None:
    for job in list(Job.objects.filter(kind=kind, finished_at__isnull=True)):
        run_job(job.uuid)


def one(pattern: str, page: str) -> str:
    found = re.search(pattern, page)
    assert found, f"{pattern} is not on the page"
    return found[1]


def test_an_article_becomes_a_graded_answer_in_plain_forms() -> None:
    instructor, learner = Client(), Client()
    instructor.force_login(make_author())
    learner.force_login(make_person())

    build = instructor.post("/studio/import/", {"text": ESSAY, "title": "The harbour that waits"})["Location"]
    assert "Waiting for a worker" in instructor.get(build).content.decode()
    run_all("build_course")
    course = instructor.get(build)["Location"]
    slug = Course.objects.get().slug

    queue = instructor.get(f"{course}questions/").content.decode()
    place = one(r'href="([^"]+)">Review question 1<', queue)
    for _ in range(100):
        place = instructor.post(f"{place}decide/", {"do": "accept"})["Location"]
        if place == f"{course}questions/":
            break
    for concept in Course.objects.get().concepts.all()[:3]:
        instructor.post(f"{course}concepts/{concept.slug}/define/", {"definition": "What is meant."})
        instructor.post(f"{course}concepts/{concept.slug}/decide/", {"do": "accept"})
    assert learner.get(f"/courses/{slug}/").status_code == 404
    assert "Published." in instructor.post(f"{course}publish/", follow=True).content.decode()

    page = learner.get(f"/courses/{slug}/").content.decode()
    quiz = one(rf'href="(/courses/{slug}/quizzes/[^"]+)"', page)
    attempt = learner.post(f"{quiz}start/")["Location"]
    form = {"many": [], "sequence-1": "0"}
    first = Attempt.objects.get().responses.select_related("version").get(position=1)
    right = question_type(first.version.kind).model_answer(first.version.content)
    answers = {f"-{gap}": text for gap, text in right.items()} if isinstance(right, dict) else {"": right}
    learner.post(attempt, {**form, **{f"answer-1{gap}": text for gap, text in answers.items()}})
    learner.post(f"{attempt}submit/")
    run_all("grade_attempt")

    first.refresh_from_db()
    assert first.fraction == 1
    assert learner.get(attempt).status_code == 200
