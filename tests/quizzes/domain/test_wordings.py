"""Who saves a question names the wording they began with: nobody's words are overwritten unseen."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from course.models import Anchor, Course
from quizzes.domain.questions import NoLongerADraft, accept, publish_accepted, reject
from quizzes.domain.wordings import WordingChanged, newest_wording, print_of, save_wording
from quizzes.models import QuestionVersion
from tests.factories import NOW, single_choice
from tests.web.studio.drafts import make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def author() -> User:
    return make_author()


@pytest.fixture
def course(author: User) -> Course:
    return make_draft(author, questions=1)


def saying(stem: str) -> dict[str, Any]:
    return single_choice(stem)


def published(course: Course, author: User) -> QuestionVersion:
    accept(versions_of(course)[0], by=author)
    publish_accepted(course, at=NOW)
    return versions_of(course)[0]


def test_the_draft_reads_as_saved(course: Course) -> None:
    draft = versions_of(course)[0]
    saved = save_wording(draft.question, content=saying("Mine?"), seen=print_of(draft))
    assert saved == draft
    assert [version.content["stem"] for version in versions_of(course)] == ["Mine?"]


def test_a_wording_that_changed_meanwhile_is_not_overwritten(course: Course) -> None:
    draft = versions_of(course)[0]
    seen = print_of(draft)
    save_wording(draft.question, content=saying("Theirs?"), seen=seen)
    with pytest.raises(WordingChanged) as changed:
        save_wording(draft.question, content=saying("Mine?"), seen=seen)
    assert changed.value.newest.content["stem"] == "Theirs?"
    assert versions_of(course)[0].content["stem"] == "Theirs?"


@pytest.mark.parametrize("seen", ["", "0" * 20])
def test_who_saw_no_wording_saves_none(course: Course, seen: str) -> None:
    with pytest.raises(WordingChanged):
        save_wording(versions_of(course)[0].question, content=saying("Mine?"), seen=seen)


def test_what_is_published_gets_a_version_with_the_same_proof(course: Course, author: User) -> None:
    old = published(course, author)
    draft = save_wording(old.question, content=saying("Mine?"), seen=print_of(old), at=NOW)
    assert (draft.number, draft.state, draft.created_at) == (2, "draft", NOW)
    quotes = [list(Anchor.objects.filter(question=each.uuid).values_list("quote")) for each in (old, draft)]
    assert quotes[0] == quotes[1] != []


def test_the_same_words_in_a_new_version_are_another_wording(course: Course, author: User) -> None:
    old = published(course, author)
    draft = save_wording(old.question, content=old.content, seen=print_of(old))
    assert draft.content == old.content
    with pytest.raises(WordingChanged):
        save_wording(old.question, content=saying("Mine?"), seen=print_of(old))


def test_accepting_and_rejecting_change_no_wording(course: Course, author: User) -> None:
    draft = versions_of(course)[0]
    seen = print_of(draft)
    accept(draft, by=author)
    reject(draft, by=author, reason="Unclear.")
    saved = save_wording(draft.question, content=saying("Mine?"), seen=seen)
    assert (saved.state, saved.reviewed_at, saved.review_note) == ("draft", None, "")


def test_what_is_withdrawn_has_no_wording_to_save(course: Course, author: User) -> None:
    old = published(course, author)
    QuestionVersion.objects.update(state="retired")
    assert newest_wording(old.question) is None
    with pytest.raises(NoLongerADraft):
        save_wording(old.question, content=saying("Mine?"), seen=print_of(old))


def test_the_newest_wording_is_the_draft_of_a_published_question(course: Course, author: User) -> None:
    old = published(course, author)
    assert newest_wording(old.question) == old
    draft = save_wording(old.question, content=saying("Mine?"), seen=print_of(old))
    assert newest_wording(old.question) == draft
