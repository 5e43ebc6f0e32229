"""Everything about one concept in one place, whatever was merged, moved or decided."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from authoring.domain.concept_hub import concept_hub
from authoring.domain.concept_picking import find_quote, pick_phrase
from authoring.domain.review import Decision
from course.domain.concept_changes import decide_concepts, define_concept
from course.models import Concept, ConceptState, Course
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import take_back
from quizzes.domain.questions import accept, reject
from quizzes.domain.versions import new_version
from quizzes.models import QuestionVersion
from tests.factories import NOW, make_concept, make_course, single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def picked(course: Course, phrase: str, *, number: int = 1) -> Concept:
    concept, _ = pick_phrase(course, number=number, phrase=phrase, by=None)
    return Concept.objects.select_related("course").get(pk=concept.pk)


def pieces(concept: Concept) -> list[list[str]]:
    """Each naming passage with the words that name the concept in brackets."""
    return [
        [f"[{words}]" if names else words for words, names in passage.pieces]
        for passage in concept_hub(concept).passages
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("A lake.", "lake", [["A ", "[lake]", "."]]),
        ("lake", "lake", [["[lake]"]]),
        ("A lake and a lake.", "lake", [["A ", "[lake]", " and a ", "[lake]", "."]]),
        ("lake lake", "lake", [["[lake]", " ", "[lake]"]]),
        ("A lake.\nNo water.\nThe lake.", "lake", [["A ", "[lake]", "."], ["The ", "[lake]", "."]]),
        ("Über den See, See!", "See", [["Über den ", "[See]", ", ", "[See]", "!"]]),
    ],
)
def test_every_passage_that_names_it_is_cut_where_it_does(text: str, phrase: str, found: list[list[str]]) -> None:
    course = make_course(text=text)

    assert pieces(picked(course, phrase)) == found


def test_the_pieces_joined_are_the_passage() -> None:
    course = make_course(text="The lake feeds the lake house by the lake.\nA lake.")
    concept = picked(course, "lake")

    for passage in concept_hub(concept).passages:
        assert "".join(words for words, _ in passage.pieces) == passage.passage.text


def test_a_concept_that_nothing_names_has_no_passage_and_no_proof() -> None:
    hub = concept_hub(make_concept(make_course()))

    assert (hub.passages, hub.proof, hub.questions, hub.merges) == ((), None, (), ())
    assert hub.lacks_question


def test_the_proof_is_what_its_definition_rests_on() -> None:
    course = make_course()
    concept = picked(course, "lake")

    define_concept(concept, definition="Water.", proof=find_quote(course, words="built a wall"))

    proof = concept_hub(concept).proof
    assert proof is not None
    assert (proof.quote, proof.start, proof.end) == ("built a wall", 39, 51)
    define_concept(concept, definition="Water.")
    assert concept_hub(concept).proof is None


def test_questions_stand_with_their_newest_wording_and_what_was_decided() -> None:
    author = make_author()
    course = make_draft(author, questions=4, concepts=1)
    first, second, third, _ = versions_of(course)
    accept(first, by=author, at=NOW)
    reject(second, by=author, reason="Trivial.", at=NOW)
    draft = QuestionVersion.objects.get(pk=third.pk)
    draft.content = single_choice("Who pays?")
    draft.save()

    hub = concept_hub(course.concepts.select_related("course").get())

    assert [(each.title, each.decision) for each in hub.questions] == [
        ("Who built wall 0?", Decision.ACCEPTED),
        ("Who built wall 1?", Decision.REJECTED),
        ("Who pays?", Decision.UNDECIDED),
        ("Who built wall 3?", Decision.UNDECIDED),
    ]
    assert not hub.lacks_question


def test_a_newer_wording_stands_in_place_of_the_older() -> None:
    course = make_draft(make_author(), questions=1)
    [version] = versions_of(course)
    QuestionVersion.objects.filter(pk=version.pk).update(state="published", published_at=NOW, reviewed_at=NOW)
    new_version(version, content=single_choice("Who pays for it?"), at=NOW)

    [asked] = concept_hub(course.concepts.select_related("course").get()).questions

    assert (asked.title, asked.version.number) == ("Who pays for it?", 2)


def test_what_only_rejected_questions_ask_about_lacks_one() -> None:
    author = make_author()
    course = make_draft(author, questions=2)
    for version in versions_of(course):
        reject(version, by=author, reason="Trivial.", at=NOW)

    assert concept_hub(course.concepts.select_related("course").get()).lacks_question


def test_it_can_be_merged_with_every_other_term_of_its_course_the_rejected_last() -> None:
    course = make_course()
    hub, zebra, ape, rejected, gone = (make_concept(course, term) for term in ("hub", "Zebra", "ape", "Ant", "dam"))
    make_concept(make_course(), "elsewhere")
    decide_concepts([rejected], state=ConceptState.REJECTED, by=None)
    merge_concepts(gone, into=zebra, by=None)

    assert list(concept_hub(hub).others) == [ape, zebra, rejected]


def test_merges_into_it_can_be_taken_apart_and_then_are_gone() -> None:
    course = make_course()
    wall, dam, dyke = (make_concept(course, term) for term in ("wall", "dam", "dyke"))
    deeds = [merge_concepts(each, into=wall, by=None) for each in (dam, dyke)]
    assert [(each.concept, each.deed) for each in concept_hub(wall).merges] == list(
        zip((dam, dyke), deeds, strict=True)
    )

    take_back(course, deed=deeds[0])

    assert [each.concept for each in concept_hub(wall).merges] == [dyke]


def test_what_was_merged_into_a_merged_term_is_not_its_own_merge() -> None:
    course = make_course()
    wall, dam, dyke = (make_concept(course, term) for term in ("wall", "dam", "dyke"))
    merge_concepts(dyke, into=dam, by=None)
    merge_concepts(dam, into=wall, by=None)

    assert [each.concept for each in concept_hub(wall).merges] == [dam]


@pytest.mark.parametrize("many", [1, 12])
def test_eight_queries_tell_everything_whatever_hangs_on_it(many: int) -> None:
    course = make_draft(make_author(), questions=many, concepts=1, text="A lake.\n" * many)
    wall = course.concepts.select_related("course").get()
    for number in range(many):
        make_concept(course, f"dam {number}")

    with CaptureQueriesContext(connection) as asked:
        hub = concept_hub(wall)

    assert (len(hub.questions), len(hub.others), len(asked)) == (many, many, 8)
