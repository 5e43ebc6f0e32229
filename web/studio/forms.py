"""What instructors and graders are asked: an article, what a concept means, why a question is rejected, a grade."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy

from authoring.domain.course_import import LARGEST as LARGEST_COURSE
from authoring.domain.importing import LARGEST, source_of_file, source_of_paste
from course.domain.articles import ArticleFacts
from course.reading.errors import UnreadableSource
from course.reading.fetching import address_of
from course.reading.outline import Source
from language import say
from quizzes.domain.questions import title_of
from quizzes.models import QuestionVersion, Quiz
from web.studio.limits import LARGEST_TEXT, at_most
from web.studio.origin_form import FactsForm

LONGEST_PASTE = 1_000_000
"""Characters of a paste that are looked at; the reader refuses far fewer, in its own words."""

TOO_LARGE = gettext_lazy("This file is larger than 50 MB. Save only the article’s text, or paste it.")
PASTE_TOO_LARGE = gettext_lazy(
    "This paste is larger than 2.4 MB. An article has at most 200,000 characters: paste only its text, "
    "or choose a file."
)
COURSE_TOO_LARGE = gettext_lazy(
    "This file is larger than 5 MB, the most that is taken. Split the course, or choose another file."
)

REASONS = (
    ("clue", gettext_lazy("It gives its answer away.")),
    ("trivial", gettext_lazy("It asks for a word, not a thought.")),
    ("unclear", gettext_lazy("More than one answer is right.")),
    ("evidence", gettext_lazy("The passage does not prove it.")),
    ("other", gettext_lazy("Something else.")),
)


class SourceForm(forms.Form):
    """A text: pasted or as a file."""

    ways: tuple[str, ...] = ("text", "file")
    """The fields by which a text may come in, of which one is to be used."""

    text = forms.CharField(
        label=gettext_lazy("Paste the article"),
        required=False,
        strip=False,
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", **at_most(LARGEST_TEXT, PASTE_TOO_LARGE)}),
        help_text=gettext_lazy(
            "Whole, as you copied it. Headings, donation lines and navigation are told apart for you."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".txt,.md,.html,.htm,.docx,.pdf", **at_most(LARGEST, TOO_LARGE)}),
        help_text=gettext_lazy("Text, Markdown, HTML, Word or PDF, up to 50 MB."),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A browser would cut a longer paste short without a word.
        del self.fields["text"].widget.attrs["maxlength"]

    def clean(self) -> dict[str, Any]:
        """Adds `source`, the article as it was read; a source nobody can read is an error of the field it came by."""
        cleaned = super().clean() or self.cleaned_data
        if set(self.ways) & set(self.errors):
            return cleaned
        used = [way for way in self.ways if cleaned.get(way) and str(cleaned[way]).strip()] or ["text"]
        if len(used) > 1:
            self.add_error(used[-1], self.one_way)
            return cleaned
        try:
            self._take(used[0], cleaned)
        except UnreadableSource as error:
            self.add_error(used[0], error.message)
        return cleaned

    one_way = gettext_lazy("Paste the article or choose a file, not both.")

    def _take(self, way: str, cleaned: dict[str, Any]) -> None:
        """Raises UnreadableSource."""
        cleaned["source"] = source_of_file(cleaned["file"]) if way == "file" else source_of_paste(cleaned["text"])

    @property
    def source(self) -> Source:
        return cast(Source, self.cleaned_data["source"])


class ImportForm(SourceForm, FactsForm):
    """An article, with what readers are told of its source. By its address only where the installation allows it."""

    ways = ("text", "file", "address")
    address = forms.CharField(
        label=gettext_lazy("Or give its address"),
        required=False,
        max_length=1_000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        help_text=gettext_lazy("Such as https://example.org/article. Only what everybody can read without signing in."),
    )

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Leave it empty to take the article’s own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"once": uuid4(), **kwargs.get("initial", {})}})
        if not settings.IMPORT_BY_URL:
            del self.fields["address"]
        else:
            self.one_way = gettext_lazy("Paste the article, choose a file or give its address: one of them.")

    @property
    def address_given(self) -> str:
        """The address to fetch the article from; "" when it came in itself."""
        return str(self.cleaned_data.get("address", ""))

    def _take(self, way: str, cleaned: dict[str, Any]) -> None:
        if way != "address":
            super()._take(way, cleaned)
            return
        typed = cleaned["address"]
        cleaned["address"] = str(address_of(typed if "://" in typed else f"https://{typed}"))

    def facts(self) -> ArticleFacts:
        """What the author said of the article."""
        names = ("title", "author", "publisher", "source_url", "rights")
        return ArticleFacts(**{name: self.cleaned_data[name] for name in names})


class ChangedTextForm(SourceForm):
    """The changed text of a course's article."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = say("Paste the changed text")
        self.fields["text"].help_text = say("Whole: what is not in it is taken for deleted.")


class CourseFileForm(forms.Form):
    """A course as one file."""

    file = forms.FileField(
        label=gettext_lazy("Course file"),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".postil,text/plain", **at_most(LARGEST_COURSE, COURSE_TOO_LARGE)}),
        help_text=gettext_lazy(
            "Ends in .postil, up to 5 MB. Everything that is wrong with it is told at once, with its line."
        ),
        error_messages={
            "required": gettext_lazy("Choose a course file."),
            "empty": gettext_lazy("This file is empty. Choose the course file again."),
        },
    )
    use_required_attribute = False

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_COURSE:
            raise forms.ValidationError(COURSE_TOO_LARGE)
        return upload


class ConfirmForm(forms.Form):
    """The question whose moved evidence was looked at and holds."""

    question = forms.UUIDField()


class RejectForm(forms.Form):
    """Why a drafted question is not wanted."""

    why = forms.ChoiceField(choices=REASONS, required=False)
    note = forms.CharField(max_length=300, required=False)

    def reason(self) -> str:
        """The reason in words; "" when none was given."""
        return str(self.cleaned_data["note"] or dict(REASONS).get(self.cleaned_data["why"], ""))


class UuidsField(forms.TypedMultipleChoiceField):
    """Any number of uuids under one name; whatever is none is refused."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=UUID, **kwargs)

    def valid_value(self, value: object) -> bool:
        """Whether it is a uuid at all: what it stands for is looked up in the domain."""
        return True


class GradeForm(forms.Form):
    """What a grader gives an answer: items by uuid, points by hand `of` so many, a comment, saved comments."""

    item = UuidsField(required=False)
    none = forms.BooleanField(required=False)
    of = forms.DecimalField(required=False, min_value=Decimal("0.01"), max_digits=8, decimal_places=2)
    points = forms.DecimalField(required=False, min_value=0, max_digits=8, decimal_places=2)
    comment = forms.CharField(required=False, max_length=1_000)
    keep = forms.BooleanField(required=False)
    said = UuidsField(required=False)

    def clean_points(self) -> Decimal | None:
        given: Decimal | None = self.cleaned_data["points"]
        most = self.cleaned_data.get("of") or Decimal(1)
        if given is not None and given > most:
            raise forms.ValidationError(_at_most(most))
        return given

    @property
    def own_fraction(self) -> Decimal | None:
        """The fraction given by hand: none of it, or the points that were written; None leaves it to the items."""
        if self.cleaned_data["none"]:
            return Decimal(0)
        given = self.cleaned_data["points"]
        return None if given is None else round(Decimal(given / (self.cleaned_data["of"] or Decimal(1))), 6)


def _at_most(points: Decimal) -> str:
    if points == 1:
        return say("Give at most 1 point.")
    return say("Give at most {points} points.", points=f"{points.normalize():f}")


class RubricItemForm(forms.Form):
    """An item of a rubric: what it says, what learners are told with it, and its share of the question in per cent."""

    text = forms.CharField(max_length=300)
    feedback = forms.CharField(max_length=1_000, required=False)
    share = forms.DecimalField(min_value=-100, max_value=100, max_digits=7, decimal_places=4)

    @property
    def fraction(self) -> Decimal:
        """The share as a fraction, -1..1."""
        return round(Decimal(self.cleaned_data["share"]) / 100, 6)


class RegradeForm(forms.Form):
    """What is graded again, and why: learners are told the reason."""

    quiz = forms.ChoiceField(label=gettext_lazy("Quiz"), required=False)
    question = forms.ChoiceField(label=gettext_lazy("Question"), required=False)
    only_if_higher = forms.BooleanField(
        label=gettext_lazy("Only where the new grade is higher"),
        required=False,
        help_text=gettext_lazy("Nobody loses points by it."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        help_text=gettext_lazy("Everybody whose grade changes reads this."),
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(
        self, *args: Any, quizzes: Sequence[Quiz], questions: Sequence[QuestionVersion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._quizzes = {str(quiz.uuid): quiz for quiz in quizzes}
        self._questions = {str(version.question.uuid): version.question for version in questions}
        titles = [(str(version.question.uuid), title_of(version)[:120]) for version in questions]
        self._choices("quiz").choices = [
            ("", say("Every quiz")),
            *((key, quiz.title) for key, quiz in self._quizzes.items()),
        ]
        self._choices("question").choices = [("", say("Every question")), *titles]

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("quiz") and not cleaned.get("question"):
            raise forms.ValidationError(say("Choose a quiz, a question, or both."))
        return cleaned

    @property
    def scope(self) -> dict[str, Any]:
        """What plan_regrade takes."""
        return {
            "quiz": self._quizzes.get(self.cleaned_data["quiz"]),
            "question": self._questions.get(self.cleaned_data["question"]),
            "only_if_higher": self.cleaned_data["only_if_higher"],
            "reason": self.cleaned_data["reason"],
        }


class OverrideForm(forms.Form):
    """A grade by a person's word: points of `of`, and the reason that the learner reads."""

    points = forms.DecimalField(label=gettext_lazy("Points"), min_value=0, max_digits=8, decimal_places=2)
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=1_000,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("The learner reads this."),
    )

    def __init__(self, *args: Any, of: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        self.fields["points"].help_text = say("Of {points}.", points=f"{of.normalize():f}")

    def clean_points(self) -> Decimal:
        given: Decimal = self.cleaned_data["points"]
        if given > self.of:
            raise forms.ValidationError(_at_most(self.of))
        return given

    @property
    def fraction(self) -> Decimal:
        """The points as a fraction in [0, 1], six places."""
        return round(Decimal(self.cleaned_data["points"] / self.of), 6)


class DecisionForm(forms.Form):
    """Why an appeal is decided as it is; everybody concerned reads it."""

    decision = forms.CharField(
        label=gettext_lazy("Your reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Everybody concerned reads it."),
    )
