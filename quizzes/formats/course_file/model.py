"""What a course file holds: plain values, no database, no ids.

Passages are named by their index in `ArticleEntry.passages`, lessons and concepts by slug, questions by a key
that means something only inside the file. Whoever imports a file makes fresh ids for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from course.reading.outline import ConceptKind, PassageKind, Span
from quizzes.late_credit import LateStep
from quizzes.pools import Pool

SEPARATOR = "\n\n"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the article, verbatim; `occurrence` counts from 1 where the same words stand there more than once."""

    text: str
    occurrence: int = 1

    def find(self, article: str) -> Span | None:
        """Where the quote stands in `article` (half-open, in its characters), or None."""
        start = -1
        for _ in range(self.occurrence):
            start = article.find(self.text, start + 1) if self.text else -1
            if start < 0:
                return None
        return Span(start, start + len(self.text))

    @classmethod
    def of(cls, article: str, span: Span) -> Quote:
        """The quote that finds exactly this span again: Quote.of(a, s).find(a) == s, unless the span is empty."""
        words, occurrence, start = span.quote(article), 1, -1
        while (start := article.find(words, start + 1)) < span.start:
            occurrence += 1
        return cls(words, occurrence)


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """One passage of the article.

    `reason` says why boilerplate is dropped, `level` is what the source said about a heading (0: nothing).
    `gap` is what stands in the text before it; None means the article's separator (nothing before the first).
    """

    kind: PassageKind
    text: str
    level: int = 0
    reason: str = ""
    gap: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """The article: who wrote it, under which rights, and every passage of it in order."""

    title: str = ""
    author: str = ""
    publisher: str = ""
    source_url: str = ""
    rights: str = ""
    language: str = ""
    separator: str = SEPARATOR
    ending: str = ""
    passages: tuple[PassageEntry, ...] = ()

    @property
    def text(self) -> str:
        """The whole text, to the character; `spans()` are measured in it."""
        parts = [part for index, passage in enumerate(self.passages) for part in (self.gap(index), passage.text)]
        return "".join([*parts, self.ending])

    def gap(self, index: int) -> str:
        """What stands in the text between the passage at `index` and the one before it."""
        gap = self.passages[index].gap
        if gap is not None:
            return gap
        return self.separator if index else ""

    def spans(self) -> tuple[Span, ...]:
        """Where each passage stands: text[span.start:span.end] == passage.text."""
        spans, at = [], 0
        for index, passage in enumerate(self.passages):
            at += len(self.gap(index))
            spans.append(Span(at, at + len(passage.text)))
            at += len(passage.text)
        return tuple(spans)


def passages_of(
    text: str, parts: Iterable[tuple[Span, PassageEntry]], *, separator: str = SEPARATOR
) -> tuple[tuple[PassageEntry, ...], str]:
    """The passages with the gaps that give `text` back to the character, and the ending after the last.

    `parts` are spans in order that do not overlap, each with an entry whose `text` and `gap` are filled in here.
    """
    entries: list[PassageEntry] = []
    at = 0
    for span, entry in parts:
        before = text[at : span.start]
        gap = None if before == (separator if entries else "") else before
        entries.append(PassageEntry(entry.kind, span.quote(text), entry.level, entry.reason, gap))
        at = span.end
    return tuple(entries), text[at:]


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """One lesson: the run of the article's passages from index `first` (from 0) up to, not including, `end`.

    Its heading and whatever is dropped in between are part of the run. Lessons stand in the order of their text and
    never overlap. `position` is the lesson's place among those of the course, from 1, where that is another order: then
    every lesson has one.
    """

    slug: str
    title: str
    first: int
    end: int
    summary: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class ConceptEntry:
    """A key concept; the order of concepts in the file is their rank. `state`: suggested, accepted, rejected.

    `reasons` say in words why it was suggested, `undrafted` why nothing could be drafted for it. `proof` has the words
    that the definition rests on, if it rests on any.
    """

    slug: str
    term: str
    kind: ConceptKind = ConceptKind.EXPRESSION
    definition: str = ""
    mentions: tuple[Quote, ...] = ()
    state: str = "accepted"
    reasons: tuple[str, ...] = ()
    undrafted: str = ""
    proof: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionEntry:
    """One question: `content` is the JSON of its kind, `evidence` the words of the article that prove its key.

    `key` names it inside the file. `concept` is a concept's slug or "". `state`: draft, in_review, published, retired;
    `origin`: human, drafted; `drafter` the rule that proposed it and its version, when drafted.
    Ids of options and sentences may be missing from the content: an importer gives fresh ones. `tags` are words that
    pools draw by. An `archived` one is asked by nobody, and `state` is what it is again when it is restored. `because`
    says why a retired one was rejected.
    """

    key: str
    kind: str
    content: Mapping[str, Any] = field(default_factory=dict)
    concept: str = ""
    evidence: tuple[Quote, ...] = ()
    state: str = "draft"
    origin: str = "human"
    drafter: str = ""
    tags: tuple[str, ...] = ()
    archived: bool = False
    because: str = ""


@dataclass(frozen=True, slots=True)
class QuizItemEntry:
    """A question in a quiz by its key, or a pool instead with the key ""; and what each question is worth there."""

    question: str
    points: Decimal = Decimal(1)
    pool: Pool | None = None


@dataclass(frozen=True, slots=True)
class QuizEntry:
    """A quiz. The order of quizzes in the file is their position in the course.

    `lesson` is a lesson's slug, "" for the whole course; `mode` is practice, check or exam; `pass_fraction` lies in
    [0, 1]; `attempts_allowed` None means any number; `navigation` is free or sequential; `result_rule` is best, last,
    first or mean; `opens_at` and `closes_at` are ISO 8601 moments or ""; an empty `feedback_policy` means the mode's
    preset. `try_penalty` and `hint_penalty` lie in [0, 1]; `tries_allowed`, `mastery_right` and `mastery_of` None mean
    no limit and no mastery. An `archived` quiz is offered to nobody.
    """

    slug: str
    title: str
    lesson: str = ""
    mode: str = "practice"
    pass_fraction: Decimal | None = None
    time_limit_seconds: int | None = None
    attempts_allowed: int | None = None
    delay_seconds: int = 0
    shuffle: bool = False
    one_by_one: bool = False
    article_open: bool = True
    navigation: str = "free"
    result_rule: str = "best"
    opens_at: str = ""
    closes_at: str = ""
    feedback_policy: Mapping[str, Any] = field(default_factory=dict)
    ask_confidence: bool = False
    tries_allowed: int | None = None
    try_penalty: Decimal = Decimal(0)
    hint_penalty: Decimal = Decimal(0)
    mastery_right: int | None = None
    mastery_of: int | None = None
    build_on_last: bool = False
    practice_after_close: bool = False
    late_credit: tuple[LateStep, ...] = ()
    archived: bool = False
    items: tuple[QuizItemEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class CourseFile:
    """A whole course. `visibility`: public, link, enrolled; `certificate_for`: nothing, reading, passing.

    `keep_answers_days` lies in 30 to 3,650, None leaves it to the installation. The course's state is not here: a file
    never publishes. Nor is the address that its text may be sent to: that is for its owner to allow, where it is.
    """

    title: str
    slug: str
    summary: str = ""
    language: str = "en"
    visibility: str = "public"
    certificate_for: str = "nothing"
    two_person_review: bool = False
    keep_answers_days: int | None = None
    article: ArticleEntry = field(default_factory=ArticleEntry)
    lessons: tuple[LessonEntry, ...] = ()
    concepts: tuple[ConceptEntry, ...] = ()
    quizzes: tuple[QuizEntry, ...] = ()
    questions: tuple[QuestionEntry, ...] = ()

    @property
    def lessons_as_read(self) -> list[LessonEntry]:
        """The lessons in the order of their positions, which is that of the text where none is given."""
        return sorted(self.lessons, key=lambda lesson: lesson.position or 0)
