"""A note or a highlight as a page sends it: the words it is on, and what it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.text import Truncator

from course.domain.lesson_page import ReadPassage
from course.errors import NotInTheText
from course.models import Lesson
from course.models.reading import LONGEST_NOTE
from course.reading.outline import Span
from course.reading.quoting import words_in
from language import marked, say

LONGEST_WORDS = 20_000


class NoteForm(forms.Form):
    """Words that were selected, `near` where they begin, or a passage with words of it, typed or pasted, or all of it.

    `key` names the note: whoever sends the form again means the same one.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    near = forms.IntegerField(widget=forms.HiddenInput, required=False)
    passage = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label=marked("Which passage?"),
        help_text=marked("Each by its first words."),
    )
    words = forms.CharField(
        label=marked("Which words of it?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=marked("As they stand there. Leave this empty for the whole passage."),
    )
    text = forms.CharField(
        label=marked("Your note"),
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 5, "dir": "auto", "maxlength": LONGEST_NOTE}),
        help_text=marked("Leave this empty to highlight the words without a note."),
    )

    def __init__(self, *args: Any, lesson: Lesson, passages: Sequence[ReadPassage], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"key": uuid4()}, "auto_id": "note_%s", **kwargs})
        self.revision = lesson.revision
        self.spans = {passage.start: Span(passage.start, passage.end) for passage in passages}
        self.fields["passage"].choices = [  # type: ignore[attr-defined]  # -- a choice field has choices
            (passage.start, Truncator(passage.text).words(9)) for passage in passages
        ]

    def clean(self) -> dict[str, Any]:
        """With the `span` that the note is on, in characters of the lesson's text."""
        given: dict[str, Any] = super().clean() or {}
        given["key"] = given.get("key") or uuid4()
        if not self.errors:
            given["span"] = self._span(given)
        return given

    def _span(self, given: dict[str, Any]) -> Span | None:
        chosen = self.spans.get(given["passage"])
        if not given["words"]:
            if chosen is None:
                self.add_error("passage", say("Choose a passage."))
            return chosen
        spans = [chosen] if chosen else self.spans.values()
        found = words_in(self.revision.text, given["words"], spans=spans, near=given.get("near") or 0)
        if found is None:
            self.add_error("words", NotInTheText.message)
        return found
