"""What people decide about concepts is kept with what it was before."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from course.domain.concept_changes import Found, decide_concepts, define_concept, pick_concept, rename_concept
from course.errors import ConceptIsMerged
from course.models import Anchor, Concept, ConceptChange, ConceptState, Course
from course.reading.outline import Span
from tests.factories import NOW, TEXT, make_concept, make_course, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WALL = Span(TEXT.index("wall"), TEXT.index("wall") + 4)
TOWNS = Span(TEXT.index("two towns"), TEXT.index("two towns") + 9)


@pytest.fixture
def course() -> Course:
    return make_course()


def found(course: Course, span: Span) -> Found:
    return Found(course.lessons.get().revision, span)


def merged_into(target: Concept, term: str = "engine") -> Concept:
    concept = make_concept(target.course, term)
    Concept.objects.filter(pk=concept.pk).update(state=ConceptState.MERGED, merged_into=target)
    concept.refresh_from_db()
    return concept


def kept() -> list[tuple[str, dict[str, object], dict[str, object]]]:
    return list(ConceptChange.objects.values_list("kind", "before", "after"))


def test_a_decision_keeps_what_was_decided_before(course: Course) -> None:
    concept, person = make_concept(course), make_person()
    deed = decide_concepts([concept], state=ConceptState.REJECTED, by=person, at=NOW)
    assert concept.state == ConceptState.REJECTED
    change = ConceptChange.objects.get()
    assert (change.deed, change.made_by, change.made_at, change.undone_at) == (deed, person, NOW, None)
    assert kept() == [("decided", {"state": "accepted"}, {"state": "rejected"})]


def test_the_same_decision_again_is_no_deed(course: Course) -> None:
    assert decide_concepts([make_concept(course)], state=ConceptState.ACCEPTED, by=None) is None
    assert kept() == []


def test_many_are_decided_in_one_deed_and_merged_ones_stay(course: Course) -> None:
    first, second, known = make_concept(course, "a"), make_concept(course, "b"), make_concept(course, "c")
    gone = merged_into(known)
    deed = decide_concepts([first, second, gone], state=ConceptState.REJECTED, by=None)
    assert set(ConceptChange.objects.values_list("deed", "concept")) == {(deed, first.pk), (deed, second.pk)}
    gone.refresh_from_db()
    assert gone.state == ConceptState.MERGED


@pytest.mark.parametrize("count", [1, 40])
def test_deciding_takes_the_same_writes_whatever_the_number(course: Course, count: int) -> None:
    concepts = [make_concept(course, f"term {n}") for n in range(count)]
    with CaptureQueriesContext(connection) as asked:
        decide_concepts(concepts, state=ConceptState.REJECTED, by=None, at=NOW)
    writes = [query for query in asked if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert len(writes) == 2
    assert Concept.objects.filter(state=ConceptState.REJECTED).count() == count


def test_a_new_name_keeps_the_address(course: Course) -> None:
    concept = make_concept(course, "thirst machine")
    slug = concept.slug
    assert isinstance(rename_concept(concept, term="dam", by=None), UUID)
    concept.refresh_from_db()
    assert (concept.term, concept.slug) == ("dam", slug)
    assert rename_concept(concept, term="dam", by=None) is None
    assert kept() == [("renamed", {"term": "thirst machine"}, {"term": "dam"})]


def test_a_definition_rests_on_words_of_the_text(course: Course) -> None:
    concept = make_concept(course)
    define_concept(concept, definition="What holds water back.", proof=found(course, WALL))
    anchor = Anchor.objects.get(definition=concept)
    assert (anchor.quote, anchor.start, anchor.end, anchor.prefix[-8:]) == ("wall", WALL.start, WALL.end, "built a ")


def test_a_new_definition_takes_the_place_of_the_old_one_with_its_proof(course: Course) -> None:
    concept = make_concept(course)
    define_concept(concept, definition="What holds water back.", proof=found(course, WALL))
    define_concept(concept, definition="Who drinks.", proof=found(course, TOWNS))
    assert Anchor.objects.get(definition=concept).quote == "two towns"
    define_concept(concept, definition="Who drinks.", proof=None)
    assert not Anchor.objects.filter(definition=concept).exists()
    assert [after["definition"] for _, _, after in kept()] == ["What holds water back.", "Who drinks.", "Who drinks."]


def test_the_same_definition_again_changes_nothing(course: Course) -> None:
    concept = make_concept(course)
    assert define_concept(concept, definition="Held water.", proof=found(course, WALL)) is not None
    anchor = Anchor.objects.get(definition=concept).pk
    assert define_concept(concept, definition="Held water.", proof=found(course, WALL)) is None
    assert Anchor.objects.get(definition=concept).pk == anchor


def test_a_merged_concept_is_neither_renamed_nor_defined(course: Course) -> None:
    gone = merged_into(make_concept(course))
    with pytest.raises(ConceptIsMerged):
        rename_concept(gone, term="dam", by=None)
    with pytest.raises(ConceptIsMerged):
        define_concept(gone, definition="Held water.")
    assert kept() == []


def test_a_picked_term_is_accepted_and_stands_last(course: Course) -> None:
    before = make_concept(course)
    concept, deed = pick_concept(course, term="wall", slug="wall", places=[found(course, WALL)], by=None)
    assert (concept.term, concept.state, concept.rank) == ("wall", ConceptState.ACCEPTED, before.rank + 1)
    assert Anchor.objects.get(mention__concept=concept).quote == "wall"
    assert ConceptChange.objects.get().deed == deed


@pytest.mark.parametrize("state", [ConceptState.SUGGESTED, ConceptState.REJECTED])
def test_picking_a_term_that_is_known_accepts_it_and_adds_what_was_not_marked(
    course: Course, state: ConceptState
) -> None:
    known = make_concept(course, "Wall")
    Concept.objects.filter(pk=known.pk).update(state=state)
    concept, deed = pick_concept(course, term="wall", slug="wall", places=[found(course, WALL)], by=None)
    assert (concept, concept.state) == (known, ConceptState.ACCEPTED)
    assert list(ConceptChange.objects.values_list("kind", "deed")) == [("decided", deed), ("mentioned", deed)]
    assert pick_concept(course, term="wall", slug="wall", places=[found(course, WALL)], by=None) == (known, None)
    assert Anchor.objects.filter(mention__concept=known).count() == 1


def test_picking_another_term_of_a_concept_marks_the_concept(course: Course) -> None:
    dam = make_concept(course, "dam")
    merged_into(dam, "wall")
    concept, _ = pick_concept(course, term="wall", slug="wall-2", places=[found(course, WALL)], by=None)
    assert concept == dam
    assert Anchor.objects.get(mention__concept=dam).quote == "wall"


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "merged"},
        {"merged_into": "another"},
        {"state": "merged", "merged_into": "itself"},
        {"state": "doubted"},
    ],
    ids=str,
)
def test_the_database_refuses_half_a_merge(course: Course, fields: dict[str, str]) -> None:
    concept = make_concept(course)
    others = {"another": make_concept(course, "dam"), "itself": concept}
    changed = {name: others.get(value, value) for name, value in fields.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Concept.objects.filter(pk=concept.pk).update(**changed)


def test_an_anchor_of_a_definition_is_one_of_nothing_else(course: Course) -> None:
    concept = make_concept(course)
    define_concept(concept, definition="Held water.", proof=found(course, WALL))
    anchor = Anchor.objects.get(definition=concept)
    with pytest.raises(IntegrityError), transaction.atomic():
        Anchor.objects.filter(pk=anchor.pk).update(question=course.uuid)
    with pytest.raises(IntegrityError), transaction.atomic():
        Anchor.objects.filter(pk=anchor.pk).update(definition=None)
