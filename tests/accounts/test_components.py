from __future__ import annotations

from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.accounts.pages import Page


class Ask(forms.Form):
    name = forms.CharField(label="Your name", help_text="As you write it.")
    size = forms.ChoiceField(label="Size", choices=[("s", "Small"), ("l", "Large")], widget=forms.RadioSelect)


def test_a_state_is_a_shape_and_a_word() -> None:
    html = render_to_string("components/state.html", {"icon": "done", "word": "answered", "tone": "good"})
    assert 'class="state good"' in html
    assert "#i-done" in html
    assert Page(html).text.split() == ["answered"]


def test_a_verdict_says_its_points_when_it_has_them() -> None:
    verdict = {"icon": "done", "word": "Correct", "tone": "good"}
    assert Page(render_to_string("components/verdict.html", {**verdict, "points": "2 of 2"})).text.split() == [
        "Correct", "2", "of", "2",
    ]  # fmt: skip
    assert Page(render_to_string("components/verdict.html", verdict)).text.split() == ["Correct"]


def test_a_field_is_tied_to_its_label_its_hint_and_its_errors() -> None:
    html = render_to_string("components/field.html", {"field": Ask({})["name"]})
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert {"id_name", "id_name_helptext", "id_name_error"} == set(Page(html).ids)


def test_choices_are_a_group_with_a_legend_and_a_label_each() -> None:
    page = Page(render_to_string("components/choices.html", {"field": Ask()["size"]}))
    assert (page.tags["fieldset"], page.tags["legend"]) == (1, 1)
    assert page.fields == page.labelled


def test_pages_of_a_list_keep_the_rest_of_the_address() -> None:
    page = Paginator(range(30), 10).page(2)
    request = RequestFactory().get("/?q=minsk&page=2")
    html = render_to_string("components/pagination.html", {"page": page}, request=request)
    assert "?q=minsk&amp;page=1" in html
    assert "?q=minsk&amp;page=3" in html
    assert "Page 2 of 3" in html


def test_one_page_needs_no_pages() -> None:
    html = render_to_string("components/pagination.html", {"page": Paginator([1], 10).page(1)})
    assert Page(html).tags["nav"] == 0


def test_an_empty_state_has_one_sentence_and_one_button() -> None:
    page = Page(render_to_string("components/empty.html", {"text": "Begin here.", "url": "/", "action": "Begin"}))
    assert (page.tags["p"], page.tags["a"], page.text.split()) == (2, 1, ["Begin", "here.", "Begin"])


def test_htmx_comes_without_eval_and_without_styles_of_its_own() -> None:
    html = render_to_string("components/htmx.html")
    assert '"includeIndicatorStyles":false' in html
    assert '"allowEval":false' in html
    assert Page(html).inline == []
    assert 'src="/static/django_htmx/htmx-2.min.js" defer' in html
