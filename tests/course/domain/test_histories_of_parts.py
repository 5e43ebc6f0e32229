"""Whatever is done to the parts of a course, in whatever order: it keeps an owner, and nothing elsewhere changes."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from random import Random
from typing import Any

import pytest

from accounts.domain.audit import history_of_course
from course.domain.parts import change_part, end_part, give_back_part, hand_over
from course.errors import LastOwner
from course.models import Course, Enrollment, Role
from tests.factories import NOW, make_course, make_enrollment, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PEOPLE = 4


class Scene:
    """A course of an owner and three others, and a course beside it that nobody touches."""

    def __init__(self) -> None:
        self.course: Course = make_course(owner=make_person())
        self.elsewhere: Course = make_course(owner=make_person())
        for role in (Role.EDITOR, Role.LEARNER, Role.LEARNER):
            make_enrollment(self.course, role=role)

    def parts(self) -> list[Enrollment]:
        return list(Enrollment.objects.filter(course=self.course).select_related("user", "cohort").order_by("pk"))

    def rows(self, course: Course) -> list[Any]:
        return list(Enrollment.objects.filter(course=course).order_by("pk").values())

    def owners(self) -> int:
        return Enrollment.objects.filter(course=self.course, role=Role.OWNER, left_at__isnull=True).count()


def changed(scene: Scene, which: int, chance: Random) -> bool:
    role = chance.choice(list(Role))
    return change_part(scene.parts()[which], role=role, cohort=None, starts_at=None, ends_at=None, actor=None)


def ended(scene: Scene, which: int, _chance: Random) -> bool:
    return end_part(scene.parts()[which], actor=None, at=NOW)


def given_back(scene: Scene, which: int, _chance: Random) -> bool:
    return give_back_part(scene.parts()[which], actor=None)


def handed_over(scene: Scene, which: int, chance: Random) -> bool:
    actor = chance.choice(scene.parts()).user
    assert actor is not None
    hand_over(scene.course, to=scene.parts()[which], actor=actor)
    return True


DEEDS: list[Callable[[Scene, int, Random], bool]] = [changed, ended, given_back, handed_over]


@pytest.mark.parametrize("seed", range(8))
def test_a_course_keeps_an_owner_and_every_change_its_entry(seed: int) -> None:
    scene, chance, changes = Scene(), Random(seed), 0
    before = scene.rows(scene.elsewhere)

    for _ in range(25):
        was = scene.rows(scene.course)
        try:
            did = chance.choice(DEEDS)(scene, chance.randrange(PEOPLE), chance)
        except LastOwner:
            assert scene.rows(scene.course) == was
            continue
        assert (scene.rows(scene.course) != was) == did
        assert scene.owners() >= 1
        changes += did

    assert history_of_course(scene.course.uuid).count() == changes
    assert scene.rows(scene.elsewhere) == before
    assert not history_of_course(scene.elsewhere.uuid).exists()


@pytest.mark.parametrize("seed", range(4))
def test_ending_and_giving_back_leaves_every_part_as_it_was(seed: int) -> None:
    scene, chance = Scene(), Random(seed)
    for _ in range(6):
        with suppress(LastOwner):
            changed(scene, chance.randrange(PEOPLE), chance)
    before = scene.rows(scene.course)

    for which in range(PEOPLE):
        with suppress(LastOwner):
            ended(scene, which, chance)
            given_back(scene, which, chance)

    assert scene.rows(scene.course) == before


@pytest.mark.parametrize("deed", [ended, given_back])
def test_the_same_deed_twice_is_done_once(deed: Callable[[Scene, int, Random], bool]) -> None:
    scene, chance = Scene(), Random(0)
    if deed is given_back:
        ended(scene, 2, chance)

    first = deed(scene, 2, chance)
    rows, entries = scene.rows(scene.course), history_of_course(scene.course.uuid).count()
    again = deed(scene, 2, chance)

    assert (first, again) == (True, False)
    assert (scene.rows(scene.course), history_of_course(scene.course.uuid).count()) == (rows, entries)


def test_handing_over_and_back_leaves_the_owner_and_an_editor() -> None:
    scene = Scene()
    owner, editor, *_ = scene.parts()
    before = scene.rows(scene.course)
    assert owner.user is not None
    assert editor.user is not None

    hand_over(scene.course, to=editor, actor=owner.user)
    hand_over(scene.course, to=owner, actor=editor.user)

    assert scene.rows(scene.course) == before


def test_an_owner_who_handed_over_does_so_once() -> None:
    scene = Scene()
    owner, editor, learner, _ = scene.parts()
    assert owner.user is not None
    hand_over(scene.course, to=editor, actor=owner.user)
    was = scene.rows(scene.course)

    with pytest.raises(LastOwner, match="Only an owner hands a course over"):
        hand_over(scene.course, to=learner, actor=owner.user)

    assert scene.rows(scene.course) == was
