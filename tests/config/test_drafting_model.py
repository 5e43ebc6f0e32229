"""A model is set up as a whole or not at all, and whatever does not fit stops the start by its name."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.drafting_model import ADDRESSES, model_from_environment
from config.env import Env

WHOLE = {"POSTIL_MODEL_PROVIDER": "openai", "POSTIL_MODEL": "scribe-1", "POSTIL_MODEL_KEY": "k"}


def read(**variables: str) -> dict[str, object]:
    env = Env(variables)
    found = model_from_environment(env)
    env.close()
    return found


def test_without_anything_there_is_no_model() -> None:
    assert read() == {}


@pytest.mark.parametrize("provider", sorted(ADDRESSES))
def test_a_provider_has_the_address_of_its_maker(provider: str) -> None:
    assert read(**{**WHOLE, "POSTIL_MODEL_PROVIDER": provider}) == {
        "provider": provider, "address": ADDRESSES[provider], "model": "scribe-1", "key": "k", "seconds": 120,
    }  # fmt: skip


def test_a_server_of_one_s_own_needs_no_key_and_no_slash_at_the_end() -> None:
    own = read(POSTIL_MODEL_PROVIDER="openai", POSTIL_MODEL="m", POSTIL_MODEL_URL="http://10.0.0.7:8080/v1/")
    assert (own["address"], own["key"]) == ("http://10.0.0.7:8080/v1", "")


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"POSTIL_MODEL_PROVIDER": "oracle"}, "POSTIL_MODEL_PROVIDER"),
        ({"POSTIL_MODEL_PROVIDER": ""}, "POSTIL_MODEL_PROVIDER"),
        ({"POSTIL_MODEL": ""}, "POSTIL_MODEL"),
        ({"POSTIL_MODEL": "m" * 201}, "POSTIL_MODEL"),
        ({"POSTIL_MODEL_KEY": "schlüssel"}, "POSTIL_MODEL_KEY"),
        ({"POSTIL_MODEL_KEY": "two\nlines"}, "POSTIL_MODEL_KEY"),
        ({"POSTIL_MODEL_URL": "ftp://ai.example"}, "POSTIL_MODEL_URL"),
        ({"POSTIL_MODEL_URL": "https:///v1"}, "POSTIL_MODEL_URL"),
        ({"POSTIL_MODEL_URL": "https://me:secret@ai.example"}, "POSTIL_MODEL_URL"),
        ({"POSTIL_MODEL_URL": "https://ai.example/?key=1"}, "POSTIL_MODEL_URL"),
        ({"POSTIL_MODEL_URL": "https://ai.example/" + "x" * 300}, "POSTIL_MODEL_URL"),
        ({"POSTIL_MODEL_SECONDS": "0"}, "POSTIL_MODEL_SECONDS"),
        ({"POSTIL_MODEL_SECONDS": "201"}, "POSTIL_MODEL_SECONDS"),
        ({"POSTIL_MODEL_SECONDS": "soon"}, "POSTIL_MODEL_SECONDS"),
    ],
)
def test_what_does_not_fit_stops_the_start_and_is_named(changed: dict[str, str], named: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"(?m)^  {named}\b") as caught:
        read(**{**WHOLE, **changed})
    assert "secret" not in str(caught.value)
    assert "schl" not in str(caught.value)
