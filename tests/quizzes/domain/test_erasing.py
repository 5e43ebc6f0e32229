"""A person forgotten: every table is read for what they were known by, before and after."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, transaction

from accounts.domain.inbox import notify
from accounts.domain.keyed_calls import GivenReply, NamedCall, keep_reply
from accounts.domain.tokens import issue_token
from accounts.models import AuditEntry, PersonalToken, User
from course.domain.parts import end_part
from course.errors import LastOwner
from course.models import Course, Enrollment, Note, Role
from jobs.domain import run_job
from jobs.models import Job
from quizzes.domain.appeals import raise_appeal
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.erasing import ask_to_erase, erase_person, what_erasing_touches
from quizzes.domain.overrides import override_grade
from quizzes.domain.personal_copy import personal_copy
from quizzes.domain.rebuild import rebuild_results
from quizzes.domain.weekly_goal import set_goal
from quizzes.models import (
    AnswerEvent,
    Attempt,
    Card,
    Certificate,
    GradingEvent,
    ItemStatistic,
    Recall,
    Response,
    Result,
)
from tests.factories import NOW, make_course, make_enrollment, make_person, make_quiz, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAME, EMAIL = "Xenia Quackenbush", "xenia.quackenbush@example.org"
OPEN = {
    "stem": "Why did they build it?",
    "explanation": "",
    "model": "To keep the water.",
    "rubric": [{"id": "k5w", "text": "Names the water", "points": 1}],
}


@dataclass
class Known:
    """Somebody whose name and address stand wherever a learner can leave them, and another learner beside them."""

    course: Course
    person: User
    other: Enrollment
    attempt: Attempt


@pytest.fixture
def known() -> Known:
    course = make_course(owner=make_person("Olga", may_author=True))
    quiz = make_quiz(course, questions=[("single_choice", single_choice()), ("open_response", OPEN)])
    person = User.objects.create_user(EMAIL, "a long password", name=NAME, email_verified_at=NOW)
    EmailAddress.objects.create(user=person, email=EMAIL, primary=True, verified=True)
    part = Enrollment.objects.create(course=course, user=person, enrolled_at=NOW)
    attempt = taken(quiz, part, f"I am {NAME}, {EMAIL}.")
    other = make_enrollment(course)
    taken(quiz, other, "To keep the water for themselves.")
    leave_traces(attempt, part)
    return Known(course, person, other, attempt)


def taken(quiz: Any, part: Enrollment, words: str) -> Attempt:
    attempt = start_attempt(quiz, enrollment=part)
    for position, answer in ((1, "k7"), (2, words[:9]), (2, words)):
        save_answer(attempt, given=GivenAnswer(position, answer, None))
    submit_attempt(attempt)
    for job in Job.objects.filter(state="queued"):
        run_job(job.uuid)
    return attempt


def leave_traces(attempt: Attempt, part: Enrollment) -> None:
    typed = attempt.responses.get(position=2)
    raise_appeal(attempt.responses.get(position=1), text=f"{NAME} knows better.")
    owner = part.course.enrollments.get(role=Role.OWNER).user
    override_grade(typed, fraction=Decimal("0.5"), reason=f"Well tried, {NAME}.", actor=owner)
    Note.objects.create(
        enrollment=part,
        lesson=part.course.lessons.get(),
        number=1,
        text=f"{NAME} was here",
        created_at=NOW,
        updated_at=NOW,
    )
    card = Card.objects.create(enrollment=part, question=typed.version.question, set_aside_at=NOW)
    Recall.objects.create(card=card, number=1, rating=3, at=NOW)
    Certificate.objects.create(
        enrollment=part, code="A", name=NAME, title=part.course.title, lessons=1, quizzes=0, issued_at=NOW
    )
    set_goal(part.user, days=3, at=NOW)
    keep_reply(NamedCall(part.user.pk, "monday", "a"), GivenReply(200, f'{{"name": "{NAME}"}}'))
    notify(part.user, kind="hello", text=f"Welcome, {NAME}!")
    issue_token(part.user, name=f"{NAME}’s phone", scope=PersonalToken.Scope.READ)
    content_type = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=part.user, content_type=content_type, object_id=str(part.user.pk), object_repr=NAME, action_flag=2
    )


def dump() -> str:
    """Every value of every row of every table, as text."""
    rows = [model._default_manager.order_by("pk").values() for model in apps.get_models() if model._meta.managed]
    return "\n".join(json.dumps(list(each), default=str, ensure_ascii=False) for each in rows)


def marks(text: str) -> list[str]:
    return [word for word in (NAME, EMAIL, "Quackenbush", "quackenbush", "Xenia", "xenia") if word in text]


def figures() -> dict[str, list[Any]]:
    """All that grades and statistics are made of, without words."""
    return {
        "statistics": list(ItemStatistic.objects.order_by("pk").values()),
        "results": list(Result.objects.order_by("pk").values()),
        "attempts": list(Attempt.objects.order_by("pk").values()),
        "responses": list(Response.objects.order_by("pk").values_list("pk", "grading", "fraction", "sequence")),
        "chosen": list(Response.objects.filter(position=1).order_by("pk").values_list("pk", "answer")),
        "ledger": list(
            GradingEvent.objects.order_by("pk").values_list("pk", "response", "number", "fraction", "cause", "grader")
        ),
    }


@pytest.mark.promise(28)
def test_nothing_they_were_known_by_is_in_any_table_and_every_figure_is_as_it_was(
    known: Known, reached: Callable[[str], None]
) -> None:
    before = figures()
    assert len(marks(dump())) == 6

    erase_person(known.person)

    left = marks(dump())
    reached(f"{len(left)} traces")
    assert left == []
    assert figures() == before
    assert rebuild_results(check=True) == []


def test_others_keep_their_words(known: Known) -> None:
    erase_person(known.person)
    theirs = Response.objects.get(attempt__enrollment=known.other, position=2)
    assert theirs.answer == "To keep the water for themselves."
    assert AnswerEvent.objects.filter(response=theirs).values_list("answer", flat=True).last() == theirs.answer


def test_what_would_be_touched_is_listed_in_words_and_touches_nothing(known: Known) -> None:
    before = dump()
    listed = {each.what: each.rows for each in what_erasing_touches(known.person)}

    assert dump() == before
    assert listed == {
        "account": 1,
        "address": 1,
        "personal token": 1,
        "answer to a program": 1,
        "inbox message": 2,
        "note in a margin": 1,
        "question to remember": 1,
        "certificate": 1,
        "weekly goal": 1,
        "answer in own words": 1,
        "earlier wording of an answer": 2,
        "appeal": 1,
        "grading": listed["grading"],
        "line of the staff’s log": 1,
    }
    assert erase_person(known.person) == listed


def test_erasing_again_touches_nothing(known: Known) -> None:
    erase_person(known.person)
    before = dump()
    assert what_erasing_touches(known.person) == ()
    assert erase_person(known.person) == {}
    assert dump() == before


def test_asking_shuts_the_door_and_a_job_does_the_rest_once(known: Known) -> None:
    job = ask_to_erase(known.person, actor=known.person)
    again = ask_to_erase(known.person, actor=None)
    assert (again.uuid, User.objects.get(pk=known.person.pk).is_active) == (job.uuid, False)

    run_job(job.uuid)

    assert marks(dump()) == []
    assert AuditEntry.objects.filter(verb="erased a person").count() == 1
    assert Job.objects.get(uuid=job.uuid).state == "done"


def test_an_owner_hands_their_course_over_first() -> None:
    owner = make_person()
    course = make_course(owner=owner)

    with pytest.raises(LastOwner, match=course.title):
        ask_to_erase(owner, actor=owner)
    with pytest.raises(LastOwner):
        erase_person(owner)
    assert User.objects.get(pk=owner.pk).is_active
    heir = make_enrollment(course, role=Role.OWNER)
    ask_to_erase(owner, actor=owner)
    assert not User.objects.get(pk=owner.pk).is_active
    with pytest.raises(LastOwner):
        end_part(heir, actor=None)


@pytest.mark.parametrize("change", [{"feedback": "Other words"}, {"detail": {"by": "somebody"}}])
def test_the_ledger_may_lose_its_words_and_never_get_others(known: Known, change: dict[str, Any]) -> None:
    erase_person(known.person)
    with pytest.raises(DatabaseError, match="append a new one"), transaction.atomic():
        GradingEvent.objects.update(**change)


def test_a_copy_has_what_they_wrote_and_is_plain_json(known: Known) -> None:
    copy = json.loads(json.dumps(personal_copy(known.person)))
    [part] = copy["courses"]
    [attempt] = part["attempts"]

    assert (copy["person"]["name"], copy["person"]["email"]) == (NAME, EMAIL)
    assert (part["course"], [note["text"] for note in part["notes"]]) == (known.course.title, [f"{NAME} was here"])
    assert [each["answer"] for each in attempt["questions"][1]["saved"]] == [
        f"I am {NAME}"[:9],
        f"I am {NAME}, {EMAIL}.",
    ]
    assert part["certificate"] == {"code": "A", "name": NAME, "issued_at": NOW.isoformat()}
    assert copy["weekly_goal"] == {"days": 3, "set_at": NOW.isoformat(), "paused_at": None}
    assert part["recalls"] == [{"question": "Why did they build it?", "at": NOW.isoformat(), "rating": "good"}]
    assert part["appeals"][0]["text"] == f"{NAME} knows better."
    assert [each["name"] for each in copy["personal_tokens"]] == [f"{NAME}’s phone"]
    assert f"Welcome, {NAME}!" in [each["text"] for each in copy["inbox"]]
    assert "To keep the water for themselves." not in json.dumps(copy)


def test_a_copy_of_one_course_has_that_alone(known: Known) -> None:
    Enrollment.objects.create(course=make_course(), user=known.person, enrolled_at=NOW)
    copy = personal_copy(known.person, course=known.course)
    assert [part["course"] for part in copy["courses"]] == [known.course.title]
    assert "inbox" not in copy


def test_a_copy_tells_no_question_of_a_running_attempt_that_was_not_answered_yet() -> None:
    course = make_course()
    part = make_enrollment(course)
    attempt = start_attempt(make_quiz(course, questions=3), enrollment=part)
    save_answer(attempt, given=GivenAnswer(2, "k7", None))

    [running] = personal_copy(part.user)["courses"][0]["attempts"]

    assert [each["position"] for each in running["questions"]] == [2]
