"""The words of numbers as templates ask for them."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import Context, Template, engines


def rendered(expression: str, **values: Any) -> str:
    return Template(f"{{% load wording %}}{{{{ {expression} }}}}").render(Context(values))


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("3|number", "three"),
        ("13|number", "13"),
        ("0|some", "none"),
        ("1|some", "one"),
        ("0.5|percent", "50 %"),
        ("1|percent", "100 %"),
        ('"28 % earned, 5 % left"|unbroken', "28\u00a0% earned, 5\u00a0% left"),
        ('"28 per cent"|unbroken', "28 per cent"),
        ("400|minutes", "2"),
        ("90|duration", "90 s"),
        ("7200|duration", "2 h"),
        ('1|counted:"part"', "one part"),
        ('3|counted:"part"', "three parts"),
        ('0|counted:"part"', "no parts"),
        ('1|counted:"quiz|quizzes"', "one quiz"),
        ('2|counted:"quiz|quizzes"', "two quizzes"),
        ('20|counted:"quiz|quizzes"', "20 quizzes"),
        ('2|counted:"person|"', "two persons"),
    ],
)
def test_a_filter_says_it_as_the_pages_do(expression: str, words: str) -> None:
    assert rendered(expression) == words


@pytest.mark.parametrize("name", ["number", "some", "percent", "minutes", "duration", "counted"])
def test_every_filter_is_known_to_the_library(name: str) -> None:
    engine: Any = engines["django"]
    assert name in engine.engine.template_libraries["wording"].filters


def test_what_is_counted_is_escaped_like_any_text() -> None:
    assert rendered("n|counted:things", n=2, things="<b>") == "two &lt;b&gt;s"
