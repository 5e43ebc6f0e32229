"""The owner's pages of webhooks: an endpoint from its making to its end, in words, without a script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from course.domain.enrolment import enrol
from course.models import Course, Role
from hooks.domain.endpoints import ping
from hooks.models import Delivery, DeliveryState, DeliveryTry, Endpoint, EndpointState
from tests.factories import NOW, make_course, make_person
from tests.hooks.hooked import EVERYTHING, make_endpoint, send_what_waits, sending_over
from tests.hooks.receiver import Receiver, Said
from web.studio.webhook_form import TYPES

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TERMS = {"address": "https://lms.example.org/postil", "types": ["attempt.graded", "result.changed"]}


@pytest.fixture
def owner() -> User:
    return make_person("Olga")


@pytest.fixture
def course(owner: User) -> Course:
    return make_course(owner=owner)


@pytest.fixture
def client(owner: User) -> Client:
    made = Client()
    made.force_login(owner)
    return made


def address(course: Course, name: str = "webhooks", *rest: Any) -> str:
    return reverse(f"studio:{name}", args=[course.slug, *rest])


def said(answer: Any) -> str:
    """The words of a page, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def do(client: Client, endpoint: Endpoint, what: str) -> Any:
    return client.post(address(endpoint.course, "webhook-deed", endpoint.uuid), {"do": what}, follow=True)


def test_an_endpoint_is_made_and_its_secret_shown_once(client: Client, course: Course) -> None:
    made = client.post(address(course), TERMS)

    endpoint = Endpoint.objects.get()
    assert made.status_code == 200
    assert endpoint.secret in made.content.decode()
    assert "Copy this secret now." in said(made)
    assert set(endpoint.subscriptions.values_list("type", flat=True)) == set(TERMS["types"])
    later = client.get(address(course))
    assert endpoint.secret not in later.content.decode()
    assert "an attempt was graded · a result changed" in said(later)


def test_all_types_are_ticked_at_first(client: Client, course: Course) -> None:
    page = client.get(address(course)).content.decode()
    assert page.count("checked") == len(EVERYTHING)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({**TERMS, "address": "http://10.0.0.1/"}, "This address cannot be told anything; write a public one"),
        ({**TERMS, "address": "nonsense"}, "This address cannot be told anything; write a public one"),
        ({**TERMS, "address": ""}, "This field is required."),
        ({"address": TERMS["address"]}, "This field is required."),
        ({**TERMS, "types": ["ping"]}, "Select a valid choice."),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field_and_kept(
    client: Client, course: Course, given: Any, words: str
) -> None:
    answer = client.post(address(course), given)
    assert answer.status_code == 422
    assert words in said(answer)
    assert f'value="{given["address"]}"' in answer.content.decode() or not given["address"]
    assert Endpoint.objects.count() == 0


def test_an_address_that_is_told_already_is_said(client: Client, course: Course) -> None:
    endpoint = make_endpoint(TERMS["address"], course=course)  # type: ignore[arg-type]  # -- a text
    other = make_endpoint(course=course)
    for answer in (
        client.post(address(course), TERMS),
        client.post(address(course, "webhook", other.uuid), TERMS),
    ):
        assert (answer.status_code, "This course tells that address already." in said(answer)) == (422, True)
    assert set(Endpoint.objects.all()) == {endpoint, other}


def test_its_terms_are_changed_on_its_page(client: Client, course: Course) -> None:
    endpoint = make_endpoint(course=course)
    answer = client.post(address(course, "webhook", endpoint.uuid), TERMS, follow=True)
    assert "The endpoint is changed." in said(answer)
    assert answer.content.decode().count("checked") == 2
    assert Endpoint.objects.get().address == TERMS["address"]


def test_it_is_paused_and_resumed(client: Client, course: Course) -> None:
    endpoint = make_endpoint(course=course)
    paused = said(do(client, endpoint, "pause"))
    assert "The endpoint is paused." in paused
    assert "Nothing is sent to it. What happens meanwhile is not told later." in paused
    assert "Send a test" not in paused
    resumed = said(do(client, endpoint, "resume"))
    assert "The endpoint is told again." in resumed
    assert "Send a test" in resumed


def test_another_secret_is_shown_once_and_the_old_one_said_to_sign_still(client: Client, course: Course) -> None:
    endpoint = make_endpoint(course=course)
    old = endpoint.secret
    rotated = do(client, endpoint, "rotate")
    endpoint.refresh_from_db()
    assert endpoint.secret != old
    assert endpoint.secret in rotated.content.decode()
    assert "The secret before the last one signs until" in said(rotated)
    assert endpoint.secret not in client.get(address(course, "webhook", endpoint.uuid)).content.decode()


def test_deleting_leads_back_to_the_others(client: Client, course: Course) -> None:
    answer = do(client, make_endpoint(course=course), "delete")
    assert answer.redirect_chain == [(address(course), 303)]
    assert "The endpoint is deleted." in said(answer)
    assert Endpoint.objects.count() == 0


@pytest.mark.parametrize("what", ["", "rotate!", "DELETE", "\x00"])
def test_a_deed_that_there_is_not_does_nothing(client: Client, course: Course, what: str) -> None:
    endpoint = make_endpoint(course=course)
    kept = Endpoint.objects.values().get()
    assert do(client, endpoint, what).redirect_chain == [(address(course, "webhook", endpoint.uuid), 303)]
    assert Endpoint.objects.values().get() == kept


def test_a_test_goes_out_and_its_page_says_what_came_back(client: Client, course: Course) -> None:
    endpoint = make_endpoint(course=course)
    assert "A test is on its way." in said(do(client, endpoint, "ping"))
    delivery = Delivery.objects.get()
    where = address(course, "webhook-delivery", endpoint.uuid, delivery.uuid)
    assert "It is tried next at" in said(client.get(where))
    with Receiver([Said(500, b"<b>Out of order</b>"), Said(200)]) as receiver, sending_over(receiver.wire()):
        send_what_waits()
        failing = client.get(where)
        send_what_waits()
    assert "The server answered with status 500." in said(failing)
    assert "&lt;b&gt;Out of order&lt;/b&gt;" in failing.content.decode()
    after = said(client.get(where))
    assert "It was taken." in after
    assert f"Its webhook-id is {delivery.uuid} , the same at every try." in after
    assert f"&quot;course&quot;:&quot;{course.uuid}&quot;" in client.get(where).content.decode()


def test_it_is_sent_again_from_its_page(client: Client, course: Course) -> None:
    endpoint = make_endpoint(course=course)
    delivery = ping(endpoint)
    where = address(course, "webhook-delivery", endpoint.uuid, delivery.uuid)
    assert "Send it again" not in said(client.get(where))
    with Receiver() as receiver, sending_over(receiver.wire()):
        send_what_waits()
        assert "Send it again" in said(client.get(where))
        answer = client.post(where, follow=True)
        send_what_waits()
    assert "It is on its way again, under the same id." in said(answer)
    assert [told.headers["webhook-id"] for told in receiver.told] == [str(delivery.uuid)] * 2


def test_what_is_sent_to_one_that_was_paused_meanwhile_is_said(client: Client, course: Course) -> None:
    endpoint = make_endpoint(course=course)
    delivery = ping(endpoint)
    Delivery.objects.update(state=DeliveryState.FAILED)
    Endpoint.objects.update(state=EndpointState.PAUSED)
    where = address(course, "webhook-delivery", endpoint.uuid, delivery.uuid)
    assert "It was never sent: the endpoint was paused or disabled by then." in said(client.get(where))
    assert "This endpoint is paused or disabled" in said(client.post(where, follow=True))


@pytest.mark.parametrize(
    ("fields", "word", "sentence"),
    [
        ({}, "active", "Nothing within the last thirty days."),
        ({"failing_since": NOW}, "failing", "It has taken nothing since 22 November 2026, 12:00."),
        ({"state": "paused"}, "paused", "Nothing is sent to it."),
        ({"state": "disabled", "failing_since": NOW}, "disabled", "Once it works again, resume it."),
    ],
)
def test_how_it_does_is_said_in_a_word_and_a_sentence(
    client: Client, course: Course, fields: Any, word: str, sentence: str
) -> None:
    endpoint = make_endpoint(course=course, **fields)
    assert f" {word} " in said(client.get(address(course)))
    page = said(client.get(address(course, "webhook", endpoint.uuid)))
    assert f" {word} " in page
    assert sentence in page


def test_the_page_takes_as_many_statements_for_one_delivery_as_for_many(
    client: Client, course: Course, django_assert_num_queries: Any
) -> None:
    endpoint = make_endpoint(course=course)
    where = address(course, "webhook", endpoint.uuid)
    client.get(where)
    for many in (1, 40):
        for _ in range(many):
            DeliveryTry.objects.create(
                delivery=ping(endpoint), claim=Delivery.objects.latest("pk").uuid, at=NOW, milliseconds=1, status=200
            )
        with django_assert_num_queries(8):
            client.get(where)


def test_fifty_deliveries_stand_on_a_page(client: Client, course: Course) -> None:
    endpoint = make_endpoint(course=course)
    Delivery.objects.bulk_create(
        Delivery(endpoint=endpoint, type="ping", data={}, state="failed", happened_at=NOW) for _ in range(51)
    )
    where = address(course, "webhook", endpoint.uuid)
    assert client.get(where).content.decode().count("not delivered") == 50
    assert client.get(where, {"page": 2}).content.decode().count("not delivered") == 1


def test_only_its_owner_is_led_there(client: Client, course: Course) -> None:
    editor = make_person("Edith")
    enrol(course, person=editor, role=Role.EDITOR)
    other = Client()
    other.force_login(editor)
    overview = reverse("studio:course", args=[course.slug])
    assert address(course) in client.get(overview).content.decode()
    assert address(course) not in other.get(overview).content.decode()


def test_a_page_says_every_type_in_words() -> None:
    assert {str(words)[:1].islower() for words in TYPES.values()} == {True}
    assert {kind.value for kind in TYPES} == {*EVERYTHING, "ping"}
