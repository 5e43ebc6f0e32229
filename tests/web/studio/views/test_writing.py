"""Questions written by hand: every kind, without a script, with the sentences that prove them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.domain.concept_changes import Found
from course.models import Anchor, Course
from course.reading.outline import Span
from quizzes.domain.questions import accept, publish_accepted
from quizzes.models import QuestionVersion
from quizzes.questions import kinds, question_type
from quizzes.questions.base import QuestionType
from tests.factories import NOW, single_choice
from tests.web.studio.asked import untouched
from tests.web.studio.drafts import address_of, make_author, make_draft, versions_of
from tests.web.studio.forms import form_on
from web.studio.proof_form import place_of
from web.studio.question_form import QuestionForm, says_the_same

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def place(course: Course, start: int = 24, end: int = 52) -> str:
    """Words of the course's text as a form sends them; “The upper town built a wall.” by default."""
    return place_of(Found(course.lessons.get().revision, Span(start, end)))


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


def test_every_kind_can_be_picked_by_the_alphabet_with_an_example(client: Client, course: Course) -> None:
    page = client.get(address_of(course, "questions", "new")).content.decode()
    by_label = sorted(kinds(), key=lambda kind: kind.label)
    links = [page.index(f'?kind={kind.kind}">{kind.label}</a>') for kind in by_label]
    assert links == sorted(links)
    assert f'{address_of(course, "questions", "new")}"' in client.get(address_of(course, "questions")).content.decode()


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_every_kind_is_written_in_the_empty_form(
    client: Client, course: Course, author: User, kind: QuestionType
) -> None:
    content = next(iter(kind.examples())).content
    assert client.get(new(course, kind.kind)).status_code == 200

    answer = client.post(new(course, kind.kind), {**written(kind, content), "proof": place(course)})

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
        "proof": place(course),
        "do": "save",
    }
    answer = client.post(new(course, "single_choice"), {**sent, "concept": "suggestion-0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    kept = form_on(page)
    assert (kept["stem"], kept["options-0-text"], kept["tags"]) == ("Which <b>town</b>?", "The upper town", "walls")
    assert (kept["proof"], kept["concept"]) == (place(course), "suggestion-0")
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


@pytest.mark.parametrize(
    "proof",
    [
        "",
        "x",
        "24-52",
        "{print}-52-24",
        "{print}-0-98",
        "{print}-24-52-1",
        "{print}--1-4",
        "000000000000-24-52",
        "{print}-52-53",
    ],
)
def test_only_words_of_the_text_prove(client: Client, course: Course, proof: str) -> None:
    sent = written(question_type("single_choice"), single_choice())
    client.post(new(course, "single_choice"), {**sent, "proof": proof.format(print=place(course).partition("-")[0])})
    assert quotes(QuestionVersion.objects.get()) == []


def test_several_pieces_prove(client: Client, course: Course) -> None:
    sent = written(question_type("single_choice"), single_choice())
    client.post(new(course, "single_choice"), {**sent, "proof": [place(course, 57, 67), place(course, 2, 6)]})
    assert quotes(QuestionVersion.objects.get()) == ["lake", "lower town"]


def test_marking_saves_nothing_and_loses_nothing(client: Client, course: Course) -> None:
    sent = {"stem": "Which town?", "proof": place(course, 2, 6), "words": "thirst machine", "do": "mark"}
    answer = client.post(new(course, "single_choice"), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert form_on(page)["stem"] == "Which town?"
    assert "<mark>lake</mark>" in page
    assert "<mark>thirst machine</mark>" in page
    assert not QuestionVersion.objects.exists()


def test_a_kind_that_there_is_not_is_not_found(client: Client, course: Course) -> None:
    assert client.get(new(course, "riddle")).status_code == 404
    assert client.post(new(course, "riddle"), {"do": "save"}).status_code == 404


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
    assert form_on(page)["proof"] == place(course)

    save_proof(client, course, "", place(course, 2, 6))

    version = versions_of(course)[0]
    assert quotes(version) == ["lake"]
    assert (version.state, version.reviewed_at, version.written_by) == ("draft", None, author)


@pytest.mark.parametrize("sends", [lambda course: [], lambda course: ["", place(course)]], ids=["unsent", "untouched"])
def test_a_proof_that_is_not_changed_stays_the_same_rows(
    client: Client, author: User, sends: Callable[[Course], list[str]]
) -> None:
    course = make_draft(author, questions=1)
    before = list(Anchor.objects.filter(question=versions_of(course)[0].uuid).values())
    save_proof(client, course, *sends(course))
    assert list(Anchor.objects.filter(question=versions_of(course)[0].uuid).values()) == before


def test_all_proof_can_be_taken_away(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    save_proof(client, course, "")
    assert quotes(versions_of(course)[0]) == []
    assert "Nothing is marked yet." in client.get(edit(course)).content.decode()


def test_a_published_question_keeps_its_proof_and_its_new_version_has_another(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)

    save_proof(client, course, "", place(course, 2, 6))

    published, draft = versions_of(course)
    assert quotes(published) == ["The upper town built a wall."]
    assert quotes(draft) == ["lake"]
    assert (published.state, draft.state) == ("published", "draft")


def test_of_two_who_mark_at_once_the_second_sees_both(client: Client, author: User) -> None:
    course = make_draft(author, questions=1)
    stale = form_on(client.get(edit(course)).content.decode())
    save_proof(client, course, "", place(course, 2, 6))

    answer = client.post(edit(course), {**stale, "proof": ["", place(course, 57, 67)], "do": "save"})

    page = answer.content.decode()
    assert answer.status_code == 409
    theirs, mine = page.index('<p lang="en">lake</p>'), page.index('<p lang="en">lower town</p>')
    assert theirs < mine
    assert form_on(page)["proof"] == place(course, 57, 67)
    assert quotes(versions_of(course)[0]) == ["lake"]
