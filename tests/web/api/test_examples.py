"""Whatever a schema says, its example is allowed by it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # -- has no types

from web.api.examples import BY_NAME, example_of, kind_of, resolved

NAMES = st.sampled_from([*BY_NAME, "position", "is_read", "anything"])
FORMATS = st.sampled_from(["uuid", "date-time", "date", "email", "uri", "decimal", "unheard-of"])


def nullable(schemas: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    return st.tuples(schemas, st.booleans()).map(
        lambda drawn: {**drawn[0], "type": [drawn[0]["type"], "null"]} if drawn[1] else drawn[0]
    )


def bounded(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    ends = st.lists(st.integers(-100, 100), min_size=2, max_size=2).map(sorted)
    return ends.map(lambda pair: {"type": kind, "minimum": pair[0], "maximum": pair[1]})


TEXTS = st.one_of(
    st.just({"type": "string"}),
    FORMATS.map(lambda form: {"type": "string", "format": form}),
    st.integers(0, 40).map(lambda most: {"type": "string", "maxLength": most}),
)
WORDS = st.lists(st.text(min_size=1, max_size=5), min_size=1, unique=True)
CHOICES = WORDS.map(lambda words: {"type": "string", "enum": words})
NUMBERS = st.one_of(bounded("integer"), bounded("number"), st.just({"type": "integer"}), st.just({"type": "number"}))
PLAIN = st.one_of(nullable(TEXTS), nullable(NUMBERS), CHOICES, st.just({"type": "boolean"}), st.just({}))


def larger(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    members = st.dictionaries(NAMES, inner, max_size=4)
    return st.one_of(
        members.map(lambda each: {"type": "object", "properties": each, "required": list(each)}),
        inner.map(lambda each: {"type": "array", "items": each}),
        inner.map(lambda each: {"type": "object", "additionalProperties": each}),
        inner.map(lambda each: {"oneOf": [{"type": "null"}, each]}).filter(lambda each: each["oneOf"][1] != {}),
        inner.map(lambda each: {"allOf": [each]}),
    )


@given(st.recursive(PLAIN, larger, max_leaves=8), NAMES)
def test_the_example_of_any_schema_is_allowed_by_it(schema: dict[str, Any], name: str) -> None:
    made = example_of(schema, {}, name)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(made)] == []


@pytest.mark.parametrize(
    ("schema", "name", "example"),
    [
        ({"type": "string"}, "title", "The lake and the wall"),
        ({"type": "string"}, "unheard_of", "text"),
        ({"type": ["string", "null"]}, "reason", "The key was wrong."),
        ({"type": "string", "maxLength": 3}, "title", "The"),
        ({"type": "string", "enum": ["", "open", "closed"]}, "state", "open"),
        ({"enum": ["", None]}, "state", ""),
        ({"type": "integer", "minimum": 5}, "position", 5),
        ({"type": "number", "maximum": 0.5}, "fraction", 0.5),
        ({"type": "integer"}, "fraction", 0),
        ({"type": "null"}, "anything", None),
        ({}, "answer", "x7q"),
        ({"type": "array", "items": {"type": "string"}}, "hints", ["Look at the second sentence."]),
        ({"type": "object", "additionalProperties": {}}, "answers", {"1": "x7q", "2": "slack water"}),
        ({"type": "object"}, "unheard_of", {}),
    ],
)
def test_an_example_goes_by_type_format_and_name(schema: dict[str, Any], name: str, example: Any) -> None:
    assert example_of(schema, {}, name) == example


def test_what_a_schema_refers_to_is_followed() -> None:
    slug = {"$ref": "#/components/schemas/Slug"}
    schemas: dict[str, Any] = {"Course": {"type": "object", "properties": {"slug": slug}}, "Slug": {"type": "string"}}
    assert example_of({"$ref": "#/components/schemas/Course"}, schemas) == {"slug": "the-lake-and-the-wall"}
    assert resolved({"oneOf": [{"type": "null"}, slug]}, schemas) == {"type": "string"}


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, "string"),
        ({"type": ["null", "integer"]}, "integer"),
        ({"type": ["null"]}, "null"),
        ({}, ""),
    ],
)
def test_null_is_a_type_only_where_there_is_no_other(schema: dict[str, Any], kind: str) -> None:
    assert kind_of(schema) == kind
