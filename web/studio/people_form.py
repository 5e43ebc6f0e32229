"""What is asked about one learner's time."""

from __future__ import annotations

from decimal import Decimal

from django import forms

from quizzes.domain.accommodations import MOST_DAYS, MOST_TIME


class AccommodationForm(forms.Form):
    """More time for one learner, in every quiz of the course."""

    time_factor = forms.DecimalField(
        label="Time, as a multiple of the usual",
        min_value=Decimal(1),
        max_value=MOST_TIME,
        decimal_places=2,
        help_text="1 is the usual time; 1.5 makes 40 minutes 60.",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    extra_days = forms.IntegerField(
        label="Days added to every closing",
        min_value=0,
        max_value=MOST_DAYS,
        help_text="0 keeps the quiz’s own closing.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    use_required_attribute = False
