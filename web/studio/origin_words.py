"""Where a wording comes from, in words: a person, a rule, a model, or one of these and a person after it."""

from __future__ import annotations

from quizzes.drafting.proposals import BY_MODEL
from quizzes.models import ModelDraft, Origin, QuestionVersion


def origin_of(version: QuestionVersion) -> str:
    """In a few words; "" for what a person wrote."""
    name = version.drafter.partition("@")[0]
    if not name:
        return ""
    by = "drafted by a model" if name == BY_MODEL else "drafted by rule"
    return by if version.origin == Origin.DRAFTED else f"{by}, changed by a person"


def told_origin(version: QuestionVersion) -> str:
    """In sentences: which rule and version of it, or which model and prompt. A query for what a model drafted."""
    name, _, number = version.drafter.partition("@")
    changed = version.origin != Origin.DRAFTED
    if not name:
        return "Written by a person."
    if name == BY_MODEL:
        return f"Drafted by {_model(version)}{', changed by a person' if changed else ''}."
    words = f"Drafted by rule “{name.replace('_', ' ')}”"
    if changed:
        return f"{words}, changed by a person."
    return f"{words}{f', version {number}' if number else ''}. The same text gives the same draft."


def _model(version: QuestionVersion) -> str:
    """The model as it was kept with the first wording; a course file brings no more than that there was one."""
    draft = ModelDraft.objects.filter(version__question=version.question_id).order_by("version__number").first()
    if draft is None:
        return "a model"
    return f"the model {draft.model} of {draft.get_provider_display()}, prompt {draft.prompt_hash[:12]}"
