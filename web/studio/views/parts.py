"""Who has which part in a course, and the codes and cohorts by which people come into it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.domain.people import public_link
from course.domain.cohorts import bring_back, cohorts_of, make_cohort, put_away, rename_cohort
from course.domain.invitations import invite_again
from course.domain.join_codes import make_code, replace_code, withdraw_code
from course.domain.parts import TAUGHT, change_part, changeable_parts, end_part, give_back_part, hand_over
from course.errors import CourseError
from course.models import Cohort, Enrollment, JoinCode
from language import say
from web.studio.access import author, for_those_who_may, see
from web.studio.people_form import CodeForm, CohortForm, PartForm

View = Callable[..., HttpResponse]
LISTED = 100


def told_at(page: str) -> Callable[[View], View]:
    """The view with what cannot be done told on this page of the course, where nothing has changed."""

    def telling(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *, course: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, course=course, **kwargs)
            except CourseError as error:
                messages.warning(request, str(error))
                return see(reverse(page, args=[course.slug, *kwargs.values()]))

        return wrapped

    return telling


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.enrol")
@told_at("studio:part")
def part(request: HttpRequest, *, course: Any, person: UUID) -> HttpResponse:
    """One person's role, cohort and dates; a POST changes them."""
    found = part_in(course, person)
    is_owner = "course.own" in course.granted
    form = PartForm(request.POST or None, part=found, by_owner=is_owner)
    if request.method == "POST" and form.is_valid():
        change_part(found, **form.cleaned_data, actor=author(request))
        messages.success(request, say("Kept for {user}.", user=found.user))
        return see(reverse("studio:people", args=[course.slug]))
    context = {"section": "studio", "step": "people", "course": course, "part": found, "form": form}
    is_me = found.user_id == author(request).pk
    may = {
        "may_hand_over": is_owner and not is_me and found.left_at is None,
        "may_erase": "course.erase" in course.granted and found.role in TAUGHT,
    }
    return render(request, "studio/part.html", {**context, **may}, status=422 if form.errors else 200)


@require_POST
@for_those_who_may("course.enrol")
@told_at("studio:part")
def end(request: HttpRequest, *, course: Any, person: UUID) -> HttpResponse:
    """Somebody takes part no more, or, with `do=back`, again."""
    found = part_in(course, person)
    if request.POST.get("do") == "back":
        give_back_part(found, actor=author(request))
        messages.success(request, say("{user} takes part again, with everything they did.", user=found.user))
    else:
        end_part(found, actor=author(request))
        messages.success(request, say("{user} takes part no more. What they did is kept, grades too.", user=found.user))
    return see(reverse("studio:people", args=[course.slug]))


@require_POST
@for_those_who_may("course.enrol")
@told_at("studio:part")
def invitation(request: HttpRequest, *, course: Any, person: UUID) -> HttpResponse:
    """Somebody who has not come yet is sent another invitation."""
    found = part_in(course, person)
    invite_again(found, actor=author(request))
    messages.success(request, say("Another invitation goes out to {user}.", user=found.user))
    return see(reverse("studio:part", args=[course.slug, person]))


@require_POST
@for_those_who_may("course.own")
@told_at("studio:part")
def owner(request: HttpRequest, *, course: Any, person: UUID) -> HttpResponse:
    """The course is somebody else's; who hands it over edits it from now on."""
    found = part_in(course, person)
    hand_over(course, to=found, actor=author(request))
    messages.success(request, say("{user} owns the course now, and you edit it.", user=found.user))
    return see(f"{reverse('studio:people', args=[course.slug])}?group=staff")


def part_in(course: Any, person: UUID) -> Enrollment:
    """The part with this id, if it is in the course and theirs to change who is here; else 404."""
    return get_object_or_404(changeable_parts(course, by_owner="course.own" in course.granted), uuid=person)


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.enrol")
def codes(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The codes that let learners in, each with its link; a POST makes one."""
    form = CodeForm(request.POST or None, course=course)
    if request.method == "POST" and form.is_valid():
        made = make_code(course, actor=author(request), **form.cleaned_data)
        messages.success(request, say("The code is {made}.", made=made))
        return see(reverse("studio:codes", args=[course.slug]))
    listed: list[Any] = list(course.join_codes.select_related("cohort").order_by("withdrawn_at", "-pk")[:LISTED])
    for each in listed:
        each.link = public_link(reverse("learner:join-code", args=[each.code]))
    context = {"section": "studio", "step": "people", "course": course, "codes": listed, "form": form}
    return render(request, "studio/codes.html", context, status=422 if form.errors else 200)


@require_POST
@for_those_who_may("course.enrol")
def code(request: HttpRequest, *, course: Any, code: UUID) -> HttpResponse:
    """A code is withdrawn, or replaced by a new one on the same terms."""
    found = get_object_or_404(JoinCode.objects.filter(course=course.pk).select_related("course", "cohort"), uuid=code)
    try:
        if request.POST.get("do") == "replace":
            made = replace_code(found, actor=author(request))
            messages.success(request, say("The code is {made} now.", made=made))
        else:
            withdraw_code(found, actor=author(request))
            messages.success(request, say("The code {found} lets nobody in any more.", found=found))
    except CourseError as error:
        messages.warning(request, str(error))
    return see(reverse("studio:codes", args=[course.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.enrol")
@told_at("studio:cohorts")
def cohorts(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The course's cohorts; a POST makes one."""
    form = CohortForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        make_cohort(course, name=form.cleaned_data["name"], actor=author(request))
        messages.success(request, say("The cohort {name} is there.", name=form.cleaned_data["name"]))
        return see(reverse("studio:cohorts", args=[course.slug]))
    context = {"section": "studio", "step": "people", "course": course, "cohorts": cohorts_of(course), "form": form}
    return render(request, "studio/cohorts.html", context, status=422 if form.errors else 200)


@require_POST
@for_those_who_may("course.enrol")
def cohort(request: HttpRequest, *, course: Any, cohort: UUID) -> HttpResponse:
    """A cohort gets another name, is put away (`do=away`) or brought back (`do=back`)."""
    found = get_object_or_404(Cohort.objects.filter(course=course.pk).select_related("course"), uuid=cohort)
    try:
        _change_cohort(request, found)
    except CourseError as error:
        messages.warning(request, str(error))
    return see(reverse("studio:cohorts", args=[course.slug]))


def _change_cohort(request: HttpRequest, cohort: Cohort) -> None:
    by = author(request)
    form = CohortForm(request.POST)
    if request.POST.get("do") == "away":
        put_away(cohort, actor=by)
    elif request.POST.get("do") == "back":
        bring_back(cohort, actor=by)
    elif form.is_valid():
        rename_cohort(cohort, name=form.cleaned_data["name"], actor=by)
        messages.success(request, say("The cohort is called {name} now.", name=cohort.name))
    else:
        messages.warning(request, say("A cohort needs a name of at most 120 characters."))
