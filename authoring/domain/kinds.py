"""The kinds of background work that authoring brings along."""

from __future__ import annotations

from accounts.notices import notice_kind

BUILD_COURSE = "build_course"
"""The kind of the job that builds a draft course; its subject is the course's uuid."""

FETCH_ARTICLE = "fetch_article"
"""The kind of the job that fetches an article from its address and has a course built of it; it has no subject."""

DRAFT_FURTHER = "draft_further"
"""The kind of the job that drafts questions on a concept with a new definition; its subject is the concept's uuid."""

PLAN_TEXT_CHANGE = "plan_text_change"
"""The kind of the job that compares a changed text with the one a course shows; its subject is the change's uuid."""

ASK_MODEL = "ask_model"
"""The kind of the job that asks a model for questions on one lesson; its subject is the lesson's uuid."""

MODEL_GAVE_UP = notice_kind(
    "model-gave-up",
    label="Drafting by a model that failed",
    one="a model drafted no questions on a part",
    many="a model drafted no questions on {n} parts",
    to_teachers=True,
)
"""What is told of a job is named here as well: whoever chooses what comes by mail has not loaded what does it."""
