"""What code below the doors said in English, said again on every door's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

import language
from language import RIGHT_TO_LEFT

register = template.Library()


@register.filter
def again(text: Any) -> Any:
    """`{{ problem.message|again }}` is the sentence in the reader's language; what is no text, or safe, stays so."""
    return language.again(str(text)) if isinstance(text, str) and not isinstance(text, SafeString) else text


@register.filter
def forms(one: str, several: str) -> str:
    """`{{ "One line"|forms:"{count} lines" }}` is every form of it, as static/js/words.js chooses among them."""
    return language.forms(one, several)


@register.filter
def quoted(words: Sequence[str], joined_by: str) -> SafeString:
    """`{{ words|quoted:_("or") }}` is each word in quotation marks, the last one behind the "or"."""
    marked = [format_html("<q>{}</q>", word) for word in words]
    if len(marked) < 2:
        return marked[0] if marked else SafeString("")
    first = mark_safe(", ".join(marked[:-1]))  # noqa: S308 -- each is marked up above
    return format_html("{} {} {}", first, joined_by, marked[-1])


@register.simple_tag
def page_language() -> SafeString:
    """The attributes of a page, or of our own words beside an article: the active language and its direction."""
    code = get_language() or settings.LANGUAGE_CODE
    direction = "rtl" if settings.MIRRORED or code in RIGHT_TO_LEFT else "ltr"
    return mark_safe(f'lang="{code}" dir="{direction}"')  # noqa: S308 -- a setting's words
