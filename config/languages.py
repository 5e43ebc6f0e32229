"""In which language a page is said, and that every sentence of the process is said in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

import language


class ReadersLanguage:
    """Pages are said as their reader chose, else as this device did, else as the browser asks.

    Django's own middleware does not know people; this one stands behind the one that does.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, in the reader's language, naming it and what it depends on."""
        # A page asks for its person dozens of times, and each time the one who is looked up late asks around.
        if request.user.is_authenticated:
            request.user = getattr(request.user, "_wrapped", request.user)
        chosen = getattr(request.user, "language", "") or translation.get_language_from_request(request)
        with translation.override(chosen):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", chosen)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def speak() -> None:
    """From now on what the process says is in the language that is active, sentences of pure packages included."""
    language.speak_with(language.Speaker(_code, _one, _counted, messages))


def _code() -> str:
    return translation.get_language() or "en"


def _one(message: str) -> str:
    """The message in the active language. Django would look an English one up in every catalogue, and find nothing."""
    return message if _code() == "en" else translation.gettext(message)


def _counted(one: str, several: str, amount: int) -> str:
    choose = language.ENGLISH.counted if _code() == "en" else translation.ngettext
    return choose(one, several, amount)


def messages() -> Iterator[str]:
    """The messages that have a translation into the active language."""
    catalogue: Any = translation.trans_real.catalog()  # type: ignore[attr-defined]  # -- not told by its stubs
    keys: Iterator[Any] = iter(catalogue._catalog.keys())  # noqa: SLF001 -- Django tells its messages in no other way
    yield from (key if isinstance(key, str) else key[0] for key in keys)
