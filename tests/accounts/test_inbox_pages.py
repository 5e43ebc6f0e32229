"""The pages on which people read what they were told, and choose what comes by mail."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.test import Client

from accounts.domain.digest import mail_settings, stop_link
from accounts.domain.inbox import notify
from accounts.models import InboxMessage, MailRule, MutedKind, User
from accounts.notices import notice_kinds
from tests.accounts.pages import Page
from tests.web.learner.sittings import statements_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

INBOX, MAIL = "/accounts/inbox/", "/accounts/mail/"


def unread(person: User) -> list[str]:
    return list(InboxMessage.objects.filter(user=person, read_at=None).order_by("pk").values_list("text", flat=True))


def test_the_head_of_every_page_says_how_much_is_new_and_nothing_when_nothing_is(
    signed_in: Client, person: User
) -> None:
    assert f'href="{INBOX}"' not in signed_in.get("/").content.decode()
    for text in ("One.", "Two."):
        notify(person, kind="graded", text=text)

    for address in ("/", "/progress/", MAIL):
        assert '>Inbox <span class="num">2</span>' in signed_in.get(address).content.decode()


def test_the_number_takes_no_statement_more(signed_in: Client, person: User) -> None:
    before = statements_of(lambda: signed_in.get("/"))
    notify(person, kind="graded", text="One.")

    assert statements_of(lambda: signed_in.get("/")) == before


def test_messages_stand_newest_first_and_the_new_ones_say_so(signed_in: Client, person: User) -> None:
    notify(person, kind="graded", text="The older one.", url="/progress/")
    InboxMessage.objects.update(read_at="2026-01-01T00:00Z")
    notify(person, kind="graded", text="The newer one.")

    page = signed_in.get(INBOX).content.decode()

    assert page.index("The newer one.") < page.index("The older one.")
    assert page.count('class="state now"') == 1
    assert not Page(page).inline


def test_looking_at_the_inbox_reads_nothing(signed_in: Client, person: User) -> None:
    notify(person, kind="graded", text="One.")
    signed_in.get(INBOX)

    assert unread(person) == ["One."]


def test_an_opened_message_is_read_and_leads_where_it_happened(signed_in: Client, person: User) -> None:
    notify(person, kind="graded", text="One.", url="/progress/")
    notify(person, kind="graded", text="Two.")
    one, two = InboxMessage.objects.order_by("pk")

    assert signed_in.post(f"{INBOX}{one.uuid}/")["Location"] == "/progress/"
    assert unread(person) == ["Two."]
    assert signed_in.post(f"{INBOX}{two.uuid}/")["Location"] == INBOX
    assert unread(person) == []


def test_opening_again_keeps_when_it_was_read(signed_in: Client, person: User) -> None:
    notify(person, kind="graded", text="One.")
    message = InboxMessage.objects.get()
    signed_in.post(f"{INBOX}{message.uuid}/")
    first = InboxMessage.objects.get().read_at
    signed_in.post(f"{INBOX}{message.uuid}/")

    assert InboxMessage.objects.get().read_at == first


def test_nobody_opens_anothers_message(signed_in: Client) -> None:
    other = User.objects.create()
    notify(other, kind="graded", text="One.")
    theirs = InboxMessage.objects.get().uuid

    assert [signed_in.post(f"{INBOX}{uuid}/").status_code for uuid in (theirs, uuid4())] == [404, 404]
    assert unread(other) == ["One."]


def test_a_message_is_not_opened_by_looking(signed_in: Client, person: User) -> None:
    notify(person, kind="graded", text="One.")

    assert signed_in.get(f"{INBOX}{InboxMessage.objects.get().uuid}/").status_code == 405


def test_marking_all_reads_what_the_page_showed_and_not_what_came_since(signed_in: Client, person: User) -> None:
    for text in ("One.", "Two.", "Three."):
        notify(person, kind="graded", text=text)
    shown = InboxMessage.objects.get(text="Two.").uuid

    assert signed_in.post(INBOX, {"up_to": str(shown)})["Location"] == INBOX
    assert unread(person) == ["Three."]


@pytest.mark.parametrize("up_to", ["", "nothing", "\x00", "9" * 500, str(UUID(int=7))])
def test_marking_up_to_nothing_reads_nothing(signed_in: Client, person: User, up_to: str) -> None:
    notify(person, kind="graded", text="One.")

    assert signed_in.post(INBOX, {"up_to": up_to}).status_code == 302
    assert unread(person) == ["One."]


def test_fifty_stand_on_a_page(signed_in: Client, person: User) -> None:
    for number in range(51):
        notify(person, kind="graded", text=f"Message {number}.")

    first, second = (signed_in.get(INBOX, {"page": page}).content.decode() for page in (1, 2))

    assert ("Message 50." in first, "Message 0." in first) == (True, False)
    assert "Message 0." in second


def test_an_empty_inbox_says_what_would_stand_there(signed_in: Client) -> None:
    assert "When a person grades your answers" in signed_in.get(INBOX).content.decode()


def test_what_is_chosen_for_mail_is_kept(signed_in: Client, person: User) -> None:
    answer = signed_in.post(MAIL, {"every": "week", "mailed": ["graded", "extension"]}, follow=True)

    every, kinds = mail_settings(person)
    assert every == MailRule.Every.WEEK
    assert {kind.slug for kind in kinds if kind.is_mailed} == {"graded", "extension"}
    page = answer.content.decode()
    assert "What comes by mail is saved." in page
    assert 'value="week"' in page


@pytest.mark.parametrize(
    "sent", [{}, {"every": "hourly"}, {"every": "day", "mailed": ["nothing"]}, {"every": "", "mailed": ["graded"]}]
)
def test_a_choice_that_is_none_changes_nothing_and_is_told(signed_in: Client, sent: dict[str, str | list[str]]) -> None:
    page = signed_in.post(MAIL, sent).content.decode()

    assert 'class="errors"' in page
    assert not MailRule.objects.exists()
    assert not MutedKind.objects.exists()


def test_without_a_verified_address_the_page_says_that_nothing_is_mailed(signed_in: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(email_verified_at=None)

    assert "nothing is mailed" in signed_in.get(MAIL).content.decode()


def test_a_digests_link_asks_first_and_stops_without_signing_in(client: Client, person: User) -> None:
    path = "/" + stop_link(person).split("/", 3)[3]

    asked = client.get(path)
    assert "No more digests by mail?" in asked.content.decode()
    assert not MailRule.objects.exists()

    stopped = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert "No more digests are mailed to you" in stopped.content.decode()
    assert mail_settings(person)[0] == MailRule.Every.NEVER


def test_a_mail_program_may_stop_it_without_a_token_of_the_page(person: User) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/" + stop_link(person).split("/", 3)[3]).status_code == 200


def test_a_link_that_is_none_is_not_found(client: Client) -> None:
    assert client.post("/accounts/mail/stop/nothing/").status_code == 404


def test_every_sort_can_be_chosen(signed_in: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(may_author=True)
    page = signed_in.get(MAIL).content.decode()

    for kind in notice_kinds.values():
        assert kind.label in page
