"""What the tables of questions and quizzes refuse, and what they just take."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from tests.factories import NOW
from tests.rules_of_tables import Other, Rule, fraction, known

LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)
NEW_VERSION: dict[str, Any] = {"number": 3, "state": "retired"}
NEW_QUIZ = {"slug": "new"}
NEW_ITEM = {"position": 9}
ELSEWHERE = {"version": Other("other version")}

RULES = [
    Rule(
        "one_question_key_per_course",
        "question",
        refused=[{}, {"concept": Other("concept")}],
        taken=[{"key": "new"}, {"course": Other("other course")}],
    ),
    Rule(
        "one_tag_per_question_and_name",
        "tag",
        refused=[{}],
        taken=[{"name": "wall"}, {"name": "Walls"}, {"question": Other("other question")}],
    ),
    Rule(
        "one_version_number_per_question",
        "version",
        refused=[{"state": "retired"}],
        taken=[{"state": "retired", "number": 3}],
    ),
    Rule(
        "one_draft_per_question",
        "draft",
        refused=[{"number": 3}, {"number": 3, "state": "in_review"}],
        taken=[{"number": 3, "state": "retired"}, {"number": 3, "question": Other("other question")}],
    ),
    Rule(
        "one_published_version",
        "version",
        refused=[{"number": 3}],
        taken=[{"number": 3, "state": "retired"}],
    ),
    known("version_state_known", "version", "state", ["retired"], {"number": 3}),
    known("version_origin_known", "version", "origin", ["human", "drafted"], NEW_VERSION),
    Rule(
        "archived_version_is_retired",
        "version",
        refused=[
            NEW_VERSION | {"archived_from": "retired"},
            NEW_VERSION | {"archived_from": "shelf"},
            {"number": 3, "question": Other("other question"), "state": "draft", "archived_from": "draft"},
        ],
        taken=[NEW_VERSION | {"archived_from": was} for was in ("", "draft", "in_review", "published")],
    ),
    Rule(
        "published_version_was_reviewed",
        "version",
        refused=[
            {"number": 3, "reviewed_at": None},
            {"number": 3, "published_at": None},
            {"number": 3, "reviewed_at": None, "published_at": None},
        ],
        taken=[NEW_VERSION | {"reviewed_at": None}, NEW_VERSION | {"published_at": None}],
    ),
    Rule(
        "one_standing_waiver_per_finding",
        "waiver",
        refused=[{}, {"reason": "Another."}],
        taken=[{"said": "Two are long."}, {"rule": "absolutes"}, {"taken_back_at": NOW}],
    ),
    known("model_draft_provider_known", "model draft", "provider", ["openai", "anthropic"], ELSEWHERE),
    Rule(
        "model_draft_names_its_model",
        "model draft",
        refused=[ELSEWHERE | {"model": ""}],
        taken=[ELSEWHERE | {"model": "m"}],
    ),
    Rule(
        "model_draft_has_a_whole_digest",
        "model draft",
        refused=[ELSEWHERE | {"prompt_hash": digest} for digest in ("", "a" * 63)],
        taken=[ELSEWHERE | {"prompt_hash": "a" * 64}],
    ),
    Rule("waiver_has_a_reason", "waiver", refused=[{"said": "x", "reason": ""}], taken=[{"said": "x", "reason": "-"}]),
    Rule(
        "key_and_proof_are_not_waived",
        "waiver",
        refused=[{"rule": "one_key"}, {"rule": "evidence_verbatim"}],
        taken=[{"rule": "absolutes"}],
    ),
    Rule(
        "one_quiz_slug_per_course",
        "quiz",
        refused=[{}, {"title": "Another", "archived_at": NOW}],
        taken=[NEW_QUIZ, {"course": Other("other course")}],
    ),
    known("quiz_mode_known", "quiz", "mode", ["practice", "check", "exam"], NEW_QUIZ),
    known("result_rule_known", "quiz", "result_rule", ["best", "last", "first", "mean"], NEW_QUIZ),
    known("quiz_navigation_known", "quiz", "navigation", ["free", "sequential"], NEW_QUIZ),
    fraction("pass_fraction_between_0_and_1", "quiz", "pass_fraction", dict(NEW_QUIZ), may_be_absent=True),
    Rule(
        "quiz_opens_before_it_closes",
        "quiz",
        refused=[
            NEW_QUIZ | {"opens_at": NOW, "closes_at": NOW},
            NEW_QUIZ | {"opens_at": LATER, "closes_at": NOW},
        ],
        taken=[
            NEW_QUIZ | {"opens_at": NOW, "closes_at": LATER},
            NEW_QUIZ | {"opens_at": LATER, "closes_at": None},
            NEW_QUIZ | {"opens_at": None, "closes_at": EARLIER},
        ],
    ),
    *(
        Rule(
            name,
            "quiz",
            refused=[NEW_QUIZ | {field: 0}],
            taken=[NEW_QUIZ | {field: 1}, NEW_QUIZ | {field: None}],
        )
        for name, field in {
            "time_limit_positive": "time_limit_seconds",
            "attempts_allowed_positive": "attempts_allowed",
            "tries_allowed_positive": "tries_allowed",
        }.items()
    ),
    Rule(
        "penalties_between_0_and_1",
        "quiz",
        refused=[
            NEW_QUIZ | {"try_penalty": Decimal("1.000001")},
            NEW_QUIZ | {"try_penalty": Decimal("-0.1")},
            NEW_QUIZ | {"hint_penalty": Decimal(2)},
            NEW_QUIZ | {"hint_penalty": Decimal("-0.000001")},
        ],
        taken=[NEW_QUIZ | {"try_penalty": Decimal(1), "hint_penalty": Decimal(1)}, NEW_QUIZ | {"try_penalty": 0}],
    ),
    Rule(
        "mastery_is_m_of_n",
        "quiz",
        refused=[
            NEW_QUIZ | {"mastery_right": 4, "mastery_of": 3},
            NEW_QUIZ | {"mastery_right": 0, "mastery_of": 3},
        ],
        taken=[
            NEW_QUIZ | {"mastery_right": 3, "mastery_of": 3},
            NEW_QUIZ | {"mastery_right": 1, "mastery_of": 3},
            NEW_QUIZ | {"mastery_right": None, "mastery_of": None},
        ],
    ),
    Rule(
        "feedback_policy_is_an_object",
        "quiz",
        refused=[NEW_QUIZ | {"feedback_policy": [] if each is None else each} for each in (None, "exam", 3, True)],
        taken=[NEW_QUIZ | {"feedback_policy": {}}, NEW_QUIZ | {"feedback_policy": {"submitted": ["verdict"]}}],
    ),
    Rule(
        "late_credit_is_a_list",
        "quiz",
        refused=[NEW_QUIZ | {"late_credit": {} if each is None else each} for each in (None, "none", 0.5, False)],
        taken=[NEW_QUIZ | {"late_credit": []}, NEW_QUIZ | {"late_credit": [{"hours": 24, "credit": 0.5}]}],
    ),
    Rule(
        "one_item_per_position",
        "item",
        refused=[{}, {"question": Other("other question")}],
        taken=[NEW_ITEM, {"quiz": Other("other quiz"), "position": 9}],
    ),
    Rule(
        "item_points_positive",
        "item",
        refused=[NEW_ITEM | {"max_points": Decimal(0)}, NEW_ITEM | {"max_points": Decimal(-1)}],
        taken=[NEW_ITEM | {"max_points": Decimal("0.01")}, NEW_ITEM | {"max_points": Decimal("9999.99")}],
    ),
    Rule(
        "item_is_a_question_or_a_pool",
        "item",
        refused=[NEW_ITEM | {"question": None}, NEW_ITEM | {"pool": {"tag": "walls", "take": 2}}],
        taken=[NEW_ITEM | {"question": None, "pool": {"tag": "walls", "take": 2}}],
    ),
    Rule(
        "pool_takes_by_tag_or_concept",
        "item",
        refused=[
            NEW_ITEM | {"question": None, "pool": pool}
            for pool in ({}, {"take": 2}, {"tag": "walls"}, {"tag": "walls", "concept": "wall", "take": 2})
        ],
        taken=[
            NEW_ITEM | {"question": None, "pool": pool}
            for pool in ({"tag": "walls", "take": 2}, {"concept": "wall", "take": 1})
        ],
    ),
    Rule(
        "extension_gives_time",
        "extension",
        refused=[{"seconds": 0, "days": 0}],
        taken=[{"seconds": 1, "days": 0}, {"seconds": 0, "days": 1}, {"seconds": 60, "days": 2}],
    ),
    Rule(
        "extension_gained_is_an_object",
        "extension",
        refused=[{"gained": [] if each is None else each} for each in (None, "days", 3, True)],
        taken=[{"gained": {}}, {"gained": {"days": {}, "attempts": {}}}],
    ),
]
