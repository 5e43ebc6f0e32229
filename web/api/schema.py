"""The description of the interface: what every operation has in common is said here, and of none by hand."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.permissions import SAFE_METHODS

from web.api.areas import AREAS, area_at
from web.api.errors import CODES, MEDIA_TYPE, problem
from web.api.etags import require_seen, seen, tagged
from web.api.examples import example_of
from web.api.idempotency import HEADER
from web.api.pagination import LinkedCursorPagination

IDEMPOTENCY_KEY = OpenApiParameter(
    HEADER,
    location=OpenApiParameter.HEADER,
    description="The same call with the same key within a day does nothing again and is answered as the first time.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    location=OpenApiParameter.HEADER,
    description="The ETag of what you saw: whatever has been changed since is not changed (412).",
)
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", location=OpenApiParameter.HEADER, description="The ETag of what you have: 304 if it is the same."
)
PROBLEMS = {
    400: "What was sent cannot be read, or some of its fields are missing or wrong.",
    401: "There is no token, or none that is valid.",
    403: "The token does not allow this, or this is not for you.",
    404: "There is nothing here, or nothing for you.",
    406: "Only JSON is answered.",
    409: "This cannot be done as things stand; `code` says why.",
    412: "It has been changed since you looked at it.",
    413: "This is more than may be sent.",
    415: "Send JSON.",
    422: "What was sent is understood and cannot be done; `code` says why.",
    429: "Too many calls; `Retry-After` says when to go on.",
    500: "A fault of ours.",
    503: "The database cannot do it now; `Retry-After` says when to try again.",
}
"""By status, what a problem document tells."""
ALWAYS = (400, 401, 403, 404, 406, 429, 500, 503)
WHEN_CHANGING = (409, 413, 415, 422)
EXAMPLE_CODES = {**CODES, 409: "attempt_closed", 422: "not_an_answer"}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "A problem document (RFC 9457). `code` stays the same while words may change.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {"description": "With `invalid`: by field, what is wrong."},
        "problems": {
            "type": "array",
            "items": {},
            "description": "All of them: sentences, or objects that say where each lies.",
        },
        "answer": {"description": "With `stale_answer`: the newer one."},
        "sequence": {"type": "integer", "description": "With `stale_answer`: the newer one’s."},
    },
    "required": ["type", "title", "status", "code", "detail"],
}


def compares(act: Callable[..., Any]) -> bool:
    """Whether the view's method compares what it changes with what its caller saw."""
    return _uses(act, seen.__name__, require_seen.__name__)


def tags(act: Callable[..., Any]) -> bool:
    """Whether the view's method answers with a tag of what it shows."""
    return _uses(act, tagged.__name__)


def _uses(act: Callable[..., Any], *names: str) -> bool:
    """Whether one of these is called by the method, or by what it calls of its own module."""
    plain: Any = inspect.unwrap(act)
    code = getattr(plain, "__code__", None)
    if code is None:
        return False
    beside = [plain.__globals__.get(name) for name in code.co_names]
    called = [each for each in beside if inspect.isfunction(each) and each.__module__ == plain.__module__]
    return not set(names).isdisjoint(code.co_names) or any(_uses(each, *names) for each in called if each is not plain)


class ApiSchema(AutoSchema):
    """Adds to what a view says of itself what follows from how it is built and where its address stands."""

    def get_override_parameters(self) -> list[Any]:
        act = getattr(self.view, self.method.lower(), None)
        common = {
            IDEMPOTENCY_KEY: getattr(act, "takes_key", False),
            IF_MATCH: act is not None and compares(act),
            IF_NONE_MATCH: act is not None and self.method in SAFE_METHODS and tags(act),
        }
        own: list[Any] = super().get_override_parameters()
        return [*own, *(parameter for parameter, is_there in common.items() if is_there)]

    def _get_paginator(self) -> Any:
        """That of the view, and the usual one where the view pages by hand."""
        act = getattr(self.view, self.method.lower(), None)
        if act is not None and _uses(act, "following"):
            return LinkedCursorPagination()
        return super()._get_paginator()  # type: ignore[no-untyped-call]  # -- the library has no types

    def get_operation_id(self) -> str:
        """Made of the method and the name of the address, so that no other address can change it."""
        return f"{self.method} {getattr(self.view, 'address_name', '')}".lower().replace("-", "_").replace(" ", "_")

    def get_tags(self) -> list[str]:
        area = getattr(self.view, "area", "")
        return [area] if area else ["description"]


class ApiGenerator(SchemaGenerator):
    """Tells each view of which area its address is, and its name."""

    def create_view(self, callback: Any, method: str, request: Any = None) -> Any:
        view = super().create_view(callback, method, request)  # type: ignore[no-untyped-call]  # -- the library has no types
        view.area, view.address_name = area_at(callback, method), getattr(callback, "address_name", "")
        return view


def complete(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """The description with every problem that an operation can answer with, and an example of all that is sent."""
    components = result["components"]
    _open_up(components["schemas"])
    components["schemas"]["Problem"] = PROBLEM_SCHEMA
    components["responses"] = {f"Problem{status}": _problem_response(status) for status in PROBLEMS}
    result["tags"] = [{"name": area, "description": words.capitalize() + "."} for area, words in AREAS.items()]
    for method, operation in operations(result):
        _add_problems(method, operation)
        for content in _contents(operation):
            for media in content.values():
                media.setdefault("example", example_of(media.get("schema", {}), components["schemas"]))
    return result


def _open_up(schema: Any) -> None:
    """What may be anything or null may be anything: null would be both of them, which `oneOf` refuses."""
    each_in = list(schema.values()) if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    for inner in each_in:
        _open_up(inner)
    if isinstance(schema, dict) and {} in schema.get("oneOf", ()):
        del schema["oneOf"]


def operations(description: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each operation with its method, in lower case."""
    for path in description["paths"].values():
        yield from path.items()


def _problem_response(status: int) -> dict[str, Any]:
    example = problem(status, code=EXAMPLE_CODES[status], detail=PROBLEMS[status])
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": PROBLEMS[status], "content": {MEDIA_TYPE: {"schema": schema, "example": example}}}


def _add_problems(method: str, operation: dict[str, Any]) -> None:
    """The problems that any call of this method can end in, instead of those that its view names by hand."""
    named = {parameter["name"] for parameter in operation.get("parameters", ())}
    own = {status: answer for status, answer in operation["responses"].items() if status[0] not in "45"}
    statuses = {*ALWAYS, *(WHEN_CHANGING if method.upper() not in SAFE_METHODS else ())}
    if IF_MATCH.name in named:
        statuses.add(412)
    if IF_NONE_MATCH.name in named:
        own["304"] = {"description": "It is what you have."}
    problems = {str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in sorted(statuses)}
    operation["responses"] = {**own, **problems}


def _contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What is sent with the operation, and each answer that brings something, by media type."""
    yield operation.get("requestBody", {}).get("content", {})
    for answer in operation["responses"].values():
        yield answer.get("content", {})
