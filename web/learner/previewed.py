"""A learner's page made fit for looking at: its links stay in the preview, and nothing on it can be sent."""

from __future__ import annotations

import re

from django.urls import Resolver404, resolve, reverse

LINK = re.compile(r'<a (?P<before>[^>]*?)href="(?P<path>/[^"#?]*)(?P<query>\?[^"#]*)?(?P<mark>#[^"]*)?"')
SENDING = re.compile(r'<form[^>]*method="post".*?</form>', re.DOTALL)
PREVIEWS = {
    "learner:course": "learner:course-preview",
    "learner:lesson": "learner:lesson-preview",
    "learner:quiz": "studio:quiz-preview",
}
"""Where what a learner goes to is previewed."""


def as_preview(page: str, *, asked: str) -> str:
    """The page with links that lead to previews of the same moment, `asked` being the query that names it.

    A link to what has no preview is words; links to the studio stay. No button of a form sends anything.
    """
    return LINK.sub(lambda found: _link(found, asked), SENDING.sub(_idle, page))


def _link(found: re.Match[str], asked: str) -> str:
    path = found["path"]
    if path.startswith("/studio/"):
        return found[0]
    address = _preview_of(path)
    if not address:
        return f"<a {found['before']}"
    query = f"?{asked}" if asked else ""
    return f'<a {found["before"]}href="{address}{query}{found["mark"] or ""}"'


def _preview_of(path: str) -> str:
    try:
        place = resolve(path)
    except Resolver404:
        return ""
    name = PREVIEWS.get(place.view_name)
    return reverse(name, kwargs=place.kwargs) if name else ""


def _idle(form: re.Match[str]) -> str:
    return form[0].replace("<button ", "<button disabled ")
