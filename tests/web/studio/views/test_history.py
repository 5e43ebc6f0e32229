"""What instructors decide stands in their course's history, in words, and in a constant number of statements."""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.domain.audit import history_of_course, record
from accounts.models import AuditEntry, User
from authoring.domain.lessons import merge_lessons, move_lesson, rename_lesson, split_lesson
from authoring.domain.passages import decide_passage
from authoring.domain.publish import archive_course, publish_course, restore_course, unpublish_course
from authoring.domain.text_edits import Editor, edition, undo_last_edit
from course.domain.concept_changes import decide_concepts, define_concept, rename_concept
from course.models import Concept, ConceptState, Course
from course.reading.outline import PassageKind
from quizzes.domain.appeals import accept_for_these, decline, raise_appeal
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import last_deed, take_back
from quizzes.domain.overrides import override_grade, take_back_override
from quizzes.domain.questions import accept, accept_all, put_back, reject
from quizzes.domain.quiz_shelf import archive_quiz, create_quiz, delete_quiz, restore_quiz
from quizzes.domain.versions import new_version
from quizzes.domain.wordings import print_of, save_wording
from quizzes.models import QuestionVersion, QuizMode, Response
from tests.authoring.domain.cuts import lesson_of, make_cut_course
from tests.factories import NOW, make_concept, make_quiz, single_choice
from tests.quizzes.domain.regraded import Class
from tests.web.studio.drafts import address_of, make_author

pytestmark = [pytest.mark.django_db, pytest.mark.database]


class Scene:
    """A course of two parts with a quiz, two concepts, and its owner."""

    def __init__(self, *, questions: int = 2) -> None:
        self.owner = make_author("Olga Quill")
        self.course: Course = make_cut_course(cuts=(0,), owner=self.owner, published=False)
        self.quiz = make_quiz(self.course, questions=questions)
        split_lesson(self.course, number=4, editor=Editor(None, 0, NOW))
        self.concepts = [make_concept(self.course, "dry wall"), make_concept(self.course, "wet wall")]
        self.version = QuestionVersion.objects.select_related("question").order_by("pk")[0]

    def editor(self) -> Editor:
        return Editor(self.owner, edition(self.course), NOW)

    def draft(self) -> QuestionVersion:
        return new_version(self.version, content=single_choice("Who drafted this?"), at=NOW)

    def entries(self) -> list[tuple[str, str, User | None]]:
        return [
            (entry.verb, entry.subject.partition(":")[0], entry.actor)
            for entry in history_of_course(self.course.uuid)
            if entry.actor is not None
        ]


def concept_undone(scene: Scene) -> None:
    deed = last_deed(scene.course, by=scene.owner)
    assert deed is not None
    take_back(scene.course, deed=deed.uuid, by=scene.owner)


def edited(scene: Scene) -> None:
    draft = scene.draft()
    save_wording(draft.question, content=single_choice("Who wrote?"), seen=print_of(draft), by=scene.owner, at=NOW)


def part(scene: Scene, number: int) -> Any:
    return lesson_of(scene.course, number).uuid


DEEDS: dict[tuple[str, str], Callable[[Scene], object]] = {
    ("published", "course"): lambda at: (
        Concept.objects.all().delete(),
        publish_course(at.course, actor=at.owner, at=NOW),
    ),
    ("archived", "course"): lambda at: archive_course(at.course, actor=at.owner),
    ("made a quiz", "quiz"): lambda at: create_quiz(
        at.course, title="New", mode=QuizMode.PRACTICE, lesson=None, actor=at.owner
    ),
    ("archived", "quiz"): lambda at: archive_quiz(at.quiz, actor=at.owner, at=NOW),
    ("deleted", "quiz"): lambda at: delete_quiz(at.quiz, actor=at.owner),
    ("accepted a question", "question"): lambda at: accept(at.draft(), by=at.owner, at=NOW),
    ("rejected a question", "question"): lambda at: reject(at.draft(), by=at.owner, reason="Too easy", at=NOW),
    ("took back a decision", "question"): lambda at: put_back(at.draft(), by=at.owner),
    ("edited a question", "question"): edited,
    ("rejected a concept", "concept"): lambda at: decide_concepts(
        at.concepts[:1], state=ConceptState.REJECTED, by=at.owner, at=NOW
    ),
    ("renamed a concept", "concept"): lambda at: rename_concept(at.concepts[0], term="A wall", by=at.owner, at=NOW),
    ("defined a concept", "concept"): lambda at: define_concept(at.concepts[0], definition="So.", by=at.owner, at=NOW),
    ("merged a concept", "concept"): lambda at: merge_concepts(
        at.concepts[0], into=at.concepts[1], by=at.owner, at=NOW
    ),
    ("left out a line", "course"): lambda at: decide_passage(
        at.course, number=2, kind=PassageKind.BOILERPLATE, editor=at.editor()
    ),
    ("made a line something else", "course"): lambda at: decide_passage(
        at.course, number=2, kind=PassageKind.QUOTE, editor=at.editor()
    ),
    ("split a part", "course"): lambda at: split_lesson(at.course, number=2, editor=at.editor()),
    ("joined two parts", "course"): lambda at: merge_lessons(at.course, lesson=part(at, 1), editor=at.editor()),
    ("renamed a part", "course"): lambda at: rename_lesson(
        at.course, lesson=part(at, 1), title="Lake", editor=at.editor()
    ),
    ("moved a part", "course"): lambda at: move_lesson(at.course, lesson=part(at, 2), to=1, editor=at.editor()),
}


@pytest.mark.parametrize("deed", DEEDS, ids=" ".join)
def test_what_an_instructor_does_is_one_entry_of_the_course(deed: tuple[str, str]) -> None:
    scene = Scene()
    DEEDS[deed](scene)
    verb, kind = deed
    assert scene.entries() == [(verb, kind, scene.owner)]


SEQUENCES: dict[str, tuple[Callable[[Scene], object], Callable[[Scene], object], list[str]]] = {
    "a course and back": (
        lambda at: archive_course(at.course, actor=at.owner),
        lambda at: restore_course(at.course, actor=at.owner),
        ["restored", "archived"],
    ),
    "a quiz and back": (
        lambda at: archive_quiz(at.quiz, actor=at.owner, at=NOW),
        lambda at: restore_quiz(at.quiz, actor=at.owner),
        ["restored", "archived"],
    ),
    "an edit and back": (
        lambda at: decide_passage(at.course, number=2, kind=PassageKind.BOILERPLATE, editor=at.editor()),
        lambda at: undo_last_edit(at.course, editor=at.editor()),
        ["took back an edit of the text", "left out a line"],
    ),
    "a merge and back": (
        lambda at: merge_concepts(at.concepts[0], into=at.concepts[1], by=at.owner, at=NOW),
        concept_undone,
        ["took back what was done to a concept", "merged a concept"],
    ),
    "the same twice": (
        lambda at: archive_course(at.course, actor=at.owner),
        lambda at: archive_course(at.course, actor=at.owner),
        ["archived"],
    ),
    "nothing to unpublish": (
        lambda at: unpublish_course(at.course, actor=at.owner),
        lambda at: restore_course(at.course, actor=at.owner),
        [],
    ),
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_taking_back_is_an_entry_too_and_what_changes_nothing_is_none(name: str) -> None:
    scene = Scene()
    first, second, verbs = SEQUENCES[name]
    first(scene)
    second(scene)
    assert [verb for verb, _, _ in scene.entries()] == verbs


def test_decisions_about_grades_are_entries_without_the_words_of_anybody() -> None:
    group = Class()
    one, two, three = group.answered("dry machine", "wet machine", "no machine")
    for response, decide in ((one, accept_for_these), (two, decline)):
        appeal = raise_appeal(Response.objects.select_related("version").get(pk=response.pk), text="Please.", at=NOW)
        decide(appeal, by=group.instructor, decision="So says Olga.", at=NOW)
    override_grade(three, fraction=Decimal("0.5"), reason="So says Olga.", actor=group.instructor, at=NOW)
    take_back_override(three, actor=group.instructor, at=NOW)

    entries = list(AuditEntry.objects.filter(course=group.course.uuid).order_by("pk"))
    assert [(entry.verb, entry.subject.partition(":")[0]) for entry in entries] == [
        ("accepted an appeal", "appeal"),
        ("declined an appeal", "appeal"),
        ("set a grade", "attempt"),
        ("took a grade back", "attempt"),
    ]
    assert "Olga" not in json.dumps([entry.detail for entry in entries])


@pytest.mark.parametrize("count", [1, 12])
def test_many_questions_are_accepted_in_as_many_statements_as_one(count: int) -> None:
    scene = Scene(questions=count)
    versions = list(QuestionVersion.objects.select_related("question"))
    drafts = [new_version(each, content=single_choice("Who drafted this?"), at=NOW) for each in versions]
    with CaptureQueriesContext(connection) as asked:
        assert accept_all(drafts, by=scene.owner, at=NOW) == count
    assert len([query for query in asked if "SAVEPOINT" not in query["sql"]]) == 3
    assert scene.entries() == [("accepted a question", "question", scene.owner)] * count


def test_a_deed_of_nobody_is_no_entry() -> None:
    scene = Scene()
    accept(scene.draft(), by=None, at=NOW)
    decide_concepts(scene.concepts, state=ConceptState.REJECTED, by=None, at=NOW)
    assert scene.entries() == []


class TestThePage:
    """Things are called what they are called today; the log itself holds their public ids."""

    def shown(self, client: Client, scene: Scene) -> str:
        client.force_login(scene.owner)
        return client.get(address_of(scene.course, "history")).content.decode()

    def test_things_are_named(self, client: Client) -> None:
        scene = Scene()
        accept(scene.draft(), by=scene.owner, at=NOW)
        rename_concept(scene.concepts[0], term="<b>dry</b>", by=scene.owner, at=NOW)
        archive_quiz(scene.quiz, actor=scene.owner, at=NOW)
        archive_course(scene.course, actor=scene.owner)
        page = self.shown(client, scene)
        things = (
            "The question “Who drafted this?”",
            "The concept “&lt;b&gt;dry&lt;/b&gt;”",
            f"The quiz “{scene.quiz.title}”",
            "The course",
        )
        assert [thing for thing in things if f"<td>{thing}</td>" not in page] == []

    @pytest.mark.parametrize(
        ("subject", "said"),
        [
            (f"quiz:{uuid4().int % 7}", "A quiz that is gone"),
            ("question:00000000-0000-4000-8000-000000000000", "A question that is gone"),
            ("concept:not a uuid", "A concept that is gone"),
            ("regrade:00000000-0000-4000-8000-000000000000", "A regrade that is gone"),
            ("appeal:x", "An appeal that is gone"),
            ("unheard:of", "Unheard:of"),
        ],
        ids=lambda value: str(value).partition(":")[0],
    )
    def test_what_is_gone_or_has_no_name_is_said_in_words(self, client: Client, subject: str, said: str) -> None:
        scene = Scene()
        record("did something", subject=subject, actor=scene.owner, course=scene.course.uuid)
        assert f"<td>{said}</td>" in self.shown(client, scene)

    def test_a_full_page_takes_as_many_statements_as_a_short_one(self, client: Client) -> None:
        scene, counts = Scene(), []
        states = (ConceptState.REJECTED, ConceptState.ACCEPTED)
        for more in (1, 30):
            for number in range(more):
                decide_concepts(scene.concepts, state=states[number % 2], by=scene.owner, at=NOW)
            client.force_login(scene.owner)
            with CaptureQueriesContext(connection) as asked:
                client.get(address_of(scene.course, "history"))
            counts.append(len(asked))
        assert counts[0] == counts[1]
