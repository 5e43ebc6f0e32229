"""Questions written by hand: every kind, without a script, with the sentences that prove them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.models import Anchor, Course
from quizzes.domain.questions import accept, publish_accepted
from quizzes.models import QuestionVersion
from quizzes.questions import kinds, question_type
from quizzes.questions.base import QuestionType
from tests.factories import NOW, single_choice
from tests.web.studio.asked import untouched
from tests.web.studio.drafts import address_of, make_author, make_draft, versions_of
from tests.web.studio.forms import form_on
from web.studio.question_form import QuestionForm, says_the_same

pytestmark = [pytest.mark.django_db, pytest.mark.database]

PROOF = "24-52"
"""“The upper town built a wall.” in the factories' text."""


@pytest.fixture
def author(client: Client) -> User:
    person = make_author()
    client.force_login(person)
    return person


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=0, contents=[], concepts=1)


def new(course: Course, kind: str) -> str:
    return f"{address_of(course, 'questions', 'new')}?kind={kind}"


def written(kind: QuestionType, content: Any) -> dict[str, str]:
    """What somebody sends who fills in the empty form with this content."""
    return {**untouched(QuestionForm(kind, content).fields()), "do": "save"}


def quotes(version: QuestionVersion) -> list[str]:
    return list(Anchor.objects.filter(question=version.uuid).order_by("ordinal").values_list("quote", flat=True))


def test_every_kind_can_be_picked_with_an_example(client: Client, course: Course) -> None:
    page = client.get(address_of(course, "questions", "new")).content.decode()
    for kind in kinds():
        assert f'?kind={kind.kind}">{kind.label}</a>' in page
    assert f'{address_of(course, "questions", "new")}"' in client.get(address_of(course, "questions")).content.decode()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_every_kind_is_written_in_the_empty_form(
    client: Client, course: Course, author: User, kind: QuestionType
) -> None:
    content = next(iter(kind.examples())).content
    assert client.get(new(course, kind.kind)).status_code == 200

    answer = client.post(new(course, kind.kind), {**written(kind, content), "proof": PROOF})

    version = QuestionVersion.objects.get()
    assert answer["Location"] == address_of(course, "questions", version.uuid)
    assert (version.kind, version.state, version.origin, version.written_by) == (kind.kind, "draft", "human", author)
    assert kind.check(version.content) == []
    assert says_the_same(without_ids(kind, version.content), without_ids(kind, content))
    assert quotes(version) == ["The upper town built a wall."]


def without_ids(kind: QuestionType, content: Any) -> Any:
    """The content under the same ids as any other."""
    rows = content.get(kind.id_rows) if kind.id_rows else None
    return kind.with_ids(content, [f"x{n}" for n in range(len(rows))]) if isinstance(rows, list) else content


def test_nothing_typed_is_lost_while_something_is_missing(client: Client, course: Course) -> None:
    sent = {
        "stem": "Which <b>town</b>?",
        "options-0-text": "The upper town",
        "tags": "walls",
        "proof": PROOF,
        "do": "save",
    }
    answer = client.post(new(course, "single_choice"), {**sent, "concept": "suggestion-0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    kept = form_on(page)
    assert (kept["stem"], kept["options-0-text"], kept["tags"]) == ("Which <b>town</b>?", "The upper town", "walls")
    assert (kept["proof"], kept["concept"]) == (PROOF, "suggestion-0")
    assert "Which &lt;b&gt;town&lt;/b&gt;?" in page
    assert not QuestionVersion.objects.exists()


@pytest.mark.parametrize("button", ["preview", "more options 0", "down options 0", "out options 1"])
def test_no_button_but_save_stores_anything(client: Client, course: Course, button: str) -> None:
    sent = {**written(question_type("single_choice"), single_choice()), "do": button}
    assert client.post(new(course, "single_choice"), sent).status_code == 200
    assert not QuestionVersion.objects.exists()


def test_the_concept_and_the_tags_are_kept(client: Client, course: Course) -> None:
    sent = written(question_type("single_choice"), single_choice())
    client.post(new(course, "single_choice"), {**sent, "concept": "suggestion-0", "tags": "walls"})
    question = QuestionVersion.objects.get().question
    assert question.concept is not None
    assert (question.concept.slug, question.tags.get().name) == ("suggestion-0", "walls")


@pytest.mark.parametrize("proof", ["", "0-1", "24-51", "x", "24-52-1", "-", "9999999999-2"])
def test_only_sentences_of_the_text_prove(client: Client, course: Course, proof: str) -> None:
    sent = written(question_type("single_choice"), single_choice())
    client.post(new(course, "single_choice"), {**sent, "proof": proof})
    assert quotes(QuestionVersion.objects.get()) == []


def test_a_kind_that_there_is_not_is_not_found(client: Client, course: Course) -> None:
    assert client.get(new(course, "riddle")).status_code == 404
    assert client.post(new(course, "riddle"), {"do": "save"}).status_code == 404


def other_sentence(page: str) -> str:
    """The place of a sentence that is not the proof."""
    places = [part.partition('"')[0] for part in page.split('name="proof" value="')[1:]]
    return next(place for place in places if place != PROOF)


def edit(course: Course) -> str:
    return address_of(course, "questions", versions_of(course)[-1].uuid, "edit")


def save_proof(client: Client, course: Course, *proof: str) -> None:
    sent = form_on(client.get(edit(course)).content.decode())
    answer = client.post(edit(course), {**sent, "proof": list(proof), "do": "save"})
    assert answer.status_code == 303


def test_the_proof_of_a_draft_is_shown_and_chosen_anew(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    accept(versions_of(course)[0], by=author)
    page = client.get(edit(course)).content.decode()
    assert form_on(page)["proof"] == PROOF

    other = other_sentence(page)
    save_proof(client, course, other)

    version = versions_of(course)[0]
    start, end = map(int, other.split("-"))
    assert quotes(version) == [course.lessons.get().revision.text[start:end]]
    assert (version.reviewed_at, version.written_by) == (None, author)


@pytest.mark.parametrize("proof", [[], [PROOF], ["nonsense"]])
def test_a_proof_that_is_not_changed_stays_the_same_rows(client: Client, author: User, proof: list[str]) -> None:
    course = make_draft(author, questions=1)
    before = list(Anchor.objects.filter(question=versions_of(course)[0].uuid).values())
    save_proof(client, course, *proof)
    assert list(Anchor.objects.filter(question=versions_of(course)[0].uuid).values()) == before


def test_a_published_question_keeps_its_proof_and_its_new_version_has_another(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)
    page = client.get(edit(course)).content.decode()
    other = other_sentence(page)

    save_proof(client, course, other)

    published, draft = versions_of(course)
    assert quotes(published) == ["The upper town built a wall."]
    assert quotes(draft) != quotes(published)
    assert (published.state, draft.state) == ("published", "draft")
