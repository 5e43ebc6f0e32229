"""A small course file that says something in every kind of section, and everything a course keeps of it."""

from __future__ import annotations

from course.models import Anchor, Article, Concept, Course, Enrollment, Lesson, Passage, Revision
from quizzes.models import Question, QuestionTag, QuestionVersion, Quiz, QuizItem

TIDES = """Postil course file, version 1
title: Tides
slug: tides
language: en
== article
title: Of tides
source_url: https://example.org/tides
== lesson one
title: One
summary: About the sea.

# The tides

The sea rises twice a day. The moon pulls it.

@reason: donation
~ Give us money today, please.

- A list line about water.

== lesson two
title: Two

The wind blows from the west. It carries rain.

== concept tide
term: tide
kind: topic
definition: A rise of the sea.
mentions:
  > tides
proof:
  > The sea rises twice a day.

== quiz first
title: First
lesson: one
mode: check
pass_fraction: 0.5
time_limit_seconds: 600
attempts_allowed: 2
opens_at: 2026-01-31T09:00:00+00:00
closes_at: 2026-02-28T09:00:00+00:00
tries_allowed: 3
try_penalty: 0.25
mastery_right: 1
mastery_of: 2
late_credit:
  - within 24 hours: 0.8
questions:
  - q1 (1.5 points)
  - q2
  - draw 1 tagged water (2 points each)

== question q1
kind: single_choice
concept: tide
state: published
tags:
  - water
stem: What pulls the sea?
options:
  [x] The moon
  [ ] The wind
evidence:
  > The moon pulls it.

== question q2
kind: true_false
state: draft
stem: The wind blows from the west.
answer: true
evidence:
  > The wind blows from the west.
"""

ROWS = (
    *(Article, Revision, Passage, Anchor, Course, Enrollment, Lesson, Concept),
    *(Question, QuestionTag, QuestionVersion, Quiz, QuizItem),
)


def rows_kept() -> dict[str, int]:
    """How many rows of each sort there are."""
    return {model.__name__: model._default_manager.count() for model in ROWS}


def with_questions(count: int) -> str:
    """The file with so many more questions, each with a tag, a mention of its own evidence and a seat."""
    seats = "".join(f"  - more-{number}\n" for number in range(count))
    questions = "".join(
        f"\n== question more-{number}\nkind: true_false\nconcept: tide\nstate: {state}\ntags:\n  - extra\n"
        f"stem: It carries rain number {number}.\nanswer: true\nevidence:\n  > It carries rain.\n"
        for number in range(count)
        for state in [("published", "draft", "retired", "in_review")[number % 4]]
    )
    return TIDES.replace("  - q2\n", f"  - q2\n{seats}", 1) + questions
