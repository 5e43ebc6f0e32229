"""Lists that come in as a file or a paste: refused unread when they are too large, and read into words."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from course.tables import MOST_BYTES, NotATable, decoded
from quizzes.grade_list import LONGEST_REASON

View = Callable[..., HttpResponse]
LARGEST_REQUEST = 2_400_000
"""Bytes; a little less than what Django holds of a form before it refuses in its own words."""
TOO_LARGE = "This list is larger than 1 MB, so it was not received. Split it, or leave out columns that are not needed."


def list_received(view: View, *, refused: View) -> View:
    """The view, for requests that are not too large; for others `refused`, and nothing of them is read."""
    protected = csrf_protect(view)

    # Checking the token reads the whole request, so that what is too large has to be turned away before.
    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
            return refused(request, *args, **kwargs)
        return protected(request, *args, **kwargs)

    return guarded


class ListForm(forms.Form):
    """A list: pasted, or as a file. `seen` is the digest of what its preview showed."""

    list = forms.CharField(
        label="Paste the list",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "class": "list"}),
        help_text="A line for each person; the first line names the columns.",
    )
    file = forms.FileField(
        label="Or choose a file",
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        help_text="CSV as spreadsheets save it, up to 1 MB.",
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        """Adds `words`, what the file or the paste says; a file that is no list is an error of its field."""
        given = super().clean() or self.cleaned_data
        upload, pasted = given.get("file"), given.get("list", "")
        given["words"] = pasted
        if upload and pasted.strip():
            self.add_error("file", "Paste a list or choose a file, not both.")
        elif upload:
            try:
                given["words"] = decoded(upload.read(MOST_BYTES + 1))
            except NotATable as error:
                self.add_error("file", str(error))
        elif not pasted.strip() and not self.errors:
            self.add_error("list", "Paste a list, or choose a file.")
        return given

    def refuse(self, reason: str) -> None:
        """The list itself is wrong; told at the field it came by."""
        self.add_error("file" if self.cleaned_data.get("file") else "list", reason)


class GradeListForm(ListForm):
    """A list of grades, with why they are given where a line does not say."""

    reason = forms.CharField(
        label="Why",
        max_length=LONGEST_REASON,
        help_text="Learners read it beside their answers. A column “Reason” says it for each line instead.",
    )
    field_order = ("list", "file", "reason")
