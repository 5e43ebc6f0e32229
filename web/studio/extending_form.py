"""What is asked to give several learners of a quiz more time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from course.models import Cohort
from course.roster import MOST_DAYS
from language import say
from quizzes.domain.extensions import MOST_MINUTES

TICKED, EVERYBODY = "ticked", "everybody"


class Learners(forms.TypedMultipleChoiceField):
    """Learners by public id. One who has handed in since the page was made is no mistake: they get no minutes."""

    def valid_value(self, value: Any) -> bool:
        return True


class ExtendingForm(forms.Form):
    """Whom, and how much: those who are ticked, everybody at work, or a cohort."""

    whom = forms.ChoiceField(label=gettext_lazy("Whom"))
    learners = Learners(
        label=gettext_lazy("At work now"), coerce=UUID, required=False, widget=forms.CheckboxSelectMultiple
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes, for those at work now"),
        min_value=0,
        max_value=MOST_MINUTES,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days, on their closings in this course"),
        min_value=0,
        max_value=MOST_DAYS,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, at_work: Sequence[Any], cohorts: Sequence[Cohort], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whom = [(TICKED, say("Those ticked below")), (EVERYBODY, say("Everybody at work"))]
        named = [(str(cohort.uuid), say("Cohort: {name}", name=cohort.name)) for cohort in cohorts]
        self.fields["whom"].choices = [*whom, *named]  # type: ignore[attr-defined]  # -- a ChoiceField
        ticked = [(str(each.enrollment.uuid), _label(each)) for each in at_work]
        self.fields["learners"].choices = ticked  # type: ignore[attr-defined]  # -- as above

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["minutes"], given["days"] = given.get("minutes") or 0, given.get("days") or 0
        if not self.errors and not given["minutes"] and not given["days"]:
            self.add_error("minutes", say("Say how many minutes or days they get."))
        if given.get("whom") == TICKED and not given.get("learners") and "learners" not in self.errors:
            self.add_error("learners", say("Tick at least one learner, or choose everybody or a cohort."))
        return given

    @property
    def cohort(self) -> UUID | None:
        """The cohort that was chosen, if one was."""
        whom = self.cleaned_data["whom"]
        return None if whom in (TICKED, EVERYBODY) else UUID(whom)


def _label(attempt: Any) -> str:
    """ "Ana, Evenings, until 10:42"."""
    learner, until = attempt.enrollment, attempt.deadline_at
    said = [
        str(learner.user),
        str(learner.cohort or ""),
        say("until {time}", time=f"{localtime(until):%H:%M}") if until else say("without a limit"),
    ]
    return ", ".join(filter(None, said))
