"""From the text of a course file to what it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from course.reading.outline import ConceptKind
from quizzes.formats.course_file.fields import Fields
from quizzes.formats.course_file.limits import LEAST_DAYS
from quizzes.formats.course_file.model import (
    SEPARATOR,
    ArticleEntry,
    ConceptEntry,
    CourseFile,
    LessonEntry,
    QuestionEntry,
    QuizEntry,
    QuizItemEntry,
    Quote,
)
from quizzes.formats.course_file.passages import PassageReader
from quizzes.formats.course_file.problems import CourseFileProblem, ProblemLog, UnreadableCourseFile
from quizzes.formats.course_file.sections import TEXT_KINDS, Section, cut
from quizzes.formats.course_file.tree import Node, read_fields
from quizzes.late_credit import LateStep
from quizzes.pools import Pool

VISIBILITIES = ("public", "link", "enrolled")
CERTIFICATES = ("nothing", "reading", "passing")
CONCEPT_STATES = ("suggested", "accepted", "rejected")
QUESTION_STATES = ("draft", "in_review", "published", "retired")
ORIGINS = ("human", "drafted")
MODES = ("practice", "check", "exam")
NAVIGATIONS = ("free", "sequential")
RESULT_RULES = ("best", "last", "first", "mean")

ITEM = re.compile(r"([\w-]{1,80})(?: +\(([0-9]{1,4}(?:\.[0-9]{1,2})?) points?\))?\Z")
POOL = re.compile(r"draw ([0-9]{1,3}) (tagged|on) ([\w-]{1,80})(?: +\(([0-9]{1,4}(?:\.[0-9]{1,2})?) points? each\))?\Z")
LATE = re.compile(r"within ([0-9]{1,6}(?:\.[0-9]{1,6})?) hours?: ([01](?:\.[0-9]{1,6})?)\Z")


@dataclass(frozen=True, slots=True)
class ReadCourseFile:
    """A file as far as it could be read: `nodes` say on which line each part of a section stands."""

    course: CourseFile
    problems: tuple[CourseFileProblem, ...]
    nodes: Mapping[tuple[str, str], Node] = field(default_factory=dict)

    def line(self, kind: str, name: str = "", path: str = "") -> int:
        """The line of a part of a section, such as line("question", "who-holds", "options.2"); 1 if there is none."""
        node = self.nodes.get((kind, name))
        return node.line_at(path) if node else 1


def parse(text: str) -> CourseFile:
    """What the file holds. Raises UnreadableCourseFile with every problem of its form at once, in the order of lines.

    parse(write(x)) == x. What the file says is not judged here: `check` does that.
    """
    read = read_course_file(text)
    if read.problems:
        raise UnreadableCourseFile(read.problems)
    return read.course


def read_course_file(text: str) -> ReadCourseFile:
    """The file as far as it can be read, with every problem of its form; never raises, whatever the text."""
    return _Reader(text).read()


class _Reader:
    """One pass over a file; keeps what more than one section needs."""

    def __init__(self, text: str) -> None:
        self.log = ProblemLog()
        self.sections = cut(text, self.log)
        self.nodes: dict[tuple[str, str], Node] = {}
        self.passages = PassageReader(self.log)
        self.article = ArticleEntry()
        self.lessons: list[LessonEntry] = []
        self.concepts: list[ConceptEntry] = []
        self.quizzes: list[QuizEntry] = []
        self.questions: list[QuestionEntry] = []

    def read(self) -> ReadCourseFile:
        readers = {"article": self._article, "lesson": self._lesson, "outside": self._outside}
        readers |= {"concept": self._concept, "quiz": self._quiz, "question": self._question}
        for section in self.sections[1:]:
            readers[section.kind](section, self._fields(section))
        course = self._course() if self.sections else CourseFile("", "")
        return ReadCourseFile(course, self.log.in_order(), self.nodes)

    def _fields(self, section: Section) -> Fields:
        lines = section.lines[: _head_length(section)] if section.kind in TEXT_KINDS else section.lines
        node = read_fields(lines, self.log, line=section.line)
        self.nodes[section.kind, section.name] = node
        return Fields(node, self.log)

    def _read_text(self, section: Section) -> None:
        self.passages.read(section.lines[_head_length(section) :])

    def _course(self) -> CourseFile:
        head = self.sections[0]
        fields = self._fields(head)
        if not any(section.kind == "article" for section in self.sections):
            self.log.add(1, "no_article", "The file has no article; write “== article” before the first lesson.")
        course = CourseFile(
            title=fields.required("title"),
            slug=fields.required("slug"),
            summary=fields.text("summary"),
            language=fields.text("language", "en"),
            visibility=fields.one_of("visibility", VISIBILITIES, "public"),
            certificate_for=fields.one_of("certificate_for", CERTIFICATES, "nothing"),
            two_person_review=fields.yes_no("two_person_review", False),
            keep_answers_days=fields.whole("keep_answers_days", None, least=LEAST_DAYS),
            article=self._whole_article(),
            lessons=tuple(self.lessons),
            concepts=tuple(self.concepts),
            quizzes=tuple(self.quizzes),
            questions=tuple(self.questions),
        )
        fields.refuse_rest()
        return course

    def _whole_article(self) -> ArticleEntry:
        article = self.article
        passages = tuple(self.passages.passages)
        for index, line in enumerate(self.passages.lines):
            self.nodes["passage", str(index)] = Node(line, None)
        values = (article.title, article.author, article.publisher, article.source_url, article.rights)
        return ArticleEntry(*values, article.language, article.separator, article.ending, passages)

    def _article(self, section: Section, fields: Fields) -> None:
        if self.passages.passages:
            self.log.add(section.line, "order", "“== article” stands before the first lesson.")
        self.article = ArticleEntry(
            title=fields.text("title"),
            author=fields.text("author"),
            publisher=fields.text("publisher"),
            source_url=fields.text("source_url"),
            rights=fields.text("rights"),
            language=fields.text("language"),
            separator=fields.text("separator", SEPARATOR),
            ending=fields.text("ending"),
        )
        fields.refuse_rest()
        self._read_text(section)

    def _lesson(self, section: Section, fields: Fields) -> None:
        first = len(self.passages.passages)
        self._read_text(section)
        end = len(self.passages.passages)
        title, summary = fields.required("title"), fields.text("summary")
        position = fields.whole("position", None, least=1)
        fields.refuse_rest()
        self.lessons.append(LessonEntry(section.name, title, first, end, summary, position))

    def _outside(self, section: Section, fields: Fields) -> None:
        fields.refuse_rest()
        self._read_text(section)

    def _concept(self, section: Section, fields: Fields) -> None:
        concept = ConceptEntry(
            slug=section.name,
            term=fields.required("term"),
            kind=ConceptKind(fields.one_of("kind", [kind.value for kind in ConceptKind], "expression")),
            definition=fields.text("definition"),
            mentions=fields.quotes("mentions"),
            state=fields.one_of("state", CONCEPT_STATES, "accepted"),
            reasons=fields.words("reasons"),
            undrafted=fields.text("undrafted"),
            proof=fields.quotes("proof"),
        )
        fields.refuse_rest()
        self.concepts.append(concept)

    def _question(self, section: Section, fields: Fields) -> None:
        kind, concept = fields.required("kind"), fields.text("concept")
        evidence: tuple[Quote, ...] = fields.quotes("evidence")
        state = fields.one_of("state", QUESTION_STATES, "draft")
        origin, drafter = fields.one_of("origin", ORIGINS, "human"), fields.text("drafter")
        tags, archived = fields.words("tags"), fields.yes_no("archived", False)
        because = fields.text("because")
        content = self._content(fields)
        entry = QuestionEntry(section.name, kind, content, concept, evidence, state, origin, drafter, tags, archived)
        self.questions.append(replace(entry, because=because))

    def _content(self, fields: Fields) -> Mapping[str, Any]:
        """What is left of a question's fields, or its field "content" where the content's names would collide."""
        whole = fields.node.children.get("content")
        content = fields.record("content") if whole else fields.rest()
        if whole:
            fields.refuse_rest()
        holder = whole or fields.node
        self._refuse_quotes(part for name, part in holder.children.items() if name in content)
        return content

    def _refuse_quotes(self, nodes: Iterable[Node]) -> None:
        """Only evidence, mentions and proof are quoted with “>”: everything else is plain JSON."""
        found = list(nodes)
        for node in found:
            found.extend(node.children.values())
            if isinstance(node.value, Quote):
                self.log.add(node.line, "quote_here", "Quotes stand under “evidence”; a list starts with “- ”.")

    def _quiz(self, section: Section, fields: Fields) -> None:
        quiz = QuizEntry(
            slug=section.name,
            title=fields.required("title"),
            lesson=fields.text("lesson"),
            mode=fields.one_of("mode", MODES, "practice"),
            pass_fraction=fields.fraction("pass_fraction"),
            time_limit_seconds=fields.whole("time_limit_seconds", None, least=1),
            attempts_allowed=fields.whole("attempts_allowed", None, least=1),
            delay_seconds=fields.whole("delay_seconds", 0) or 0,
            shuffle=fields.yes_no("shuffle", False),
            one_by_one=fields.yes_no("one_by_one", False),
            article_open=fields.yes_no("article_open", True),
            navigation=fields.one_of("navigation", NAVIGATIONS, "free"),
            result_rule=fields.one_of("result_rule", RESULT_RULES, "best"),
            opens_at=fields.moment("opens_at"),
            closes_at=fields.moment("closes_at"),
            feedback_policy=self._policy(fields),
            ask_confidence=fields.yes_no("ask_confidence", False),
            tries_allowed=fields.whole("tries_allowed", None, least=1),
            try_penalty=fields.fraction("try_penalty") or Decimal(0),
            hint_penalty=fields.fraction("hint_penalty") or Decimal(0),
            mastery_right=fields.whole("mastery_right", None, least=1),
            mastery_of=fields.whole("mastery_of", None, least=1),
            build_on_last=fields.yes_no("build_on_last", False),
            practice_after_close=fields.yes_no("practice_after_close", False),
            late_credit=self._late_credit(fields),
            archived=fields.yes_no("archived", False),
            items=self._items(fields),
        )
        fields.refuse_rest()
        self.quizzes.append(quiz)

    def _policy(self, fields: Fields) -> Mapping[str, Any]:
        if policy := fields.node.children.get("feedback_policy"):
            self._refuse_quotes([policy])
        return fields.record("feedback_policy")

    def _late_credit(self, fields: Fields) -> tuple[LateStep, ...]:
        steps = []
        for index, words in enumerate(fields.words("late_credit")):
            if found := LATE.match(words):
                steps.append(LateStep(Decimal(found[1]), Decimal(found[2])))
            else:
                message = "Write a step of late credit as “within 24 hours: 0.8”."
                self.log.add(fields.node.line_at(f"late_credit.{index}"), "wrong_step", message)
        return tuple(steps)

    def _items(self, fields: Fields) -> tuple[QuizItemEntry, ...]:
        items = []
        for index, words in enumerate(fields.words("questions")):
            item = _item(words)
            if item is not None and item.points > 0:
                items.append(item)
            else:
                message = "Write the question’s key, “key (2 points)” with more than 0 points, or “draw 2 tagged word”."
                self.log.add(fields.node.line_at(f"questions.{index}"), "wrong_item", message)
        return tuple(items)


def _item(words: str) -> QuizItemEntry | None:
    if pool := POOL.match(words):
        source = {"tag" if pool[2] == "tagged" else "concept": pool[3]}
        return QuizItemEntry("", Decimal(pool[4] or 1), Pool(int(pool[1]), **source))
    found = ITEM.match(words)
    return QuizItemEntry(found[1], Decimal(found[2] or 1)) if found else None


def _head_length(section: Section) -> int:
    """A section of text starts with its fields, up to the first blank line."""
    return next((at for at, line in enumerate(section.lines) if not line.words), len(section.lines))
