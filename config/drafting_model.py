"""The model that may draft questions: none, unless the environment names one as a whole."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from config.env import Env

ADDRESSES = {"openai": "https://api.openai.com/v1", "anthropic": "https://api.anthropic.com"}
"""The services by name, each with the address of its maker."""


def model_from_environment(env: Env) -> dict[str, Any]:
    """What `settings.DRAFTING_MODEL` holds: provider, address without a slash at the end, model, key and seconds.

    Empty without a provider. What does not fit together is a problem of `env`.
    """
    provider = env.text("POSTIL_MODEL_PROVIDER", choices=tuple(ADDRESSES))
    model, key = env.text("POSTIL_MODEL"), env.secret("POSTIL_MODEL_KEY")
    address = env.url("POSTIL_MODEL_URL", ADDRESSES.get(provider, ""), schemes=("http", "https")).rstrip("/")
    seconds = env.int("POSTIL_MODEL_SECONDS", 120, low=5, high=200)
    if not provider and (model or key or address):
        env.refuse("POSTIL_MODEL_PROVIDER", None, f"set, though a model is: one of {', '.join(ADDRESSES)}")
    if not provider:
        return {}
    if not model or len(model) > 200:
        env.refuse("POSTIL_MODEL", model[:60], f"the name of a model of {provider}, in at most 200 characters")
    if not (key.isascii() and (key.isprintable())):
        env.refuse("POSTIL_MODEL_KEY", None, "a key in plain characters")
    parts = urlsplit(address)
    if not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment or len(address) > 300:
        env.refuse("POSTIL_MODEL_URL", None, "a plain address of at most 300 characters, without name and password")
    return {"provider": provider, "address": address, "model": model, "key": key, "seconds": seconds}
