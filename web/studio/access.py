"""Who may come in: authors create; in a course a part grants what it grants; others find nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache

from accounts.models import User
from authoring.domain.review import with_tallies
from course.rules import courses_granting, granted_to, may_create_courses, parts_of
from jobs.domain.prepared import first, prepared

View = Callable[..., HttpResponse]


def for_authors(view: View) -> View:
    """The view is for people who may turn articles into courses: others are told so, strangers sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_create_courses(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return never_cache(login_required(guarded))


def for_those_who_may(permission: str) -> Callable[[View], View]:
    """The view gets the course of its address, with its tallies, if the person has `permission` in it; 404 otherwise.

    `permission` is one of course.rules.GRANTS.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *, course: str, **kwargs: Any) -> HttpResponse:
            return view(request, course=permitted_course(request, permission, slug=course), **kwargs)

        return never_cache(login_required(guarded))

    return guard


for_editors = for_those_who_may("course.edit")
for_graders = for_those_who_may("course.grade")


def editable_course(request: HttpRequest, **which: Any) -> Any:
    """The course with its tallies; raises Http404 unless the person owns or edits it. One query."""
    return permitted_course(request, "course.edit", **which)


def permitted_course(request: HttpRequest, permission: str, **which: Any) -> Any:
    """The course with its tallies and, as `granted`, the person's permissions in it. One query.

    `which` is its slug or its uuid. Raises Http404 unless `permission` is one of them.
    """
    found = first(_permitted(permission)(person=author(request).pk, **which))
    if found is None:
        raise Http404
    found.granted = granted_to(found.own_role)
    return found


@cache
def _permitted(permission: str) -> Callable[..., list[Any]]:
    """The courses in which a person has the permission; every page asks, so the statement is put together once."""

    def courses(*, person: int, **which: Any) -> QuerySet[Any]:
        own = parts_of(person).filter(course=OuterRef("pk"))
        permitted = courses_granting(permission, to=person).annotate(own_role=Subquery(own.values("role")))
        return with_tallies(permitted.filter(**which))

    return prepared(courses)


def author(request: HttpRequest) -> User:
    """Who is signed in."""
    return cast(User, request.user)


def see(address: str) -> HttpResponse:
    """After a POST: go and look there (303), so that reloading sends nothing twice."""
    return HttpResponseRedirect(address, status=303)
