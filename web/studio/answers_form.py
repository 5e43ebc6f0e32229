"""What an instructor asks of the answers to a question."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from language import say
from quizzes.domain.given_answers import AnswerFilter
from quizzes.domain.verdicts import Verdict
from quizzes.statistics.quiz import Which

WHICH = {
    Which.FIRST: gettext_lazy("First attempts"),
    Which.LAST: gettext_lazy("Last attempts"),
    Which.BEST: gettext_lazy("Best attempts"),
    Which.ALL: gettext_lazy("All attempts"),
}
VERDICTS = {
    Verdict.RIGHT: gettext_lazy("Right"),
    Verdict.PARTLY: gettext_lazy("Partly right"),
    Verdict.WRONG: gettext_lazy("Not right"),
    Verdict.UNANSWERED: gettext_lazy("Not answered"),
    Verdict.WAITS: gettext_lazy("Waits for a person"),
    Verdict.BEING_GRADED: gettext_lazy("Being graded"),
}


class AnswersForm(forms.Form):
    """A form that is sent with GET; what makes no sense in it asks for nothing."""

    which = forms.ChoiceField(
        label=gettext_lazy("Of each learner"), required=False, choices=[(key.value, WHICH[key]) for key in WHICH]
    )
    quiz = forms.ChoiceField(required=False)
    cohort = forms.ChoiceField(required=False)
    version = forms.ChoiceField(label=gettext_lazy("Wording"), required=False)
    verdict = forms.ChoiceField(
        required=False,
        choices=[("", gettext_lazy("Any verdict")), *((each.value, VERDICTS[each]) for each in Verdict)],
    )

    def __init__(self, data: Any, *, quizzes: Iterable[Any], cohorts: Iterable[Any], numbers: Iterable[int]) -> None:
        super().__init__(data)
        self._choose("quiz", say("Any quiz"), ((quiz.slug, quiz.title) for quiz in quizzes))
        self._choose("cohort", say("Everybody"), ((str(cohort.uuid), cohort.name) for cohort in cohorts))
        self._choose(
            "version", say("Any wording"), ((str(number), say("Wording {number}", number=number)) for number in numbers)
        )

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
