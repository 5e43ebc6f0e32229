"""Test clients that share their middleware: putting it together takes longer than many an answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.handlers.base import BaseHandler
from django.core.signals import setting_changed
from django.test.client import ClientHandler

LISTS, CHAIN = ("_view_middleware", "_template_response_middleware", "_exception_middleware"), "_middleware_chain"
"""What a handler keeps of its middleware. It is the same for all clients: what differs stands in their requests."""
LOADER = "load_middleware"
"""Which each handler is asked for that has none yet."""


def share_middleware() -> None:
    """From now on the first client puts the middleware together, and the first one after a setting has changed."""
    setattr(ClientHandler, LOADER, _load_for_all)
    setting_changed.connect(_forget)


def _load_for_all(handler: BaseHandler, is_async: bool = False) -> None:
    BaseHandler.load_middleware(handler, is_async)
    # As it stands, a function in a class would take the handler for the request.
    _keep({name: getattr(handler, name) for name in LISTS} | {CHAIN: staticmethod(getattr(handler, CHAIN))})


def _forget(**_: Any) -> None:
    """Middleware reads settings when it is put together. A client that is at work keeps what it has, as in Django."""
    _keep(dict.fromkeys((*LISTS, CHAIN)))


def _keep(middleware: Mapping[str, Any]) -> None:
    for name, value in middleware.items():
        setattr(ClientHandler, name, value)
