"""Endpoints and deliveries over REST: what the pages can do, by the same rules, with every secret shown once."""

from __future__ import annotations

from typing import Any

import pytest
from standardwebhooks import Webhook

from course.models import Course
from hooks.domain.endpoints import MOST_ENDPOINTS, ping
from hooks.models import TOLD, Delivery, Endpoint, EndpointState
from tests.factories import NOW, make_course, make_person
from tests.hooks.hooked import make_endpoint, send_what_waits, sending_over
from tests.hooks.receiver import ADDRESS, Receiver, Said
from tests.web.api.callers import Caller, told
from tests.web.api.parts import HOSTILE, is_refused, let_in, with_permission

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TERMS = {"address": "https://lms.example.org/postil", "types": ["attempt.graded", "result.changed"]}


class AtCourse:
    """An owner, and the calls of their course's endpoints."""

    def __init__(self) -> None:
        self.owner = make_person("Olga")
        self.course: Course = make_course(owner=self.owner)
        self.caller = Caller(self.owner)
        self.address = f"courses/{self.course.slug}/webhooks/"

    def endpoint(self, **fields: Any) -> Endpoint:
        return make_endpoint(course=self.course, **fields)

    def of(self, endpoint: Endpoint, rest: str = "") -> str:
        return f"{self.address}{endpoint.uuid}/{rest}"


@pytest.fixture
def at() -> AtCourse:
    return AtCourse()


class TestEndpoints:
    def test_one_is_made_with_a_secret_that_is_never_shown_again(self, at: AtCourse) -> None:
        made = at.caller.post(at.address, TERMS)
        kept = Endpoint.objects.get()
        assert made.status_code == 201
        assert made.json() == {
            "uuid": str(kept.uuid),
            "address": TERMS["address"],
            "types": TERMS["types"],
            "state": "active",
            "failing_since": None,
            "old_secret_until": None,
            "created_at": kept.created_at.isoformat().replace("+00:00", "Z"),
            "secret": kept.secret,
        }
        without = {name: value for name, value in made.json().items() if name != "secret"}
        assert at.caller.get(at.address).json() == [without]
        assert at.caller.get(at.of(kept)).json() == without
        assert kept.made_by == at.owner

    def test_sent_twice_with_its_key_it_is_one(self, at: AtCourse) -> None:
        first, again = (at.caller.post(at.address, TERMS, Idempotency_Key="once") for _ in range(2))
        assert (again["Idempotent-Replayed"], again.json()) == ("true", first.json())
        assert Endpoint.objects.count() == 1

    @pytest.mark.parametrize(
        ("sent", "code"),
        [
            ({**TERMS, "address": "http://127.0.0.1/"}, (409, "address_refused")),
            ({**TERMS, "address": "http://169.254.169.254/latest/"}, (409, "address_refused")),
            ({**TERMS, "address": "https://lms.example.org:8443/"}, (409, "address_refused")),
            ({**TERMS, "address": "lms"}, (409, "address_refused")),
            ({**TERMS, "address": ""}, (400, "invalid")),
            ({**TERMS, "types": []}, (400, "invalid")),
            ({**TERMS, "types": ["ping"]}, (400, "invalid")),
            ({**TERMS, "types": ["grade"]}, (400, "invalid")),
            ({"address": TERMS["address"]}, (400, "invalid")),
            ({}, (400, "invalid")),
        ],
    )
    def test_what_makes_no_sense_is_refused_and_makes_and_changes_nothing(
        self, at: AtCourse, sent: Any, code: tuple[int, str]
    ) -> None:
        endpoint = at.endpoint()
        assert told(at.caller.post(at.address, sent))[:2] == code
        assert told(at.caller.put(at.of(endpoint), sent))[:2] == code
        assert [(each.address, each.subscriptions.count()) for each in Endpoint.objects.all()] == [(ADDRESS, len(TOLD))]

    def test_an_address_is_told_once_and_a_course_has_twenty_at_most(self, at: AtCourse) -> None:
        at.endpoint()
        assert told(at.caller.post(at.address, {**TERMS, "address": ADDRESS}))[:2] == (409, "endpoint_exists")
        for number in range(MOST_ENDPOINTS - 1):
            at.endpoint(address=f"https://lms.example.org/{number}")
        assert told(at.caller.post(at.address, TERMS))[:2] == (409, "too_many_endpoints")

    def test_a_change_is_shown_with_its_tag(self, at: AtCourse) -> None:
        endpoint = at.endpoint()
        changed = at.caller.put(at.of(endpoint), TERMS)
        assert (changed.json()["address"], changed.json()["types"]) == (TERMS["address"], TERMS["types"])
        assert changed["ETag"] == at.caller.get(at.of(endpoint))["ETag"]

    @pytest.mark.parametrize("method", ["put", "delete"])
    def test_nothing_is_changed_that_its_caller_has_not_seen(self, at: AtCourse, method: str) -> None:
        endpoint = at.endpoint()
        tag = at.caller.get(at.of(endpoint))["ETag"]
        at.caller.post(at.of(endpoint, "pause/"))
        body = (TERMS,) if method == "put" else ()
        assert told(getattr(at.caller, method)(at.of(endpoint), *body, If_Match=tag))[:2] == (412, "changed_meanwhile")
        assert Endpoint.objects.get().address == ADDRESS

    def test_deleted_it_is_gone(self, at: AtCourse) -> None:
        endpoint = at.endpoint()
        assert at.caller.delete(at.of(endpoint)).status_code == 204
        assert told(at.caller.delete(at.of(endpoint)))[:2] == (404, "not_found")
        assert at.caller.get(at.address).json() == []

    def test_it_is_paused_and_resumed_as_often_as_somebody_says_so(self, at: AtCourse) -> None:
        endpoint = at.endpoint(failing_since=NOW)
        states = [at.caller.post(at.of(endpoint, f"{do}/")).json() for do in ("pause", "pause", "resume", "resume")]
        assert [each["state"] for each in states] == ["paused", "paused", "active", "active"]
        assert [each["failing_since"] is None for each in states] == [False, False, True, True]

    def test_a_new_secret_signs_beside_the_old_one(self, at: AtCourse) -> None:
        endpoint = at.endpoint()
        old = endpoint.secret
        rotated = at.caller.post(at.of(endpoint, "secret/")).json()
        assert (rotated["secret"] != old, rotated["old_secret_until"] is not None) == (True, True)
        with Receiver() as receiver, sending_over(receiver.wire()):
            at.caller.post(at.of(endpoint, "ping/"))
            send_what_waits()
        [heard] = receiver.told
        for secret in (old, rotated["secret"]):
            assert Webhook(secret).verify(heard.body, dict(heard.headers))["type"] == "ping"

    def test_no_secret_is_shown_but_where_it_was_made(self, at: AtCourse) -> None:
        endpoint = at.endpoint()
        delivery = ping(endpoint)
        shown = [at.address, at.of(endpoint), at.of(endpoint, "deliveries/")]
        shown.append(at.of(endpoint, f"deliveries/{delivery.uuid}/"))
        assert [path for path in shown if "whsec" in at.caller.get(path).content.decode()] == []


class TestDeliveries:
    def test_what_was_sent_is_told_with_every_try(self, at: AtCourse) -> None:
        endpoint = at.endpoint()
        first = at.caller.post(at.of(endpoint, "ping/"))
        assert (first.status_code, first.json()["state"], first.json()["type"]) == (202, "waiting", "ping")
        with Receiver([Said(500, b"Out of order."), Said(200, b"Thanks.")]) as receiver, sending_over(receiver.wire()):
            send_what_waits()
            [waiting] = at.caller.get(at.of(endpoint, "deliveries/")).json()["results"]
            send_what_waits()
        assert (waiting["state"], waiting["next_try_at"] is not None) == ("waiting", True)
        kept = at.caller.get(at.of(endpoint, f"deliveries/{first.json()['uuid']}/")).json()
        assert (kept["state"], kept["next_try_at"], kept["data"]["course"]) == (
            "delivered",
            None,
            str(at.course.uuid),
        )
        assert [(each["status"], each["error"], each["excerpt"]) for each in kept["tries"]] == [
            (500, "The server answered with status 500.", "Out of order."),
            (200, "", "Thanks."),
        ]
        assert kept["delivered_at"] == kept["tries"][1]["at"]

    def test_one_is_sent_again_under_its_own_id(self, at: AtCourse) -> None:
        endpoint = at.endpoint()
        uuid = at.caller.post(at.of(endpoint, "ping/")).json()["uuid"]
        with Receiver() as receiver, sending_over(receiver.wire()):
            send_what_waits()
            again = at.caller.post(at.of(endpoint, f"deliveries/{uuid}/replay/"))
            send_what_waits()
        assert (again.status_code, again.json()["uuid"], again.json()["state"]) == (202, uuid, "waiting")
        assert [heard.headers["webhook-id"] for heard in receiver.told] == [uuid, uuid]

    @pytest.mark.parametrize("state", [EndpointState.PAUSED, EndpointState.DISABLED])
    def test_nothing_is_sent_where_it_is_not_active(self, at: AtCourse, state: EndpointState) -> None:
        endpoint = at.endpoint()
        delivery = ping(endpoint)
        Endpoint.objects.update(state=state, failing_since=NOW)
        for path in ("ping/", f"deliveries/{delivery.uuid}/replay/"):
            assert told(at.caller.post(at.of(endpoint, path)))[:2] == (409, "endpoint_not_active")
        assert Delivery.objects.count() == 1

    def test_pages_lead_from_the_newest_back_and_miss_none(self, at: AtCourse) -> None:
        endpoint = at.endpoint()
        made = [str(ping(endpoint).uuid) for _ in range(5)]
        ping(make_endpoint())
        found: list[str] = []
        path = f"{at.of(endpoint, 'deliveries/')}?page_size=2"
        while path:
            answer = at.caller.get(path)
            found += [each["uuid"] for each in answer.json()["results"]]
            ping(endpoint)
            path = (answer.json()["next"] or "").partition("/api/v1/")[2]
        assert found == made[::-1]

    @pytest.mark.parametrize("many", [1, 20])
    def test_a_list_takes_the_same_statements_however_long(
        self, at: AtCourse, many: int, django_assert_num_queries: Any
    ) -> None:
        endpoint = at.endpoint()
        for _ in range(many):
            ping(endpoint)
        at.caller.get(at.address)
        with django_assert_num_queries(6):
            at.caller.get(at.of(endpoint, "deliveries/"))


class TestWhoMay:
    @pytest.mark.parametrize(
        ("method", "rest"),
        [
            ("GET", ""),
            ("POST", ""),
            ("GET", "{endpoint}/"),
            ("PUT", "{endpoint}/"),
            ("POST", "{endpoint}/pause/"),
            ("POST", "{endpoint}/resume/"),
            ("POST", "{endpoint}/secret/"),
            ("POST", "{endpoint}/ping/"),
            ("GET", "{endpoint}/deliveries/"),
            ("GET", "{endpoint}/deliveries/{delivery}/"),
            ("POST", "{endpoint}/deliveries/{delivery}/replay/"),
        ],
    )
    def test_an_owner_and_nobody_else_finds_it(self, at: AtCourse, method: str, rest: str) -> None:
        endpoint = at.endpoint()
        named = {"endpoint": endpoint.uuid, "delivery": ping(endpoint).uuid}
        call = (method, at.address + rest.format(**named), TERMS)
        assert let_in(at.course, call) == with_permission("course.own") == {"owner"}

    def test_a_stranger_deletes_nothing(self, at: AtCourse) -> None:
        endpoint = at.endpoint()
        assert told(Caller(make_person()).delete(at.of(endpoint)))[:2] == (404, "not_found")
        assert Endpoint.objects.count() == 1

    def test_what_is_another_courses_is_not_there(self, at: AtCourse) -> None:
        other = make_endpoint()
        delivery = ping(other)
        mine = at.endpoint()
        paths = [at.of(other), at.of(other, "deliveries/"), at.of(mine, f"deliveries/{delivery.uuid}/")]
        assert {at.caller.get(path).status_code for path in paths} == {404}
        assert at.caller.post(at.of(mine, f"deliveries/{delivery.uuid}/replay/")).status_code == 404


@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("name", ["address", "types"])
def test_what_is_no_endpoint_is_a_problem_document_and_never_a_fault(at: AtCourse, what: str, name: str) -> None:
    answer = at.caller.send("POST", at.address, HOSTILE[what](name))
    assert is_refused(answer)
    assert Endpoint.objects.count() == 0
