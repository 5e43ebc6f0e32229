"""Every deed can be taken back while what it left still stands."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from accounts.models import User
from authoring.domain.concept_picking import find_quote, pick_phrase
from course.domain.concept_changes import decide_concepts, define_concept, rename_concept
from course.errors import ChangedSince
from course.models import Anchor, Concept, ConceptChange, ConceptState, Course, Mention
from quizzes.domain.concept_merging import merge_concepts
from quizzes.domain.concept_undo import last_deed, take_back
from quizzes.models import Question
from tests.factories import make_concept, make_course, make_person, make_quiz

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def course() -> Course:
    return make_course()


@pytest.fixture
def person() -> User:
    return make_person()


def rejected(concept: Concept, by: User) -> UUID | None:
    return decide_concepts([concept], state=ConceptState.REJECTED, by=by)


def renamed(concept: Concept, by: User) -> UUID | None:
    return rename_concept(concept, term="dam", by=by)


def defined(concept: Concept, by: User) -> UUID | None:
    proof = find_quote(concept.course, words="built a wall")
    return define_concept(concept, definition="Held water.", proof=proof, by=by)


def undefined(concept: Concept, by: User) -> UUID | None:
    return define_concept(concept, definition="", by=by)


def mentioned(concept: Concept, by: User) -> UUID | None:
    return pick_phrase(concept.course, number=2, phrase="thirst machine", by=by)[1]


def picked(concept: Concept, by: User) -> UUID | None:
    return pick_phrase(concept.course, number=1, phrase="two towns", by=by)[1]


def merged(concept: Concept, by: User) -> UUID | None:
    return merge_concepts(concept, into=concept.course.concepts.get(term="lake"), by=by)


DEEDS = [rejected, renamed, defined, undefined, mentioned, picked, merged]


def everything(course: Course) -> list[object]:
    return [
        list(Concept.objects.filter(course=course).order_by("pk").values()),
        list(Mention.objects.order_by("pk").values_list("uuid", "concept")),
        list(Anchor.objects.order_by("start").values_list("mention", "definition", "start", "end", "quote")),
    ]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_a_deed_taken_back_leaves_nothing_behind(
    course: Course, person: User, deed: Callable[[Concept, User], UUID | None]
) -> None:
    concept, _ = make_concept(course), make_concept(course, "lake")
    before = everything(course)
    done = deed(concept, person)
    assert everything(course) != before
    last = last_deed(course, by=person)
    assert last is not None
    assert last.uuid == done
    take_back(course, deed=last.uuid)
    assert everything(course) == before
    assert last_deed(course, by=person) is None


def test_deeds_go_back_one_after_the_other(course: Course, person: User) -> None:
    concept, _ = make_concept(course), make_concept(course, "lake")
    moments = []
    for deed in [renamed, defined, undefined, rejected]:
        moments.append(everything(course))
        deed(concept, person)
    for moment in reversed(moments):
        last = last_deed(course, by=person)
        assert last is not None
        take_back(course, deed=last.uuid)
        assert everything(course)[:2] == moment[:2]
        assert [row[1:] for row in everything(course)[2]] == [row[1:] for row in moment[2]]  # type: ignore[attr-defined]  # -- rows of values


@pytest.mark.parametrize(
    ("deed", "later"),
    [(rejected, rejected), (renamed, renamed), (defined, undefined), (picked, picked)],
    ids=lambda deed: deed.__name__,
)
def test_what_was_changed_again_since_is_not_taken_back(
    course: Course, person: User, deed: Callable[[Concept, User], UUID], later: Callable[[Concept, User], UUID]
) -> None:
    concept, _ = make_concept(course), make_concept(course, "lake")
    done = deed(concept, person)
    if later is rejected:
        decide_concepts([concept], state=ConceptState.SUGGESTED, by=None)
    elif later is renamed:
        rename_concept(concept, term="wall", by=None)
    elif later is picked:
        rename_concept(course.concepts.get(term="two towns"), term="both towns", by=None)
    else:
        later(concept, person)
    before = everything(course)
    with pytest.raises(ChangedSince):
        take_back(course, deed=done)
    assert everything(course) == before
    assert ConceptChange.objects.filter(deed=done, undone_at__isnull=True).exists()


def test_a_picked_concept_that_a_question_asks_about_is_not_taken_back(course: Course, person: User) -> None:
    concept, deed = pick_phrase(course, number=1, phrase="two towns", by=person)
    make_quiz(course, questions=1, concept=concept)
    assert deed is not None
    with pytest.raises(ChangedSince, match=r"Something rests on this concept meanwhile\. Reject it instead\."):
        take_back(course, deed=deed)
    assert Question.objects.get().concept == concept


def test_half_of_many_that_was_changed_since_keeps_all(course: Course, person: User) -> None:
    one, other = make_concept(course, "a"), make_concept(course, "b")
    deed = decide_concepts([one, other], state=ConceptState.REJECTED, by=person)
    decide_concepts([other], state=ConceptState.SUGGESTED, by=None)
    assert deed is not None
    with pytest.raises(ChangedSince):
        take_back(course, deed=deed)
    assert set(course.concepts.values_list("term", "state")) == {("a", "rejected"), ("b", "suggested")}


def test_a_deed_of_another_course_or_of_nobody_takes_nothing_back(course: Course, person: User) -> None:
    concept = make_concept(make_course())
    deed = rejected(concept, person)
    assert deed is not None
    assert take_back(course, deed=deed) == ()
    assert take_back(course, deed=uuid4()) == ()
    concept.refresh_from_db()
    assert concept.state == ConceptState.REJECTED


def test_ones_last_deed_is_ones_own_in_this_course(course: Course, person: User) -> None:
    concept = make_concept(course)
    renamed(concept, make_person())
    rejected(make_concept(make_course()), person)
    assert last_deed(course, by=person) is None
    deed = rejected(concept, person)
    last = last_deed(course, by=person)
    assert last is not None
    assert (last.uuid, last.first.concept) == (deed, concept)
