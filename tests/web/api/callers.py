"""Who calls the API in tests: somebody with a token of theirs, or nobody with any header at all."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

from accounts.domain.tokens import issue_token
from accounts.models import PersonalToken, User

PROBLEM = "application/problem+json"


class Caller:
    """Somebody who calls the API with a token of theirs."""

    def __init__(self, person: User, scope: PersonalToken.Scope = PersonalToken.Scope.WRITE) -> None:
        self.person = person
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {issue_token(person, name='tests', scope=scope).secret}"}

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", headers={**self.headers, **_named(headers)})

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, json.dumps(body if body is not None else {}), **headers)

    def put(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PUT", path, json.dumps(body), **headers)

    def patch(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("PATCH", path, json.dumps(body), **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.send("DELETE", path, "", **headers)

    def post_form(self, path: str, fields: Any) -> Any:
        """A form, in which files may be."""
        return self.client.post(f"/api/v1/{path}", fields, headers=self.headers)

    def send(self, method: str, path: str, data: str, **headers: str) -> Any:
        sent = {**self.headers, **_named(headers)}
        return self.client.generic(method, f"/api/v1/{path}", data, content_type="application/json", headers=sent)


def _named(headers: dict[str, str]) -> dict[str, str]:
    """`Accept_Language` stands for Accept-Language."""
    return {name.replace("_", "-"): value for name, value in headers.items()}


def call(method: str, path: str, *, body: str = "{}", client: Client | None = None, **headers: str) -> Any:
    """A call below /api/v1/ with these headers and no others."""
    whose = client or Client(raise_request_exception=False)
    return whose.generic(method, f"/api/v1/{path}", body, content_type="application/json", headers=_named(headers))


def told(answer: Any) -> tuple[int, str, str]:
    """Status, code and detail of a problem document, whose other members follow from them."""
    assert answer["Content-Type"] == PROBLEM
    body = answer.json()
    assert (body["type"], body["title"], body["status"]) == (
        "about:blank",
        body["code"].replace("_", " "),
        answer.status_code,
    )
    return answer.status_code, body["code"], body["detail"]
