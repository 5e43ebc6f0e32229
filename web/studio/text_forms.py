"""What is asked of a course's text and lessons: what to do, where, and which edition the person has seen."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from authoring.domain.text_edits import Editor
from language import say

DEEDS = ("keep", "drop", "heading", "paragraph", "split", "earlier", "later")


class EditForm(forms.Form):
    """The edition that the page showed; every edit of text or lessons names it."""

    seen = forms.IntegerField(min_value=0)

    def editor(self, person: User) -> Editor:
        """The person, as an editor who has seen what the page showed."""
        return Editor(person, self.cleaned_data["seen"])


class TextForm(EditForm):
    """What to do with a passage: `do` is a deed and the passage's number, or "undo"."""

    do = forms.RegexField(rf"^(undo|({'|'.join(DEEDS)}) [1-9][0-9]{{0,5}})\Z")

    def deed(self) -> tuple[str, int]:
        """What to do, and the number of the passage; 0 with "undo"."""
        do, _, number = self.cleaned_data["do"].partition(" ")
        return do, int(number or 0)


class LessonForm(EditForm):
    """What to do with a lesson, or "undo"."""

    do = forms.ChoiceField(choices=[(do, do) for do in ("undo", "rename", "join", "up", "down", "place")])
    lesson = forms.UUIDField(required=False)
    title = forms.CharField(max_length=300, required=False)
    place = forms.IntegerField(min_value=1, max_value=100_000, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("do") != "undo" and cleaned.get("lesson") is None:
            raise forms.ValidationError(say("Which part?"))
        if cleaned.get("do") == "place" and cleaned.get("place") is None:
            raise forms.ValidationError(say("Which place?"))
        return cleaned
