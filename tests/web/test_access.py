"""Who comes in where: every address, asked by people in every part, and with things of another course."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Self

import pytest
from rules.permissions import has_perm

from accounts.models import User
from course.models import Course, Role, Visibility
from course.rules import GRANTS, courses_readable_by, courses_where, granted_to
from tests.factories import NOW, make_course, make_enrollment, make_person
from tests.quality.canaries import PARAMETER, Scene, asked_of, filled, routes
from tests.quality.documents import codes, page, rows
from tests.web import access
from tests.web.access import NEEDED
from tests.web.studio.drafts import drop

pytestmark = [pytest.mark.django_db, pytest.mark.database, pytest.mark.once]

IN, OUT, SIGN_IN, TOLD = "in", "out", "sign in", "told"
NO_METHOD = 405
FORM_OF_A_PAGE = re.compile("<slug:(ending|table)>")
FACES = {401: SIGN_IN, 403: TOLD, 404: OUT}
PEOPLE = (*Role.values, "answering", "former", "neighbour", "stranger", "visitor")
SECRETS = ("accounts/confirm-email/<key>/", "accounts/mail/stop/<str:token>/", "certificates/<slug:code>/", "api/v1/.*")
"""Where whoever comes needs what an address says, or nothing is: 404 for everybody here."""


class Matrix(Scene):
    """A published course for enrolled learners, and everybody who might knock at its doors."""

    @classmethod
    def furnished(cls) -> Self:
        """With somebody in every part, and rows of every sort that an address can name."""
        scene = cls.set_up(mode="check", attempts_allowed=None)
        scene.submit()
        drop(scene.course, position=0)
        Course.objects.filter(pk=scene.course.pk).update(visibility=Visibility.ENROLLED)
        parts = {role: make_enrollment(scene.course, role=Role(role)).user for role in Role.values}
        left = make_enrollment(scene.course, role=Role.OWNER, left_at=NOW).user
        neighbour = make_person(may_author=True)
        make_course(owner=neighbour)
        scene.people = {**scene.people, **parts, "former": left, "neighbour": neighbour}
        return scene


def faces(scene: Scene, who: str, address: str) -> set[str]:
    """How the address looks to this person, over every way of asking; a way that it does not have says nothing."""
    return {face_of(answer) for _, answer in asked_of(scene, who, address) if answer.status_code != NO_METHOD}


def face_of(answer: Any) -> str:
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"):
        return SIGN_IN
    return FACES.get(answer.status_code, IN)


def expected(who: str, need: str) -> set[str]:
    """The faces that an address with this need may have for somebody.

    What is not theirs to know of is not found. Everybody knows that there is a studio, and an observer their course:
    there they are told why they may not.
    """
    if need == access.ANYBODY:
        return {IN}
    if who == "visitor":
        return {SIGN_IN, OUT} if need in ("course.read", "course.part") else {SIGN_IN}
    if comes_in(who, need):
        return {IN}
    is_known = need in (access.AUTHOR, access.STAFF) or (need == "course.answer" and who == Role.OBSERVER)
    return {TOLD} if is_known else {OUT}


def comes_in(who: str, need: str) -> bool:
    role = "learner" if who == "answering" else who
    has_part = role in Role.values
    by_need = {
        access.SIGNED_IN: True,
        access.AUTHOR: who == "neighbour",
        access.STAFF: who == "neighbour"
        or bool(granted_to(role) & {"course.edit", "course.grade", "course.see_people"}),
        access.OWN_ATTEMPT: who == "answering",
        access.OWN_CARD: who == "answering",
        access.OWN_NOTE: who == "answering",
        access.OWN_NOTES: has_part or who == "former",
        access.OWN_MESSAGE: who == "answering",
        access.OWN_TOKEN: who == "answering",
        access.OWN_FETCH: False,
        "course.part": has_part,
    }
    return by_need[need] if need in by_need else need in granted_to(role)


def test_every_address_has_a_line_that_says_who_comes_in() -> None:
    assert sorted(set(routes()) ^ set(NEEDED)) == []
    known = {value for name, value in vars(access).items() if name.isupper() and isinstance(value, str)}
    assert sorted(set(NEEDED.values()) - known - set(GRANTS) - {"course.part"}) == []


def wrong_faces(scene: Scene, who: str) -> Iterator[tuple[str, set[str]]]:
    """The addresses that look otherwise than they should. Who comes in may be told what is wrong with the asking."""
    for route, need in NEEDED.items():
        if route in SECRETS:
            continue
        seen, wanted = faces(scene, who, filled(route, scene)), expected(who, need)
        is_let_in = IN in wanted and IN in seen and SIGN_IN not in seen
        if not is_let_in and (not seen or seen - wanted):
            yield route, seen


@pytest.mark.slow
@pytest.mark.promise(31)
@pytest.mark.parametrize("who", PEOPLE)
def test_an_address_lets_in_whom_it_should_and_is_not_there_for_others(
    who: str, reached: Callable[[str], None]
) -> None:
    wrong = dict(wrong_faces(Matrix.furnished(), who))
    reached(f"{who}: {len(wrong)} of {len(NEEDED)} addresses wrong")
    assert wrong == {}


class Mixed(Matrix):
    """Addresses that name one course of their owner and a thing of another."""

    other: Course

    def value_for(self, before: str, converter: str) -> str:
        """The other course's name, and what the first one has in it."""
        return self.other.slug if before == "courses" else super().value_for(before, converter)


def test_what_belongs_to_another_course_is_not_found_even_by_who_owns_both() -> None:
    scene = Mixed.furnished()
    scene.other = make_course(owner=scene.people["owner"])
    scene.other.lessons.update(slug="another-lesson")
    # A file's ending and a table name a form of the course's own page, and no thing in it.
    things = {route: set(PARAMETER.findall(FORM_OF_A_PAGE.sub("", route))) for route in NEEDED}
    named = [route for route, found in things.items() if "courses/" in route and len(found) > 1]

    found = {route: faces(scene, "owner", filled(route, scene)) for route in named}

    assert len(named) >= 20
    assert {route: seen for route, seen in found.items() if seen != {OUT}} == {}


def described() -> dict[str, frozenset[str]]:
    """By permission, the parts that the documentation says it comes with."""
    lines = rows(page("docs/access.md").partition("## What comes with a part")[2])
    return {
        codes(permission)[0]: frozenset(role for role, cell in zip(Role.values, cells, strict=True) if cell == "yes")
        for _, permission, *cells in lines
    }


def test_the_table_in_the_documentation_is_the_one_that_is_gone_by() -> None:
    assert described() == {permission: frozenset(map(str, roles)) for permission, roles in GRANTS.items()}


def holds(permission: str, person: User, course: Course) -> bool:
    """What the rules library says, which Django's has_perm asks too."""
    return bool(has_perm(permission, person, course))  # type: ignore[no-untyped-call]  # -- rules is not typed


@pytest.mark.parametrize("permission", GRANTS)
@pytest.mark.parametrize("role", Role)
def test_pages_and_programs_ask_the_same_rules(role: Role, permission: str) -> None:
    course, other = make_course(), make_course()
    Course.objects.update(visibility=Visibility.ENROLLED)
    person = make_enrollment(course, role=role).user
    listed = courses_readable_by(person) if permission == "course.read" else courses_where(person, permission)

    assert holds(permission, person, course) == (permission in granted_to(role))
    assert list(listed) == ([course] if role in GRANTS[permission] else [])
    assert not holds(permission, person, other)
