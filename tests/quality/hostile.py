"""Words that would run if a page took them for anything but words, and a course that is full of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle, islice
from typing import Any

from django.apps import apps
from django.db import DatabaseError, models, transaction

from tests.quality.canaries import Scene, asked

CALL = "ran(1)"
_EVENTS = (
    "img src=x onerror",
    "svg onload",
    "svg/onload",
    "body onload",
    "details open ontoggle",
    "video src=x onerror",
    "audio src=x onerror",
    "input autofocus onfocus",
    "select autofocus onfocus",
    "textarea autofocus onfocus",
    "button autofocus onfocus",
    "a tabindex=0 autofocus onfocus",
    "marquee onstart",
    "iframe onload",
    "object data=x onerror",
    "style onload",
    "div style=animation:x onanimationstart",
    "div onmouseover",
    "math onclick",
    "svg><animate attributeName=x dur=1s onbegin",
    "div hx-get=/ hx-trigger=load hx-on::load",
    "div hx-on:click",
)
_LEADING = (
    "javascript:{}",
    "JaVaScRiPt:{}",
    "java\tscript:{}",
    "\x01javascript:{}",
    "vbscript:{}",
    "data:text/html,<script>{}</script>",
)
_LINKING = (
    "a href",
    "form><button formaction",
    "iframe src",
    "embed src",
    "base href",
    "svg><a xlink:href",
    "meta http-equiv=refresh content='0;url=javascript:ran(1)' x",
)
_BREAKING = (
    "<script>{}</script>",
    "</script><script>{}</script>",
    "<ScRiPt>{}</sCrIpT>",
    "<<script>{}//<</script>",
    "<script src=data:,{}></script>",
    '" onmouseover="{}',
    "' onfocus='{}' autofocus='",
    '"><img src=x onerror={}>',
    "'><svg onload={}>",
    "` onerror={} `",
    "</title><svg onload={}>",
    "</textarea><svg onload={}>",
    "</style><svg onload={}>",
    "--><svg onload={}>",
    "]]><svg onload={}>",
    "';{};//",
    '\\";{};//',
    "${{{}}}",
    "{{% debug %}}{{{{ {} }}}}",
    "<%= {} %>",
    "&lt;script&gt;{}&lt;/script&gt;",
    "\\u003cscript\\u003e{}\\u003c/script\\u003e",
    "+ADw-script+AD4-{}+ADw-/script+AD4-",
    "<img src=x onerror=&#114;an(1)>{}",
    "<iframe srcdoc='<script>{}</script>'>",
    '<div style="background:url(javascript:{})">',
)
PAYLOADS = (
    *(f"<{event}={CALL}>" for event in _EVENTS),
    *(leading.format(CALL) for leading in _LEADING),
    *(f"<{linking}=javascript:{CALL}>x" for linking in _LINKING),
    *(breaking.format(CALL) for breaking in _BREAKING),
)
EVERY = " ".join(PAYLOADS)
TYPED = frozenset(
    "title name summary text term definition undrafted reason decision message feedback review_note author publisher "
    "rights said because address error excerpt subject quote".split()
)
"""The columns whose words somebody types, or a service sends."""


def hostile_scene() -> Scene:
    """A course, submitted once, whose people, texts, questions, answers, notes and messages are all hostile."""
    made = Scene.set_up([(kind, in_words(content)) for kind, content in asked()], mode="check")
    made.submit()
    in_every_column()
    made.course.refresh_from_db()
    return made


def wordings(longest: int | None, turn: Iterator[str]) -> Iterator[str]:
    """What a column may be given: every payload, which SQLite keeps at any length, else as many as fit."""
    yield EVERY
    yield fitting(longest, turn)


def fitting(longest: int | None, turn: Iterator[str]) -> str:
    """As many payloads as fit, the next ones first."""
    text = next(turn)[:longest]
    while True:
        payload = next(turn)
        if (longest is not None and len(text) + 1 + len(payload) > longest) or len(text) > 4_000:
            return text
        text += f" {payload}"


def in_every_column() -> Counter[bool]:
    """Each typed column of each row holds payloads, but where the database refuses to change it.

    How many hold every one, and how many hold some.
    """
    turn, filled = cycle(PAYLOADS), Counter[bool]()
    for model in apps.get_models():
        for field in typed_columns(model):
            for row in model._base_manager.order_by("pk"):
                kept = (text for text in wordings(field.max_length, turn) if is_kept(row, field.name, text))
                filled.update(text == EVERY for text in islice(kept, 1))
    return filled


def is_kept(row: models.Model, name: str, text: str) -> bool:
    """Whether the database lets this column of this row be the text, which it then is."""
    with suppress(DatabaseError), transaction.atomic():
        return bool(type(row)._base_manager.filter(pk=row.pk).update(**{name: text}))
    return False


def typed_columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [
        field
        for field in model._meta.concrete_fields
        if field.name in TYPED and isinstance(field, models.CharField | models.TextField) and not field.choices
    ]


def in_words(content: Any) -> Any:
    """A question's content whose stem, options and all that is said of them hold every payload."""
    if isinstance(content, dict):
        return {key: _changed(key, value) for key, value in content.items()}
    return [in_words(each) for each in content] if isinstance(content, list) else content


def _changed(key: str, value: Any) -> Any:
    if isinstance(value, str) and key in {"stem", "text", "feedback", "explanation", "label", "prompt"}:
        return f"{value} {EVERY}"
    return in_words(value)
