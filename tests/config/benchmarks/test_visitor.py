from __future__ import annotations

import pytest

from config.benchmarks.visitor import Lost, Page, fields_of

FORM = """<form method="post" action="/attempts/a/"><input type="hidden" name="csrfmiddlewaretoken" value="t">
<input type="radio" name="answer-1" value="x7"><input type="radio" name="answer-1" value="p2">
<input type="checkbox" name="flag-1" value="1"><input name="answer-2" value="a &amp; b"></form>"""


def test_a_form_is_sent_with_the_first_choice_of_each_question() -> None:
    assert fields_of(FORM) == {"csrfmiddlewaretoken": "t", "answer-1": "x7", "answer-2": "a & b"}


def test_a_form_is_found_by_the_end_of_its_action() -> None:
    page = Page("/here/", 200, "", '<form action="/other/"></form>' + FORM, 0)
    assert page.form("/a/")[0] == "/attempts/a/"


def test_a_form_without_an_action_leads_to_its_own_page() -> None:
    assert Page("/attempts/a/", 200, "", "<form></form>", 0).form("/a/") == ("/attempts/a/", {})


def test_a_missing_form_says_where() -> None:
    with pytest.raises(Lost, match=r"/here/ \(404\) has no form to …/submit/"):
        Page("/here/", 404, "", "gone", 0).form("/submit/")
