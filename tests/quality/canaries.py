"""A quiz whose keys, feedback, explanations, evidence and hints are canaries, and every address there is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any, Self
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from accounts.domain.inbox import notify
from accounts.domain.tokens import issue_token
from accounts.models import InboxMessage, PersonalToken, User
from authoring.domain.text_changes import propose_text
from course.domain.cohorts import make_cohort
from course.domain.enrolment import enrol
from course.domain.join_codes import make_code
from course.domain.notes import write_note
from course.models import Cohort, Course, Enrollment, JoinCode, Note, Role, TextChange
from course.reading.outline import Source, Span
from hooks.domain.endpoints import add_endpoint, pause_endpoint, ping
from hooks.models import Delivery, Endpoint
from jobs.domain import run_job
from jobs.domain.clock import database_now
from jobs.models import Job
from quizzes.domain.appeals import raise_appeal
from quizzes.domain.attempts import GivenAnswer, save_answer, start_attempt, submit_attempt
from quizzes.domain.extensions import extend
from quizzes.domain.given_answers import given_groups, versions_asked
from quizzes.domain.list_imports import look_at
from quizzes.domain.regrades import PLAN_REGRADE, plan_regrade
from quizzes.domain.rubrics import add_item
from quizzes.domain.saved_comments import save_comment
from quizzes.domain.waivers import waive
from quizzes.drafting.draft import Finding
from quizzes.errors import NotYetAsked
from quizzes.models import (
    Appeal,
    Attempt,
    Extension,
    ListImport,
    ListKind,
    Question,
    QuestionVersion,
    Quiz,
    RegradeRun,
    RubricItem,
    SavedComment,
    Waiver,
)
from quizzes.questions import kinds, question_type
from tests.factories import TEXT, make_concept, make_course, make_enrollment, make_person, make_quiz
from tests.web.learner import sittings

PROOF = "The upper town built a wall."
"""What the factories' questions are proved by; a canary takes its place in the article."""
CANARY = re.compile(r"canary-(\w+)")
LEFT_TO_DJANGO = ("admin/",)
PARAMETER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
WITHOUT_A_COURSE = ("accounts/", "oauth/", "healthz", "readyz", "metrics", "api/v1/schema/", "api/v1/docs/")
"""Addresses that know no course: looking at them once is enough."""
READING = re.compile(r"/lessons/|/read/$|^/$")
"""Where the article itself is read, or begins: its words, evidence among them, stand there for everybody."""


def canaries_in(text: str) -> set[str]:
    """Which kinds of canary the text holds: key, feedback, explanation, evidence, hint, or note of who answers."""
    return set(CANARY.findall(text))


def with_canaries(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with everything that is not asked made a canary that says what it is."""
    changed = {name: _changed(name, value) for name, value in content.items()}
    return {**changed, "explanation": "canary-explanation", "hints": ["canary-hint", "canary-hint again"]}


def _changed(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _changed(name if name == "feedback" else key, each) for key, each in value.items()}
    if isinstance(value, list):
        return [_changed(name, each) for each in value]
    if isinstance(value, str) and name == "feedback":
        return "canary-feedback"
    return value.replace(sittings.CANARY, "canary-key") if isinstance(value, str) else value


def asked() -> list[tuple[str, dict[str, Any]]]:
    """One question of every kind there is."""
    known = dict(sittings.kinds())
    examples = {kind.kind: next(iter(kind.examples())).content for kind in kinds()}
    return [(kind, with_canaries(known.get(kind, content))) for kind, content in examples.items()]


@dataclass
class Scene:
    """A published course with one quiz, a learner who answers it, and people in every other part."""

    course: Course
    quiz: Quiz
    people: Mapping[str, User | None]
    enrollment: Enrollment
    attempt: Attempt
    clients: dict[str, Client] = field(default_factory=dict)

    @classmethod
    def set_up(cls, questions: Sequence[tuple[str, dict[str, Any]]] = (), **fields: Any) -> Self:
        """`questions` are asked instead of the canaries."""
        owner = make_person("Olga", may_author=True)
        course = make_course(owner=owner, text=TEXT.replace(PROOF, "canary-evidence was built.."))
        quiz = make_quiz(
            course, questions=questions or asked(), concept=make_concept(course), article_open=False, **fields
        )
        parts = {role.value: make_person() for role in (Role.LEARNER, Role.ASSISTANT, Role.OBSERVER)}
        for role, person in parts.items():
            enrol(course, person=person, role=Role(role))
        learner = make_person()
        enrollment = enrol(course, person=learner)
        people = {"owner": owner, "answering": learner, "stranger": make_person(), "visitor": None, **parts}
        attempt = start_attempt(quiz, enrollment=enrollment)
        write_note(
            course.lessons.select_related("revision").get(),
            enrollment=enrollment,
            key=uuid4(),
            span=Span(0, 6),
            text="canary-note",
        )
        scene = cls(course, quiz, people, enrollment, attempt)
        scene.answer()
        return scene

    def answer(self) -> None:
        """Every question has an answer that counts, wrong where the examples have a wrong one."""
        for response in self.attempt.responses.select_related("version"):
            with suppress(NotYetAsked):
                save_answer(self.attempt, given=GivenAnswer(response.position, _wrong(response.version), None))

    def submit(self) -> None:
        """The attempt is submitted and everything graded that needs no person; a grade is questioned and looked at.

        A changed text of the course waits to be compared.
        """
        submit_attempt(self.attempt)
        for job in Job.objects.filter(state="queued"):
            run_job(job.uuid)
        first = self.attempt.responses.select_related("version__question").get(position=1)
        raise_appeal(first, text="Mine is right too.")
        notify(self.enrollment.user, kind="appeal", text="Somebody will look at it.")
        issue_token(self.enrollment.user, name="A program of theirs")
        propose_text(self.course, Source(f"{TEXT} It rained."), actor=None)
        self._grade_by(Question.objects.get(course=self.course, versions__kind="short_text"))
        make_code(self.course, actor=None, cohort=make_cohort(self.course, name="Evenings", actor=None))
        # Somebody else's: who answers here is to see the quiz close.
        extend(self.quiz, learners=[make_enrollment(self.course).uuid], minutes=0, days=1, actor=None)
        plan_regrade(self.course, reason="To be sure.", actor=None, question=first.version.question)
        known = Question.objects.get(course=self.course, versions__kind="short_text")
        waive(known, finding=Finding("stem_length", "It is short."), by=self.owner, reason="So it is meant.")
        look_at(self.course, kind=ListKind.PEOPLE, text="Email\nnew@example.org", actor=None)
        graded = f"Email,{self.quiz.slug}\n{self.enrollment.user.email},50"
        look_at(self.course, kind=ListKind.GRADES, text=graded, reason="Oral exam.", actor=None)
        endpoint = add_endpoint(self.course, address="https://lms.example.org/", types=["attempt.graded"], actor=None)
        ping(endpoint)
        # Nobody is called, whoever runs what waits.
        pause_endpoint(endpoint, actor=None)

    def _grade_by(self, question: Question) -> None:
        """The question has an item of a rubric and a saved comment."""
        owner = self.people["owner"]
        assert owner is not None
        add_item(question, text="Names it.", fraction=Decimal(1))
        save_comment(question, text="Well said.", by=owner)

    @property
    def owner(self) -> User:
        return self.course.enrollments.get(role=Role.OWNER, left_at=None, user__name="Olga").user

    def close(self) -> None:
        """The quiz has closed for everybody, and for whom it is extended by a day."""
        Quiz.objects.filter(pk=self.quiz.pk).update(closes_at=database_now() - timedelta(days=1, minutes=1))

    def client(self, who: str) -> Client:
        if who not in self.clients:
            self.clients[who] = Client(raise_request_exception=False)
            person = self.people[who]
            if person is not None:
                self.clients[who].force_login(person)
        return self.clients[who]

    def value_for(self, before: str, converter: str) -> str:
        """What stands in an address after the segment `before`. Raises KeyError for a place that is not known here."""
        return str(self.places[before, converter])

    @cached_property
    def places(self) -> Mapping[tuple[str, str], object]:
        """What stands behind each segment, in the scene as it was when this was first asked for."""
        version = QuestionVersion.objects.get(question__course=self.course, kind="short_text")
        lesson, concept = self.course.lessons.get(), self.course.concepts.get()
        question = Question.objects.get(pk=version.question_id)
        given = next(iter(given_groups(question, versions=versions_asked(question))), None)
        known = {
            ("courses", "slug"): self.course.slug,
            ("builds", "uuid"): self.course.uuid,
            ("lessons", "slug"): lesson.slug,
            ("concepts", "slug"): concept.slug,
            ("practice", "slug"): concept.slug,
            ("quizzes", "slug"): self.quiz.slug,
            ("quizzes", "uuid"): self.quiz.uuid,
            ("attempts", "uuid"): self.attempt.uuid,
            ("responses", "int"): 1,
            ("items", "int"): 1,
            ("aside", "int"): 1,
            ("text", "int"): 1,
            ("notes", "uuid"): self.uuid_of(Note.objects.filter(enrollment=self.enrollment)),
            ("gradebook", "slug"): "csv",
            ("csv", "slug"): "passages",
            ("people", "uuid"): self.enrollment.uuid,
            ("learners", "uuid"): self.enrollment.uuid,
            ("answers", "uuid"): question.uuid,
            ("answers", "slug"): given.digest if given else "nothing",
            ("questions", "uuid"): version.uuid,
            ("grading", "uuid"): question.uuid,
            ("rubric", "uuid"): self.uuid_of(RubricItem.objects.filter(question=question)),
            ("comments", "uuid"): self.uuid_of(SavedComment.objects.filter(course=self.course)),
            ("bank", "uuid"): question.uuid,
            ("remember", "uuid"): question.uuid,
            ("extensions", "uuid"): self.uuid_of(Extension.objects.filter(quiz=self.quiz)),
            ("time", "uuid"): self.uuid_of(Extension.objects.filter(quiz=self.quiz)),
            ("responses", "uuid"): self.attempt.uuid,
            ("appeals", "uuid"): self.uuid_of(Appeal.objects.filter(response__attempt=self.attempt)),
            ("waivers", "uuid"): self.uuid_of(Waiver.objects.filter(question=question)),
            ("origins", "uuid"): lesson.revision.article.uuid,
            ("changes", "uuid"): self.uuid_of(TextChange.objects.filter(course=self.course)),
            ("regrades", "uuid"): self.uuid_of(RegradeRun.objects.filter(course=self.course)),
            ("list", "uuid"): self.uuid_of(ListImport.objects.filter(course=self.course, kind="people")),
            ("webhooks", "uuid"): self.uuid_of(Endpoint.objects.filter(course=self.course)),
            ("deliveries", "uuid"): self.uuid_of(Delivery.objects.filter(endpoint__course=self.course)),
            ("import", "uuid"): self.uuid_of(ListImport.objects.filter(course=self.course, kind="grades")),
        }
        elsewhere = {
            ("codes", "uuid"): self.uuid_of(JoinCode.objects.filter(course=self.course)),
            ("cohorts", "uuid"): self.uuid_of(Cohort.objects.filter(course=self.course)),
            ("join", "slug"): "NOTHING",
            ("certificates", "slug"): "NOTHING",
            ("confirm-email", "str"): "nothing",
            ("invitation", "str"): "nothing",
            ("stop", "str"): "nothing",
            ("inbox", "uuid"): self.uuid_of(InboxMessage.objects.filter(user=self.enrollment.user)),
            ("set-password", "str"): "nothing",
            ("tokens", "uuid"): self.uuid_of(PersonalToken.objects.filter(user=self.enrollment.user)),
            ("fetches", "uuid"): self.course.uuid,
            ("jobs", "uuid"): self.uuid_of(Job.objects.filter(kind=PLAN_REGRADE)),
        }
        return {**known, **elsewhere}

    def uuid_of(self, rows: QuerySet[Any]) -> UUID:
        """The first row's; the course's, which is nobody's else, while there is none."""
        return UUID(str((rows.first() or self.course).uuid))


def _wrong(version: QuestionVersion) -> Any:
    kind = question_type(version.kind)
    try:
        wrong = [each.data for each in kind.examples() if each.expected == 0 and kind.parse(version.content, each.data)]
    except ValueError:
        wrong = []
    options = version.content.get("options") or version.content.get("sentences") or []
    chosen = [row["id"] for row in options if isinstance(row, Mapping) and not row.get("correct")][:1]
    by_kind = {"single_choice": chosen[:1] and chosen[0], "true_false": "true", "short_text": "a wall"}
    listed = {"multiple_choice": chosen, "evidence": chosen, "cloze": {"g1": "lower", "g2": "lake"}}
    return by_kind.get(version.kind) or listed.get(version.kind) or (wrong[0] if wrong else None)


def routes(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """Every address that is served, with its parameters as <converter:name>."""
    for each in (resolver or get_resolver()).url_patterns:
        address = before + re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", str(each.pattern).strip("^$"))
        if isinstance(each, URLResolver):
            yield from routes(each, address)
        elif not address.startswith(LEFT_TO_DJANGO):
            yield address


def filled(route: str, scene: Scene) -> str:
    """The route as an address of this scene."""
    segments: list[str] = []
    named = ""
    for segment in route.removesuffix(".*").split("/"):
        found = PARAMETER.fullmatch(segment)
        segments.append(scene.value_for(named, found["converter"] or "str") if found else segment)
        named = named if found or not segment else segment
    return "/" + "/".join(segments)


def asked_of(scene: Scene, who: str, address: str) -> Iterator[tuple[str, Any]]:
    """What this person is answered at this address by every way of asking that it has; nothing of it lasts."""
    client = scene.client(who)
    cookies = copy(client.cookies)
    view = getattr(resolve(address).func, "view_class", None)
    for way, ask in ways_to_ask(client, address).items():
        if not may_be_asked(view, way):
            continue
        with transaction.atomic():
            answer = ask()
            transaction.set_rollback(True)
        client.cookies = copy(cookies)
        yield way, answer


def may_be_asked(view: type | None, way: str) -> bool:
    """Whether a view answers to this method, as far as it says so; without it, all are told the same: 405."""
    return view is None or hasattr(view, way.split(maxsplit=1)[0].lower())


def ways_to_ask(client: Client, address: str) -> dict[str, Callable[[], Any]]:
    """Programs send JSON and pages forms; an attempt's page asks for fragments and sends answers too."""
    json = "application/json"
    programs: dict[str, Callable[[], Any]] = {
        "POST": lambda: client.post(address, "{}", content_type=json),
        "PUT": lambda: client.put(address, '{"answer": null, "sequence": 0}', content_type=json),
        "PATCH": lambda: client.patch(address, "{}", content_type=json),
        "DELETE": lambda: client.delete(address),
    }
    edits: dict[str, Callable[[], Any]] = {
        "PATCH": lambda: client.patch(address, "{}", content_type=json),
        "DELETE": lambda: client.delete(address, content_type=json),
    }
    ways: dict[str, Callable[[], Any]] = {"GET": lambda: client.get(address)}
    if not address.startswith("/api/"):
        ways["POST a form"] = lambda: client.post(address, {"question": "1"})
    if address.startswith("/attempts/"):
        ways["GET a fragment"] = lambda: client.get(address, headers={"HX-Request": "true"})
    if address.startswith(("/api/", "/attempts/")):
        ways |= programs
    if address.startswith("/api/"):
        ways |= edits
    return ways
