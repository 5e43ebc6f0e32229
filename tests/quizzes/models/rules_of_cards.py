"""What the tables of cards, recalls and certificates refuse, and what they just take."""

from __future__ import annotations

from tests.factories import NOW
from tests.rules_of_tables import Other, Rule, known

NEW_CARD = {"question": Other("other question")}
NO_MEMORY = {
    "phase": None,
    "stability": None,
    "difficulty": None,
    "recalled_at": None,
    "due_at": None,
    "recalls_made": 0,
    "set_aside_at": NOW,
}
NEW_RECALL = {"number": 2}

NEW_CERTIFICATE = {"enrollment": Other("other enrollment"), "code": "B"}

RULES = [
    Rule(
        "certificate_names_who_and_what",
        "certificate",
        refused=[NEW_CERTIFICATE | {"name": ""}, NEW_CERTIFICATE | {"title": ""}],
        taken=[NEW_CERTIFICATE],
    ),
    Rule("certificate_has_a_code", "certificate", refused=[NEW_CERTIFICATE | {"code": ""}], taken=[NEW_CERTIFICATE]),
    Rule(
        "goal_of_one_to_seven_days",
        "goal",
        refused=[{"user": Other("other person"), "days": 0}, {"user": Other("other person"), "days": 8}],
        taken=[{"user": Other("other person"), "days": days} for days in (1, 7)],
    ),
    Rule(
        "one_card_per_learner_and_question",
        "card",
        refused=[{}, NO_MEMORY],
        taken=[NEW_CARD, {"enrollment": Other("other enrollment")}],
    ),
    known("card_phase_known", "card", "phase", ["learning", "review", "relearning"], dict(NEW_CARD)),
    Rule(
        "card_stability_above_zero",
        "card",
        refused=[NEW_CARD | {"stability": 0}, NEW_CARD | {"stability": -1}],
        taken=[NEW_CARD | {"stability": 0.001}, NEW_CARD | {"stability": 36500}],
    ),
    Rule(
        "card_difficulty_in_range",
        "card",
        refused=[NEW_CARD | {"difficulty": 0.99}, NEW_CARD | {"difficulty": 10.01}],
        taken=[NEW_CARD | {"difficulty": 1}, NEW_CARD | {"difficulty": 10}],
    ),
    Rule(
        "card_remembers_what_was_recalled",
        "card",
        refused=[
            *(NEW_CARD | {name: None} for name in ("phase", "stability", "difficulty", "recalled_at", "due_at")),
            NEW_CARD | {"recalls_made": 0, "set_aside_at": NOW},
            NEW_CARD | NO_MEMORY | {"recalls_made": 1},
            NEW_CARD | NO_MEMORY | {"step": 0},
        ],
        taken=[NEW_CARD | {"step": 1}, NEW_CARD | {"step": None}, NEW_CARD | NO_MEMORY],
    ),
    Rule(
        "card_stands_for_something",
        "card",
        refused=[NEW_CARD | NO_MEMORY | {"set_aside_at": None}],
        taken=[NEW_CARD | NO_MEMORY, NEW_CARD, NEW_CARD | {"set_aside_at": NOW}],
    ),
    Rule("one_recall_per_card_and_number", "recall", refused=[{}, {"rating": 1}], taken=[NEW_RECALL]),
    Rule("recalls_count_from_one", "recall", refused=[{"number": 0}], taken=[NEW_RECALL]),
    Rule(
        "recall_rating_known",
        "recall",
        refused=[NEW_RECALL | {"rating": 0}, NEW_RECALL | {"rating": 5}],
        taken=[NEW_RECALL | {"rating": rating} for rating in (1, 2, 3, 4)],
    ),
]
