"""The people of a course, and the time that one of them has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from course.domain.cohorts import cohorts_of
from course.domain.people import Group, learners_of, people_of
from language import marked, say
from quizzes.domain.accommodations import accommodate, own_terms
from quizzes.domain.monitoring import quizzes_to_watch
from web.studio.access import author, for_those_who_may, see
from web.studio.people_form import AccommodationForm
from web.studio.typed import words_in
from web.studio.wording import counted

A_PAGE = 50
LONGEST_SEARCH = 100


@require_safe
@for_those_who_may("course.see_people")
def people(request: HttpRequest, *, course: Any) -> HttpResponse:
    """The people of the course, one `group` of them, of a `cohort`, `q` among them, each with the time they have."""
    wanted = words_in(request.GET, "q")[:LONGEST_SEARCH].strip()
    group = chosen_group(request.GET.get("group", ""))
    cohorts = list(cohorts_of(course))
    cohort = next((each for each in cohorts if str(each.uuid) == request.GET.get("cohort")), None)
    found = people_of(course, group=group, cohort=cohort.uuid if cohort else None, matching=wanted)
    context = {
        "section": "studio",
        "step": "people",
        "course": course,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "wanted": wanted,
        "group": group,
        "groups": {value: say(name) for value, name in GROUPS.items()},
        "cohorts": cohorts,
        "cohort": cohort,
        "may_enrol": "course.enrol" in course.granted,
        "may_erase": "course.erase" in course.granted,
        "is_empty": group == Group.LEARNERS and not found.exists() and not wanted,
        "watched": quizzes_to_watch(course) if group == Group.LEARNERS else (),
    }
    return render(request, "studio/people.html", context)


GROUPS = {
    Group.LEARNERS.value: marked("Learners"),
    Group.STAFF.value: marked("Staff"),
    Group.AWAITED.value: marked("Not come yet"),
    Group.LEFT.value: marked("Those who left"),
}


def chosen_group(name: str) -> Group:
    """The group of this name; learners for any other."""
    return Group(name) if name in GROUPS else Group.LEARNERS


@require_http_methods(["GET", "HEAD", "POST"])
@for_those_who_may("course.accommodate")
def person(request: HttpRequest, *, course: Any, person: UUID) -> HttpResponse:
    """One learner's time in every quiz of the course; a POST changes it, for attempts that run too."""
    enrollment = get_object_or_404(learners_of(course), uuid=person)
    kept = {"time_factor": enrollment.time_factor, "extra_days": enrollment.extra_days}
    form = AccommodationForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        extended = accommodate(enrollment, **form.cleaned_data, actor=author(request))
        kept_words = say("Kept for {user}.", user=enrollment.user)
        if extended:
            attempts = counted(extended, "running attempt was", "running attempts were")
            kept_words += " " + say("{attempts} extended.", attempts=attempts)
        messages.success(request, kept_words)
        return see(reverse("studio:person", args=[course.slug, person]))
    context = {"section": "studio", "step": "people", "course": course, "part": enrollment, "form": form}
    status = 422 if form.errors else 200
    more = {"terms": own_terms(enrollment), "may_erase": "course.erase" in course.granted}
    return render(request, "studio/person.html", {**context, **more}, status=status)
