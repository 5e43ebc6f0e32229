"""Calls made of the interface's own description, sensible and hostile ones, and what no answer may be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # -- has no types

from tests.quality.canaries import PARAMETER, Scene, filled
from tests.web.api.callers import PROBLEM
from web.api.examples import example_of, kind_of, resolved
from web.api.schema import ApiGenerator
from web.api.urls import urlpatterns

HOSTILE = [
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff and more",
    "e\u0301",
    "\u202eright to left",
    "\u2066\u2069",
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "../../etc/passwd",
    "%00",
    "0x7f",
    "9" * 40,
    "-1",
    "NaN",
    "2026-13-45",
    "x" * 5_000,
    "",
    " ",
    "\n\r\t",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 😀",
]
NUMBERS = [0, 1, -1, 2**31 - 1, 2**31, 2**63, -(2**63) - 1, 10**30, 0.5, -0.0, 1e308, True]
NO_JSON = ["", "{", "NaN", '{"a": NaN}', "[1e999]", "nul", "\x00", "{'a': 1}", "[" * 100_000, '"\\ud800"', '{"a"']
NESTED: Any = json.loads("[" * 200 + "]" * 200)


@dataclass(frozen=True, slots=True)
class Operation:
    """One call as it is described: its method, its address with the names of what stands there, and all about it."""

    method: str
    route: str
    described: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.described["operationId"])

    @property
    def body(self) -> Mapping[str, Any] | None:
        """What is sent as JSON; None where nothing is."""
        media = self.described.get("requestBody", {}).get("content", {}).get("application/json")
        return None if media is None else media["schema"]

    @property
    def answer(self) -> Mapping[str, Any]:
        """The form of what it answers as JSON where all went well; empty where that is nothing."""
        content = self.described["responses"].get("200", {}).get("content", {})
        schema: Mapping[str, Any] = content.get("application/json", {}).get("schema", {})
        return schema


@cache
def description() -> dict[str, Any]:
    """The interface as it describes itself."""
    make: Any = ApiGenerator
    return dict(make().get_schema(request=None, public=True))


@cache
def operations() -> tuple[Operation, ...]:
    """Every call there is."""
    routes = [f"api/v1/{pattern.pattern}" for pattern in urlpatterns]
    by_path = {PARAMETER.sub(lambda found: f"{{{found['name']}}}", f"/{route}"): route for route in routes}
    paths = description()["paths"].items()
    return tuple(Operation(method, by_path[path], each) for path, methods in paths for method, each in methods.items())


def schemas() -> Mapping[str, Any]:
    named: Mapping[str, Any] = description()["components"]["schemas"]
    return named


def example(operation: Operation) -> str:
    """The body that the description gives as an example."""
    return "" if operation.body is None else json.dumps(example_of(operation.body, schemas()))


def bodies(operation: Operation) -> st.SearchStrategy[str]:
    """What may be sent with it: mostly something of the described form, with odd values in it; or anything else."""
    garbage = st.sampled_from(NO_JSON)
    if operation.body is None:
        return st.one_of(st.just(""), garbage, st.just("{}"))
    shaped = of(operation.body)
    return st.one_of(shaped, shaped, shaped, anything()).map(json.dumps) | garbage


def of(schema: Mapping[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    """Values of about the schema's form: some of its members, each as described, as in the example, or odd."""
    usual = st.just(example_of(schema, schemas(), name))
    plain = resolved(schema, schemas())
    if "enum" in plain:
        return st.one_of(st.sampled_from(plain["enum"]), odd())
    kind, members = kind_of(plain), plain.get("properties", {})
    if kind == "object" and members:
        wanted = {each: of(inner, each) for each, inner in members.items() if each in plain.get("required", ())}
        others = {each: of(inner, each) for each, inner in members.items() if each not in wanted}
        return st.fixed_dictionaries(wanted, optional=others)
    if kind == "array":
        return st.one_of(usual, st.lists(of(plain.get("items", {}), name), max_size=3), odd())
    return st.one_of(usual, usual, odd())


def odd() -> st.SearchStrategy[Any]:
    """A value that nobody should send."""
    return st.sampled_from([*HOSTILE, *NUMBERS, None, NESTED, {}, []])


def anything() -> st.SearchStrategy[Any]:
    """Any JSON at all."""

    def larger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        return st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)

    return st.recursive(odd(), larger, max_leaves=5)


def addresses(operation: Operation, scene: Scene) -> st.SearchStrategy[str]:
    """Its address with what is there, or with something odd in a place of it, and perhaps odd things asked of it."""
    real = filled(operation.route, scene)
    parts = [part for part in real.split("/") if part]
    odd_part = st.tuples(st.integers(2, max(2, len(parts) - 1)), st.sampled_from(HOSTILE)).map(
        lambda drawn: "/" + "/".join([*parts[: drawn[0]], _in_address(drawn[1]), *parts[drawn[0] + 1 :]]) + "/"
    )
    names = [each["name"] for each in operation.described.get("parameters", ()) if each["in"] == "query"]
    asked = st.dictionaries(st.sampled_from([*names, "cursor", "page_size", "q"]), st.sampled_from(HOSTILE), max_size=2)
    return st.tuples(st.one_of(st.just(real), st.just(real), odd_part), asked).map(_asking)


def _asking(drawn: tuple[str, dict[str, str]]) -> str:
    address, asked = drawn
    return f"{address}?{urlencode(asked, errors='replace')}" if asked else address


def _in_address(text: str) -> str:
    return quote(text, safe="", errors="replace")


def answered(client: Client, operation: Operation, address: str, body: str) -> Any:
    """What the call is answered; nothing of it lasts."""
    with transaction.atomic():
        sent = body.encode("utf-8", "surrogatepass")
        answer = client.generic(operation.method.upper(), address, sent, content_type="application/json")
        answer.content  # noqa: B018 -- a file is read before what it is made of is undone
        transaction.set_rollback(True)
    return answer


def faults(operation: Operation, answer: Any) -> Iterator[str]:
    """What is wrong with the answer: a fault of ours, a status or a form that is not described."""
    status = str(answer.status_code)
    told = operation.described["responses"].get(status)
    if answer.status_code >= 500 or told is None:
        yield f"{operation} answers {status}: {answer.content[:300]!r}"
        return
    if "$ref" in told:
        told = description()["components"]["responses"][told["$ref"].rpartition("/")[2]]
    media_type = answer.headers.get("Content-Type", "").partition(";")[0]
    if answer.status_code >= 400 and media_type != PROBLEM:
        yield f"{operation} answers {status} as {media_type}"
    media = told.get("content", {}).get(media_type)
    if answer.content and media is None:
        yield f"{operation} answers {status} with {media_type}, which is not described"
    elif media is not None and media_type.endswith("json"):
        whole = {**media["schema"], "components": description()["components"]}
        errors = Draft202012Validator(whole).iter_errors(answer.json())
        yield from (f"{operation} {status}: {error.json_path}: {error.message[:200]}" for error in errors)
