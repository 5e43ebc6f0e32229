"""No key, feedback, explanation, evidence or hint reaches anybody before its moment, at whatever address."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import pytest

from jobs.domain.clock import database_now
from quizzes.domain.tries import check_answer, open_hint
from quizzes.errors import CannotCheck
from quizzes.questions import kinds
from tests.quality.canaries import READING, WITHOUT_A_COURSE, Scene, asked, asked_of, canaries_in, filled, routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

ALL = {"key", "feedback", "explanation", "evidence"}
BEFORE, SUBMITTED, CLOSED = "before submitting", "after submitting", "after the closing"
LEARNERS = ("stranger", "visitor", "learner", "assistant", "observer")
NOT_A_PLACE = ("/accounts/confirm-email/", "/accounts/invitation/", "/accounts/set-password/", "/accounts/tokens/")

ACTS = re.compile(r"POST .*/(check|hint)/$")
"""Asking for something to be shown now, where the policy allows it; what comes back was asked for."""


def without_acts(found: dict[str, set[str]]) -> dict[str, set[str]]:
    return {place: held for place, held in found.items() if not ACTS.search(place)}


def scene_at(moment: str, **fields: Any) -> Scene:
    scene = Scene.set_up(closes_at=database_now() + timedelta(hours=1), **fields)
    if moment != BEFORE:
        scene.submit()
    if moment == CLOSED:
        scene.close()
    return scene


def seen(scene: Scene, people: Iterable[str]) -> dict[str, set[str]]:
    """By person, way and address, which canaries came back. The article may hold its words, a page one’s note."""
    found = {}
    for route in routes():
        if route.startswith(WITHOUT_A_COURSE):
            continue
        address = filled(route, scene)
        for who in people:
            for way, answer in asked_of(scene, who, address):
                held = canaries_in(answer.content.decode(errors="replace") + str(answer.headers))
                held -= {"evidence"} if READING.search(address) else set()
                held -= {"note"} if who == "answering" else set()
                if held:
                    found[f"{who} {way} {address}"] = held
    return found


@pytest.mark.promise(30)
@pytest.mark.parametrize(
    ("mode", "moment", "allowed"),
    [
        ("practice", BEFORE, set()),
        ("practice", SUBMITTED, ALL),
        ("check", BEFORE, set()),
        ("check", SUBMITTED, ALL),
        ("exam", BEFORE, set()),
        ("exam", SUBMITTED, set()),
        ("exam", CLOSED, ALL),
    ],
)
def test_who_answers_sees_what_the_policy_shows_by_then_and_no_more(
    mode: str, moment: str, allowed: set[str], reached: Callable[[str], None]
) -> None:
    scene = scene_at(moment, mode=mode)

    found = without_acts(seen(scene, ["answering"]))

    early = {place: held for place, held in found.items() if held - allowed}
    reached(f"{len(early)} keys before their moment")
    assert early == {}
    assert set().union(*found.values()) == allowed


@pytest.mark.parametrize(("moment", "people"), [(BEFORE, LEARNERS), (CLOSED, ("stranger", "observer"))])
def test_nobody_else_who_learns_sees_anything(moment: str, people: tuple[str, ...]) -> None:
    assert seen(scene_at(moment, mode="exam"), people) == {}


def test_a_note_is_seen_by_who_wrote_it_and_by_nobody_who_teaches() -> None:
    """Nor by anybody else who learns, who see nothing at all."""
    scene = scene_at(SUBMITTED, mode="practice")
    own = scene.client("answering").get(f"/courses/{scene.course.slug}/notes/").content.decode()

    others = seen(scene, ["owner", "assistant"])

    assert canaries_in(own) == {"note"}
    assert {place: held for place, held in others.items() if "note" in held} == {}


def test_what_a_check_shows_is_not_the_key_while_the_answer_can_change() -> None:
    scene = scene_at(BEFORE, mode="practice")
    checked = 0
    for position in range(1, len(asked()) + 1):
        try:
            checked += not check_answer(scene.attempt, position=position).is_settled
        except CannotCheck:
            continue

    found = without_acts(seen(scene, ["answering"]))

    assert checked >= 5
    assert set().union(*found.values()) == {"feedback"}


def test_a_hint_is_seen_once_it_is_open() -> None:
    scene = scene_at(BEFORE, mode="practice")
    open_hint(scene.attempt, position=1)

    found = without_acts(seen(scene, ["answering"]))

    assert set().union(*found.values()) == {"hint"}


@pytest.mark.parametrize("mode", ["practice", "check", "exam"])
def test_what_a_program_asks_for_shows_that_and_nothing_else(mode: str) -> None:
    scene = scene_at(BEFORE, mode=mode)
    acts = {place: held for place, held in seen(scene, ["answering"]).items() if ACTS.search(place)}

    is_practice = mode == "practice"
    assert sorted(map(sorted, acts.values())) == ([["feedback"], ["hint"]] if is_practice else [])


def test_questions_not_asked_yet_are_not_shown() -> None:
    scene = scene_at(BEFORE, mode="check", navigation="sequential")
    stems = [str(content["stem"]) for _, content in asked()[1:]]

    pages = [
        answer.content.decode(errors="replace")
        for route in routes()
        if not route.startswith(WITHOUT_A_COURSE)
        for _, answer in asked_of(scene, "answering", filled(route, scene))
    ]

    assert [stem for stem in stems if any(stem in page for page in pages)] == []


def test_instructors_see_all_of_it_so_that_there_is_something_to_be_seen() -> None:
    found = seen(scene_at(BEFORE, mode="exam"), ["owner"])

    assert set().union(*found.values()) >= {"key", "feedback", "explanation", "evidence", "hint"}


@pytest.mark.twice
def test_every_kind_and_every_address_is_among_those_looked_at() -> None:
    """A route whose parameters cannot be filled in raises; one that nobody finds is filled in wrongly."""
    assert {kind for kind, _ in asked()} == {kind.kind for kind in kinds()}
    scene = scene_at(SUBMITTED, mode="check")
    lost = []
    for route in routes():
        address = filled(route, scene)
        answers = [answer.status_code for who in ("owner", "answering") for _, answer in asked_of(scene, who, address)]
        if set(answers) <= {404} and not address.startswith(NOT_A_PLACE) and not route.endswith(".*"):
            lost.append(route)
    assert lost == []
