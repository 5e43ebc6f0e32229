"""Whoever follows `next` meets every row that was there when they began, once, whatever others put in meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.db import transaction

from accounts.domain.audit import record
from accounts.domain.inbox import notify
from accounts.domain.tokens import issue_token
from course.domain.cohorts import make_cohort
from course.domain.join_codes import make_code
from course.models import Lesson, TextChange
from course.reading.outline import Span
from hooks.domain.endpoints import add_endpoint, ping
from quizzes.domain.appeals import raise_appeal
from quizzes.domain.attempts import start_attempt, submit_attempt
from quizzes.domain.list_imports import look_at
from quizzes.domain.questions import NewQuestion, add_questions
from quizzes.models import ImportLine, ListImport, ListKind, Question, RegradeLine, Response
from tests.factories import NOW, make_concept, make_course, make_enrollment, make_quiz, make_revision, single_choice
from tests.jobs.threads import at_once
from tests.quizzes.domain.regraded import Class
from tests.quizzes.domain.waiting_answers import OPEN, waiting
from tests.web.api.callers import Caller
from tests.web.api.fuzzing import operations, schemas

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.twice, pytest.mark.slow]

ROWS = 5
PAGED = {
    str(each)
    for each in operations()
    if each.method == "get"
    and "next" in schemas().get(each.answer.get("$ref", "").rpartition("/")[2], {}).get("properties", {})
}


@dataclass(frozen=True)
class Walk:
    """A list: where it begins, which members tell its rows apart, and what puts another row into it."""

    address: str
    named_by: tuple[str, ...]
    insert: Callable[[], Any]

    def name(self, row: Any) -> tuple[str, ...]:
        return tuple(str(row[member]) for member in self.named_by)


class Place:
    """A course with something of everything that is listed."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.group = Class(attempts_allowed=None)
        self.course, self.quiz, self.owner = self.group.course, self.group.quiz, self.group.instructor
        self.caller = Caller(self.owner)
        self.revision = self.course.lessons.select_related("revision").get().revision
        self.learner = make_enrollment(self.course)
        self.group.answered("thirst machine")
        self.run = self.group.plan()
        self.lists = {kind: self.list_of(kind) for kind in ListKind}
        self.endpoint = add_endpoint(
            self.course, address="https://lms.example.org/", types=["attempt.graded"], actor=None
        )
        self.open_quiz = make_quiz(self.course, questions=[("open_response", OPEN)])

    def address(self, below: str) -> str:
        return f"courses/{self.course.slug}/{below}"

    def write(self) -> None:
        news = [NewQuestion("single_choice", single_choice(), None, [Span(24, 52)])]
        add_questions(self.course, questions=news, revision=self.revision, at=NOW)

    def lesson(self) -> None:
        """Behind the last, as a lesson that is cut from the end of the text."""
        with transaction.atomic():
            type(self.course).objects.select_for_update().get(pk=self.course.pk)
            last = Lesson.objects.filter(course=self.course).latest("position")
            slug = f"lesson-{last.position + 1}"
            Lesson.objects.create(
                course=self.course,
                revision=self.revision,
                slug=slug,
                position=last.position + 1,
                start=0,
                end=9,
                words=2,
            )

    def change(self) -> None:
        TextChange.objects.create(
            course=self.course, old=self.revision, new=make_revision(), state="discarded", created_at=NOW
        )

    def list_of(self, kind: ListKind) -> ListImport:
        column = f",{self.quiz.slug}" if kind == ListKind.GRADES else ""
        text = f"Email{column}\nnew@example.org{',50' if column else ''}"
        return look_at(self.course, kind=kind, text=text, reason="Oral exam.", actor=None, hint=False)

    def line(self, kind: ListKind) -> None:
        number = next(self.numbers)
        ImportLine.objects.create(list_import=self.lists[kind], number=number, line=number, fate="same")

    def answer(self, text: str) -> Response:
        attempt = self.group.submitted(text)
        attempt.responses.update(grading="graded", fraction=1)
        return attempt.responses.select_related("version").get()

    def appeal(self) -> None:
        raise_appeal(self.answer(f"machine number {next(self.numbers)}"), text="It is right.")

    def regraded(self) -> None:
        response = self.answer("wet")
        RegradeLine.objects.create(
            run=self.run,
            response=response,
            state="changed",
            version=response.version,
            before_grading="graded",
            before_fraction=1,
            after_fraction=0,
        )

    def try_again(self) -> None:
        submit_attempt(start_attempt(self.quiz, enrollment=self.learner, at=NOW), at=NOW, hint=False)

    def waits(self) -> None:
        quiz = make_quiz(self.course, questions=[("open_response", OPEN)])
        waiting(quiz, ["the wall"])

    def deliver(self) -> None:
        ping(self.endpoint)

    def of_a_response(self) -> str:
        """The group of the answers that say what the first of them said."""
        rows = self.caller.get(self.address(f"answers/{self.group.version.question.uuid}/")).json()["results"]
        (digest,) = (row["digest"] for row in rows if row["variants"][0]["text"] == "thirst machine")
        return str(digest)


def walks(place: Place) -> dict[str, Walk]:
    """By operation, every list that has pages."""
    at, number = place.address, place.numbers
    answers = at(f"answers/{place.group.version.question.uuid}/")
    lists = {kind: at(f"{below}{place.lists[kind].uuid}/lines/") for kind, below in LISTS.items()}
    waits = at(f"grading/{Question.objects.get(items__quiz=place.open_quiz).uuid}/")
    return {
        "get_courses": Walk("courses/", ("uuid",), make_course),
        "get_codes": Walk(at("codes/"), ("uuid",), lambda: make_code(place.course, actor=None)),
        "get_cohorts": Walk(
            at("cohorts/"), ("uuid",), lambda: make_cohort(place.course, name=f"Evening {next(number)}", actor=None)
        ),
        "get_concepts": Walk(at("concepts/"), ("uuid",), lambda: make_concept(place.course)),
        "get_bank": Walk(at("drafts/bank/"), ("question",), place.write),
        "get_draft_questions": Walk(at("drafts/questions/"), ("question",), place.write),
        "get_quizzes": Walk(at("quizzes/"), ("uuid",), lambda: make_quiz(place.course)),
        "get_edited_quizzes": Walk(at("drafts/quizzes/"), ("uuid",), lambda: make_quiz(place.course)),
        "get_text_changes": Walk(at("drafts/text/changes/"), ("uuid",), place.change),
        "get_gradebook": Walk(at("gradebook/"), ("learner",), lambda: make_enrollment(place.course)),
        "get_people": Walk(at("people/"), ("uuid",), lambda: make_enrollment(place.course)),
        "get_grade_lists": Walk(at(LISTS[ListKind.GRADES]), ("uuid",), lambda: place.list_of(ListKind.GRADES)),
        "get_people_lists": Walk(at(LISTS[ListKind.PEOPLE]), ("uuid",), lambda: place.list_of(ListKind.PEOPLE)),
        "get_grade_list_lines": Walk(lists[ListKind.GRADES], ("number",), lambda: place.line(ListKind.GRADES)),
        "get_people_list_lines": Walk(lists[ListKind.PEOPLE], ("number",), lambda: place.line(ListKind.PEOPLE)),
        "get_grading_answers": Walk(
            waits, ("digest",), lambda: waiting(place.open_quiz, [f"It is said that {next(number)}."])
        ),
        "courses_grading_queue": Walk(at("grading/"), ("question",), place.waits),
        "courses_answers_list": Walk(answers, ("digest",), lambda: place.answer(f"machine {next(number)}")),
        "courses_answers_group_list": Walk(
            f"{answers}{place.of_a_response()}/", ("attempt",), lambda: place.answer("thirst machine")
        ),
        "courses_learner_answers_list": Walk(at(f"learners/{place.learner.uuid}/"), ("attempt",), place.try_again),
        "get_appeals": Walk(at("appeals/"), ("uuid",), place.appeal),
        "get_history": Walk(
            at("history/"),
            ("subject",),
            lambda: record("published", subject=f"course:{next(number)}", course=place.course.uuid),
        ),
        "get_regrades": Walk(at("regrades/"), ("uuid",), place.group.plan),
        "get_regrade_changes": Walk(at(f"regrades/{place.run.uuid}/changes/"), ("attempt",), place.regraded),
        "get_webhook_deliveries": Walk(at(f"webhooks/{place.endpoint.uuid}/deliveries/"), ("uuid",), place.deliver),
        "get_inbox": Walk("inbox/", ("uuid",), lambda: notify(place.owner, kind="appeal_decided", text="Decided.")),
        "get_own_tokens": Walk("own/tokens/", ("uuid",), lambda: issue_token(place.owner, name="A program")),
        # Last, because a quiz of the factories belongs to a course's only lesson.
        "get_lessons": Walk(at("lessons/"), ("uuid",), place.lesson),
    }


LISTS = {ListKind.PEOPLE: "people/list/", ListKind.GRADES: "gradebook/import/"}


def page(place: Place, address: str) -> Any:
    answer = place.caller.get(address)
    assert answer.status_code == 200, (address, answer.content[:300])
    body = answer.json()
    assert (f'<{body["next"]}>; rel="next"' in answer.get("Link", "")) == bool(body["next"])
    return body


def walked(place: Place, walk: Walk, *, beside: int) -> list[tuple[str, ...]]:
    """The rows in the order in which they are met, while so many are put in beside every page."""
    met: list[tuple[str, ...]] = []
    address = f"{walk.address}?page_size=2"
    while address:
        # What is put behind the last would be met for ever.
        body = page_beside(place, address, [walk.insert] * (beside if len(met) < 2 * ROWS else 0))
        met += [walk.name(row) for row in body["results"]]
        address = (body["next"] or "").partition("/api/v1/")[2]
    return met


def page_beside(place: Place, address: str, inserts: list[Callable[[], Any]]) -> Any:
    """The page, while each of these is done in a thread of its own."""
    todo: Iterator[Callable[[], Any]] = iter([*inserts, lambda: {"page": page(place, address)}])

    def do_next() -> Any:
        return next(todo)()

    done = at_once(do_next, times=len(inserts) + 1)
    assert len(done) == len(inserts) + 1
    return next(each["page"] for each in done if isinstance(each, dict))


def test_every_row_that_was_there_is_met_once_on_every_list_there_is() -> None:
    place = Place()
    lists, wrong = walks(place), []
    assert set(lists) == PAGED
    for name, walk in lists.items():
        for _ in range(ROWS):
            walk.insert()
        before = [walk.name(row) for row in page(place, f"{walk.address}?page_size=200")["results"]]
        met = walked(place, walk, beside=2)
        assert len(set(before)) == len(before) >= ROWS, name
        if not set(before) <= set(met) or len(set(met)) < len(met):
            wrong.append((name, before, met))
    assert wrong == []
