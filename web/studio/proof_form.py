"""The text of a lesson beside a question, and the words of it that prove the answer, as fields of the editor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.http import QueryDict

from authoring.domain.passages import SeenPassage, seen_passages
from authoring.domain.proofs import cut_to_passages, evidence_standing, joined, may_prove, sentences_of, words_within
from course.domain.concept_changes import Found
from course.models import Course, Lesson, Revision
from course.reading.outline import Span
from language import say
from quizzes.models import QuestionVersion

MARK = "mark"
"""What the buttons send that mark words."""
_PLACE = re.compile(r"([0-9a-f]{12})-(\d{1,9})-(\d{1,9})")
SHORT = 70


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that prove: `value` is their place as a form sends it."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to begin or end with: its number in the lesson from 1, its place, and its first words."""

    number: int
    value: str
    opening: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a passage's text; `number` is that of the sentence which begins with it, 0 within one."""

    text: str
    number: int
    is_marked: bool


@dataclass(frozen=True, slots=True)
class TextPassage:
    """A passage as it is read beside the question; its stretches are its text, nothing between them.

    `at` is the place of its first character as a form sends it, without an end; "" for a heading, which proves nothing.
    """

    at: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class ProofForm:
    """One lesson's text and all the proof that is chosen by now; `problem` says why words could not be marked."""

    lesson: Lesson
    lessons: tuple[Lesson, ...]
    passages: tuple[TextPassage, ...]
    sentences: tuple[Sentence, ...]
    chosen: tuple[Found, ...]
    words: str = ""
    problem: str = ""

    @property
    def pieces(self) -> list[Piece]:
        """What is chosen, in reading order."""
        return [Piece(place_of(each), each.words) for each in self.chosen]


def proof_form(
    course: Course, *, version: QuestionVersion | None = None, sent: QueryDict | None = None
) -> ProofForm | None:
    """The form over the lesson asked for, else the one with the evidence, else the first; None without lessons.

    `version` is the question that is edited, and `sent` what its form said, None before anything was sent; what names
    no words that learners read is left out.
    """
    lessons = tuple(Lesson.objects.filter(course=course.pk).select_related("revision").order_by("position"))
    if not lessons:
        return None
    seen = seen_passages(course)
    before = evidence_standing(course, version) if version else []
    chosen = _chosen(before, sent, lessons, seen)
    slug = sent.get("lesson", "") if sent else ""
    lesson = next((each for each in lessons if each.slug == slug), None) or _home(lessons, chosen)
    own = [each for each in seen if each.is_read and each.lesson and each.lesson.uuid == lesson.uuid]
    spans = [sentences_of(each, language=course.language) if may_prove(each) else [] for each in own]
    form = ProofForm(lesson, lessons, (), _numbered(lesson.revision, spans), tuple(chosen))
    return _drawn(_marked(form, sent, own, lessons, seen), own, spans)


def _chosen(
    before: Sequence[Found], sent: QueryDict | None, lessons: Sequence[Lesson], seen: Sequence[SeenPassage]
) -> list[Found]:
    """The evidence as it was, word for word, and whatever else was sent as far as it is read."""
    if sent is None or "proof" not in sent:
        return list(before)
    places = [place for value in sent.getlist("proof") if (place := _place(value, lessons))]
    return joined(piece for place in places for piece in ([place] if place in before else cut_to_passages(place, seen)))


def _home(lessons: Sequence[Lesson], chosen: Sequence[Found]) -> Lesson:
    """The lesson in which the first of the proof stands, else the first of all."""
    first = next(iter(chosen), None)
    holding = (
        each
        for each in lessons
        if first and each.revision_id == first.revision.pk and each.start <= first.span.start < each.end
    )
    return next(holding, lessons[0])


def _numbered(revision: Revision, spans: Iterable[Sequence[Span]]) -> tuple[Sentence, ...]:
    whole = [span for each in spans for span in each]
    return tuple(
        Sentence(number, place_of(Found(revision, span)), _opening(span.quote(revision.text)))
        for number, span in enumerate(whole, 1)
    )


def _opening(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rsplit(' ', 1)[0]} …"


def _marked(
    form: ProofForm,
    sent: QueryDict | None,
    own: Sequence[SeenPassage],
    lessons: Sequence[Lesson],
    seen: Sequence[SeenPassage],
) -> ProofForm:
    """The form after its button to mark words was pressed: by the mouse, by typing them, or by sentences."""
    words = sent.get("words", "").strip() if sent else ""
    if sent is None or sent.get("do") != MARK:
        return replace(form, words=words)
    if place := sent.get("marked", ""):
        marked, problem = _place(place, lessons), say("Select words of the text, then mark them.")
    elif words:
        marked, problem = words_within(words, own), say("These words do not stand in this part like this.")
    else:
        marked, problem = (
            _sentences(sent, lessons),
            say("Choose the sentence that begins the proof, or type its words."),
        )
    added = cut_to_passages(marked, seen) if marked else []
    if not added:
        return replace(form, words=words, problem=problem)
    return replace(form, chosen=tuple(joined([*form.chosen, *added])))


def _sentences(sent: QueryDict, lessons: Sequence[Lesson]) -> Found | None:
    """From one sentence to the other, whichever comes first; one alone where the other is not chosen."""
    ends = [place for name in ("from", "to") if (place := _place(sent.get(name, ""), lessons))]
    if not ends or any(each.revision != ends[0].revision for each in ends):
        return None
    return Found(ends[0].revision, Span(min(e.span.start for e in ends), max(e.span.end for e in ends)))


def _drawn(form: ProofForm, own: Sequence[SeenPassage], spans: Sequence[Sequence[Span]]) -> ProofForm:
    """The form with its text cut where sentences begin and where what is chosen begins and ends."""
    numbers = {span.start: n for n, span in enumerate((span for each in spans for span in each), 1)}
    marks = [each.span for each in form.chosen if each.revision == form.lesson.revision]
    return replace(form, passages=tuple(_passage(each, numbers, marks) for each in own))


def _passage(seen: SeenPassage, numbers: dict[int, int], marks: Sequence[Span]) -> TextPassage:
    within, text = seen.span, seen.revision.text
    edges = {edge for mark in marks for edge in (mark.start, mark.end)} | set(numbers)
    cuts = sorted({within.start, within.end} | {edge for edge in edges if within.start < edge < within.end})
    stretches = tuple(
        Stretch(text[start:end], numbers.get(start, 0), any(mark.start <= start < mark.end for mark in marks))
        for start, end in pairwise(cuts)
    )
    at = f"{_print(seen.revision)}-{within.start}" if may_prove(seen) else ""
    return TextPassage(at, stretches)


def place_of(found: Found) -> str:
    """The place of words as a form sends it: in which text, from where, to where."""
    return f"{_print(found.revision)}-{found.span.start}-{found.span.end}"


def _print(revision: Revision) -> str:
    return revision.text_hash[:12]


def _place(value: str, lessons: Sequence[Lesson]) -> Found | None:
    """The words at a place that a form sent; None for what is no place in the texts of the course."""
    read = _PLACE.fullmatch(value)
    if read is None:
        return None
    revision = next((each.revision for each in lessons if _print(each.revision) == read[1]), None)
    start, end = int(read[2]), int(read[3])
    if revision is None or not start < end <= len(revision.text):
        return None
    return Found(revision, Span(start, end))
