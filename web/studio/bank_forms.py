"""What is asked of the bank: a search, what to do with questions, a pool of what was found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from authoring.domain.bank import Facets, Search, Usage
from authoring.domain.review import Decision
from language import say
from quizzes.domain.tagging import as_tag
from quizzes.pools import MOST_TAKEN
from quizzes.questions import UnknownKind, question_type
from web.studio.forms import UuidsField

STATES = (
    ("", gettext_lazy("In the bank")),
    (Decision.UNDECIDED.value, gettext_lazy("To read")),
    (Decision.ACCEPTED.value, gettext_lazy("Accepted")),
    (Decision.PUBLISHED.value, gettext_lazy("Published")),
    (Decision.REJECTED.value, gettext_lazy("Rejected")),
    (Decision.WITHDRAWN.value, gettext_lazy("Archived")),
)
USAGES = (
    ("", gettext_lazy("Used or not")),
    (Usage.USED.value, gettext_lazy("Asked by a quiz")),
    (Usage.UNUSED.value, gettext_lazy("Asked by none")),
)


class SearchForm(forms.Form):
    """A search as an address carries it; what it does not know asks for nothing."""

    text = forms.CharField(
        label=gettext_lazy("Words of the question, its answers or its explanation"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    concept = forms.ChoiceField(label=gettext_lazy("Concept"), required=False)
    tag = forms.ChoiceField(label=gettext_lazy("Tag"), required=False)
    lesson = forms.ChoiceField(label=gettext_lazy("Part of the text"), required=False)
    quiz = forms.ChoiceField(label=gettext_lazy("Quiz"), required=False)
    usage = forms.ChoiceField(label=gettext_lazy("Usage"), required=False, choices=USAGES)

    def __init__(self, data: Any, *, facets: Facets) -> None:
        super().__init__(data, auto_id="find-%s")
        self._choose("kind", say("Any kind"), ((kind, kind_label(kind)) for kind in facets.kinds))
        self._choose("concept", say("Any concept"), facets.concepts)
        self._choose("tag", say("Any tag"), ((name, f"{name} ({count})") for name, count in facets.tags))
        self._choose("lesson", say("Anywhere"), facets.lessons)
        self._choose("quiz", say("Any quiz"), facets.quizzes)

    def _choose(self, name: str, any_of_them: str, choices: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", any_of_them), *choices]

    def search(self) -> Search:
        """What was asked for, as far as there is such a thing."""
        self.is_valid()
        return Search(**{each.name: self.cleaned_data.get(each.name, "") for each in fields(Search)})

    @property
    def is_wide(self) -> bool:
        """Whether anything beside words is asked for: then its fields are unfolded."""
        search = self.search()
        return any(getattr(search, each.name) for each in fields(Search) if each.name != "text")


def kind_label(kind: str) -> str:
    """The kind in words, or by its own name where it is not known here."""
    try:
        return say(question_type(kind).label)
    except UnknownKind:
        return kind


class ChangeForm(forms.Form):
    """What is done with the chosen questions, or with all that the search of the address finds."""

    question = UuidsField(required=False)
    all = forms.BooleanField(required=False)
    do = forms.ChoiceField(choices=[(each, each) for each in ("tag", "untag", "archive", "restore")])
    tag = forms.CharField(max_length=60, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("all") and not cleaned.get("question"):
            raise forms.ValidationError(say("Choose at least one question. Nothing was changed."))
        cleaned["tag"] = as_tag(cleaned.get("tag", ""))
        if cleaned.get("do") in ("tag", "untag") and not cleaned["tag"]:
            raise forms.ValidationError(say("Write the tag. Nothing was changed."))
        return cleaned


class FoundPoolForm(forms.Form):
    """A pool of what was found: which quiz ends with it, how many it draws, and by which tag where it needs one."""

    quiz = forms.ChoiceField(label=gettext_lazy("At the end of"))
    take = forms.IntegerField(
        label=gettext_lazy("Draw so many"),
        min_value=1,
        max_value=MOST_TAKEN,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    tag = forms.CharField(
        label=gettext_lazy("By the tag"),
        max_length=60,
        help_text=gettext_lazy("What was found is given it. What is tagged so later is drawn too."),
    )
    use_required_attribute = False

    def __init__(self, data: Any = None, *, facets: Facets, search: Search) -> None:
        super().__init__(data, auto_id="pool-%s")
        quiz: Any = self.fields["quiz"]
        quiz.choices = facets.quizzes
        if search.source is not None:
            del self.fields["tag"]

    def clean_tag(self) -> str:
        tag = as_tag(self.cleaned_data["tag"])
        if not tag:
            raise forms.ValidationError(say("Write a tag of letters or figures."))
        return tag
