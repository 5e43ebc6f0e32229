"""Numbers as they are read, as template filters."""

from __future__ import annotations

from django import template

import language
from web.learner import wording

register = template.Library()
register.filter("number", language.number)
register.filter("some", wording.some)
register.filter("grader", wording.grader_in_words)
register.filter("percent", wording.percent)
register.filter("points", wording.points)
register.filter("unbroken", wording.unbroken)
register.filter("minutes", wording.minutes)
register.filter("duration", wording.duration)


@register.filter
def counted(count: int, forms: str) -> str:
    """`{{ 3|counted:"part" }}` is "three parts"; a plural of its own stands after a bar: "quiz|quizzes"."""
    thing, _, things = forms.partition("|")
    return language.counted(count, thing, things)
