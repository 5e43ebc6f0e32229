from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.domain.inbox import mark_read, notify, notify_each, unread_messages
from accounts.models import InboxMessage, User

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_person_finds_what_they_were_told_newest_first(person: User) -> None:
    notify(person, kind="graded", text="One.", url="/attempts/1/")
    notify(person, kind="graded", text="Two.")
    assert [(message.text, message.url) for message in unread_messages(person)] == [
        ("Two.", ""),
        ("One.", "/attempts/1/"),
    ]


def test_telling_again_with_the_same_key_changes_nothing(person: User) -> None:
    assert notify(person, kind="graded", text="One.", key="attempt:1")
    assert not notify(person, kind="graded", text="One again.", key="attempt:1")
    assert [message.text for message in unread_messages(person)] == ["One."]


def test_a_key_is_the_persons_own(person: User) -> None:
    other = User.objects.create()
    assert notify(person, kind="graded", text="One.", key="attempt:1")
    assert notify(other, kind="graded", text="One.", key="attempt:1")


def test_without_a_key_everything_is_new(person: User) -> None:
    assert notify(person, kind="graded", text="One.")
    assert notify(person, kind="graded", text="One.")
    assert unread_messages(person).count() == 2


def test_reading_up_to_a_message_leaves_the_newer_ones(person: User) -> None:
    for text in ("One.", "Two.", "Three."):
        notify(person, kind="graded", text=text)
    assert mark_read(person, up_to=InboxMessage.objects.get(text="Two.")) == 2
    assert [message.text for message in unread_messages(person)] == ["Three."]
    assert mark_read(person) == 1
    assert mark_read(person) == 0


def test_nobody_reads_the_messages_of_someone_else(person: User) -> None:
    notify(person, kind="graded", text="One.")
    assert mark_read(User.objects.create()) == 0
    assert unread_messages(person).count() == 1


def test_a_message_says_something(person: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        notify(person, kind="graded", text="")


def test_more_messages_than_one_statement_holds_are_told_all_the_same(person: User) -> None:
    messages = [InboxMessage(user=person, kind="graded", key=f"attempt:{n}", text="One.") for n in range(8_000)]

    notify_each(messages)
    notify_each(messages[:10])

    assert unread_messages(person).count() == 8_000
