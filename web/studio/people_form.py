"""What is asked about people: their time, their part, the codes and cohorts they come by."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms

from course.domain.cohorts import open_cohorts
from course.domain.parts import TAUGHT
from course.models import Cohort, Course, Enrollment, Role
from course.roster import MOST_DAYS, MOST_TIME


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


MOMENT = "%Y-%m-%dT%H:%M"
ROLES = {
    Role.OWNER: "Owner",
    Role.EDITOR: "Editor",
    Role.GRADER: "Grader",
    Role.ASSISTANT: "Assistant",
    Role.LEARNER: "Learner",
    Role.OBSERVER: "Observer",
}


def moment_field(label: str, help_text: str = "") -> forms.DateTimeField:
    """A day and time that may be left out."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, help_text=help_text, required=False, widget=widget)


def cohort_field(label: str = "Cohort") -> forms.ModelChoiceField[Cohort]:
    """A cohort that may be left out; a form says of which course."""
    return forms.ModelChoiceField(
        Cohort.objects.none(), label=label, to_field_name="uuid", required=False, empty_label="None"
    )


class PartForm(forms.Form):
    """Somebody's role, cohort and dates. Only an owner may give or change more than learners' and observers' parts."""

    role = forms.ChoiceField(label="Part", help_text="What comes with each part stands in the documentation.")
    cohort = cohort_field()
    starts_at = moment_field("Begins", "Left empty, it holds from now on. An owner’s part has no dates.")
    ends_at = moment_field("Ends", "Left empty, it holds until somebody ends it. Grades stay.")
    use_required_attribute = False

    def __init__(self, given: Any, *, part: Enrollment, by_owner: bool) -> None:
        initial = {
            "role": part.role,
            "cohort": part.cohort.uuid if part.cohort else None,
            "starts_at": part.starts_at,
            "ends_at": part.ends_at,
        }
        super().__init__(given, initial=initial)
        roles = list(Role) if by_owner else list(TAUGHT)
        cast(forms.ChoiceField, self.fields["role"]).choices = [(role.value, ROLES[role]) for role in roles]
        offer_cohorts(self, part.course, kept=part.cohort)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, ends = given.get("starts_at"), given.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", "It ends before it begins. Choose a later end.")
        return given


class EnrolForm(forms.Form):
    """People by their addresses, all with the same part."""

    addresses = forms.CharField(
        label="Email addresses",
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text="One or several, apart by commas, blanks or lines. Each gets an invitation by mail.",
    )
    role = forms.ChoiceField(label="Part", initial=Role.LEARNER)
    cohort = cohort_field()
    use_required_attribute = False

    def __init__(self, *args: Any, course: Course, by_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [role for role in Role if role != Role.OWNER and (by_owner or role in TAUGHT)]
        cast(forms.ChoiceField, self.fields["role"]).choices = [(role.value, ROLES[role]) for role in roles]
        offer_cohorts(self, course)

    @property
    def typed(self) -> dict[str, Any]:
        """The cleaned fields as `read_typed` takes them."""
        given = self.cleaned_data
        cohort = given["cohort"].name if given["cohort"] else None
        return {"text": given["addresses"], "role": given["role"], "cohort": cohort}


class CodeForm(forms.Form):
    """The terms of a code that lets learners in."""

    most_uses = forms.IntegerField(
        label="People it lets in",
        min_value=1,
        max_value=100_000,
        required=False,
        help_text="Left empty, any number.",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    expires_at = moment_field("Good until", "Left empty, until it is withdrawn.")
    cohort = cohort_field("Puts them into the cohort")
    use_required_attribute = False

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_cohorts(self, course)


class CohortForm(forms.Form):
    """The name of a cohort."""

    name = forms.CharField(label="Name", max_length=120)
    use_required_attribute = False


def offer_cohorts(form: forms.Form, course: Course, *, kept: Cohort | None = None) -> None:
    """The form offers the course's open cohorts, and the one that is kept."""
    offered = open_cohorts(course)
    field = cast("forms.ModelChoiceField[Cohort]", form.fields["cohort"])
    field.queryset = offered | Cohort.objects.filter(pk=kept.pk) if kept else offered
