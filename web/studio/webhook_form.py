"""What is asked about an endpoint: where it is, and what it is told of."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from hooks.domain.endpoints import address_problem
from hooks.models import TOLD, Endpoint, EventType
from language import say

TYPES = {
    EventType.ATTEMPT_SUBMITTED: gettext_lazy("an attempt was submitted"),
    EventType.ATTEMPT_GRADED: gettext_lazy("an attempt was graded"),
    EventType.RESULT_CHANGED: gettext_lazy("a result changed"),
    EventType.COURSE_PUBLISHED: gettext_lazy("the course was published"),
    EventType.APPEAL_DECIDED: gettext_lazy("an appeal was decided"),
    EventType.PING: gettext_lazy("a test"),
}
"""Each type of event, as a page says it."""


class EndpointForm(forms.Form):
    """The terms of an endpoint; all types are ticked at first."""

    address = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=1_000,
        help_text=gettext_lazy("A public one, like https://lms.example.org/postil."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    types = forms.MultipleChoiceField(label=gettext_lazy("It is told when"), widget=forms.CheckboxSelectMultiple)
    use_required_attribute = False

    def __init__(self, given: Any, *, endpoint: Endpoint | None = None) -> None:
        told = [each.type for each in endpoint.subscriptions.all()] if endpoint else list(TOLD)
        super().__init__(given, initial={"address": endpoint.address if endpoint else "", "types": told})
        cast("forms.MultipleChoiceField", self.fields["types"]).choices = [(kind.value, TYPES[kind]) for kind in TOLD]

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if problem := address_problem(address):
            raise forms.ValidationError(say(problem))
        return address
