"""Each adapter speaks its service's wire format, and says what can be done about whatever goes wrong."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import override_settings

from authoring.providers import ADAPTERS, provider_in_force
from authoring.providers.anthropic import API_VERSION, MOST_TOKENS, Anthropic
from authoring.providers.openai import OpenAICompatible
from config.drafting_model import ADDRESSES
from quizzes.drafting.proposals import Prompt, ProviderBusy, ProviderRefused
from tests.authoring.providers.service import KEY, MODEL, Reply, Service, as_json, said

PROMPT = Prompt("Propose questions.", '{"passages": ["Ünïcode & “quotes”"]}')
PATHS = {"openai": "/chat/completions", "anthropic": "/v1/messages"}
NAMES = sorted(ADAPTERS)


def adapter(name: str, service: Service, *, key: str = KEY, seconds: float = 5) -> Any:
    return ADAPTERS[name](service.address, MODEL, key, seconds)


def test_there_is_an_adapter_for_each_provider_that_can_be_set() -> None:
    assert sorted(ADDRESSES) == NAMES == sorted(PATHS)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_that_the_model_answers_comes_back(name: str, service: Service) -> None:
    service.answers('{"questions": []}')
    assert adapter(name, service).answer(PROMPT) == '{"questions": []}'
    [asked] = service.asked
    assert asked.path == PATHS[name]
    assert asked.headers["content-type"] == "application/json"
    assert asked.headers["accept-encoding"] == "identity"


def test_chat_completions_are_asked_with_two_roles_and_a_bearer(service: Service) -> None:
    service.answers("x")
    adapter("openai", service).answer(PROMPT)
    [asked] = service.asked
    assert asked.headers["authorization"] == f"Bearer {KEY}"
    assert asked.body == {
        "model": MODEL,
        "messages": [{"role": "system", "content": PROMPT.system}, {"role": "user", "content": PROMPT.user}],
    }


def test_a_server_of_one_s_own_may_want_no_key(service: Service) -> None:
    service.answers("x")
    adapter("openai", service, key="").answer(PROMPT)
    assert "authorization" not in service.asked[0].headers


def test_messages_are_asked_with_a_system_text_a_bound_and_a_version(service: Service) -> None:
    service.answers("x")
    adapter("anthropic", service).answer(PROMPT)
    [asked] = service.asked
    assert (asked.headers["x-api-key"], asked.headers["anthropic-version"]) == (KEY, API_VERSION)
    assert asked.body == {
        "model": MODEL,
        "max_tokens": MOST_TOKENS,
        "system": PROMPT.system,
        "messages": [{"role": "user", "content": PROMPT.user}],
    }


def test_several_blocks_of_text_are_one_answer_and_others_are_passed_over(service: Service) -> None:
    blocks = [{"type": "thinking", "thinking": "Hm."}, {"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    service.answers(as_json({"content": blocks, "stop_reason": "end_turn"}))
    assert adapter("anthropic", service).answer(PROMPT) == "ab"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("status", "is_worth"), [
    (400, False), (401, False), (403, False), (404, False), (413, False), (422, False), (301, False), (307, False),
    (408, True), (409, True), (429, True), (500, True), (502, True), (503, True), (529, True),
])  # fmt: skip
def test_an_error_is_told_in_the_service_s_words(name: str, status: int, is_worth: bool, service: Service) -> None:
    service.answers(as_json({"error": {"type": "some_error", "message": "It is\n so."}}, status=status))
    with pytest.raises(ProviderBusy if is_worth else ProviderRefused) as caught:
        adapter(name, service).answer(PROMPT)
    assert str(caught.value) == f"The model’s service answered with status {status}: It is so."


@pytest.mark.parametrize(
    "body", [b"", b"<h1>Bad gateway</h1>", b'{"error": "text"}', b'{"error": {"message": 1}}', b"[]"]
)
def test_an_error_without_words_is_told_by_its_status(body: bytes, service: Service) -> None:
    service.answers(Reply(body, 502))
    with pytest.raises(ProviderBusy, match=r"status 502\.$"):
        adapter("openai", service).answer(PROMPT)


def test_the_key_is_in_no_message(service: Service) -> None:
    service.answers(as_json({"error": {"message": "nope"}}, status=401))
    with pytest.raises(ProviderRefused) as caught:
        adapter("openai", service).answer(PROMPT)
    assert KEY not in str(caught.value)


def test_a_redirect_is_not_followed(service: Service) -> None:
    service.answers(Reply(b"", 307, {"Location": f"{service.address}/elsewhere"}))
    with pytest.raises(ProviderRefused, match="status 307"):
        adapter("openai", service).answer(PROMPT)
    assert [asked.path for asked in service.asked] == ["/chat/completions"]


ENDINGS = {
    "openai": {
        "length": (ProviderRefused, "ran out of room"),
        "content_filter": (ProviderRefused, "declined"),
    },
    "anthropic": {
        "max_tokens": (ProviderRefused, "ran out of room"),
        "refusal": (ProviderRefused, "declined"),
    },
}


@pytest.mark.parametrize(("name", "stop"), [(name, stop) for name in NAMES for stop in ENDINGS[name]])
def test_an_answer_that_is_cut_off_or_refused_is_none(name: str, stop: str, service: Service) -> None:
    error, words = ENDINGS[name][stop]
    service.answers(said(PATHS[name], '{"questions": [', stop=stop))
    with pytest.raises(error, match=words):
        adapter(name, service).answer(PROMPT)


def test_a_refusal_in_its_own_field_is_one(service: Service) -> None:
    message = {"role": "assistant", "content": None, "refusal": "I cannot."}
    service.answers(as_json({"choices": [{"message": message, "finish_reason": "stop"}]}))
    with pytest.raises(ProviderRefused, match="declined"):
        adapter("openai", service).answer(PROMPT)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("body", [
    {}, {"choices": []}, {"choices": [None]}, {"choices": [{"message": None}]}, {"choices": "x"},
    {"choices": [{"message": {"content": " "}}]}, {"choices": [{"message": {"content": [1]}}]},
    {"content": None}, {"content": [None, "x"]}, {"content": [{"type": "text", "text": 3}]}, {"content": "text"},
])  # fmt: skip
def test_an_answer_without_text_may_be_asked_for_again(name: str, body: Any, service: Service) -> None:
    service.answers(as_json(body))
    with pytest.raises(ProviderBusy, match="without any text"):
        adapter(name, service).answer(PROMPT)


def test_without_a_model_nothing_is_in_force() -> None:
    assert provider_in_force() is None


@pytest.mark.parametrize(("name", "kind"), [("openai", OpenAICompatible), ("anthropic", Anthropic)])
def test_what_is_set_is_in_force(name: str, kind: type) -> None:
    chosen = {"provider": name, "address": "https://ai.example", "model": "m", "key": "k", "seconds": 30}
    with override_settings(DRAFTING_MODEL=chosen):
        assert provider_in_force() == kind("https://ai.example", "m", "k", 30)
