"""Days and times as they are asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MOMENT = "%Y-%m-%dT%H:%M"
FAR_OFF = gettext_lazy("Choose a day between 1970 and 2999.")
"""Far from both ends of what can be reckoned with: days are added to a closing, and clocks have zones."""


def moment_field(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.DateTimeField:
    """A day and time that may be left out."""
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT),
        input_formats=[MOMENT, f"{MOMENT}:%S", "%Y-%m-%d %H:%M"],
        validators=[
            MinValueValidator(datetime(1970, 1, 1, tzinfo=UTC), FAR_OFF),
            MaxValueValidator(datetime(2999, 12, 31, 23, 59, tzinfo=UTC), FAR_OFF),
        ],
    )
