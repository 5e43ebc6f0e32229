"""What the tables of attempts and answers refuse, and what they just take."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from tests.factories import NOW
from tests.quizzes.models.scene import OTHER_KEY
from tests.rules_of_tables import Other, Rule, fraction, known

LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)
NEW_ATTEMPT = {"number": 2, "state": "void"}
NEW_RESPONSE = {"position": 9}

RULES = [
    known("attempt_state_known", "attempt", "state", ["void"], {"number": 2}),
    Rule(
        "attempt_has_one_learner",
        "attempt",
        refused=[NEW_ATTEMPT | {"enrollment": None}, NEW_ATTEMPT | {"anonymous_key": OTHER_KEY}],
        taken=[NEW_ATTEMPT, NEW_ATTEMPT | {"enrollment": None, "anonymous_key": OTHER_KEY}],
    ),
    Rule(
        "one_open_attempt",
        "attempt",
        refused=[{"number": 2}],
        taken=[
            {"number": 2, "state": "submitted", "submitted_at": NOW},
            NEW_ATTEMPT,
            {"number": 2, "quiz": Other("other quiz")},
            {"number": 2, "enrollment": Other("new enrollment")},
        ],
    ),
    Rule(
        "one_open_anonymous_attempt",
        "anonymous attempt",
        refused=[{"number": 2}],
        taken=[
            NEW_ATTEMPT,
            {"number": 2, "anonymous_key": OTHER_KEY},
            {"number": 2, "quiz": Other("other quiz")},
        ],
    ),
    Rule(
        "one_attempt_number_per_learner",
        "attempt",
        refused=[{"state": "void"}, {"state": "submitted", "submitted_at": LATER}],
        taken=[NEW_ATTEMPT, {"quiz": Other("other quiz")}, {"enrollment": Other("new enrollment")}],
    ),
    Rule(
        "submitted_attempt_has_a_date",
        "attempt",
        refused=[{"number": 2, "state": "submitted"}, {"number": 2, "submitted_at": NOW}],
        taken=[{"number": 2, "state": "submitted", "submitted_at": NOW}, NEW_ATTEMPT | {"submitted_at": NOW}],
    ),
    fraction("attempt_fraction_between_0_and_1", "attempt", "fraction", dict(NEW_ATTEMPT), may_be_absent=True),
    fraction("attempt_credit_between_0_and_1", "attempt", "credit", dict(NEW_ATTEMPT), may_be_absent=False),
    Rule(
        "one_response_per_position",
        "response",
        refused=[{}, {"version": Other("other version")}],
        taken=[NEW_RESPONSE, {"attempt": Other("anonymous attempt")}],
    ),
    known(
        "response_grading_known",
        "response",
        "grading",
        ["not_ready", "pending", "pending_manual", "failed"],
        dict(NEW_RESPONSE),
    ),
    Rule(
        "graded_response_has_a_fraction",
        "response",
        refused=[
            NEW_RESPONSE | {"grading": "graded"},
            NEW_RESPONSE | {"grading": "graded", "fraction": Decimal("1.000001")},
            NEW_RESPONSE | {"grading": "graded", "fraction": Decimal("-0.000001")},
            *(
                NEW_RESPONSE | {"grading": state, "fraction": Decimal(1)}
                for state in ("not_ready", "pending", "pending_manual", "failed")
            ),
        ],
        taken=[NEW_RESPONSE | {"grading": "graded", "fraction": Decimal(each)} for each in ("0", "0.5", "1")],
    ),
    Rule(
        "confidence_between_1_and_3",
        "response",
        refused=[NEW_RESPONSE | {"confidence": 0}, NEW_RESPONSE | {"confidence": 4}],
        taken=[NEW_RESPONSE | {"confidence": sure} for sure in (None, 1, 2, 3)],
    ),
    Rule(
        "what_was_tried_is_kept",
        "response",
        refused=[NEW_RESPONSE | {"tries": 1}, NEW_RESPONSE | {"tried": "a"}],
        taken=[NEW_RESPONSE | {"tries": 1, "tried": "a"}, NEW_RESPONSE | {"tries": 3, "tried": {"g1": ""}}],
    ),
    Rule(
        "one_answer_per_sequence",
        "answer",
        refused=[{"client_key": OTHER_KEY}, {"client_key": None, "answer": "b"}],
        taken=[{"client_key": OTHER_KEY, "sequence": 2}, {"response": Other("other response")}],
    ),
    Rule(
        "one_answer_per_client_key",
        "answer",
        refused=[{"sequence": 2}],
        taken=[{"sequence": 2, "client_key": None}, {"response": Other("other response")}],
    ),
]
