"""Whether a course file can be imported as it stands, and what its author should look at, line by line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from course.reading.outline import PassageKind
from quizzes.drafting.lint import lint, lint_quiz
from quizzes.formats.course_file.limits import beyond_limits
from quizzes.formats.course_file.model import CourseFile, QuestionEntry, QuizEntry, Quote
from quizzes.formats.course_file.parse import ReadCourseFile, read_course_file
from quizzes.formats.course_file.problems import CourseFileProblem, ProblemLog
from quizzes.late_credit import timeline_problems
from quizzes.policy import policy_problems
from quizzes.pools import Pool, as_stored, pool_problems, shortages
from quizzes.questions import UnknownKind, kinds, question_type
from quizzes.questions.ids import with_fresh_ids

SLUG = re.compile(r"[A-Za-z0-9_-]{1,80}\Z")
MAX_COMPARED = 100
"""So many questions of a quiz are compared with each other: pairs grow with the square."""
NOT_READ = (PassageKind.HEADING, PassageKind.PULL_QUOTE, PassageKind.BOILERPLATE)
LINT_SAID_ALREADY = ("evidence_verbatim", "one_key", "option_twice")
"""Lint rules that repeat what is checked here as an error."""
LOOKALIKES = str.maketrans("“”„«»‘’‚‐‑–—\u00a0\u2009\u202f", '"""""\'\'\'----   ')


def check(text: str) -> list[CourseFileProblem]:
    """Every problem of a file in the order of its lines, warnings among them; empty means nothing to mend.

    Beyond the form: evidence, mentions and proof verbatim in the article, kinds that exist and content they accept,
    names that are known, lessons with something to read, quizzes with questions. Never raises, whatever the text.
    """
    read = read_course_file(text)
    log = ProblemLog()
    for problem in read.problems:
        log.add(problem.line, problem.code, problem.message)
    if read.course.title or read.nodes:
        _Check(read, log).run()
    return list(log.in_order())


class _Check:
    """The rules over one file that was read; each adds what it finds to the log."""

    def __init__(self, read: ReadCourseFile, log: ProblemLog) -> None:
        self.read = read
        self.log = log
        self.course: CourseFile = read.course
        self.text = read.course.article.text

    def run(self) -> None:
        self._course()
        self._lessons()
        self._concepts()
        for question in self.course.questions:
            self._question(question)
        for quiz in self.course.quizzes:
            self._quiz(quiz)
        self._unasked()
        for place, code, message in beyond_limits(self.course):
            self.tell(place, code, message)

    def tell(self, place: tuple[str, ...], code: str, message: str, *, warning: bool = False) -> None:
        """`place` is the section's kind, its name, and the dotted path of a part of it."""
        self.log.add(self.read.line(*place), code, message, warning=warning)

    def _course(self) -> None:
        names = [("course", "", self.course.slug)]
        names += [("lesson", entry.slug, entry.slug) for entry in self.course.lessons]
        names += [("concept", entry.slug, entry.slug) for entry in self.course.concepts]
        names += [("quiz", entry.slug, entry.slug) for entry in self.course.quizzes]
        for kind, name, slug in names:
            if slug and not SLUG.match(slug):
                self.tell((kind, name, "slug"), "no_slug", f"“{slug}” is no address: use letters, digits, - and _.")

    def _lessons(self) -> None:
        if not self.course.lessons:
            message = "The course has no lesson yet, so it cannot be published."
            self.tell(("article",), "no_lesson", message, warning=True)
        for lesson in self.course.lessons:
            passages = self.course.article.passages[lesson.first : lesson.end]
            if all(passage.kind in NOT_READ for passage in passages):
                message = f"The lesson “{lesson.slug}” has nothing to read."
                self.tell(("lesson", lesson.slug), "lesson_without_passages", message, warning=bool(passages))
        self._positions()

    def _positions(self) -> None:
        lessons = self.course.lessons
        given = Counter(lesson.position for lesson in lessons)
        for lesson in lessons if any(given.keys() - {None}) else ():
            place = ("lesson", lesson.slug)
            if lesson.position is None:
                self.tell(place, "wrong_position", "Other lessons have a position, so this one needs one too.")
            elif lesson.position > len(lessons):
                message = f"There are {len(lessons)} lessons, so no position is higher than that."
                self.tell((*place, "position"), "wrong_position", message)
            elif given[lesson.position] > 1:
                message = f"More than one lesson has position {lesson.position}."
                self.tell((*place, "position"), "wrong_position", message)

    def _concepts(self) -> None:
        terms = Counter(concept.term.casefold() for concept in self.course.concepts if concept.state == "accepted")
        for concept in self.course.concepts:
            place = ("concept", concept.slug)
            if concept.state == "accepted" and terms[concept.term.casefold()] > 1:
                message = f"“{concept.term}” is the term of another concept too."
                self.tell((*place, "term"), "term_twice", message, warning=True)
            if concept.state == "accepted" and not concept.mentions:
                message = f"“{concept.term}” has no mention in the article."
                self.tell(place, "concept_without_mention", message, warning=True)
            if concept.state == "accepted" and not concept.definition:
                self.tell(place, "no_definition", f"“{concept.term}” has no definition yet.", warning=True)
            self._quotes(place, "mentions", concept.mentions)
            self._quotes(place, "proof", concept.proof)
            if len(concept.proof) > 1:
                self.tell((*place, "proof.1"), "twice", "A definition rests on one quote. Keep one of them.")

    def _quotes(self, place: tuple[str, str], name: str, quotes: Iterable[Quote]) -> None:
        for index, quote in enumerate(quotes):
            # A full log stops the search: a hostile file may miss a hundred thousand quotes.
            if not self.log.is_full and quote.find(self.text) is None:
                self.tell((*place, f"{name}.{index}"), "not_in_article", _not_found(quote, self.text))

    def _question(self, question: QuestionEntry) -> None:
        place = ("question", question.key)
        if question.concept and question.concept not in {concept.slug for concept in self.course.concepts}:
            self.tell((*place, "concept"), "unknown_concept", f"There is no concept “{question.concept}”.")
        if question.archived and question.state == "retired":
            message = "A retired question was rejected, so it cannot be archived too. Leave out one of both."
            self.tell((*place, "archived"), "wrong_archived", message)
        if question.because and question.state != "retired":
            message = "Only a retired question was rejected, so only there it says because of what."
            self.tell((*place, "because"), "wrong_value", message)
        if not question.evidence:
            message = "A question needs the words of the article that prove its answer."
            self.tell(place, "no_evidence", message, warning=True)
        self._quotes(place, "evidence", question.evidence)
        if question.kind:
            self._content(place, question)

    def _content(self, place: tuple[str, str], question: QuestionEntry) -> None:
        try:
            kind = question_type(question.kind)
        except UnknownKind:
            known = ", ".join(sorted(kind.kind for kind in kinds()))
            self.tell((*place, "kind"), "unknown_kind", f"There is no kind “{question.kind}”; the kinds are: {known}.")
            return
        under = "content." if "content" in self.read.nodes[place].children else ""
        problems = kind.check(_with_ids(question))
        for problem in problems:
            self.tell((*place, under + problem.field), problem.code, problem.message)
        if not problems:
            self._lint(place, question)

    def _lint(self, place: tuple[str, str], question: QuestionEntry) -> None:
        evidence = [quote.text for quote in question.evidence]
        for finding in lint(question.kind, question.content, evidence=evidence, article=self.text):
            if finding.rule not in LINT_SAID_ALREADY:
                self.tell((*place, "stem"), finding.rule, finding.message, warning=True)

    def _quiz(self, quiz: QuizEntry) -> None:
        place = ("quiz", quiz.slug)
        if quiz.lesson and quiz.lesson not in {lesson.slug for lesson in self.course.lessons}:
            self.tell((*place, "lesson"), "unknown_lesson", f"There is no lesson “{quiz.lesson}”.")
        self._items(place, quiz)
        self._rules(place, quiz)
        if not quiz.archived:
            self._unfinished(place, quiz)
            self._lint_quiz(quiz)

    def _items(self, place: tuple[str, str], quiz: QuizEntry) -> None:
        known = {question.key for question in self.course.questions}
        seen: set[str] = set()
        for index, item in enumerate(quiz.items):
            at = (*place, f"questions.{index}")
            if item.pool is not None:
                if problem := next(pool_problems(as_stored(item.pool)), ""):
                    self.tell(at, "wrong_pool", problem)
            elif item.question not in known:
                self.tell(at, "unknown_question", f"There is no question “{item.question}”.")
            elif item.question in seen:
                self.tell(at, "question_twice", f"“{item.question}” is in this quiz already.")
            seen.add(item.question)

    def _unfinished(self, place: tuple[str, str], quiz: QuizEntry) -> None:
        """What an instructor may leave for later: publishing refuses it, importing does not."""
        if not quiz.items:
            message = f"The quiz “{quiz.slug}” has no questions."
            self.tell(place, "quiz_without_questions", message, warning=True)
        places = {item.pool: index for index, item in enumerate(quiz.items) if item.pool}
        reaches = [(item.pool, self._reach(item.pool)) for item in quiz.items if item.pool]
        seated = {item.question for item in quiz.items}
        fixed = {number for number, each in enumerate(self.course.questions) if each.key in seated}
        for pool, sure in shortages(reaches, fixed=fixed):
            message = f"The pool draws {pool}, and can be sure of {sure}."
            self.tell((*place, f"questions.{places[pool]}"), "small_pool", message, warning=True)

    def _reach(self, pool: Pool) -> set[int]:
        """The questions that the pool may draw, by their places in the file."""
        return {
            number
            for number, each in enumerate(self.course.questions)
            if _is_wanted(each) and (pool.tag in each.tags if pool.tag else each.concept == pool.concept)
        }

    def _rules(self, place: tuple[str, str], quiz: QuizEntry) -> None:
        if quiz.opens_at and quiz.closes_at and not _is_before(quiz.opens_at, quiz.closes_at):
            self.tell((*place, "closes_at"), "closes_before_it_opens", "The quiz closes before it opens.")
        for problem in policy_problems(quiz.feedback_policy):
            self.tell((*place, "feedback_policy"), "wrong_policy", problem)
        timeline = [{"hours": str(step.hours), "credit": str(step.credit)} for step in quiz.late_credit]
        for problem in timeline_problems(timeline):
            self.tell((*place, "late_credit"), "wrong_late_credit", problem)
        if not quiz.closes_at and (quiz.late_credit or quiz.practice_after_close):
            message = "Late credit and practice after the close need a quiz that closes."
            self.tell(place, "never_closes", message)
        right, of = quiz.mastery_right, quiz.mastery_of
        if (right is None) != (of is None) or (right or 0) > (of or 0):
            message = "Mastery is so many right answers, of at least as many; write both."
            self.tell((*place, "mastery_of"), "wrong_mastery", message)

    def _lint_quiz(self, quiz: QuizEntry) -> None:
        by_key = {question.key: question for question in self.course.questions}
        places = [index for index, item in enumerate(quiz.items) if item.question in by_key][:MAX_COMPARED]
        asked = [by_key[quiz.items[index].question] for index in places]
        for found in lint_quiz([(question.kind, question.content) for question in asked]):
            message = f"{found.finding.message} (The other one: {asked[found.other].key}.)"
            at = f"questions.{places[found.question]}"
            self.tell(("quiz", quiz.slug, at), found.finding.rule, message, warning=True)

    def _unasked(self) -> None:
        items = [item for quiz in self.course.quizzes for item in quiz.items]
        asked = {item.question for item in items}
        tags = {item.pool.tag for item in items if item.pool and item.pool.tag}
        concepts = {item.pool.concept for item in items if item.pool and item.pool.concept}
        for question in self.course.questions:
            is_drawn = question.concept in concepts or not tags.isdisjoint(question.tags)
            if question.key not in asked and not is_drawn and _is_wanted(question):
                self.tell(("question", question.key), "unasked", "No quiz asks this question.", warning=True)


def _is_wanted(question: QuestionEntry) -> bool:
    """Whether a quiz may ask it, once it is published."""
    return question.state != "retired" and not question.archived


def _with_ids(question: QuestionEntry) -> Mapping[str, Any]:
    """The content with an id for every row; content too broken for ids is checked as it stands."""
    try:
        return with_fresh_ids(question.kind, question.content, question.key)
    except (TypeError, AttributeError):
        return question.content


def _is_before(moment: str, other: str) -> bool:
    """Compared as moments: their letters are in another order where their offsets differ."""
    return datetime.fromisoformat(moment) < datetime.fromisoformat(other)


def _not_found(quote: Quote, text: str) -> str:
    if Quote(quote.text).find(text):
        return f"The article holds these words fewer than {quote.occurrence} times."
    if _flat(quote.text) in _flat_article(text):
        return "The article holds these words with other quotation marks, dashes or spaces; copy them exactly."
    return f"The article does not hold these words: “{_short(quote.text)}”."


def _flat(text: str) -> str:
    return " ".join(text.translate(LOOKALIKES).casefold().split())


@lru_cache(maxsize=2)
def _flat_article(text: str) -> str:
    """Flattened once for a file: a hostile one may miss thousands of quotes."""
    return _flat(text)


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
