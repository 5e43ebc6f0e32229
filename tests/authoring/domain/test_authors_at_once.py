"""Authors who do the same to a course at the same instant, each on a connection of their own, end with one deed."""

from __future__ import annotations

from collections import Counter

import pytest

from accounts.domain.audit import history
from authoring.domain.build import CLEANER
from authoring.domain.concept_picking import pick_phrase
from authoring.domain.lint_fixes import NothingToFix, apply_fix
from authoring.domain.pasted_questions import add_pasted
from authoring.domain.publish import archive_course, publish_course, restore_course
from authoring.domain.review_checks import accept_clean, questions_under_review
from authoring.domain.review_rule import set_two_person_review
from authoring.domain.text_changes import TextChangeWaits, change_text_now, propose_text
from course.domain.text_changes import TextChangeNotReady, apply_text_change, discard_text_change, undo_text_change
from course.models import Anchor, Concept, Course, CourseState, Revision, TextChange, TextChangeState
from course.reading.outline import Source
from jobs.models import Job
from quizzes.domain.questions import accept_all
from quizzes.domain.wordings import WordingChanged
from quizzes.errors import CannotPublish
from quizzes.formats.gift import read
from quizzes.models import QuestionVersion
from tests.authoring.domain.test_lint_fixes import MIXED
from tests.course.domain.revised_courses import ESSAY, lie, make_essay
from tests.factories import make_concept, make_course, make_person
from tests.quizzes.domain.test_concurrency import at_once
from tests.web.studio.drafts import make_draft, versions_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
AUTHORS = 4
NEWER = f"{ESSAY}\n\nAnd the ice came back that year, as it always had."


def test_who_pick_the_same_words_at_once_have_one_concept_with_each_place_once() -> None:
    course = make_course(published=False)
    found = at_once(lambda _: pick_phrase(course, number=1, phrase="lake", by=None)[0].pk, threads=AUTHORS)
    assert len(set(found)) == 1
    assert Concept.objects.get().slug == "lake"
    assert Anchor.objects.count() == 1


def test_who_pick_different_words_that_make_one_address_each_have_a_concept() -> None:
    course = make_course(published=False, text="A lake, a Lake! a lake? The upper town built it.")
    make_concept(course, "town")
    words = ["lake,", "lake?", "Lake!", "a lake"]
    at_once(lambda number: pick_phrase(course, number=1, phrase=words[number], by=None), threads=AUTHORS)
    slugs = set(Concept.objects.exclude(term="town").values_list("slug", flat=True))
    assert slugs == {"lake", "lake-2", "lake-3", "a-lake"}


def test_of_texts_that_are_proposed_at_once_one_waits_and_the_others_are_told() -> None:
    course = make_essay()

    def propose(number: int) -> str:
        try:
            propose_text(course, Source(f"{NEWER} {number}"), actor=None, hint=False)
        except TextChangeWaits:
            return "told"
        return "waits"

    assert Counter(at_once(propose, threads=AUTHORS)) == {"waits": 1, "told": AUTHORS - 1}
    assert (TextChange.objects.count(), Job.objects.count(), Revision.objects.filter(number=2).count()) == (1, 1, 1)


@pytest.mark.parametrize("second", ["apply", "discard"])
def test_a_text_is_decided_about_once(second: str) -> None:
    course = make_essay()
    change = change_text_now(course, Source(NEWER), actor=None)

    def decide(number: int) -> str:
        own = TextChange.objects.select_related("course", "old", "new").get(pk=change.pk)
        try:
            if number and second == "discard":
                discard_text_change(own)
                return "discarded"
            apply_text_change(own, cleaner=CLEANER, actor=None)
        except TextChangeNotReady:
            return "told"
        return "applied"

    said = at_once(decide, threads=2)
    state = TextChange.objects.get().state
    assert "told" in said
    assert {"applied", "discarded"} & set(said) == {state}
    assert ("ice" in lie(course)[-1][2]) == (state == TextChangeState.APPLIED)


def test_a_text_is_undone_once_whoever_undoes_it() -> None:
    course = make_essay()
    before = lie(course)
    change = apply_text_change(change_text_now(course, Source(NEWER), actor=None), cleaner=CLEANER, actor=None)

    def undo(_: int) -> str:
        try:
            undo_text_change(change, actor=None)
        except TextChangeNotReady:
            return "told"
        return "undone"

    assert Counter(at_once(undo, threads=AUTHORS)) == {"undone": 1, "told": AUTHORS - 1}
    assert lie(course) == before
    assert [entry.verb for entry in history(f"course:{course.uuid}")].count("undid the changed text") == 1


def test_who_publish_at_once_publish_each_question_once() -> None:
    course, owner = make_draft(make_person(), questions=3, concepts=0), make_person()
    accepted = accept_all(versions_of(course), by=owner)
    published = at_once(lambda _: publish_course(Course.objects.get(pk=course.pk), actor=owner), threads=AUTHORS)
    assert sum(published) == accepted == 3
    said = [entry.detail["questions"] for entry in history(f"course:{course.uuid}").filter(verb="published")]
    assert said == [accepted]


def test_a_course_that_is_archived_while_it_is_published_ends_as_one_of_the_two() -> None:
    course = make_draft(make_person(), questions=1, concepts=0)
    accept_all(versions_of(course), by=make_person())
    publish_course(course)

    def step(number: int) -> str:
        own = Course.objects.get(pk=course.pk)
        try:
            (archive_course if number % 2 else restore_course)(own, actor=None)
            publish_course(own)
        except CannotPublish as refusal:
            return str(refusal.problems[0])
        return "published"

    assert set(at_once(step, threads=AUTHORS)) <= {"published", "This course is archived. Restore it first."}
    row = Course.objects.get(pk=course.pk)
    assert (row.state == CourseState.ARCHIVED) == (row.archived_at is not None)


def test_a_clean_lesson_is_accepted_once_and_by_one_person_each() -> None:
    course, lesson = (draft := make_draft(make_person(), questions=4)), draft.lessons.get()
    clean = sum(question.is_clean for question in questions_under_review(course))
    people = [make_person() for _ in range(AUTHORS)]
    said = at_once(lambda number: accept_clean(course, lesson=lesson, by=people[number]), threads=AUTHORS)
    assert sum(said) == clean
    assert QuestionVersion.objects.filter(reviewed_by__in=people).count() == clean


def test_a_fix_is_applied_once() -> None:
    author = make_person()
    course = make_draft(author, contents=[("single_choice", MIXED)])
    seen = questions_under_review(course)[0]

    def fix(_: int) -> str:
        try:
            apply_fix(seen, rule="same_form", by=author)
        except (NothingToFix, WordingChanged) as refusal:
            return type(refusal).__name__
        return "mended"

    assert Counter(at_once(fix, threads=AUTHORS)) == {"mended": 1, "WordingChanged": AUTHORS - 1}
    assert QuestionVersion.objects.count() == 1


def test_what_is_pasted_at_once_is_there_as_often_as_it_was_pasted() -> None:
    course, author = make_course(published=False), make_person()
    gift = read("Who built the wall on the lake? {=The upper town ~The lower town}").questions
    at_once(lambda _: add_pasted(course, questions=gift, by=author), threads=AUTHORS)
    keys = list(QuestionVersion.objects.values_list("question__key", flat=True))
    assert len(set(keys)) == len(keys) == AUTHORS


def test_a_rule_that_many_set_at_once_is_told_once() -> None:
    course, owner = make_course(), make_person()
    at_once(lambda _: set_two_person_review(course, on=True, by=owner), threads=AUTHORS)
    said = [entry.verb for entry in history(f"course:{course.uuid}")]
    assert said == ["asked for two people to review"]
