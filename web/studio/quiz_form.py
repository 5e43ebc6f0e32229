"""The settings of a quiz as its instructor is asked for them: in words, minutes and per cent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from course.models import Concept, ConceptState, Course, Enrollment
from language import say
from quizzes.domain.quiz_settings import SETTINGS, settings_problems
from quizzes.late_credit import LateStep, as_timeline
from quizzes.models import Navigation, Question, QuestionTag, QuestionVersion, Quiz, QuizMode, ResultRule
from quizzes.policy import Moment, Shown, policy_for
from quizzes.pools import MOST_TAKEN, Pool
from web.studio.moments import moment_field

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LATE_STEPS = 4
"""Rows of late credit that are asked for; a quiz that has more keeps them all."""
MODES = (
    (QuizMode.PRACTICE, gettext_lazy("Practice: answers can be checked while answering")),
    (QuizMode.CHECK, gettext_lazy("Check: it counts, and everything is shown after submitting")),
    (QuizMode.EXAM, gettext_lazy("Exam: it counts, and only the points are shown until it closes")),
)
NAVIGATIONS = (
    (Navigation.FREE, gettext_lazy("In any order")),
    (Navigation.SEQUENTIAL, gettext_lazy("One after the other, with no way back")),
)
RESULT_RULES = (
    (ResultRule.BEST, gettext_lazy("The best attempt")),
    (ResultRule.LAST, gettext_lazy("The last attempt")),
    (ResultRule.FIRST, gettext_lazy("The first attempt")),
    (ResultRule.MEAN, gettext_lazy("The mean of all attempts")),
)
MOMENTS = {
    Moment.AFTER_ANSWER: gettext_lazy("On checking an answer"),
    Moment.AFTER_SUBMIT: gettext_lazy("After submitting"),
    Moment.AFTER_CLOSE: gettext_lazy("After the closing"),
}
THINGS = {
    Shown.FRACTION: gettext_lazy("Points"),
    Shown.VERDICT: gettext_lazy("What was right"),
    Shown.FEEDBACK: gettext_lazy("Comments on the answer"),
    Shown.KEY: gettext_lazy("The right answer and why"),
    Shown.EVIDENCE: gettext_lazy("The passage that proves it"),
}
GROUPS = (
    (gettext_lazy("What it is for"), ("title", "mode")),
    (gettext_lazy("While answering"), ("navigation", "one_by_one", "shuffle", "article_open", "ask_confidence")),
    (gettext_lazy("Checking and hints"), ("tries_allowed", "try_penalty", "hint_penalty")),
    (gettext_lazy("Attempts"), ("attempts_allowed", "delay_seconds", "build_on_last", "result_rule")),
    (gettext_lazy("Time"), ("time_limit_seconds", "opens_at", "closes_at", "practice_after_close")),
    (gettext_lazy("Passing"), ("pass_fraction", "mastery_right", "mastery_of")),
)
"""The fields as the page groups them; the matrix and late credit stand beside."""


class Scaled(forms.DecimalField):
    """A number asked for in a larger unit than it is kept in: `scale` of what is kept make one of what is asked."""

    def __init__(
        self, label: StrOrPromise, scale: int, *, help_text: StrOrPromise = "", most: int, is_whole: bool = False
    ) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            min_value=Decimal(0),
            max_value=Decimal(most),
            widget=widget,
        )
        self.scale, self.is_whole = Decimal(scale), is_whole

    def kept(self, asked: Decimal | None) -> Any:
        """What is kept of a number that was asked for."""
        if asked is None:
            return None
        return round(asked * self.scale) if self.is_whole else round(asked / self.scale, 6)

    def asked(self, kept: Any) -> Any:
        """What stands in the form for a number that is kept."""
        if kept is None:
            return None
        number = Decimal(kept) / self.scale if self.is_whole else Decimal(kept) * self.scale
        return f"{number.normalize():f}"


def _minutes(label: StrOrPromise, help_text: StrOrPromise = "") -> Scaled:
    return Scaled(label, 60, help_text=help_text, most=60 * 24 * 366, is_whole=True)


def _per_cent(label: StrOrPromise, help_text: StrOrPromise = "") -> Scaled:
    return Scaled(label, 100, help_text=help_text, most=100)


def _whole(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, help_text=help_text, required=False, min_value=1, max_value=1000, widget=widget
    )


def _yes(label: StrOrPromise, help_text: StrOrPromise = "") -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False)


class QuizForm(forms.Form):
    """All settings of a quiz. `changes` gives them as the domain takes them."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=MODES, widget=forms.RadioSelect)
    matrix = forms.ChoiceField(
        label=gettext_lazy("What is shown when"),
        choices=(("preset", gettext_lazy("As the mode has it")), ("own", gettext_lazy("As chosen in this table"))),
        widget=forms.RadioSelect,
    )
    navigation = forms.ChoiceField(label=gettext_lazy("Questions"), choices=NAVIGATIONS, widget=forms.RadioSelect)
    one_by_one = _yes(gettext_lazy("One question on a page"))
    shuffle = _yes(gettext_lazy("Another order of questions for everybody"))
    article_open = _yes(gettext_lazy("The text stays open beside the questions"))
    ask_confidence = _yes(gettext_lazy("Ask how sure the learner is of each answer"))
    tries_allowed = _whole(gettext_lazy("Checks of one answer"), gettext_lazy("Empty for as many as they like."))
    try_penalty = _per_cent(
        gettext_lazy("What each check after the first costs, in per cent"), gettext_lazy("Of the question’s points.")
    )
    hint_penalty = _per_cent(
        gettext_lazy("What each hint costs, in per cent"), gettext_lazy("Of the question’s points.")
    )
    attempts_allowed = _whole(gettext_lazy("Attempts"), gettext_lazy("Empty for as many as they like."))
    delay_seconds = _minutes(gettext_lazy("Minutes between two attempts"))
    build_on_last = _yes(gettext_lazy("Each attempt begins with the answers of the last, and right ones stay"))
    result_rule = forms.ChoiceField(label=gettext_lazy("What counts"), choices=RESULT_RULES)
    time_limit_seconds = _minutes(
        gettext_lazy("Minutes for an attempt"), gettext_lazy("Empty for no limit. People with more time have more.")
    )
    opens_at = moment_field(gettext_lazy("Opens"), gettext_lazy("In UTC. Empty for at once."))
    closes_at = moment_field(gettext_lazy("Closes"), gettext_lazy("In UTC. Empty for never."))
    practice_after_close = _yes(gettext_lazy("Practice after the closing, which counts nowhere"))
    pass_fraction = _per_cent(
        gettext_lazy("To pass, in per cent of the points"), gettext_lazy("Empty for no pass mark.")
    )
    mastery_right = _whole(gettext_lazy("Mastered with so many right answers"), gettext_lazy("Empty for no mastery."))
    mastery_of = _whole(gettext_lazy("of so many last answers"))
    use_required_attribute = False

    def __init__(self, data: Any = None, *, quiz: Quiz) -> None:
        self.quiz = quiz
        super().__init__(data, initial=_asked_of(quiz, self.base_fields))
        policy = policy_for(quiz.mode, quiz.feedback_policy)
        for moment in Moment:
            self.fields[moment.value] = forms.MultipleChoiceField(
                choices=[(thing.value, THINGS[thing]) for thing in Shown], required=False, initial=policy[moment]
            )
        self.late_rows = range(max(LATE_STEPS, len(quiz.late_credit)))
        for number in self.late_rows:
            self.fields[f"late_hours_{number}"] = Scaled(gettext_lazy("Hours after closing"), 1, most=24 * 366)
            self.fields[f"late_credit_{number}"] = _per_cent(gettext_lazy("Counts, in per cent"))
        self.initial.update(_late_initial(quiz))

    def clean(self) -> dict[str, Any]:
        """Adds what the settings together do wrong, each beside its field."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        proposed = Quiz(**{**{name: getattr(self.quiz, name) for name in SETTINGS}, **self.changes()})
        for name, message in settings_problems(proposed):
            self.add_error({"feedback_policy": "matrix", "late_credit": "late_hours_0"}.get(name, name), message)
        return cleaned

    def changes(self) -> dict[str, Any]:
        """The settings as they are kept; for a form without errors in single fields."""
        kept = {name: self._kept(name) for name in SETTINGS if name in self.fields}
        for name in ("try_penalty", "hint_penalty"):
            kept[name] = kept[name] or Decimal(0)
        kept["delay_seconds"] = kept["delay_seconds"] or 0
        return {**kept, "feedback_policy": self._policy(), "late_credit": self._late_credit()}

    def _kept(self, name: str) -> Any:
        field, value = self.fields[name], self.cleaned_data.get(name)
        return field.kept(value) if isinstance(field, Scaled) else value

    def _policy(self) -> dict[str, list[str]]:
        if self.cleaned_data["matrix"] == "preset":
            return {}
        return {moment.value: self.cleaned_data[moment.value] for moment in Moment}

    def _late_credit(self) -> list[dict[str, float]]:
        steps = []
        for number in self.late_rows:
            hours, credit = self.cleaned_data.get(f"late_hours_{number}"), self._kept(f"late_credit_{number}")
            if hours is not None or credit is not None:
                steps.append(LateStep(hours or Decimal(0), credit or Decimal(0)))
        return as_timeline(steps)

    def groups(self) -> Iterator[tuple[StrOrPromise, list[Any]]]:
        """The fields as the page groups them."""
        for label, names in GROUPS:
            yield label, [self[name] for name in names]

    def table(self) -> list[tuple[StrOrPromise, list[tuple[str, str, StrOrPromise, bool]]]]:
        """The matrix in rows: what is shown, and for each moment its field, value, label and whether it is chosen."""
        chosen = {moment: set(self[moment.value].value() or ()) for moment in Moment}
        return [
            (
                THINGS[thing],
                [(moment.value, thing.value, MOMENTS[moment], thing.value in chosen[moment]) for moment in Moment],
            )
            for thing in Shown
        ]

    def table_errors(self) -> list[str]:
        """What is wrong with what was ticked in the matrix."""
        return [str(error) for moment in Moment for error in self[moment.value].errors]

    def late_steps(self) -> list[tuple[Any, Any]]:
        """The steps of late credit as pairs of fields."""
        return [(self[f"late_hours_{number}"], self[f"late_credit_{number}"]) for number in self.late_rows]


def _asked_of(quiz: Quiz, fields: dict[str, Any]) -> dict[str, Any]:
    values = {name: getattr(quiz, name) for name in SETTINGS if name in fields}
    asked = {n: fields[n].asked(v) if isinstance(fields[n], Scaled) else v for n, v in values.items()}
    return {**asked, "matrix": "own" if quiz.feedback_policy else "preset"}


def _late_initial(quiz: Quiz) -> dict[str, Any]:
    initial = {}
    for number, step in enumerate(quiz.late_credit):
        initial[f"late_hours_{number}"] = f"{Decimal(str(step['hours'])).normalize():f}"
        initial[f"late_credit_{number}"] = f"{(Decimal(str(step['credit'])) * 100).normalize():f}"
    return initial


class PoolForm(forms.Form):
    """A pool to add to a quiz: how many questions, and which they are drawn from."""

    take = forms.IntegerField(
        label=gettext_lazy("Draw so many"),
        min_value=1,
        max_value=MOST_TAKEN,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    source = forms.ChoiceField(label=gettext_lazy("of the questions"))
    max_points = forms.DecimalField(
        label=gettext_lazy("Points for each"),
        min_value=Decimal("0.01"),
        max_value=Decimal(1000),
        decimal_places=2,
        initial=1,
    )
    use_required_attribute = False

    def __init__(self, data: Any = None, *, course: Course) -> None:
        super().__init__(data)
        tags = QuestionTag.objects.filter(question__course=course.pk).values_list("name", flat=True).distinct()
        concepts = Concept.objects.filter(course=course.pk, state=ConceptState.ACCEPTED).values_list("slug", "term")
        sources = [(f"tag:{name}", say("tagged “{name}”", name=name)) for name in sorted(tags)]
        sources += [(f"concept:{slug}", say("on “{term}”", term=term)) for slug, term in concepts]
        source: Any = self.fields["source"]
        source.choices = sources

    def pool(self) -> Pool:
        """The pool that was asked for."""
        kind, _, name = self.cleaned_data["source"].partition(":")
        return Pool(self.cleaned_data["take"], **{kind: name})


class NewQuizForm(forms.Form):
    """A quiz to make: its title, what it is for, and the part it belongs to, or the whole course."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    mode = forms.ChoiceField(label=gettext_lazy("Mode"), choices=MODES)
    lesson = forms.ChoiceField(label=gettext_lazy("It belongs to"), required=False)
    use_required_attribute = False

    def __init__(self, data: Any = None, *, course: Course) -> None:
        super().__init__(data)
        self._lessons = {lesson.slug: lesson for lesson in course.lessons.order_by("position")}
        chosen: Any = self.fields["lesson"]
        chosen.choices = [("", say("The whole course")), *((slug, each.title) for slug, each in self._lessons.items())]

    def wanted(self) -> dict[str, Any]:
        """The quiz as create_quiz takes it."""
        asked = self.cleaned_data
        return {"title": asked["title"], "mode": QuizMode(asked["mode"]), "lesson": self._lessons.get(asked["lesson"])}


class ItemForm(forms.Form):
    """What is done to what a quiz asks: an item by its position goes somewhere or gets points, questions come in."""

    position = forms.IntegerField(required=False, min_value=1, max_value=100_000)
    to = forms.IntegerField(required=False, min_value=0, max_value=100_000)
    max_points = forms.DecimalField(
        required=False, min_value=Decimal("0.01"), max_value=Decimal(1000), decimal_places=2
    )
    question = forms.TypedMultipleChoiceField(required=False, coerce=str)

    def __init__(self, data: Any, *, askable: Iterable[QuestionVersion] = ()) -> None:
        super().__init__(data)
        self._askable = {str(version.uuid): version.question for version in askable}
        offered: Any = self.fields["question"]
        offered.choices = [(uuid, uuid) for uuid in self._askable]

    def questions(self) -> list[Question]:
        """The questions that were chosen, in the order of the bank."""
        chosen = set(self.cleaned_data["question"])
        return [question for uuid, question in self._askable.items() if uuid in chosen]


class PreviewForm(forms.Form):
    """For whom and when a quiz is previewed, and which draw of its questions: all of it may be left out."""

    learner = forms.ChoiceField(label=gettext_lazy("As"), required=False)
    at = moment_field(gettext_lazy("At"), gettext_lazy("In UTC. Empty for now."))
    seed = forms.IntegerField(
        label=gettext_lazy("Draw"),
        help_text=gettext_lazy("Each attempt has a number of its own, by which questions are drawn and put in order."),
        required=False,
        min_value=1,
        max_value=1_000_000,
    )
    use_required_attribute = False

    def __init__(self, data: Any, *, learners: Iterable[Enrollment]) -> None:
        self._learners = {str(enrollment.uuid): enrollment for enrollment in learners}
        super().__init__(data)
        offered: Any = self.fields["learner"]
        names = [(uuid, str(each.user)) for uuid, each in self._learners.items()]
        offered.choices = [("", say("A new learner")), *names]

    @property
    def enrollment(self) -> Enrollment | None:
        """Whose part it is; None for somebody new, or for a choice that is none."""
        return self._learners.get(self.cleaned_data.get("learner") or "")
