"""What the tables of grades, of grading again and of standing refuse, and what they just take."""

from __future__ import annotations

from decimal import Decimal

from tests.factories import NOW
from tests.quizzes.models.scene import OTHER_KEY
from tests.rules_of_tables import Other, Rule, fraction, known

NEW_GRADING = {"number": 2, "cause": OTHER_KEY}
CLOSED_ISSUE = {"state": "closed"}
NEW_LINE = {"response": Other("other response")}
NEW_APPEAL = {"response": Other("other response")}
NEW_ITEM = {"position": 9}

RULES = [
    Rule(
        "one_grading_per_number",
        "grading",
        refused=[{"cause": OTHER_KEY}, {"cause": OTHER_KEY, "fraction": 0}],
        taken=[NEW_GRADING, {"response": Other("other response")}],
    ),
    Rule(
        "one_grading_per_cause",
        "grading",
        refused=[{"number": 2}, {"number": 2, "cause_kind": "regrade", "fraction": 0}],
        taken=[NEW_GRADING, {"response": Other("other response")}],
    ),
    known(
        "grading_cause_known",
        "grading",
        "cause_kind",
        ["try", "submit", "manual", "regrade", "override", "appeal"],
        dict(NEW_GRADING),
    ),
    fraction("grading_fraction_between_0_and_1", "grading", "fraction", dict(NEW_GRADING), may_be_absent=True),
    Rule(
        "no_more_agreed_than_compared",
        "trust",
        refused=[{"question": Other("other question"), "agreed": 3}],
        taken=[{"question": Other("other question"), "agreed": 2}],
    ),
    known(
        "audit_state_known",
        "audit",
        "state",
        ["confirmed", "overridden"],
        {"response": Other("other response"), "decided_at": NOW},
    ),
    Rule(
        "decided_audit_has_a_date",
        "audit",
        refused=[
            {"response": Other("other response"), "decided_at": NOW},
            {"response": Other("other response"), "state": "confirmed"},
        ],
        taken=[
            {"response": Other("other response")},
            {"response": Other("other response"), "state": "overridden", "decided_at": NOW},
        ],
    ),
    known("issue_state_known", "issue", "state", ["closed"], {}),
    Rule(
        "one_open_issue_per_version",
        "issue",
        refused=[{}, {"message": "Another."}],
        taken=[CLOSED_ISSUE, {"version": Other("other version")}],
    ),
    known("regrade_run_state_known", "run", "state", ["planning", "planned", "applying", "undoing", "discarded"], {}),
    Rule("regrade_run_has_a_reason", "run", refused=[{"reason": ""}], taken=[{"reason": "-"}]),
    Rule(
        "applied_run_has_a_date",
        "run",
        refused=[{"state": "applied"}],
        taken=[{"state": "applied", "applied_at": NOW}, {"state": "planned"}],
    ),
    Rule(
        "undone_run_has_a_date",
        "run",
        refused=[{"state": "undone"}, {"state": "undone", "applied_at": NOW}],
        taken=[{"state": "undone", "undone_at": NOW}],
    ),
    Rule(
        "one_line_per_run_and_response",
        "line",
        refused=[{}, {"state": "changed"}],
        taken=[NEW_LINE],
    ),
    known(
        "regrade_line_state_known",
        "line",
        "state",
        ["waiting", "unchanged", "changed", "kept_by_person", "kept_lower", "failed"],
        dict(NEW_LINE),
    ),
    known(
        "regrade_line_grading_known",
        "line",
        "before_grading",
        ["not_ready", "pending", "pending_manual", "failed"],
        NEW_LINE | {"before_fraction": None},
    ),
    Rule(
        "regrade_line_keeps_what_was_graded",
        "line",
        refused=[
            NEW_LINE | {"before_fraction": None},
            NEW_LINE | {"before_fraction": Decimal("1.000001")},
            NEW_LINE | {"before_fraction": Decimal("-0.000001")},
            *(NEW_LINE | {"before_grading": state} for state in ("not_ready", "pending", "pending_manual", "failed")),
        ],
        taken=[NEW_LINE | {"before_fraction": Decimal(each)} for each in ("0", "0.5", "1")],
    ),
    fraction("regrade_line_fraction_between_0_and_1", "line", "after_fraction", dict(NEW_LINE), may_be_absent=True),
    known("appeal_state_known", "appeal", "state", ["accepted", "declined"], NEW_APPEAL | {"decided_at": NOW}),
    Rule("appeal_says_why", "appeal", refused=[NEW_APPEAL | {"text": ""}], taken=[NEW_APPEAL | {"text": "-"}]),
    Rule(
        "one_open_appeal_per_response",
        "appeal",
        refused=[{}, {"text": "Once more."}],
        taken=[{"state": "declined", "decided_at": NOW}, NEW_APPEAL],
    ),
    Rule(
        "decided_appeal_has_a_date",
        "appeal",
        refused=[NEW_APPEAL | {"decided_at": NOW}, NEW_APPEAL | {"state": "accepted"}],
        taken=[NEW_APPEAL, NEW_APPEAL | {"state": "accepted", "decided_at": NOW}],
    ),
    Rule(
        "one_rubric_item_per_position",
        "rubric item",
        refused=[{}, {"text": "Another"}],
        taken=[NEW_ITEM, {"retired_at": NOW}, {"question": Other("other question")}],
    ),
    Rule("rubric_item_says_something", "rubric item", refused=[NEW_ITEM | {"text": ""}], taken=[NEW_ITEM]),
    fraction(
        "rubric_fraction_between_minus_1_and_1",
        "rubric item",
        "fraction",
        dict(NEW_ITEM),
        least=-1,
        may_be_absent=False,
    ),
    Rule(
        "one_mark_per_response_and_item",
        "mark",
        refused=[{}],
        taken=[{"item": Other("other rubric item")}, {"response": Other("other response")}],
    ),
    Rule(
        "one_saved_comment_per_text",
        "comment",
        refused=[{}],
        taken=[{"text": "See part 3."}, {"question": Other("other question")}, {"course": Other("other course")}],
    ),
    Rule("saved_comment_says_something", "comment", refused=[{"text": ""}], taken=[{"text": "-"}]),
    Rule(
        "one_result_per_learner_and_quiz",
        "result",
        refused=[{}, {"fraction": 0}],
        taken=[{"quiz": Other("other quiz")}, {"enrollment": Other("other enrollment")}],
    ),
    fraction("result_between_0_and_1", "result", "fraction", {"quiz": Other("other quiz")}, may_be_absent=False),
    Rule(
        "one_mastery_per_learner_and_concept",
        "mastery",
        refused=[{}, {"mastery": 1}],
        taken=[{"concept": Other("other concept")}, {"enrollment": Other("other enrollment")}],
    ),
    fraction("mastery_between_0_and_1", "mastery", "mastery", {"concept": Other("other concept")}, may_be_absent=True),
    Rule(
        "one_statistic_per_choice_and_quiz",
        "statistic",
        refused=[{}, {"responses": 2}],
        taken=[{"version": Other("other version")}, {"quiz": Other("other quiz")}, {"choice": "k7"}],
    ),
]
