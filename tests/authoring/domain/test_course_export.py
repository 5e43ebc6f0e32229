"""A course goes out as it stands: its newest words, what was decided, and nothing that it lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from authoring.domain.course_export import export_course
from authoring.domain.course_import import import_course
from authoring.domain.publish import publish_course
from authoring.domain.text_edits import edition, undo_last_edit
from course.domain.concept_changes import decide_concepts, rename_concept
from course.domain.text_changes import undo_text_change
from course.models import Concept, ConceptState, Course
from quizzes.domain.archiving import archive_questions
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import take_back
from quizzes.domain.questions import accept, edit_draft, publish_accepted, put_back, reject
from quizzes.domain.tagging import set_tags
from quizzes.domain.versions import new_version
from quizzes.formats.course_file import CourseFile, check, parse, write
from quizzes.formats.course_file.model import QuestionEntry
from quizzes.models import QuestionVersion
from tests.authoring.domain.cuts import editor_of, make_cut_course
from tests.authoring.domain.random_edits import STEPS, Step, do
from tests.authoring.domain.tides import TIDES, with_questions
from tests.course.domain.revised_courses import ESSAY, TAX, make_essay, revise
from tests.factories import NOW, make_concept, single_choice

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def tides(text: str = TIDES) -> Course:
    return import_course(parse(text), at=NOW)


def version_of(course: Course, key: str = "q1") -> QuestionVersion:
    versions = QuestionVersion.objects.filter(question__course=course, question__key=key)
    return versions.select_related("question").order_by("-number")[0]


def entry(course: Course, key: str = "q1") -> QuestionEntry:
    (found,) = [each for each in export_course(course).questions if each.key == key]
    return found


def errors(file: CourseFile) -> list[str]:
    return [problem.code for problem in check(write(file)) if not problem.warning]


def test_a_course_without_anything_goes_out_and_says_what_it_lacks() -> None:
    course = Course.objects.create(slug="empty", title="Empty", created_at=NOW)
    file = export_course(course)
    assert (file.lessons, file.concepts, file.quizzes, file.questions, file.article.text) == ((), (), (), (), "")
    assert parse(write(file)) == file
    assert errors(file) == []


def test_why_a_question_was_rejected_goes_out_with_it_and_not_with_what_was_wanted_since() -> None:
    course = tides()
    reject(version_of(course), by=None, reason="Trivial.", at=NOW)
    assert (entry(course).state, entry(course).because) == ("retired", "Trivial.")
    put_back(version_of(course))
    assert entry(course).because == ""


def test_only_its_own_course_goes_out() -> None:
    course = tides()
    before = export_course(course)
    tides(with_questions(3).replace("slug: tides", "slug: ebbs"))
    assert export_course(course) == before


@pytest.mark.parametrize(
    ("decide", "state", "archived"),
    [
        (lambda version: accept(version, by=None, at=NOW), "published", False),
        (lambda version: reject(version, by=None, reason="Trivial.", at=NOW), "retired", False),
        (put_back, "draft", False),
        (lambda version: archive_questions([version.question_id]), "published", True),
    ],
    ids=["accepted", "rejected", "put back", "archived"],
)
def test_what_was_decided_about_a_question_goes_out(
    decide: Callable[[QuestionVersion], object], state: str, archived: bool
) -> None:
    course = tides()
    decide(version_of(course))
    assert (entry(course).state, entry(course).archived) == (state, archived)
    assert errors(export_course(course)) == []


def test_the_newest_wording_goes_out_with_its_own_evidence_and_not_the_published_one() -> None:
    course = tides()
    publish_accepted(course, at=NOW)
    newer = new_version(version_of(course), content=single_choice("Who pulls the sea up?"))
    assert (entry(course).content["stem"], entry(course).state) == ("Who pulls the sea up?", "draft")
    accept(newer, by=None, at=NOW)
    assert (entry(course).content["stem"], entry(course).state) == ("Who pulls the sea up?", "published")
    assert [quote.text for quote in entry(course).evidence] == ["The moon pulls it."]


def test_no_id_of_an_option_goes_out_and_what_is_edited_does() -> None:
    course = tides()
    content = single_choice("What lifts the sea?")
    edit_draft(version_of(course), content=content)
    assert [sorted(option) for option in entry(course).content["options"]] == [["correct", "feedback", "text"]] * 2
    assert entry(course).content["stem"] == "What lifts the sea?"


def test_tags_go_out_in_their_order_however_they_came() -> None:
    course = tides()
    set_tags(version_of(course).question, names=["Zebra", "apple", "Ärger", "zebra"])
    assert entry(course).tags == ("apple", "zebra", "ärger")
    assert errors(export_course(course)) == []


@pytest.mark.parametrize("state", [ConceptState.SUGGESTED, ConceptState.REJECTED, ConceptState.ACCEPTED])
def test_a_concept_goes_out_with_what_was_decided_and_where_it_is_named(state: ConceptState) -> None:
    course = tides()
    concept = course.concepts.get()
    decide_concepts([concept], state=state, by=None)
    rename_concept(concept, term="high tide", by=None)
    (found,) = export_course(course).concepts
    assert (found.state, found.term, found.slug) == (state, "high tide", "tide")
    assert [quote.text for quote in (*found.mentions, *found.proof)] == ["tides", "The sea rises twice a day."]
    assert errors(export_course(course)) == []


def test_a_merge_that_is_taken_back_leaves_the_file_as_it_was() -> None:
    course = tides()
    before = export_course(course)
    other = make_concept(course, "sea")
    with_other = export_course(course)
    deed = merge_concepts(course.concepts.get(slug="tide"), into=other, by=None)
    assert [concept.term for concept in export_course(course).concepts] == ["sea"]
    assert entry(course).concept == other.slug
    assert errors(export_course(course)) == []
    take_back(course, deed=deed)
    assert export_course(course) == with_other
    Concept.objects.filter(pk=other.pk).delete()
    assert export_course(course) == before


def test_a_changed_text_goes_out_with_what_still_stands_in_it() -> None:
    course = make_essay()
    before = export_course(course)
    change = revise(course, ESSAY.replace(TAX, "Fishermen never named it."))
    file = export_course(course)
    assert "Fishermen never named it." in file.article.text
    assert TAX not in write(file)
    lost = [question.key for question in file.questions if not question.evidence]
    assert len(lost) == 1
    warnings = {problem.code for problem in check(write(file)) if problem.warning}
    assert (errors(file), warnings & {"no_evidence", "concept_without_mention"}) == (
        [],
        {"no_evidence", "concept_without_mention"},
    )
    undo_text_change(change, actor=None, at=NOW)
    assert export_course(course) == before


@pytest.mark.parametrize("quote", ["the lake", "Line", "."])
def test_words_that_stand_more_than_once_are_found_again_at_their_own_place(quote: str) -> None:
    text = TIDES.replace("The sea rises twice a day. The moon pulls it.", f"{quote} a {quote} b {quote} c. The moon.")
    text = text.replace("  > The moon pulls it.", f"  >2 {quote}").replace("  > The sea rises twice a day.", "  > moon")
    course = tides(text)
    assert [(each.text, each.occurrence) for each in entry(course).evidence] == [(quote, 2)]
    assert export_course(course) == parse(text)


def statements(course: Course) -> int:
    with CaptureQueriesContext(connection) as captured:
        write(export_course(course))
    return len(captured)


def test_forty_questions_go_out_in_as_many_statements_as_four() -> None:
    few = statements(tides(with_questions(4)))
    assert statements(tides(with_questions(40).replace("slug: tides", "slug: many"))) == few


DECISIONS: dict[str, Callable[[QuestionVersion], None]] = {
    "accept": lambda version: accept(version, by=None, at=NOW),
    "reject": lambda version: reject(version, by=None, reason="", at=NOW),
    "put back": put_back,
}
EVENTS = st.lists(
    st.tuples(st.sampled_from(["accept", "reject", "put back", "tag", "publish"]), st.integers(0, 5)), max_size=8
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
def test_whatever_is_decided_the_file_makes_a_course_whose_file_is_the_same(events: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        course = tides(with_questions(4).replace("  - draw 1 tagged water (2 points each)\n", ""))
        for event, which in events:
            version = list(QuestionVersion.objects.filter(question__course=course).order_by("pk"))[which]
            is_open = version.published_at is None
            if event == "tag":
                set_tags(version.question, names=[f"tag {which}", "sea"])
            elif event == "publish" and any(each.state == "published" for each in export_course(course).questions):
                publish_course(course, at=NOW)
            elif event != "publish" and is_open:
                DECISIONS[event](version)
        text = write(export_course(course))
        Course.objects.filter(pk=course.pk).update(slug="before")
        assert write(export_course(import_course(parse(text), at=NOW))) == text
        transaction.set_rollback(True)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_taking_every_edit_back_gives_the_file_from_before(steps: list[Step]) -> None:
    with transaction.atomic():
        course = make_cut_course(cuts=(0, 2, 4))
        before = export_course(course)
        for step in steps:
            do(course, step)
        for _ in range(edition(course)):
            undo_last_edit(course, editor=editor_of(course))
        assert export_course(course) == before
        transaction.set_rollback(True)
