"""What readers are told of an article's origin, as an instructor types it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from course.domain.articles import ArticleFacts
from course.domain.origins import FACTS, digest_of, facts_of
from course.models import Article


class FactsForm(forms.Form):
    """The facts of an article that readers see beside its title."""

    author = forms.CharField(label=gettext_lazy("Author"), required=False, max_length=200)
    publisher = forms.CharField(label=gettext_lazy("Publisher"), required=False, max_length=200)
    source_url = forms.URLField(
        label=gettext_lazy("Where the text was published"),
        required=False,
        max_length=1000,
        assume_scheme="https",
        help_text=gettext_lazy("Readers see the source under every part."),
    )
    rights = forms.CharField(
        label=gettext_lazy("What allows you to use it"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Such as: Licence CC BY-SA 4.0, permission of the publisher, written by me."),
    )
    use_required_attribute = False


class OriginForm(FactsForm):
    """The same once the article is in, with its title and language, and the facts that whoever types began with."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)
    title = forms.CharField(label=gettext_lazy("Title of the article"), max_length=300)
    language = forms.RegexField(
        r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?\Z",
        label=gettext_lazy("Language of the text"),
        max_length=12,
        help_text=gettext_lazy("As a code, such as en, de, fr or pt-BR: browsers read, hyphenate and translate by it."),
        error_messages={"invalid": gettext_lazy("Give a code of two or three letters, such as en, de, fr or pt-BR.")},
    )
    field_order = ("seen", "title", "author", "publisher", "source_url", "rights", "language")

    def __init__(self, typed: Any = None, *, article: Article, number: int = 1) -> None:
        facts = facts_of(article)
        known = {name: getattr(facts, name) for name in FACTS} | {"seen": digest_of(facts)}
        super().__init__(typed, initial=known, auto_id=f"id_{number}_%s")
        self.article = article

    def facts(self) -> ArticleFacts:
        """The facts as typed."""
        return ArticleFacts(**{name: self.cleaned_data[name] for name in FACTS})
