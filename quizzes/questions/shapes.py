"""Which JSON each control sends: what is of another shape is no answer of its kinds at all."""

from __future__ import annotations

from typing import Any

from quizzes.questions.base import Control

TEXTS = {Control.CHOOSE_ONE, Control.LINE, Control.NUMBER, Control.LONG_TEXT}
LISTS = {Control.CHOOSE_MANY, Control.ORDER, Control.SENTENCES}


def has_shape(control: Control, raw: Any) -> bool:
    """Whether `raw` is what the control sends: a text, a list of texts, or an object of texts; null takes back."""
    if raw is None:
        return True
    if control in TEXTS:
        return isinstance(raw, str)
    if control in LISTS:
        return isinstance(raw, list) and all(isinstance(each, str) for each in raw)
    return isinstance(raw, dict) and all(isinstance(each, str) for each in raw.values())
