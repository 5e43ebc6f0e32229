from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import mark_safe

from accounts.templatetags.shapes import icon, state, tied

ICON = '<svg class="i" aria-hidden="true"><use href="{}#i-{}"/></svg>'


def test_an_icon_is_its_place_in_the_one_file() -> None:
    assert icon("done") == ICON.format(static("icons.svg"), "done")


def test_the_component_is_the_same_icon() -> None:
    assert render_to_string("components/icon.html", {"name": "done"}).strip() == icon("done")


@pytest.mark.parametrize(
    ("tone", "classes"), [("", "state"), ("good", "state good"), ("warn", "state warn"), ("now", "state now")]
)
def test_a_state_has_an_icon_a_word_and_perhaps_a_tone(tone: str, classes: str) -> None:
    assert state("half", "partly right", tone) == f'<span class="{classes}">{icon("half")} partly right</span>'


def test_the_component_is_the_same_state() -> None:
    shown = {"icon": "done", "word": "a < b", "tone": "good"}
    assert render_to_string("components/state.html", shown).strip() == state("done", "a < b", "good")


def test_a_state_without_a_tone_may_leave_it_out() -> None:
    shown = {"icon": "open", "word": "not begun"}
    assert render_to_string("components/state.html", shown).strip() == state("open", "not begun")


def test_nothing_but_what_is_marked_as_safe_becomes_markup() -> None:
    assert "<b>" not in state("done", "<b>", '"><b>')
    assert "<b>" not in icon('"/><b>')
    assert "<b>ok</b>" in state("done", mark_safe("<b>ok</b>"))


def test_a_template_says_it_in_one_tag() -> None:
    page = Template('{% load shapes %}{% icon "mark" %}{% state each.icon each.word each.tone %}')
    shown = Context({"each": {"icon": "wait", "word": "being graded", "tone": "now"}})
    assert page.render(shown) == icon("mark") + state("wait", "being graded", "now")


@pytest.mark.parametrize(
    ("ids", "wrong", "attributes"),
    [
        ((), False, ""),
        (("", ""), False, ""),
        (("c4", ""), False, ' aria-describedby="c4"'),
        (("c4", "n4"), True, ' aria-describedby="c4 n4" aria-invalid="true"'),
        (('"><b>',), False, ' aria-describedby="&quot;&gt;&lt;b&gt;"'),
    ],
)
def test_what_is_said_of_an_answer_is_named_by_its_field(ids: tuple[str, ...], wrong: bool, attributes: str) -> None:
    assert tied(*ids, wrong=wrong) == attributes


def test_nothing_is_tied_to_a_question_that_is_only_shown() -> None:
    page = Template("{% load shapes %}<p{% tied question.noted_by wrong=question.is_wrong %}>")
    assert page.render(Context({"question": {}})) == "<p>"
