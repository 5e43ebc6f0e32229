"""Every address belongs to an area, and a token does in an area what its scopes say and nothing else."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone
from oauth2_provider.models import AccessToken, Application

from accounts.domain.tokens import issue_token
from accounts.models import PersonalToken, User
from tests.factories import make_person
from tests.quality.documents import codes, page, rows
from tests.web.api.callers import call, told
from tests.web.api.test_routes import READ_ONLY, calls
from web.api.areas import AREAS, OF_EACH, SCOPES, allowing, area_at
from web.api.urls import urlpatterns

SECRET = "a-long-enough-secret"
DESCRIBING = {"schema", "docs", None}
AREA = {pattern.name: getattr(pattern.callback, "area", None) for pattern in urlpatterns}


@cache
def area_of(method: str, path: str) -> str:
    return area_at(resolve(f"/api/v1/{path}").func, method)


def test_every_address_but_those_that_describe_belongs_to_an_area() -> None:
    assert {name for name, area in AREA.items() if area is None} == DESCRIBING
    assert {area for area in AREA.values() if area} <= {*AREAS, OF_EACH}


def test_an_address_is_in_the_area_of_its_module() -> None:
    assert (AREA["courses"], AREA["people"], AREA["gradebook"], AREA["job"]) == ("learning", "people", "grades", "jobs")


def test_a_course_is_read_where_learners_are_and_made_and_changed_where_content_is() -> None:
    for path in ("courses/", "courses/lake/"):
        assert [area_of(method, path) for method in ("GET", "HEAD", "POST", "PATCH")] == [
            *["learning"] * 2,
            *["content"] * 2,
        ]
    assert {area_of(method, "courses/lake/lessons/x/read/") for method in ("GET", "PUT")} == {"learning"}


@pytest.mark.parametrize("area", AREAS)
def test_who_may_change_may_read_and_not_the_other_way_round(area: str) -> None:
    assert set(allowing(area, reads=True)) == {"read", "write", f"{area}:read", f"{area}:write"}
    assert set(allowing(area, reads=False)) == {"write", f"{area}:write"}


def test_a_job_is_looked_at_with_any_scope_and_every_scope_allows_something() -> None:
    assert set(allowing(OF_EACH, reads=True)) == set(SCOPES)
    assert set().union(*(allowing(area, reads=True) for area in AREAS)) == set(SCOPES)


def test_the_scopes_are_described() -> None:
    table = page("docs/rest.md").partition("| scope |")[2].partition("\n\n")[0]
    assert {code for first, *_ in rows(f"| scope |{table}") for code in codes(first)} == set(SCOPES)


def bearing(person: User, scope: str) -> dict[str, str]:
    application = Application.objects.create(
        name="A platform",
        user=person,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
    expires, token = timezone.now() + timedelta(hours=1), f"token-{application.pk}"
    AccessToken.objects.create(application=application, token=token, scope=scope, expires=expires)
    return {"Authorization": f"Bearer {token}"}


def calls_in(area: str) -> list[tuple[str, str]]:
    return [(method, path) for method, path in calls() if area_of(method, path) == area]


def is_let_in(answer: Any) -> bool:
    return answer.status_code not in (401, 403)


@pytest.mark.django_db
@pytest.mark.parametrize("area", [*AREAS, OF_EACH])
def test_any_one_scope_that_allows_a_call_is_enough(area: str) -> None:
    person = make_person(may_author=True)
    headers: dict[str, Any] = {scope: bearing(person, scope) for scope in SCOPES}
    for method, path in calls_in(area):
        for scope in allowing(area, reads=method == "GET"):
            assert is_let_in(call(method, path, **headers[scope])), (method, path, scope)


@pytest.mark.django_db
@pytest.mark.parametrize("area", AREAS)
def test_all_scopes_that_do_not_allow_a_call_are_not_enough(area: str) -> None:
    person = make_person(may_author=True)
    for reads in (True, False):
        wanted = allowing(area, reads=reads)
        others: Any = bearing(person, " ".join(["introspection", area, *sorted(set(SCOPES) - set(wanted))]))
        needed = f"This token needs one of the scopes {', '.join(wanted)}."
        for method, path in calls_in(area):
            if (method == "GET") == reads:
                assert told(call(method, path, **others)) == (403, "permission_denied", needed), (method, path)


@pytest.mark.django_db
@pytest.mark.parametrize("scope", ["", "learning", "introspection"])
def test_a_token_without_a_scope_of_ours_is_let_in_nowhere(scope: str) -> None:
    headers: Any = bearing(make_person(may_author=True), scope)
    for area in (*AREAS, OF_EACH):
        method, path = calls_in(area)[0]
        wanted = ", ".join(allowing(area, reads=method == "GET"))
        needed = f"This token needs one of the scopes {wanted}."
        assert told(call(method, path, **headers)) == (403, "permission_denied", needed)


def personal(person: User, *areas: str, scope: PersonalToken.Scope = PersonalToken.Scope.WRITE) -> dict[str, Any]:
    token = issue_token(person, name="tests", scope=scope, areas=areas)
    return {"Authorization": f"Bearer {token.secret}"}


@pytest.mark.django_db
@pytest.mark.parametrize("area", [*AREAS, OF_EACH])
def test_a_personal_token_is_let_in_where_it_is_not_limited(area: str) -> None:
    person = make_person(may_author=True)
    all_of_them = tuple(AREAS)
    limits = ((), (area,), all_of_them) if area != OF_EACH else ((), all_of_them[:1], all_of_them[-1:])
    bearers = [personal(person, *limit) for limit in limits]
    for method, path in calls_in(area):
        assert all(is_let_in(call(method, path, **headers)) for headers in bearers), (method, path)


@pytest.mark.django_db
@pytest.mark.parametrize("area", AREAS)
def test_a_personal_token_limited_to_all_other_areas_is_not_let_in(area: str) -> None:
    others = [other for other in AREAS if other != area]
    bearers = [personal(make_person(may_author=True), *others, scope=scope) for scope in PersonalToken.Scope]
    refused = (403, "permission_denied", f"This token is limited to {', '.join(others)}.")
    for number, (method, path) in enumerate(calls_in(area)):
        assert told(call(method, path, **bearers[number % len(bearers)])) == refused, (method, path)


@pytest.mark.django_db
@pytest.mark.parametrize("area", [*AREAS, OF_EACH])
def test_a_personal_token_that_reads_changes_nothing_anywhere(area: str) -> None:
    headers = personal(make_person(may_author=True), scope=PersonalToken.Scope.READ)
    for method, path in calls_in(area):
        answer = call(method, path, **headers)
        assert is_let_in(answer) if method == "GET" else told(answer) == READ_ONLY, (method, path)


@pytest.mark.django_db
def test_the_description_is_for_every_token() -> None:
    token = issue_token(make_person(), name="tests", areas=["hooks"])
    assert call("GET", "schema/", Authorization=f"Bearer {token.secret}").status_code == 200


def asked_for_token(scope: str | None) -> Any:
    application = Application.objects.create(
        name="A platform",
        user=make_person(),
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=SECRET,
    )
    basic = b64encode(f"{application.client_id}:{SECRET}".encode()).decode()
    form = {"grant_type": "client_credentials", **({"scope": scope} if scope else {})}
    return Client().post("/oauth/token/", form, headers={"Authorization": f"Basic {basic}"})


@pytest.mark.django_db
@pytest.mark.database
class TestTokensOfSystems:
    @pytest.mark.parametrize("scope", SCOPES)
    def test_one_is_good_for_an_hour_and_for_what_was_asked_for(self, scope: str) -> None:
        token = asked_for_token(scope).json()
        assert (token["expires_in"], token["scope"]) == (3600, scope)

    def test_who_asks_for_nothing_may_read(self) -> None:
        assert asked_for_token(None).json()["scope"] == "read"

    def test_a_scope_that_is_none_is_refused(self) -> None:
        assert asked_for_token("everything").json()["error"] == "invalid_scope"
