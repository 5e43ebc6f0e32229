"""The database itself keeps the rules of courses, whoever writes to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.models import Model

from tests.course.models import rules_of_people
from tests.course.models.scene import rows
from tests.factories import NOW
from tests.rules_of_tables import Other, Rule, kept_badly, rules_of, said_badly

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(days=1)
HASH = "f" * 64
NOT_THE_MENTION: dict[str, Any] = {"mention": None}
OTHER_QUESTION = UUID(int=2)


@pytest.fixture
def scene() -> dict[str, Model]:
    return rows()


RULES = [
    # Articles
    Rule(
        "one_revision_number_per_article",
        "revision",
        refused=[{"text_hash": HASH}],
        taken=[{"text_hash": HASH, "number": 2}, {"text_hash": HASH, "article": Other("other article"), "number": 7}],
    ),
    Rule(
        "same_text_same_revision",
        "revision",
        refused=[{"number": 2}],
        taken=[{"number": 2, "article": Other("other article")}],
    ),
    Rule(
        "one_passage_per_position",
        "passage",
        refused=[{}, {"kind": "heading", "start": 2}],
        taken=[{"position": 9}, {"cleaner": "another"}, {"revision": Other("other revision"), "position": 9}],
    ),
    Rule(
        "passage_has_characters",
        "passage",
        refused=[{"position": 9, "start": 4, "end": 4}, {"position": 9, "start": 5, "end": 4}],
        taken=[{"position": 9, "start": 4, "end": 5}],
    ),
    Rule(
        "passage_kind_known",
        "passage",
        refused=[{"position": 9, "kind": "poem"}, {"position": 9, "kind": ""}, {"position": 9, "kind": "HEADING"}],
        taken=[
            {"position": 9, "kind": kind} for kind in ("heading", "list_item", "pull_quote", "table", "boilerplate")
        ],
    ),
    # Anchors
    Rule(
        "anchor_has_characters",
        "anchor of a mention",
        refused=[
            {"mention": Other("other mention"), "start": 6},
            {"mention": Other("other mention"), "start": 7, "end": 6},
        ],
        taken=[{"mention": Other("other mention"), "start": 5}],
    ),
    Rule(
        "anchor_status_known",
        "anchor of a mention",
        refused=[{"mention": Other("other mention"), "status": "lost"}],
        taken=[{"mention": Other("other mention"), "status": status} for status in ("exact", "moved", "orphaned")],
    ),
    Rule(
        "anchor_has_one_source",
        "anchor of a mention",
        refused=[
            NOT_THE_MENTION,
            {"note": Other("other note")},
            {"definition": Other("other concept")},
            {"question": OTHER_QUESTION},
            NOT_THE_MENTION | {"note": Other("other note"), "question": OTHER_QUESTION},
            NOT_THE_MENTION | {"definition": Other("other concept"), "note": Other("other note")},
        ],
        taken=[
            {"mention": Other("other mention")},
            NOT_THE_MENTION | {"note": Other("other note")},
            NOT_THE_MENTION | {"definition": Other("other concept")},
            NOT_THE_MENTION | {"question": OTHER_QUESTION},
        ],
    ),
    *(
        Rule(
            f"one_anchor_per_{source}_and_revision",
            f"anchor of a {source}",
            refused=[{}, {"start": 1, "status": "moved"}],
            taken=[{"revision": Other("other revision")}, {source: other}],
        )
        for source, other in {
            "mention": Other("other mention"),
            "note": Other("other note"),
            "definition": Other("other concept"),
        }.items()
    ),
    Rule(
        "one_anchor_per_question_and_revision",
        "anchor of a question",
        refused=[{}, {"start": 1, "status": "moved"}],
        taken=[{"revision": Other("other revision")}, {"question": OTHER_QUESTION}, {"ordinal": 1}],
    ),
    # Courses and lessons
    Rule(
        "course_state_known",
        "course",
        refused=[{"slug": "new", "state": "hidden"}, {"slug": "new", "state": ""}],
        taken=[{"slug": "new", "state": state} for state in ("draft", "published", "archived")],
    ),
    Rule(
        "course_visibility_known",
        "course",
        refused=[{"slug": "new", "visibility": "friends"}],
        taken=[{"slug": "new", "visibility": who} for who in ("public", "link", "enrolled")],
    ),
    Rule(
        "certificate_for_known",
        "course",
        refused=[{"slug": "new", "certificate_for": what} for what in ("", "passed")],
        taken=[{"slug": "new", "certificate_for": what} for what in ("nothing", "reading", "passing")],
    ),
    Rule(
        "answers_are_kept_30_to_3650_days",
        "course",
        refused=[{"slug": "new", "keep_answers_days": days} for days in (0, 29, 3_651)],
        taken=[{"slug": "new", "keep_answers_days": days} for days in (None, 30, 365, 3_650)],
    ),
    Rule(
        "only_an_archived_course_has_ended",
        "course",
        refused=[{"slug": "new", "archived_at": NOW}],
        taken=[{"slug": "new", "archived_at": at, "state": "archived"} for at in (None, NOW)],
    ),
    Rule(
        "text_is_sent_to_an_address",
        "course",
        refused=[{"slug": "new", "sends_text_to": text} for text in ("yes", "ftp://ai.example", " ")],
        taken=[{"slug": "new", "sends_text_to": text} for text in ("", "https://ai.example", "http://10.0.0.7/v1")],
    ),
    Rule(
        "published_course_has_a_date",
        "course",
        refused=[{"slug": "new", "published_at": None}],
        taken=[{"slug": "new", "published_at": None, "state": state} for state in ("draft", "archived")],
    ),
    Rule(
        "one_lesson_slug_per_course",
        "lesson",
        refused=[{"position": 9}],
        taken=[{"position": 9, "slug": "new"}, {"position": 9, "slug": "the-walls", "course": Other("other course")}],
    ),
    Rule(
        "one_lesson_per_position",
        "lesson",
        refused=[{"slug": "new"}],
        taken=[{"slug": "new", "position": 2}, {"slug": "new", "position": 2, "course": Other("other course")}],
    ),
    Rule(
        "lesson_has_characters",
        "lesson",
        refused=[
            {"slug": "new", "position": 2, "start": 6, "end": 6},
            {"slug": "new", "position": 2, "start": 7, "end": 6},
        ],
        taken=[{"slug": "new", "position": 2, "start": 5, "end": 6}],
    ),
    Rule(
        "one_lesson_per_old_slug",
        "old slug",
        refused=[{}, {"lesson": Other("other lesson")}],
        taken=[{"slug": "a-lake"}, {"course": Other("other course")}],
    ),
    Rule(
        "one_decision_per_passage",
        "decision",
        refused=[{}, {"kind": "quote"}],
        taken=[{"passage": Other("other passage")}, {"course": Other("other course")}],
    ),
    Rule(
        "decided_kind_known",
        "decision",
        refused=[{"passage": Other("other passage"), "kind": "poem"}],
        taken=[{"passage": Other("other passage"), "kind": kind} for kind in ("boilerplate", "paragraph")],
    ),
    # Concepts
    Rule(
        "one_concept_slug_per_course",
        "concept",
        refused=[{}, {"term": "Another", "state": "rejected"}],
        taken=[{"slug": "new"}, {"course": Other("other course")}],
    ),
    Rule(
        "concept_state_known",
        "concept",
        refused=[{"slug": "new", "state": "liked"}],
        taken=[{"slug": "new", "state": state} for state in ("suggested", "accepted", "rejected")],
    ),
    Rule(
        "concept_kind_known",
        "concept",
        refused=[{"slug": "new", "kind": "verb"}],
        taken=[{"slug": "new", "kind": kind} for kind in ("expression", "name", "topic")],
    ),
    Rule(
        "merged_concept_has_its_target",
        "concept",
        refused=[
            {"slug": "new", "state": "merged"},
            {"slug": "new", "merged_into": Other("other concept")},
            {"slug": "new", "state": "rejected", "merged_into": Other("other concept")},
        ],
        taken=[{"slug": "new", "state": "merged", "merged_into": Other("other concept")}],
    ),
    Rule(
        "one_change_of_a_kind_per_deed_and_concept",
        "concept change",
        refused=[{}, {"undone_at": LATER}],
        taken=[{"kind": "renamed"}, {"deed": UUID(int=3)}, {"concept": Other("other concept")}],
    ),
    Rule(
        "concept_change_kind_known",
        "concept change",
        refused=[{"kind": "praised"}],
        taken=[{"kind": kind} for kind in ("renamed", "defined", "picked", "mentioned", "merged")],
    ),
    Rule(
        "concept_change_undone_later",
        "concept change",
        refused=[{"kind": "renamed", "undone_at": EARLIER}],
        taken=[{"kind": "renamed", "undone_at": NOW}, {"kind": "renamed", "undone_at": LATER}],
    ),
    # Edits and changed texts
    Rule(
        "one_text_edit_per_number",
        "edit",
        refused=[{}, {"kind": "keep"}],
        taken=[{"number": 9}, {"course": Other("other course")}],
    ),
    Rule(
        "text_edit_kind_known",
        "edit",
        refused=[{"number": 9, "kind": "burn"}],
        taken=[{"number": 9, "kind": kind} for kind in ("keep", "recast", "split", "merge", "rename", "move", "break")],
    ),
    Rule(
        "only_an_undo_undoes",
        "edit",
        refused=[{"number": 9, "kind": "undo"}, {"number": 9, "undoes": Other("other edit")}],
        taken=[{"number": 9, "kind": "undo", "undoes": Other("other edit")}],
    ),
    Rule(
        "text_change_state_known",
        "decided change",
        refused=[{"state": "lost"}],
        taken=[{"state": "discarded"}, {"state": "applied"}],
    ),
    Rule(
        "text_change_changes_the_text",
        "decided change",
        refused=[{"new": Other("revision")}, {"old": Other("other revision")}],
        taken=[{"new": Other("revision"), "old": Other("other revision")}],
    ),
    Rule(
        "applied_text_change_has_a_date",
        "decided change",
        refused=[{"applied_at": None}, {"applied_at": None, "state": "undone", "undone_at": NOW}],
        taken=[{"applied_at": None, "state": "discarded"}],
    ),
    Rule(
        "undone_text_change_has_a_date",
        "decided change",
        refused=[{"state": "undone"}],
        taken=[{"state": "undone", "undone_at": NOW}],
    ),
    Rule(
        "one_text_change_to_decide",
        "text change",
        refused=[{}, {"state": "planned"}],
        taken=[{"state": "discarded"}, {"course": Other("other course")}],
    ),
    *rules_of_people.RULES,
]
SHOWN_BY_ITSELF = {"concept_never_merges_into_itself"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_refuses_what_breaks_it_and_takes_what_just_keeps_it(scene: dict[str, Model], rule: Rule) -> None:
    assert kept_badly(rule, scene) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_form_is_told_the_same_before_anything_is_written(scene: dict[str, Model], rule: Rule) -> None:
    assert said_badly(rule, scene) == []


def test_a_concept_never_merges_into_itself(scene: dict[str, Model]) -> None:
    """Shown on the row itself, for a copy has no number of its own yet that it could name."""
    concept: Any = scene["concept"]
    concept.state, concept.merged_into = "merged", concept
    with pytest.raises(Exception, match="concept_never_merges_into_itself"):
        concept.save()


def test_every_rule_of_this_app_is_shown_here() -> None:
    assert {rule.name for rule in RULES} | SHOWN_BY_ITSELF == rules_of("course")
