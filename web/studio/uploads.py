"""Lists that come in as a file or a paste, read into words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from course.tables import MOST_BYTES, NotATable, decoded
from language import say
from quizzes.grade_list import LONGEST_REASON
from web.studio.limits import at_most

TOO_LARGE = gettext_lazy("This list is larger than 1 MB. Split it, or leave out columns that are not needed.")


class ListForm(forms.Form):
    """A list: pasted, or as a file."""

    list = forms.CharField(
        label=gettext_lazy("Paste the list"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 10, "spellcheck": "false", "class": "list", **at_most(MOST_BYTES, TOO_LARGE)}
        ),
        help_text=gettext_lazy("A line for each person; the first line names the columns."),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv", **at_most(MOST_BYTES, TOO_LARGE)}),
        help_text=gettext_lazy("CSV as spreadsheets save it, up to 1 MB."),
    )
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Adds `words`, what the file or the paste says; a file that is no list is an error of its field."""
        given = super().clean() or self.cleaned_data
        upload, pasted = given.get("file"), given.get("list", "")
        given["words"] = pasted
        if upload and pasted.strip():
            self.add_error("file", say("Paste a list or choose a file, not both."))
        elif upload:
            try:
                given["words"] = decoded(upload.read(MOST_BYTES + 1))
            except NotATable as error:
                self.add_error("file", str(error))
        elif not pasted.strip() and not self.errors:
            self.add_error("list", say("Paste a list, or choose a file."))
        return given

    def refuse(self, reason: str) -> None:
        """The list itself is wrong; told at the field it came by."""
        self.add_error("file" if self.cleaned_data.get("file") else "list", reason)


class GradeListForm(ListForm):
    """A list of grades, with why they are given where a line does not say."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy(
            "Learners read it beside their answers. A column “Reason” says it for each line instead."
        ),
    )
    field_order = ("list", "file", "reason")
