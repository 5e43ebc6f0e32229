"""An example for every schema, put together from its type, its format and the names of its members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = Mapping[str, Any]

BY_FORMAT: Mapping[str, Any] = {
    "uuid": "019ac1f0-5d1c-7c3e-9a55-3c1f6a0b2d47",
    "date-time": "2026-11-27T09:30:00Z",
    "date": "2026-11-27",
    "email": "ana@example.org",
    "uri": "https://postil.example.org/api/v1/attempts/019ac1f0-5d1c-7c3e-9a55-3c1f6a0b2d47/",
    "decimal": "1.50",
    "double": 0.75,
    "binary": "Learner,Checkpoint\nAna Moravec,75\n",
}
BY_NAME: Mapping[str, Any] = {
    "answer": "x7q",
    "answers": {"1": "x7q", "2": "slack water"},
    "code": "QUIET-LAKE",
    "concept": "slack-water",
    "control": "choose_one",
    "course": "the-lake-and-the-wall",
    "data": {"options": [{"id": "x7q", "text": "To keep the water."}, {"id": "m2k", "text": "To keep people out."}]},
    "definition": "The short time in which a tide stands still.",
    "detail": "There is nothing here, or not for you.",
    "error": "",
    "explanation": "The second sentence says so.",
    "feedback": "Look at the second sentence again.",
    "fraction": 0.75,
    "grading": "graded",
    "hints": "Look at the second sentence.",
    "kind": "single_choice",
    "language": "en",
    "lesson": "the-wall",
    "name": "Ana Moravec",
    "next": "https://postil.example.org/api/v1/courses/?cursor=cD01MA%3D%3D",
    "presentation": {"stem": "Why did they build the wall?", "data": {}},
    "previous": None,
    "prev": None,
    "quote": "The upper town built a wall.",
    "reason": "The key was wrong.",
    "result": {"course": "the-lake-and-the-wall"},
    "slug": "the-lake-and-the-wall",
    "state": "published",
    "stem": "Why did they build the wall?",
    "summary": "Two towns, one lake, and a wall between them.",
    "term": "slack water",
    "text": "The upper town built a wall.",
    "title": "The lake and the wall",
    "url": "https://hooks.example.org/postil",
    "verdict": "right",
    "warning": "",
}
ORDINARY: Mapping[str, Any] = {"string": "text", "integer": 1, "number": 1.0, "boolean": True, "null": None}


def example_of(schema: Schema, schemas: Mapping[str, Schema], name: str = "") -> Any:
    """A value that the schema allows, which does not contain itself.

    `schemas` are those it may refer to, `name` is the member that it describes.
    """
    schema = resolved(schema, schemas)
    kind = kind_of(schema)
    if "enum" in schema or "const" in schema:
        return schema.get("const", next((each for each in schema.get("enum", ()) if each not in ("", None)), ""))
    if kind == "object":
        return _object(schema, schemas, name)
    if kind == "array":
        return [example_of(schema.get("items", {}), schemas, name)]
    if kind == "":
        return BY_NAME.get(name, ORDINARY["string"])
    return _plain(schema, kind, name)


def resolved(schema: Schema, schemas: Mapping[str, Schema]) -> Schema:
    """The schema that is meant: what it refers to, or the first of several that is not null."""
    if "$ref" in schema:
        return resolved(schemas[schema["$ref"].rpartition("/")[2]], schemas)
    for word in ("allOf", "oneOf", "anyOf"):
        if word in schema:
            several = [each for each in schema[word] if each.get("type") != "null" and each != {"enum": [""]}]
            return resolved(several[0], schemas)
    return schema


def kind_of(schema: Schema) -> str:
    """The schema's type, null left out where there is another; "" where it may be anything."""
    kinds = schema.get("type", "")
    if isinstance(kinds, list):
        return str(next((kind for kind in kinds if kind != "null"), "null"))
    return str(kinds)


def _object(schema: Schema, schemas: Mapping[str, Schema], name: str) -> Any:
    members = schema.get("properties", {})
    if members:
        return {each: example_of(inner, schemas, each) for each, inner in members.items()}
    inner = schema.get("additionalProperties")
    if isinstance(inner, Mapping) and inner:
        return {"1": example_of(inner, schemas, name)}
    known = BY_NAME.get(name)
    return known if isinstance(known, dict) else {}


def _plain(schema: Schema, kind: str, name: str) -> Any:
    known = BY_FORMAT.get(schema.get("format", ""), BY_NAME.get(name, ORDINARY[kind]))
    if kind == "string":
        text = known if isinstance(known, str) else ORDINARY["string"]
        return text[: schema.get("maxLength", len(text))]
    if kind in ("integer", "number"):
        number = known if isinstance(known, int | float) and not isinstance(known, bool) else ORDINARY[kind]
        number = int(number) if kind == "integer" else number
        number = max(number, schema.get("minimum", number))
        return min(number, schema.get("maximum", number))
    return ORDINARY[kind]
