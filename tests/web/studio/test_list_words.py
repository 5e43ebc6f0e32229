"""What lines of a list of people or of grades do, in words."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from course.domain.roster_applying import Enrolled
from course.domain.rosters import Fate, RosterLine, Terms
from course.models import Enrollment
from quizzes.models import ImportLine, ImportLineState, LineFate, ListImport, ListKind
from web.studio.list_words import BECOMES, FATES, STATES, Counts, counts_of, enrolled_in_words, shown

MORNING = datetime(2027, 1, 31, 9, 5, tzinfo=UTC).isoformat()
USUAL: dict[str, Any] = {
    "role": "learner",
    "cohort": "",
    "time_factor": "1.00",
    "extra_days": 0,
    "starts_at": None,
    "ends_at": None,
    "left_at": None,
}


def line(fate: str = "changes", kind: ListKind = ListKind.PEOPLE, **fields: Any) -> ImportLine:
    return ImportLine(list_import=ListImport(kind=kind), number=1, line=2, fate=fate, **fields)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({}, ()),
        ({"role": "grader"}, ("role grader",)),
        ({"cohort": "Evenings"}, ("cohort Evenings",)),
        ({"time_factor": "1.50"}, ("time × 1.5",)),
        ({"time_factor": "10.00"}, ("time × 10",)),
        ({"extra_days": 3}, ("days more 3",)),
        ({"starts_at": MORNING}, ("begins 31 January 2027, 09:05",)),
        ({"ends_at": MORNING}, ("ends 31 January 2027, 09:05",)),
        ({"role": "observer", "extra_days": 1}, ("role observer", "days more 1")),
    ],
)
def test_for_somebody_new_what_is_not_usual_is_said(changed: dict[str, Any], says: tuple[str, ...]) -> None:
    assert shown(line("new", after={**USUAL, **changed})).says == says


@pytest.mark.parametrize(
    ("before", "changed", "says"),
    [
        ({}, {"cohort": "Evenings"}, ("cohort Evenings, was none",)),
        ({"cohort": "Evenings"}, {"cohort": "Mornings"}, ("cohort Mornings, was Evenings",)),
        ({"extra_days": 3}, {"extra_days": 0}, ("days more 0, was 3",)),
        ({"time_factor": "1.25"}, {"time_factor": "1.00"}, ("time × 1, was × 1.25",)),
        ({"ends_at": MORNING}, {"ends_at": None}, ("ends none, was 31 January 2027, 09:05",)),
        ({"role": "learner"}, {"role": "learner"}, ()),
        ({"left_at": MORNING}, {"left_at": None}, ()),
    ],
)
def test_for_somebody_known_what_changes_is_said_with_what_it_was(
    before: dict[str, Any], changed: dict[str, Any], says: tuple[str, ...]
) -> None:
    kept = {**USUAL, **before}
    assert shown(line(before=kept, after={**kept, **changed})).says == says


@pytest.mark.parametrize(
    ("because", "says"), [("", ("66.5\xa0%, was 100\xa0%",)), ("Oral.", ("66.5\xa0%, was 100\xa0%", "Oral."))]
)
def test_a_grade_is_said_with_what_it_was_and_why(because: str, says: tuple[str, ...]) -> None:
    before, after = {"fraction": "1.000000"}, {"fraction": "0.665000"}
    assert shown(line(kind=ListKind.GRADES, before=before, after=after, because=because)).says == says


@pytest.mark.parametrize("kind", list(ListKind))
def test_a_fault_says_its_reason_and_nothing_else(kind: ListKind) -> None:
    found = shown(line("fault", kind, after={"fraction": "0.5"}, said="“broken” is not an email address."))
    assert (found.word, found.shape, found.tone) == ("fault", "miss", "warn")
    assert found.says == ("“broken” is not an email address.",)


@pytest.mark.parametrize(
    ("state", "said", "word", "tone"),
    [
        ("planned", "", "changes", "now"),
        ("done", "", "done", "good"),
        ("passed_over", "It is so already.", "passed over", "warn"),
        ("undone", "", "undone", ""),
        ("kept", "Somebody changed it.", "kept", "warn"),
    ],
)
def test_what_became_of_a_line_takes_the_place_of_what_it_would_do(state: str, said: str, word: str, tone: str) -> None:
    found = shown(line(before=USUAL, after={**USUAL, "extra_days": 3}, state=state, said=said))
    assert (found.word, found.tone) == (word, tone)
    assert found.says == ("days more 3, was 0", *([said] if said else []))


def test_every_fate_and_state_has_a_mark_and_every_term_a_word() -> None:
    assert set(FATES) == set(LineFate)
    assert set(STATES) == set(ImportLineState) - {ImportLineState.PLANNED}
    assert set(BECOMES) == set(Terms.__slots__)
    assert {fate.name.lower() for fate in Fate} == set(LineFate.values)


def test_lines_are_counted_by_what_they_do_and_by_what_became_of_them() -> None:
    tally = Counter(
        {("new", "done"): 4, ("back", "passed_over"): 1, ("changes", "undone"): 2, ("changes", "kept"): 3}
        | {("new", "planned"): 5, ("same", "planned"): 6, ("fault", "planned"): 7}
    )
    assert counts_of(tally) == Counts(doing=15, same=6, faults=7, done=4, passed_over=1, undone=2, kept=3)
    assert counts_of(Counter()) == Counts(0, 0, 0, 0, 0, 0, 0)


def did(*fates: Fate) -> Enrolled:
    return Enrolled(tuple((RosterLine(2, "ana@example.org", "Ana", fate), Enrollment()) for fate in fates))


@pytest.mark.parametrize(
    ("enrolled", "said"),
    [
        (did(), "Nothing was left to do: everybody takes part like this already."),
        (did(Fate.NEW), "One person is enrolled."),
        (did(Fate.NEW, Fate.NEW), "Two people are enrolled."),
        (did(Fate.BACK), "One person came back."),
        (did(Fate.BACK, Fate.BACK), "Two people came back."),
        (did(Fate.CHANGES), "One part was changed."),
        (did(*[Fate.CHANGES] * 13), "13 parts were changed."),
        (
            did(Fate.NEW, Fate.BACK, Fate.CHANGES, Fate.CHANGES),
            "One person is enrolled. One person came back. Two parts were changed.",
        ),
    ],
)
def test_what_typed_addresses_did_is_said_once_each(enrolled: Enrolled, said: str) -> None:
    assert enrolled_in_words(enrolled) == said


def test_a_fraction_is_said_to_the_places_of_the_gradebooks_file() -> None:
    given = {"fraction": str(Decimal(2) / 3)[:8]}
    found = shown(line(kind=ListKind.GRADES, before={"fraction": "0.000000"}, after=given))
    assert found.says == ("66.67\xa0%, was 0\xa0%",)
