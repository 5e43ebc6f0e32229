"""What is asked of the bank: a search from an address, what to do with what was chosen, a pool of it."""

from __future__ import annotations

from dataclasses import fields
from typing import Any
from uuid import UUID

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from authoring.domain.bank import Facets, Search
from quizzes.questions import kinds
from web.studio.bank_forms import ChangeForm, FoundPoolForm, SearchForm, kind_label

ONE = UUID("0f0e6c44-7a3e-4d7c-8f39-3a39b2f0a001")
FACETS = Facets(
    tags=(("hard", 3), ("old-walls", 1)),
    concepts=(("thirst", "thirst machine"),),
    lessons=(("the-wall", "The wall"),),
    quizzes=(("checked", "The wall, checked"),),
    kinds=("single_choice", "of-another-time"),
)
EVERY = {
    "text": "a wall",
    "state": "published",
    "kind": "single_choice",
    "concept": "thirst",
    "tag": "hard",
    "lesson": "the-wall",
    "quiz": "checked",
    "usage": "used",
}


def told(form: Any) -> dict[str, list[str]]:
    form.is_valid()
    return {name: [str(error) for error in errors] for name, errors in form.errors.items()}


def test_every_field_of_a_search_is_asked_for() -> None:
    form = SearchForm(EVERY, facets=FACETS)

    assert [*form.fields] == [each.name for each in fields(Search)]
    assert form.search() == Search(**EVERY)


@pytest.mark.parametrize("name", [name for name in EVERY if name != "text"])
@pytest.mark.parametrize("value", ["nothing", "\x00", "hard'; --", "ALL"])
def test_what_is_not_known_asks_for_nothing_and_leaves_the_rest(name: str, value: str) -> None:
    assert SearchForm({**EVERY, name: value}, facets=FACETS).search() == Search(**{**EVERY, name: ""})


@pytest.mark.parametrize("text", ["x" * 201, "a\x00b"])
def test_words_that_nobody_looks_for_ask_for_nothing(text: str) -> None:
    assert SearchForm({**EVERY, "text": text}, facets=FACETS).search() == Search(**{**EVERY, "text": ""})


@pytest.mark.parametrize(
    ("sent", "is_wide"),
    [({}, False), ({"text": "wall"}, False), ({"usage": "used"}, True), ({"text": "wall", "tag": "hard"}, True)],
)
def test_the_fields_beside_the_words_are_unfolded_once_one_is_used(sent: dict[str, str], is_wide: bool) -> None:
    assert SearchForm(sent, facets=FACETS).is_wide == is_wide


def test_choices_are_named_as_people_know_them() -> None:
    form: Any = SearchForm({}, facets=FACETS)

    assert form.fields["tag"].choices == [("", "Any tag"), ("hard", "hard (3)"), ("old-walls", "old-walls (1)")]
    assert form.fields["kind"].choices[1:] == [
        ("single_choice", kind_label("single_choice")),
        ("of-another-time", "of-another-time"),
    ]


def test_every_kind_has_a_label_of_its_own() -> None:
    names = [each.kind for each in kinds()]
    labels = [kind_label(name) for name in names]

    assert len(set(labels)) == len(labels)
    assert not set(labels) & set(names)


NOTHING_CHOSEN = {"__all__": ["Choose at least one question. Nothing was changed."]}
NO_TAG = {"__all__": ["Write the tag. Nothing was changed."]}


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        (f"do=tag&tag=Hard+ones&question={ONE}", {}),
        (f"do=untag&tag=hard&question={ONE}", {}),
        (f"do=archive&question={ONE}", {}),
        ("do=restore&all=on", {}),
        ("do=archive", NOTHING_CHOSEN),
        ("do=tag&tag=hard", NOTHING_CHOSEN),
        (f"do=tag&question={ONE}", NO_TAG),
        (f"do=tag&tag=%3F%21&question={ONE}", NO_TAG),
        (f"do=untag&tag=+&question={ONE}", NO_TAG),
        (f"do=delete&question={ONE}", {"do": ["Select a valid choice. delete is not one of the available choices."]}),
        (f"question={ONE}", {"do": ["This field is required."]}),
        (
            "do=archive&question=x",
            {"question": ["Select a valid choice. x is not one of the available choices."], **NOTHING_CHOSEN},
        ),
        (
            f"do=tag&question={ONE}&tag=" + "x" * 61,
            {"tag": ["Ensure this value has at most 60 characters (it has 61)."], **NO_TAG},
        ),
    ],
)
def test_a_deed_needs_questions_and_what_it_says(query: str, errors: dict[str, list[str]]) -> None:
    assert told(ChangeForm(QueryDict(query))) == errors


def test_a_tag_is_cleaned_into_a_word_of_an_address() -> None:
    form = ChangeForm(QueryDict(f"do=tag&tag=Hard+Ones!&question={ONE}"))

    assert told(form) == {}
    assert (form.cleaned_data["tag"], form.cleaned_data["question"]) == ("hard-ones", [ONE])


@given(tag=st.text(max_size=60))
def test_whatever_is_typed_as_a_tag_is_one_or_is_told(tag: str) -> None:
    form = ChangeForm({"do": "tag", "tag": tag, "all": "on"})
    if form.is_valid():
        again = ChangeForm({"do": "untag", "tag": form.cleaned_data["tag"], "all": "on"})
        assert again.is_valid()
        assert again.cleaned_data["tag"] == form.cleaned_data["tag"]


@pytest.mark.parametrize(
    ("search", "asks_for_a_tag"),
    [
        (Search(tag="hard"), False),
        (Search(concept="thirst", state="published"), False),
        (Search(tag="hard", concept="thirst"), True),
        (Search(tag="hard", state="accepted"), True),
        (Search(text="wall", tag="hard"), True),
        (Search(), True),
    ],
)
def test_a_tag_is_asked_for_where_no_pool_draws_just_what_was_found(search: Search, asks_for_a_tag: bool) -> None:
    assert ("tag" in FoundPoolForm(facets=FACETS, search=search).fields) == asks_for_a_tag


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {}),
        ({"take": "100"}, {}),
        ({"take": "0"}, {"take": ["Ensure this value is greater than or equal to 1."]}),
        ({"take": "101"}, {"take": ["Ensure this value is less than or equal to 100."]}),
        ({"take": "all"}, {"take": ["Enter a whole number."]}),
        ({"quiz": "none"}, {"quiz": ["Select a valid choice. none is not one of the available choices."]}),
        ({"quiz": ""}, {"quiz": ["This field is required."]}),
        ({"tag": "?!"}, {"tag": ["Write a tag of letters or figures."]}),
        ({"tag": ""}, {"tag": ["This field is required."]}),
    ],
)
def test_a_pool_that_cannot_be_is_told_beside_its_field(sent: dict[str, str], errors: dict[str, list[str]]) -> None:
    form = FoundPoolForm({"quiz": "checked", "take": "2", "tag": "Hard ones", **sent}, facets=FACETS, search=Search())

    assert told(form) == errors
