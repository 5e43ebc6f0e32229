"""Each field of each section: what it is when nobody writes it, what it may be, and every way to get it wrong."""

from __future__ import annotations

from dataclasses import fields as fields_of_dataclass
from dataclasses import replace
from typing import Any

import pytest

from course.reading.outline import ConceptKind, PassageKind
from quizzes.formats.course_file import parse, write
from quizzes.formats.course_file.model import (
    ArticleEntry,
    ConceptEntry,
    CourseFile,
    LessonEntry,
    PassageEntry,
    Quote,
)
from quizzes.formats.course_file.parse import read_course_file

HEAD = "Postil course file, version 1\ntitle: Tides\nslug: tides\n"
ARTICLE = "== article\n"
COURSE = CourseFile("Tides", "tides")
NO_WORDS = "is written in words, after a colon."
NO_LIST = "is a list of lines that start with “- ”."
NO_QUOTES = "is a list of lines that start with “> ”."
EMPTY = "may not be empty."


def problems_after(lines: str) -> list[tuple[int, str, str]]:
    """Line, code and message of each problem of a file that ends with these lines; line 1 is the first of them."""
    before = (HEAD + ARTICLE).count("\n")
    read = read_course_file(HEAD + ARTICLE + lines)
    return [(problem.line - before, problem.code, problem.message) for problem in read.problems]


def one_concept(lines: str) -> ConceptEntry:
    return parse(f"{HEAD}{ARTICLE}== concept c\nterm: tide\n{lines}").concepts[0]


def test_a_course_of_nothing_but_its_names_has_every_default() -> None:
    assert parse(HEAD + ARTICLE) == CourseFile(
        title="Tides",
        slug="tides",
        summary="",
        language="en",
        visibility="public",
        article=ArticleEntry(separator="\n\n"),
        lessons=(),
        concepts=(),
        quizzes=(),
        questions=(),
    )


@pytest.mark.parametrize(
    ("line", "change"),
    [
        ("summary: Why the sea comes and goes.", {"summary": "Why the sea comes and goes."}),
        ("summary:\n  Why the sea comes.\n  And why it goes.", {"summary": "Why the sea comes. And why it goes."}),
        ("summary:", {"summary": ""}),
        ("language: de", {"language": "de"}),
        ("language:", {"language": ""}),
        ("visibility: public", {"visibility": "public"}),
        ("visibility: link", {"visibility": "link"}),
        ("visibility: enrolled", {"visibility": "enrolled"}),
    ],
)
def test_each_field_of_the_course_is_read(line: str, change: dict[str, Any]) -> None:
    assert parse(f"{HEAD}{line}\n{ARTICLE}") == replace(COURSE, **change)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("summary = 3", f"“summary” {NO_WORDS}"),
        ("summary:\n  - a list", f"“summary” {NO_WORDS}"),
        ("language = null", f"“language” {NO_WORDS}"),
        ("visibility: Public", "“visibility” is one of: public, link, enrolled."),
        ("visibility:", "“visibility” is one of: public, link, enrolled."),
        ("visibility: public link", "“visibility” is one of: public, link, enrolled."),
        ("visibility = true", f"“visibility” {NO_WORDS}"),
    ],
)
def test_each_wrong_field_of_the_course_is_told_at_its_line(line: str, message: str) -> None:
    read = read_course_file(f"{HEAD}{line}\n{ARTICLE}")
    assert [(problem.line, problem.code, problem.message) for problem in read.problems] == [(4, "wrong_value", message)]
    assert read.course == COURSE


@pytest.mark.parametrize(
    ("head", "problems"),
    [
        ("title: Tides", [(1, "missing", "“slug” is missing here.")]),
        ("slug: tides", [(1, "missing", "“title” is missing here.")]),
        ("", [(1, "missing", "“slug” is missing here."), (1, "missing", "“title” is missing here.")]),
        ("title:\nslug: tides", [(2, "wrong_value", f"“title” {EMPTY}")]),
        ("title: \\s\nslug: tides", [(2, "wrong_value", f"“title” {EMPTY}")]),
        ("title: Tides\nslug:", [(3, "wrong_value", f"“slug” {EMPTY}")]),
        ("title = 1\nslug: tides", [(2, "wrong_value", f"“title” {NO_WORDS}")]),
        ("title: Tides\nslug = null", [(3, "wrong_value", f"“slug” {NO_WORDS}")]),
        ("title: Tides\ntitle: Ebb\nslug: tides", [(3, "twice", "“title” is written twice.")]),
    ],
)
def test_a_course_needs_a_title_and_a_slug(head: str, problems: list[tuple[int, str, str]]) -> None:
    read = read_course_file(f"Postil course file, version 1\n{head}\n{ARTICLE}")
    assert [(problem.line, problem.code, problem.message) for problem in read.problems] == problems


@pytest.mark.parametrize(
    "name", [part.name for part in fields_of_dataclass(ArticleEntry) if part.name not in ("passages", "separator")]
)
def test_each_field_of_the_article_is_read_and_empty_when_nobody_writes_it(name: str) -> None:
    change: dict[str, Any] = {name: "Words of it"}
    assert getattr(parse(HEAD + ARTICLE).article, name) == ""
    assert parse(f"{HEAD}{ARTICLE}{name}: Words of it").article == replace(ArticleEntry(), **change)


@pytest.mark.parametrize(
    ("written", "separator"),
    [("separator: \\n", "\n"), ("separator:", ""), ("separator: \\s", " "), ("separator: \\n\\n\\n", "\n\n\n")],
)
def test_the_separator_stands_between_passages_and_not_before_the_first(written: str, separator: str) -> None:
    article = parse(f"{HEAD}{ARTICLE}{written}\n\nOne.\n\nTwo.").article
    assert article.separator == separator
    assert article.text == f"One.{separator}Two."


def test_an_ending_stands_after_the_last_passage() -> None:
    assert parse(f"{HEAD}{ARTICLE}ending: \\n\\n\\s*\n\nOne.").article.text == "One.\n\n *"


@pytest.mark.parametrize("name", ["title", "author", "publisher", "source_url", "rights", "language", "ending"])
def test_a_field_of_the_article_that_is_no_words_is_told(name: str) -> None:
    read = read_course_file(f"{HEAD}{ARTICLE}{name} = 7")
    assert [(problem.line, problem.message) for problem in read.problems] == [(5, f"“{name}” {NO_WORDS}")]
    assert read.course.article == ArticleEntry()


@pytest.mark.parametrize("kind", ["article", "outside", "lesson one", "concept c", "quiz q", "question q1"])
def test_a_field_that_means_nothing_is_told_in_every_section_but_a_question(kind: str) -> None:
    required = {
        "lesson one": "title: One\n",
        "concept c": "term: c\n",
        "quiz q": "title: Q\n",
        "question q1": "kind: x\n",
    }
    before = "" if kind == "article" else ARTICLE
    read = read_course_file(f"{HEAD}{before}== {kind}\n{required.get(kind, '')}colour: red\n")
    told = [] if kind == "question q1" else [("unknown_field", "“colour” means nothing here.")]
    assert [(problem.code, problem.message) for problem in read.problems] == told


def test_a_lesson_has_a_title_a_summary_and_the_passages_up_to_the_next_section() -> None:
    course = parse(
        f"{HEAD}{ARTICLE}\nBefore.\n== lesson one\ntitle: One\nsummary: S\n\n# A\n\nB\n== lesson two\ntitle: T"
    )
    assert course.lessons == (LessonEntry("one", "One", 1, 3, "S"), LessonEntry("two", "T", 3, 3, ""))
    assert [passage.text for passage in course.article.passages] == ["Before.", "A", "B"]


def test_a_lesson_may_say_its_place_in_the_course() -> None:
    course = parse(
        f"{HEAD}{ARTICLE}== lesson one\ntitle: One\nposition: 2\n\nA\n== lesson two\ntitle: T\nposition: 1\n\nB"
    )
    assert [(lesson.slug, lesson.position) for lesson in course.lessons] == [("one", 2), ("two", 1)]
    assert [lesson.slug for lesson in course.lessons_as_read] == ["two", "one"]


@pytest.mark.parametrize("place", ["0", "-1", "first", "1.5", "9999999999"])
def test_the_place_of_a_lesson_is_a_whole_number_from_one_on(place: str) -> None:
    read = read_course_file(f"{HEAD}{ARTICLE}== lesson one\ntitle: One\nposition: {place}\n\nA")
    told = [(problem.code, problem.message) for problem in read.problems]
    assert told == [("wrong_value", "“position” is a whole number from 1 on.")]


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        ("== lesson one\n", [(1, "missing", "“title” is missing here.")]),
        ("== lesson one\ntitle:\n", [(2, "wrong_value", f"“title” {EMPTY}")]),
        ("== lesson one\n\ntitle: One\n", [(1, "missing", "“title” is missing here.")]),
        ("== lesson one\ntitle: One\nsummary = []\n", [(3, "wrong_value", f"“summary” {NO_WORDS}")]),
        ("== outside\ntitle: One\n", [(2, "unknown_field", "“title” means nothing here.")]),
        ("== lesson one\ntitle: One\n\nText \\q\n", [
            (4, "bad_escape", "A backslash means nothing before “q”; write \\\\ for a backslash."),
        ]),
    ],
)  # fmt: skip
def test_a_wrong_lesson_is_told_at_its_line(lines: str, problems: list[tuple[int, str, str]]) -> None:
    assert problems_after(lines) == problems


def test_a_concept_of_nothing_but_its_term_has_every_default() -> None:
    assert one_concept("") == ConceptEntry("c", "tide", ConceptKind.EXPRESSION, "", (), "accepted", (), "")


@pytest.mark.parametrize(
    ("lines", "change"),
    [
        *((f"kind: {kind.value}", {"kind": kind}) for kind in ConceptKind),
        *((f"state: {state}", {"state": state}) for state in ("suggested", "accepted", "rejected")),
        ("definition: Water that goes.", {"definition": "Water that goes."}),
        ("definition:\n  Water.\n  It goes.", {"definition": "Water. It goes."}),
        ("mentions:\n  > tide", {"mentions": (Quote("tide"),)}),
        ("mentions:\n  > tide\n  >2 tide", {"mentions": (Quote("tide"), Quote("tide", 2))}),
        ("mentions:\n  >99999 tide", {"mentions": (Quote("tide", 99999),)}),
        ("mentions:\n  > tide\n    and time", {"mentions": (Quote("tide and time"),)}),
        ("mentions = []", {"mentions": ()}),
        ("reasons:\n  - stands in the title\n  -", {"reasons": ("stands in the title", "")}),
        ("undrafted: Too few words.", {"undrafted": "Too few words."}),
        ("proof:\n  > tide and time", {"proof": (Quote("tide and time"),)}),
        ("proof = []", {"proof": ()}),
    ],
)
def test_each_field_of_a_concept_is_read(lines: str, change: dict[str, Any]) -> None:
    assert one_concept(lines) == replace(ConceptEntry("c", "tide"), **change)


@pytest.mark.parametrize(
    ("lines", "line", "code", "message"),
    [
        ("kind: word", 3, "wrong_value", f"“kind” is one of: {', '.join(kind.value for kind in ConceptKind)}."),
        ("state: known", 3, "wrong_value", "“state” is one of: suggested, accepted, rejected."),
        ("definition = 1", 3, "wrong_value", f"“definition” {NO_WORDS}"),
        ("mentions: tide", 3, "wrong_value", f"“mentions” {NO_QUOTES}"),
        ("mentions:\n  - tide", 3, "wrong_value", f"“mentions” {NO_QUOTES}"),
        ("mentions:\n  >0 tide", 3, "wrong_value", f"“mentions” {NO_QUOTES}"),
        ("mentions:\n  >100000 tide", 3, "wrong_value", f"“mentions” {NO_QUOTES}"),
        ("mentions:\n  > tide\n  - tide", 5, "mixed_list", "This line does not start like the first one of its list."),
        ("mentions:\n  > tide\n  >", 5, "empty_quote", "A quote needs the words it quotes."),
        ("mentions = [1]", 3, "wrong_value", f"“mentions” {NO_QUOTES}"),
        ("reasons: because", 3, "wrong_value", f"“reasons” {NO_LIST}"),
        ("reasons = [1]", 3, "wrong_value", f"“reasons” {NO_LIST}"),
        ("undrafted = true", 3, "wrong_value", f"“undrafted” {NO_WORDS}"),
        ("proof: tide", 3, "wrong_value", f"“proof” {NO_QUOTES}"),
        ("slug: tide", 3, "unknown_field", "“slug” means nothing here."),
    ],
)
def test_each_wrong_field_of_a_concept_is_told_at_its_line(lines: str, line: int, code: str, message: str) -> None:
    assert problems_after(f"== concept c\nterm: tide\n{lines}") == [(line, code, message)]


@pytest.mark.parametrize(
    ("section", "name"), [("concept c", "term"), ("quiz q", "title"), ("question q", "kind"), ("lesson l", "title")]
)
@pytest.mark.parametrize(
    ("written", "line", "code", "message"),
    [
        ("", 1, "missing", "is missing here."),
        ("{name}:", 2, "wrong_value", EMPTY),
        ("{name}: \\s\\t\\n", 2, "wrong_value", EMPTY),
        ("{name} = 1", 2, "wrong_value", NO_WORDS),
        ("{name}:\n  - x", 2, "wrong_value", NO_WORDS),
    ],
)
def test_each_section_needs_the_field_it_is_nothing_without(
    section: str, name: str, written: str, line: int, code: str, message: str
) -> None:
    assert problems_after(f"== {section}\n{written.format(name=name)}") == [(line, code, f"“{name}” {message}")]


@pytest.mark.parametrize(
    ("sign", "kind", "level"),
    [
        ("", PassageKind.PARAGRAPH, 0),
        ("# ", PassageKind.HEADING, 0),
        *((f"{'#' * level} ", PassageKind.HEADING, level) for level in range(2, 7)),
        ("- ", PassageKind.LIST_ITEM, 0),
        ("> ", PassageKind.QUOTE, 0),
        (">> ", PassageKind.PULL_QUOTE, 0),
        ("| ", PassageKind.TABLE, 0),
        ("! ", PassageKind.FIGURE, 0),
        ("~ ", PassageKind.BOILERPLATE, 0),
    ],
)
def test_each_kind_of_passage_has_its_sign_and_is_written_with_it_again(
    sign: str, kind: PassageKind, level: int
) -> None:
    course = parse(f"{HEAD}{ARTICLE}\n{sign}Give to the harbour.")
    assert course.article.passages == (PassageEntry(kind, "Give to the harbour.", level),)
    assert f"\n{sign}Give to the harbour.\n" in write(course)


@pytest.mark.parametrize(
    ("lines", "passage"),
    [
        ("@reason: asks for money\n~ Give.", PassageEntry(PassageKind.BOILERPLATE, "Give.", reason="asks for money")),
        ("@level: 9\n# Top", PassageEntry(PassageKind.HEADING, "Top", level=9)),
        ("@level: 2\n# Top", PassageEntry(PassageKind.HEADING, "Top", level=2)),
        ("@level: 0003\nText", PassageEntry(PassageKind.PARAGRAPH, "Text", level=3)),
        ("@gap: \\n\nText", PassageEntry(PassageKind.PARAGRAPH, "Text", gap="\n")),
        ("@gap:\nText", PassageEntry(PassageKind.PARAGRAPH, "Text", gap="")),
        ("@gap: -\n@level: 1\n@reason: r\nText", PassageEntry(PassageKind.PARAGRAPH, "Text", 1, "r", "-")),
        ("@elsewhere: words", PassageEntry(PassageKind.PARAGRAPH, "@elsewhere: words")),
        ("@reason:words", PassageEntry(PassageKind.PARAGRAPH, "@reason:words")),
        ("\\@reason: words", PassageEntry(PassageKind.PARAGRAPH, "@reason: words")),
        ("####### Seven", PassageEntry(PassageKind.PARAGRAPH, "####### Seven")),
    ],
)
def test_each_attribute_of_a_passage_is_read(lines: str, passage: PassageEntry) -> None:
    assert parse(f"{HEAD}{ARTICLE}\n{lines}").article.passages == (passage,)


@pytest.mark.parametrize(
    ("lines", "line", "code"),
    [
        ("@level:\nText", 2, "attribute"),
        ("@level: -1\nText", 2, "attribute"),
        ("@level: 12345\nText", 2, "attribute"),
        ("@level: ²\nText", 2, "attribute"),
        ("@level: 1\n@level: 1\nText", 3, "attribute"),
        ("@reason: a\n\nText", 2, "empty_passage"),
        ("@reason: \\q\nText", 2, "bad_escape"),
        ("-", 2, "empty_passage"),
        ("- \\q", 2, "bad_escape"),
        ("One\n\n##", 4, "empty_passage"),
    ],
)
def test_each_wrong_passage_is_told_at_its_line(lines: str, line: int, code: str) -> None:
    assert [(at, found) for at, found, _ in problems_after(f"\n{lines}")] == [(line, code)]
