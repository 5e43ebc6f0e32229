"""What the tables of parts in a course, of ways into it, and of what its learners read and note refuse and take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.factories import NOW
from tests.rules_of_tables import Other, Rule

LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)
NEXT: dict[str, Any] = {"number": 3}

RULES = [
    Rule(
        "one_cohort_name_per_course",
        "cohort",
        refused=[{}, {"archived_at": NOW}],
        taken=[{"name": "autumn"}, {"course": Other("other course")}],
    ),
    Rule(
        "one_enrollment_per_person_and_course",
        "enrollment",
        refused=[{}, {"role": "grader"}, {"left_at": NOW}],
        taken=[{"user": Other("other person")}, {"course": Other("other course")}],
    ),
    Rule(
        "enrollment_role_known",
        "enrollment",
        refused=[{"user": Other("other person"), "role": role} for role in ("guest", "", "OWNER")],
        taken=[
            {"user": Other("other person"), "role": role}
            for role in ("owner", "editor", "grader", "assistant", "learner", "observer")
        ],
    ),
    Rule(
        "time_factor_never_shortens",
        "enrollment",
        refused=[{"user": Other("other person"), "time_factor": factor} for factor in ("0.99", "0", "-1")],
        taken=[{"user": Other("other person"), "time_factor": factor} for factor in ("1", "1.01", "99.99")],
    ),
    Rule(
        "enrollment_starts_before_it_ends",
        "enrollment",
        refused=[
            {"user": Other("other person"), "starts_at": NOW, "ends_at": NOW},
            {"user": Other("other person"), "starts_at": LATER, "ends_at": NOW},
        ],
        taken=[
            {"user": Other("other person"), "starts_at": NOW, "ends_at": LATER},
            {"user": Other("other person"), "starts_at": LATER},
            {"user": Other("other person"), "ends_at": EARLIER},
        ],
    ),
    Rule(
        "an_owner_owns_without_dates",
        "enrollment",
        refused=[
            {"user": Other("other person"), "role": "owner", "starts_at": NOW},
            {"user": Other("other person"), "role": "owner", "ends_at": LATER},
        ],
        taken=[{"user": Other("other person"), "role": "owner"}],
    ),
    Rule(
        "join_code_is_not_empty",
        "code",
        refused=[{"code": ""}],
        taken=[{"code": "A"}],
    ),
    Rule(
        "join_code_used_within_limit",
        "code",
        refused=[{"code": "C", "uses": 4}, {"code": "C", "most_uses": 1}],
        taken=[{"code": "C", "uses": 3}, {"code": "C", "uses": 400, "most_uses": None}],
    ),
    Rule(
        "one_reading_per_learner_and_lesson",
        "reading",
        refused=[{}, {"read_at": LATER}],
        taken=[{"enrollment": Other("other enrollment")}, {"lesson": Other("other lesson")}],
    ),
    Rule(
        "note_kind_known",
        "note",
        refused=[NEXT | {"kind": "drawing"}],
        taken=[NEXT | {"kind": "note"}, NEXT | {"kind": "highlight", "text": ""}],
    ),
    Rule(
        "a_note_says_something_a_highlight_nothing",
        "note",
        refused=[NEXT | {"text": ""}, NEXT | {"kind": "highlight"}],
        taken=[NEXT, NEXT | {"text": " "}],
    ),
    Rule(
        "note_is_no_longer_than_a_page",
        "note",
        refused=[NEXT | {"text": "x" * 4_001}],
        taken=[NEXT | {"text": "ä" * 4_000}],
    ),
    Rule(
        "notes_have_an_end",
        "note",
        refused=[{"number": 0}, {"number": 501}],
        taken=[{"number": 500}],
    ),
    Rule(
        "one_note_for_each_number",
        "note",
        refused=[{}, {"text": "Another."}],
        taken=[NEXT, {"enrollment": Other("other enrollment")}],
    ),
    Rule(
        "saves_of_a_note_count_from_one",
        "note",
        refused=[NEXT | {"sequence": 0}],
        taken=[NEXT | {"sequence": 1}],
    ),
]
