"""What an instructor asks of the answers to a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from quizzes.domain.given_answers import AnswerFilter
from quizzes.domain.verdicts import Verdict
from quizzes.statistics.quiz import Which

WHICH = {
    Which.FIRST: "First attempts",
    Which.LAST: "Last attempts",
    Which.BEST: "Best attempts",
    Which.ALL: "All attempts",
}


class AnswersForm(forms.Form):
    """A form that is sent with GET; what makes no sense in it asks for nothing."""

    which = forms.ChoiceField(
        label="Of each learner", required=False, choices=[(key.value, WHICH[key]) for key in WHICH]
    )
    quiz = forms.ChoiceField(required=False)
    cohort = forms.ChoiceField(required=False)
    version = forms.ChoiceField(label="Wording", required=False)
    verdict = forms.ChoiceField(
        required=False, choices=[("", "Any verdict"), *((each.value, each.value.capitalize()) for each in Verdict)]
    )

    def __init__(self, data: Any, *, quizzes: Iterable[Any], cohorts: Iterable[Any], numbers: Iterable[int]) -> None:
        super().__init__(data)
        self._choose("quiz", "Any quiz", ((quiz.slug, quiz.title) for quiz in quizzes))
        self._choose("cohort", "Everybody", ((str(cohort.uuid), cohort.name) for cohort in cohorts))
        self._choose("version", "Any wording", ((str(number), f"Wording {number}") for number in numbers))

    def _choose(self, name: str, any_of_them: str, choices: Iterable[tuple[str, str]]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", any_of_them), *choices]

    @property
    def wanted(self) -> AnswerFilter:
        """What the form asks for; of each learner the first attempt where it says nothing."""
        self.is_valid()
        given = self.cleaned_data
        return AnswerFilter(
            which=Which(given.get("which") or Which.FIRST),
            quiz=given.get("quiz", ""),
            cohort=given.get("cohort", ""),
            version=int(given["version"]) if given.get("version") else None,
            verdict=given.get("verdict", ""),
        )
