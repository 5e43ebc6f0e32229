"""Where a wording comes from, in words: a person, a rule, a model, or one of these and a person after it."""

from __future__ import annotations

from language import marked, say
from quizzes.drafting.proposals import BY_MODEL
from quizzes.models import ModelDraft, Origin, QuestionVersion


def origin_of(version: QuestionVersion) -> str:
    """In a few words; "" for what a person wrote."""
    name = version.drafter.partition("@")[0]
    if not name:
        return ""
    if version.origin == Origin.DRAFTED:
        return say("drafted by a model") if name == BY_MODEL else say("drafted by rule")
    if name == BY_MODEL:
        return say("drafted by a model, changed by a person")
    return say("drafted by rule, changed by a person")


def told_origin(version: QuestionVersion) -> str:
    """In sentences: which rule and version of it, or which model and prompt. A query for what a model drafted."""
    name, _, number = version.drafter.partition("@")
    changed = version.origin != Origin.DRAFTED
    if not name:
        return say("Written by a person.")
    if name == BY_MODEL:
        said = marked("Drafted by {model}, changed by a person.") if changed else marked("Drafted by {model}.")
        return say(said, model=_model(version))
    return _told_rule(name.replace("_", " "), number, changed=changed)


def _told_rule(rule: str, number: str, *, changed: bool) -> str:
    if changed:
        return say("Drafted by rule “{rule}”, changed by a person.", rule=rule)
    if not number:
        return say("Drafted by rule “{rule}”. The same text gives the same draft.", rule=rule)
    return say(
        "Drafted by rule “{rule}”, version {number}. The same text gives the same draft.", rule=rule, number=number
    )


def _model(version: QuestionVersion) -> str:
    """The model as it was kept with the first wording; a course file brings no more than that there was one."""
    draft = ModelDraft.objects.filter(version__question=version.question_id).order_by("version__number").first()
    if draft is None:
        return say("a model")
    return say(
        "the model {model} of {provider}, prompt {prompt}",
        model=draft.model,
        provider=draft.get_provider_display(),
        prompt=draft.prompt_hash[:12],
    )
