"""The checks beside a draft: mended or waived by a button, seen by everybody, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Course, Role
from quizzes.domain.questions import edit_draft
from quizzes.models import Waiver
from tests.factories import make_person, single_choice
from tests.web.studio.drafts import address_of, make_author, make_draft, versions_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SHORT = {**single_choice("Who built it?")}
MIXED = {
    **single_choice("Which of the two towns by the lake built a wall?"),
    "options": [
        {"id": "k7", "text": "Upper town.", "correct": True},
        {"id": "m2", "text": "Lower town", "correct": False},
        {"id": "p4", "text": "Middle town", "correct": False},
    ],
}


@pytest.fixture
def author(client: Client) -> User:
    person = make_author("Ines")
    client.force_login(person)
    return person


def page_of(client: Client, course: Course) -> str:
    return client.get(address_of(course, "questions", versions_of(course)[0].uuid)).content.decode()


def check(client: Client, course: Course, **sent: str) -> str:
    """What the page says after a button of its checks."""
    address = address_of(course, "questions", versions_of(course)[0].uuid, "check")
    return str(client.post(address, sent, follow=True).content.decode())


def said(client: Client, course: Course, rule: str) -> str:
    """The finding as the page sends it."""
    page = page_of(client, course)
    _, _, rest = page.partition(f'name="rule" value="{rule}"')
    return rest.partition('name="said" value="')[2].partition('"')[0]


def test_a_finding_is_waived_with_a_reason_and_counts_again(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", SHORT)])
    finding = said(client, course, "stem_length")

    page = check(client, course, do="waive", rule="stem_length", said=finding, reason="Short is <b>good</b> here.")

    assert "It does not count here." in page
    assert "Waived: " + finding in page
    assert "“Short is &lt;b&gt;good&lt;/b&gt; here.” Ines" in page
    waiver = Waiver.objects.get()
    page = check(client, course, do="count", waiver=str(waiver.uuid))
    assert "the finding counts again" in page
    assert "Waived once, and counts again" in page
    assert said(client, course, "stem_length") == finding


def test_without_a_reason_the_page_says_what_is_missing(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", SHORT)])
    page = check(client, course, do="waive", rule="stem_length", said=said(client, course, "stem_length"), reason=" ")
    assert "Say why it does not matter here" in page
    assert not Waiver.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"do": "waive", "rule": "absolutes", "said": "No.", "reason": "So."},
        {"do": "waive", "rule": "stem_length", "said": "Something else.", "reason": "So."},
        {"do": "fix", "rule": "stem_length"},
        {"do": "fix", "rule": ""},
        {"do": "dance"},
        {},
    ],
)
def test_what_was_not_found_is_neither_waived_nor_mended(client: Client, author: User, sent: dict[str, str]) -> None:
    course = make_draft(author, contents=[("single_choice", SHORT)])
    check(client, course, **sent)
    assert not Waiver.objects.exists()
    assert versions_of(course)[0].content == SHORT


@pytest.mark.parametrize("waiver", ["", "x", "8e5a2e6e-5b0d-4e43-8a4e-3d4a0f3b4a11"])
def test_a_waiver_that_there_is_not_is_not_found(client: Client, author: User, waiver: str) -> None:
    course = make_draft(author, contents=[("single_choice", SHORT)])
    address = address_of(course, "questions", versions_of(course)[0].uuid, "check")
    assert client.post(address, {"do": "count", "waiver": waiver}).status_code == 404


def test_what_can_be_mended_by_rule_is_and_waits_for_review(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", MIXED)])
    assert "Mend it" in page_of(client, course)

    page = check(client, course, do="fix", rule="same_form")

    version = versions_of(course)[0]
    assert "Mended: " in page
    assert [option["text"] for option in version.content["options"]] == ["Upper town", "Lower town", "Middle town"]
    assert (version.origin, version.reviewed_at, version.written_by) == ("human", None, author)
    assert "Mend it" not in page


def test_a_fix_is_shown_before_it_is_applied(client: Client, author: User) -> None:
    page = page_of(client, make_draft(author, contents=[("single_choice", MIXED)]))
    assert "<dd><del>Upper town. – This is right</del></dd><dd><ins>Upper town – This is right</ins></dd>" in page
    assert "<del>Lower town</del>" not in page


def test_a_fix_is_taken_back_word_for_word(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", MIXED)])
    check(client, course, do="fix", rule="same_form")
    assert "Undo: mended this question" in page_of(client, course)

    page = check(client, course, do="unfix")

    version = versions_of(course)[0]
    assert "Taken back: the question reads as it did before." in page
    assert (version.content, version.origin, version.written_by) == (MIXED, "drafted", None)
    assert "Mend it" in page
    assert "Undo: mended this question" not in page


def test_what_somebody_changed_since_is_not_taken_back(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", MIXED)])
    check(client, course, do="fix", rule="same_form")
    edit_draft(versions_of(course)[0], content=single_choice("Which town built it in the end, and when?"))
    changed = versions_of(course)[0].content

    assert "Undo: mended this question" not in page_of(client, course)
    assert "There is nothing to take back" in check(client, course, do="unfix")
    assert versions_of(course)[0].content == changed


def test_nobody_takes_back_what_somebody_else_mended(client: Client, author: User) -> None:
    course = make_draft(author, contents=[("single_choice", MIXED)])
    check(client, course, do="fix", rule="same_form")
    colleague = make_person()
    enrol(course, person=colleague, role=Role.EDITOR)
    client.force_login(colleague)
    assert "Undo: mended this question" not in page_of(client, course)
    assert "There is nothing to take back" in check(client, course, do="unfix")


def test_the_key_and_the_proof_offer_no_waiver(client: Client, author: User) -> None:
    broken: dict[str, Any] = {**SHORT, "options": [{**each, "correct": False} for each in SHORT["options"]]}
    course = make_draft(author, contents=[("single_choice", broken)])
    page = page_of(client, course)
    assert 'value="one_key"' in page
    assert 'Does not matter here<span class="vh">: one_key' not in page
    assert 'Does not matter here<span class="vh">: stem_length' in page


def test_the_rules_that_hold_are_told_in_words(client: Client, author: User) -> None:
    page = page_of(client, make_draft(author, contents=[("single_choice", MIXED)]))
    assert "No two options read the same." in page
    assert "rules hold" in page


def test_two_people_are_asked_for_on_the_page_of_questions(client: Client, author: User) -> None:
    course = make_draft(author)
    address = address_of(course, "review-rule")
    page = client.post(address, {"people": "two"}, follow=True).content.decode()
    assert "whoever wrote a draft cannot accept it alone" in page
    course.refresh_from_db()
    assert course.two_person_review
    page = client.post(address, {"people": "one"}, follow=True).content.decode()
    assert "One person is enough to accept a question." in page


def test_a_writer_is_told_that_somebody_else_accepts(client: Client, author: User) -> None:
    course = make_draft(author, questions=2)
    client.post(address_of(course, "review-rule"), {"people": "two"})
    version = versions_of(course)[0]
    version.written_by = author
    version.save()

    assert "In this course a second person accepts it." in page_of(client, course)
    answer = client.post(address_of(course, "questions", version.uuid, "decide"), {"do": "accept"}, follow=True)

    assert "this course wants a second person to accept it" in answer.content.decode()
    assert not versions_of(course)[0].is_accepted


def test_others_do_not_find_the_checks(client: Client, author: User) -> None:
    course = make_draft(author)
    client.force_login(make_author())
    for address in (
        address_of(course, "review-rule"),
        address_of(course, "questions", versions_of(course)[0].uuid, "check"),
    ):
        assert client.post(address).status_code == 404
