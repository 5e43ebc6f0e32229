"""What is asked about people: their time, their part, the codes and cohorts they come by."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from course.domain.cohorts import open_cohorts
from course.domain.parts import TAUGHT
from course.models import Cohort, Course, Enrollment, Role
from course.roster import MOST_DAYS, MOST_TIME
from language import say
from web.studio.moments import moment_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class AccommodationForm(forms.Form):
    """More time for one learner, in every quiz of the course."""

    time_factor = forms.DecimalField(
        label=gettext_lazy("Time, as a multiple of the usual"),
        min_value=Decimal(1),
        max_value=MOST_TIME,
        decimal_places=2,
        help_text=gettext_lazy("1 is the usual time; 1.5 makes 40 minutes 60."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    extra_days = forms.IntegerField(
        label=gettext_lazy("Days added to every closing"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=gettext_lazy("0 keeps the quiz’s own closing."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    use_required_attribute = False


class RetentionForm(forms.Form):
    """For how many days answers of what has ended are kept; empty for the installation's rule."""

    days = forms.IntegerField(
        label=gettext_lazy("Days after the end"),
        required=False,
        min_value=Course.LEAST_DAYS,
        max_value=Course.MOST_DAYS,
        help_text=gettext_lazy("From 30 to 3650. Left empty, the rule of this installation holds."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )


ROLES = {
    Role.OWNER: gettext_lazy("Owner: everything, with erasing people and handing the course over"),
    Role.EDITOR: gettext_lazy("Editor: text, questions, quizzes, people and grades"),
    Role.GRADER: gettext_lazy("Grader: grades answers and watches quizzes"),
    Role.ASSISTANT: gettext_lazy("Assistant: watches quizzes, sees people and gives them time"),
    Role.LEARNER: gettext_lazy("Learner: reads and answers"),
    Role.OBSERVER: gettext_lazy("Observer: reads, and answers nothing"),
}
"""What each role may do, as `course.rules.GRANTS` has it."""
COHORT = gettext_lazy("Cohort")


def cohort_field(label: StrOrPromise = COHORT) -> forms.ModelChoiceField[Cohort]:
    """A cohort that may be left out; a form says of which course."""
    return forms.ModelChoiceField(
        Cohort.objects.none(), label=label, to_field_name="uuid", required=False, empty_label=gettext_lazy("None")
    )


class PartForm(forms.Form):
    """Somebody's role, cohort and dates. Only an owner may give or change more than learners' and observers' parts."""

    role = forms.ChoiceField(label=gettext_lazy("Role"))
    cohort = cohort_field()
    starts_at = moment_field(
        gettext_lazy("Begins"), gettext_lazy("Left empty, it holds from now on. An owner’s role has no dates.")
    )
    ends_at = moment_field(
        gettext_lazy("Ends"), gettext_lazy("Left empty, it holds until somebody ends it. Grades stay.")
    )
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
            self.add_error("ends_at", say("It ends before it begins. Choose a later end."))
        return given


class EnrolForm(forms.Form):
    """People by their addresses, all with the same part."""

    addresses = forms.CharField(
        label=gettext_lazy("Email addresses"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("One or several, apart by commas, blanks or lines. Each gets an invitation by mail."),
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), initial=Role.LEARNER)
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
        label=gettext_lazy("People it lets in"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=gettext_lazy("Left empty, any number."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    expires_at = moment_field(gettext_lazy("Good until"), gettext_lazy("Left empty, until it is withdrawn."))
    cohort = cohort_field(gettext_lazy("Puts them into the cohort"))
    use_required_attribute = False

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_cohorts(self, course)


class CohortForm(forms.Form):
    """The name of a cohort."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    use_required_attribute = False


def offer_cohorts(form: forms.Form, course: Course, *, kept: Cohort | None = None) -> None:
    """The form offers the course's open cohorts, and the one that is kept."""
    offered = open_cohorts(course)
    field = cast("forms.ModelChoiceField[Cohort]", form.fields["cohort"])
    field.queryset = offered | Cohort.objects.filter(pk=kept.pk) if kept else offered
