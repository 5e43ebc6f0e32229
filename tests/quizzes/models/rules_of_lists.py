"""What the tables of list imports refuse, and what they just take."""

from __future__ import annotations

from tests.factories import NOW
from tests.rules_of_tables import Rule, known

NEXT = {"number": 2}
DONE = {"done_at": NOW}

RULES = [
    known("list_import_kind_known", "list", "kind", ["people", "grades"], {"reason": "Oral exam."}),
    known("list_import_state_known", "list", "state", ["planning", "planned", "applying", "discarded"], {}),
    Rule(
        "list_import_forgets_what_it_needs_no_more",
        "list",
        refused=[
            {"state": "discarded", "text": "Email"},
            {"state": "applied", "text": "Email", "applied_at": NOW},
            {"state": "undone", "text": "Email", "applied_at": NOW, "undone_at": NOW},
        ],
        taken=[{"state": state, "text": "Email"} for state in ("planning", "planned", "applying")],
    ),
    Rule(
        "list_of_grades_has_a_reason",
        "list",
        refused=[{"kind": "grades"}],
        taken=[{"kind": "grades", "reason": "-"}, {"reason": "-"}],
    ),
    Rule(
        "applied_list_import_has_a_date",
        "list",
        refused=[{"state": "applied"}, {"state": "undoing"}],
        taken=[{"state": "applied", "applied_at": NOW}, {"state": "undoing", "applied_at": NOW}],
    ),
    Rule(
        "undone_list_import_has_a_date",
        "list",
        refused=[{"state": "undone", "applied_at": NOW}],
        taken=[{"state": "undone", "applied_at": NOW, "undone_at": NOW}],
    ),
    Rule("one_import_line_per_number", "list line", refused=[{}, {"line": 9}], taken=[NEXT]),
    known("import_line_fate_known", "list line", "fate", ["new", "back", "changes", "same", "fault"], NEXT),
    known("import_line_state_known", "list line", "state", ["planned", "passed_over"], NEXT),
    Rule(
        "import_line_that_does_nothing_stays_planned",
        "list line",
        refused=[NEXT | DONE | {"fate": "same", "state": "done"}, NEXT | {"fate": "fault", "state": "passed_over"}],
        taken=[NEXT | {"fate": "same"}, NEXT | DONE | {"fate": "changes", "state": "done"}],
    ),
    Rule(
        "import_line_that_does_something_says_what",
        "list line",
        refused=[NEXT | {"after": None}, NEXT | {"after": None, "fate": "back"}],
        taken=[NEXT | {"after": None, "fate": "fault"}, NEXT | {"after": None, "fate": "same"}],
    ),
    Rule(
        "import_line_that_was_done_has_a_date",
        "list line",
        refused=[
            NEXT | DONE,
            NEXT | DONE | {"state": "passed_over"},
            *(NEXT | {"state": each} for each in ("done", "undone", "kept")),
        ],
        taken=[NEXT, *(NEXT | DONE | {"state": each} for each in ("done", "undone", "kept"))],
    ),
]
