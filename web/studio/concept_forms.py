"""What is asked about concepts: words picked in the text, a definition and its proof, a name, what to merge with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from authoring.domain.concept_picking import LONGEST_TERM
from authoring.domain.passages import SeenPassage
from course.models import Concept
from language import say

LONGEST_DEFINITION = 2_000


class PickForm(forms.Form):
    """Words of a passage: its number, the words letter by letter, and which occurrence of them was chosen."""

    number = forms.TypedChoiceField(label=gettext_lazy("In the passage"), coerce=int)
    phrase = forms.CharField(
        label=gettext_lazy("Words that stand there, letter by letter"),
        max_length=LONGEST_TERM,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    nth = forms.IntegerField(min_value=1, initial=1, widget=forms.HiddenInput)
    use_required_attribute = False

    def __init__(self, data: Any = None, *, passages: Iterable[SeenPassage]) -> None:
        super().__init__(data)
        choices = [(each.number, f"{each.number}: {' '.join(each.text.split()[:9])} …") for each in passages]
        number: Any = self.fields["number"]
        number.choices = choices


class DefineForm(forms.Form):
    """What a concept means in the author's words, and the words of the text that this rests on."""

    definition = forms.CharField(
        label=gettext_lazy("What it means here"),
        max_length=LONGEST_DEFINITION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    quote = forms.CharField(
        label=gettext_lazy("The words of the text it rests on"),
        max_length=LONGEST_DEFINITION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy("Copy them from one passage, letter by letter, or leave this empty."),
    )


class RenameForm(forms.Form):
    """The term that learners read."""

    term = forms.CharField(label=gettext_lazy("Term"), max_length=LONGEST_TERM)


class MergeForm(forms.Form):
    """The concept that another one becomes a term of, by its own term."""

    into = forms.CharField(
        label=gettext_lazy("Into which concept"),
        max_length=LONGEST_TERM,
        widget=forms.TextInput(attrs={"list": "others", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, among: Iterable[Concept]) -> None:
        super().__init__(data)
        self.among = {concept.term.casefold(): concept for concept in among}

    def clean_into(self) -> Concept:
        term = self.cleaned_data["into"]
        found = self.among.get(term.strip().casefold())
        if found is None:
            raise forms.ValidationError(
                say("There is no concept “{term}” in this course. Choose one from the list.", term=term)
            )
        return found
