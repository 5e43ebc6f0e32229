"""Whatever is asked for, the address is the one that Django gives, the first time and ever after."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import NoReverseMatch, path, re_path, reverse, set_script_prefix
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from config import quick_addresses
from config.quick_addresses import address

PLACES = f"{__name__}.places"
TAKERS = ["text", "slug", "number", "uuid", "rest", "short", "bare", "plain", "joined", "brace"]


def view(_request: Any, *_values: Any) -> HttpResponse:
    return HttpResponse()


@pytest.fixture(autouse=True, scope="module")
def places() -> Iterator[None]:
    """Addresses that take a value in every way there is."""
    made = ModuleType(PLACES)
    made.urlpatterns = [  # type: ignore[attr-defined]  # -- what a module of addresses has
        path("text/<str:value>/", view, name="text"),
        path("slug/<slug:value>/", view, name="slug"),
        path("number/<int:value>/", view, name="number"),
        path("uuid/<uuid:value>/", view, name="uuid"),
        path("rest/<path:value>", view, name="rest"),
        re_path(r"^short/([a-z]{1,3})/$", view, name="short"),
        re_path(r"^bare/(.+)$", view, name="bare"),
        path("plain/", view, name="plain"),
        path("joined/<str:value>-and-<str:other>/", view, name="joined"),
        path("br{a}ce & more/<int:value>/<int:other>/", view, name="brace"),
    ]
    sys.modules[PLACES] = made
    with override_settings(ROOT_URLCONF=PLACES):
        yield
    del sys.modules[PLACES]


@pytest.fixture(autouse=True)
def at_the_root() -> Iterator[None]:
    set_script_prefix("/")
    yield
    set_script_prefix("/")


def told(ask: Any, name: str, values: Sequence[Any]) -> str:
    try:
        return str(ask(name, values))
    except NoReverseMatch as fault:
        return f"{type(fault).__name__}: {fault}"


def by_django(name: str, values: Sequence[Any]) -> str:
    return reverse(name, args=values)


VALUES = st.one_of(
    st.integers(-5, 10**12),
    st.uuids(),
    st.booleans(),
    st.none(),
    st.text(max_size=12),
    st.from_regex(r"[A-Za-z0-9_-]{1,12}", fullmatch=True),
    st.uuids().map(str),
    st.sampled_from(["11", "{0}", "/", "a/b", "", "é", "..", "a%20b", "a&b", "\n", "a\n", mark_safe("safe")]),
)


@given(st.sampled_from([*TAKERS, "nobody"]), st.lists(VALUES, max_size=2))
def test_every_address_is_the_one_that_django_gives(name: str, values: list[Any]) -> None:
    assert told(address, name, values) == told(by_django, name, values)


@pytest.mark.parametrize(
    ("name", "values", "is_kept"),
    [
        ("plain", [], True),
        ("slug", ["a-slug"], True),
        ("text", ["a-slug"], True),
        ("number", [7], True),
        ("uuid", [UUID(int=7)], True),
        ("slug", [7], True),
        ("brace", [7, 7], True),
        ("uuid", ["a-slug"], False),
        ("number", ["7"], False),
        ("short", ["abc"], False),
        ("joined", ["a", "b"], False),
        ("nobody", [], False),
    ],
)
def test_a_form_is_kept_only_where_every_such_value_may_come(name: str, values: list[Any], is_kept: bool) -> None:
    quick_addresses._forms.clear()
    assert told(address, name, values) == told(by_django, name, values)
    assert [form is not None for form in quick_addresses._forms.values()] == [is_kept]


@pytest.mark.parametrize("value", [-1, True, None, "", "a b", "é", "a/b", "a\n", 1.5, mark_safe("safe")])
def test_what_is_not_plain_is_left_to_django(value: Any) -> None:
    quick_addresses._forms.clear()
    assert told(address, "text", [value]) == told(by_django, "text", [value])
    assert quick_addresses._forms == {}


def test_another_prefix_has_forms_of_its_own() -> None:
    assert address("number", [7]) == "/number/7/"
    set_script_prefix("/below/")
    assert address("number", [7]) == "/below/number/7/"


def test_other_addresses_have_forms_of_their_own() -> None:
    assert address("plain", []) == "/plain/"
    with override_settings(ROOT_URLCONF="config.urls"):
        assert told(address, "plain", []).startswith("NoReverseMatch")
        assert address("learner:home", []) == "/"
