"""The description of the interface is whole: every call, every problem, an example of all that is sent, no warning."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # -- has no types
from rest_framework.request import Request
from rest_framework.response import Response

from tests.web.api.test_routes import calls
from web.api.areas import AREAS, OF_EACH
from web.api.errors import CODES, MEDIA_TYPE
from web.api.etags import seen, tagged
from web.api.idempotency import once
from web.api.schema import PROBLEMS, ApiGenerator, compares, operations, tags


def described() -> dict[str, Any]:
    make: Any = ApiGenerator
    generator = make()
    return dict(generator.get_schema(request=None, public=True))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return described()


def named(operation: dict[str, Any]) -> set[str]:
    return {parameter["name"] for parameter in operation.get("parameters", ())}


def test_it_is_valid_openapi_of_version_3_1_and_gives_no_warning(capsys: pytest.CaptureFixture[str]) -> None:
    made = described()
    check: Any = validate_schema
    check(made)
    assert made["openapi"] == "3.1.0"
    assert "Warning" not in capsys.readouterr().err


def test_it_describes_every_call(schema: dict[str, Any]) -> None:
    assert len(list(operations(schema))) == len(calls())


def test_every_operation_says_what_it_does_and_whose_area_it_is(schema: dict[str, Any]) -> None:
    silent = [each["operationId"] for _, each in operations(schema) if not each.get("description")]
    assert silent == []
    assert {tag for _, each in operations(schema) for tag in each["tags"]} <= {*AREAS, OF_EACH}
    assert [tag["name"] for tag in schema["tags"]] == list(AREAS)


def test_every_operation_names_the_scope_that_it_needs(schema: dict[str, Any]) -> None:
    for method, operation in operations(schema):
        [scopes] = [each["oauth2"] for each in operation["security"] if "oauth2" in each]
        act, area = "read" if method == "get" else "write", operation["tags"][0]
        assert scopes == [act if area == OF_EACH else f"{area}:{act}"]


def test_every_operation_has_an_answer_when_it_goes_well_and_every_problem_it_can_end_in(
    schema: dict[str, Any],
) -> None:
    always = {"400", "401", "403", "404", "406", "429", "500", "503"}
    changing = {"409", "413", "415", "422"}
    for method, operation in operations(schema):
        statuses = set(operation["responses"])
        wanted = always | (set() if method == "get" else changing)
        wanted |= {"412"} if "If-Match" in named(operation) else set()
        assert {status for status in statuses if status[0] in "45"} == wanted, operation["operationId"]
        assert {status for status in statuses if status[0] == "2"}, operation["operationId"]


def test_a_problem_is_described_once_and_with_an_example_of_its_own(schema: dict[str, Any]) -> None:
    for status, told in PROBLEMS.items():
        [(media_type, media)] = schema["components"]["responses"][f"Problem{status}"]["content"].items()
        assert (media_type, media["example"]["status"], media["example"]["detail"]) == (MEDIA_TYPE, status, told)
    assert set(CODES) - {405} <= set(PROBLEMS)


def examples(schema: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Each thing that is sent either way: where, its schema, its example."""
    found = []
    for _, operation in operations(schema):
        sent = [operation.get("requestBody", {}), *operation["responses"].values()]
        media = [each for answer in sent for each in answer.get("content", {}).values()]
        found += [(operation["operationId"], each.get("schema", {}), each.get("example")) for each in media]
    problems = schema["components"]["responses"].items()
    told = [(name, media) for name, each in problems for media in each["content"].values()]
    return found + [(name, media["schema"], media["example"]) for name, media in told]


def test_whatever_is_sent_has_an_example_that_its_schema_allows(schema: dict[str, Any]) -> None:
    wrong = []
    for name, described_by, example in examples(schema):
        whole = {**described_by, "components": schema["components"]}
        wrong += [(name, error.message) for error in Draft202012Validator(whole).iter_errors(example)]
    assert wrong == []
    operations_with = {name for name, *_ in examples(schema)}
    without = {each["operationId"] for _, each in operations(schema) if each["operationId"] not in operations_with}
    nothing = {each["operationId"] for _, each in operations(schema) if "204" in each["responses"]}
    assert without - nothing == set()


def test_every_post_is_described_with_its_key(schema: dict[str, Any]) -> None:
    with_key = {each["operationId"] for _, each in operations(schema) if "Idempotency-Key" in named(each)}
    assert with_key == {each["operationId"] for method, each in operations(schema) if method == "post"}


class Edited:
    """How a view of something that is edited is built."""

    def get(self, request: Request) -> Response:
        return tagged(request, {})

    def put(self, request: Request) -> Response:
        return Response(seen(request, [], dict))  # type: ignore[arg-type]  # -- nothing is called

    @once
    def post(self, request: Request) -> Response:
        return Response()


def test_what_compares_and_what_has_a_tag_is_told_from_how_it_is_built() -> None:
    acts = (Edited.get, Edited.put, Edited.post)
    assert [compares(act) for act in acts] == [False, True, False]
    assert [tags(act) for act in acts] == [True, False, False]


def test_what_is_edited_is_described_with_the_headers_that_keep_it_from_being_lost(schema: dict[str, Any]) -> None:
    path = schema["paths"]["/api/v1/courses/{slug}/people/{uuid}/accommodation/"]
    assert ("If-None-Match" in named(path["get"]), "304" in path["get"]["responses"]) == (True, True)
    assert ("If-Match" in named(path["put"]), "412" in path["put"]["responses"]) == (True, True)


def test_the_page_and_all_it_loads_name_no_other_host() -> None:
    shown = Client().get("/api/v1/docs/").content.decode()
    script = Client().get("/api/v1/docs/?script=").content.decode()
    assert [text for text in (shown, script) if "http://" in text or "https://" in text] == []
    assert "/api/v1/schema/" in script
