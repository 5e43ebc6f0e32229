"""What an instructor asks of the gradebook: which learners, and how their results are put together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from course.models import Cohort
from language import say
from quizzes.domain.gradebook import MOST_DROPPED, Filter, Standing
from quizzes.models import Quiz

MOST_WEIGHT = 100
STANDINGS = {
    Standing.NOT_BEGUN: gettext_lazy("Not begun"),
    Standing.IN_PROGRESS: gettext_lazy("In progress"),
    Standing.BEING_GRADED: gettext_lazy("Being graded"),
    Standing.WAITS: gettext_lazy("Waits for a person"),
    Standing.GRADED: gettext_lazy("Graded"),
    Standing.BELOW: gettext_lazy("Below the pass mark"),
}


class GradebookForm(forms.Form):
    """A form that is sent with GET, so that the address of what is seen can be kept and the download follows it."""

    q = forms.CharField(label=gettext_lazy("Name, email or cohort"), required=False, max_length=100)
    cohort = forms.ChoiceField(required=False)
    standing = forms.ChoiceField(required=False)
    drop = forms.IntegerField(
        label=gettext_lazy("Lowest results left out"), required=False, min_value=0, max_value=MOST_DROPPED
    )

    def __init__(self, *args: Any, cohorts: Sequence[Cohort], quizzes: Sequence[Quiz], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quizzes = quizzes
        known = [(str(each.uuid), each.name) for each in cohorts]
        self.fields["cohort"] = forms.ChoiceField(required=False, choices=[("", say("Everybody")), *known])
        standings = [(each.value, STANDINGS[each]) for each in Standing]
        self.fields["standing"] = forms.ChoiceField(
            label=gettext_lazy("At some quiz"), required=False, choices=[("", say("Anything")), *standings]
        )
        for quiz in quizzes:
            self.fields[f"weight-{quiz.slug}"] = forms.DecimalField(
                label=quiz.title, required=False, min_value=0, max_value=MOST_WEIGHT, max_digits=5, decimal_places=2
            )

    @property
    def wanted(self) -> Filter:
        """What the form asks for; a field that makes no sense asks for nothing."""
        self.is_valid()
        given = self.cleaned_data
        weights = {quiz.slug: given.get(f"weight-{quiz.slug}") for quiz in self.quizzes}
        return Filter(
            matching=given.get("q", ""),
            cohort=given.get("cohort", ""),
            standing=given.get("standing", ""),
            drop=given.get("drop") or 0,
            weights={slug: Decimal(weight) for slug, weight in weights.items() if weight is not None},
        )

    @property
    def weights(self) -> list[Any]:
        """The fields of the weights."""
        return [self[f"weight-{quiz.slug}"] for quiz in self.quizzes]
