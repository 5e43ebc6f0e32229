"""For whom and when a page is previewed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from course.models import Enrollment
from language import marked, say

FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")


class PreviewForm(forms.Form):
    """A learner of the course and a moment; both may be left out, which means a visitor and now."""

    learner = forms.ChoiceField(label="As", required=False)
    at = forms.DateTimeField(
        label="At",
        help_text=marked("In UTC. Empty for now."),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=FORMATS[0]),
        input_formats=FORMATS,
    )
    use_required_attribute = False

    def __init__(self, data: Any, *, learners: Iterable[Enrollment]) -> None:
        self._learners = {str(enrollment.uuid): enrollment for enrollment in learners}
        super().__init__(data)
        offered: Any = self.fields["learner"]
        names = [(uuid, str(each.user)) for uuid, each in self._learners.items()]
        offered.choices = [("", say("Somebody new")), *names]

    @property
    def enrollment(self) -> Enrollment | None:
        """Whose part it is; None for somebody new, or for a choice that is none."""
        return self._learners.get(self.cleaned_data.get("learner") or "")
