"""Icons and states as template tags: a page has dozens, and an included template costs thirty times as much."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from accounts.templatetags.sentences import again

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """The icon of that name, for the eye only: a word stands beside it wherever it means something."""
    address = f"{static('icons.svg')}#i-{conditional_escape(name)}"
    return mark_safe(f'<svg class="i" aria-hidden="true"><use href="{address}"/></svg>')  # noqa: S308 -- escaped above


@register.simple_tag
def state(name: str, word: Any, tone: str = "") -> SafeString:
    """A state as an icon and a word in the language of the page.

    `name`: done, half, open, miss, wait or flag; `tone`: good, warn, now or "".
    """
    classes = f"state {conditional_escape(tone)}" if tone else "state"
    inside = f"{icon(name)} {conditional_escape(again(word))}"
    return mark_safe(f'<span class="{classes}">{inside}</span>')  # noqa: S308 -- each part is escaped


@register.simple_tag
def tied(*ids: str, wrong: bool | str = False) -> SafeString:
    """Attributes that tie what is said of an answer, by its ids, to the field or the group that it was given with.

    "" stands for what is not said, as of a question that is only shown. `wrong` says that it would count as no answer,
    which a group cannot say of itself.
    """
    said = conditional_escape(" ".join(each for each in ids if each))
    described = f' aria-describedby="{said}"' if said else ""
    invalid = ' aria-invalid="true"' if wrong else ""
    return mark_safe(described + invalid)  # noqa: S308 -- escaped above
