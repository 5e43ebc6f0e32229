"""Where the article comes from: what readers are told, and putting it right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from course.domain.origins import articles_of, change_origin
from course.errors import OriginChanged
from course.models import Article
from language import say
from web.studio.access import author, for_editors, see
from web.studio.origin_form import OriginForm

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@for_editors
def origin(request: HttpRequest, *, course: Any) -> HttpResponse:
    """A form for each article of the course; a POST saves one."""
    articles = list(articles_of(course))
    if request.method != "POST":
        return _page(request, course, [OriginForm(article=each, number=n) for n, each in enumerate(articles, 1)])
    chosen = _chosen(request, articles)
    forms = [
        OriginForm(request.POST if each == chosen else None, article=each, number=n)
        for n, each in enumerate(articles, 1)
    ]
    form = forms[articles.index(chosen)]
    if not form.is_valid():
        return _page(request, course, forms, status=422)
    try:
        changed = change_origin(
            course, chosen, facts=form.facts(), seen=form.cleaned_data["seen"], actor=author(request)
        )
    except OriginChanged as error:
        return _conflict(request, course, forms, chosen, str(error))
    messages.success(request, say("Saved. Readers see it at once.") if changed else say("Nothing was changed."))
    return see(reverse("studio:origin", args=[course.slug]))


def _chosen(request: HttpRequest, articles: Sequence[Article]) -> Article:
    named = request.POST.get("article", "")
    for each in articles:
        if str(each.uuid) == named:
            return each
    raise Http404


def _conflict(
    request: HttpRequest, course: Any, forms: list[OriginForm], chosen: Article, message: str
) -> HttpResponse:
    """The form as it was typed, naming what stands now as seen: to save it again is to mean it."""
    number = next(n for n, form in enumerate(forms) if form.article == chosen)
    now = Article.objects.get(pk=chosen.pk)
    typed = request.POST.copy()
    typed["seen"] = OriginForm(article=now).initial["seen"]
    forms[number] = OriginForm(typed, article=now, number=number + 1)
    forms[number].add_error(None, message)
    return _page(request, course, forms, status=CONFLICT)


def _page(request: HttpRequest, course: Any, forms: Sequence[OriginForm], *, status: int = 200) -> HttpResponse:
    context = {"section": "studio", "step": "text", "course": course, "forms": forms}
    return render(request, "studio/origin.html", context, status=status)
