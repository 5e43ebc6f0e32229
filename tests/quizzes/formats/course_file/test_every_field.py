"""Each field of each section: what it is when nobody writes it, what it may be, and every way to get it wrong."""

from __future__ import annotations

from dataclasses import fields as fields_of_dataclass
from dataclasses import replace
from decimal import Decimal
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
    QuestionEntry,
    QuizEntry,
    QuizItemEntry,
    Quote,
)
from quizzes.formats.course_file.parse import read_course_file

HEAD = "Postil course file, version 1\ntitle: Tides\nslug: tides\n"
ARTICLE = "== article\n"
COURSE = CourseFile("Tides", "tides")
NO_WORDS = "is written in words, after a colon."
NO_LIST = "is a list of lines that start with “- ”."
NO_QUOTES = "is a list of lines that start with “> ”."
NO_RECORD = "holds fields of its own, further in."
NO_WHOLE_FROM_1 = "is a whole number from 1 on."
NO_FRACTION = "lies between 0 and 1, such as 0.7."
NO_MOMENT = "is a moment with its offset, such as 2026-01-31T09:00:00+00:00."
EMPTY = "may not be empty."


def problems_after(lines: str) -> list[tuple[int, str, str]]:
    """Line, code and message of each problem of a file that ends with these lines; line 1 is the first of them."""
    before = (HEAD + ARTICLE).count("\n")
    read = read_course_file(HEAD + ARTICLE + lines)
    return [(problem.line - before, problem.code, problem.message) for problem in read.problems]


def one_quiz(lines: str) -> QuizEntry:
    return parse(f"{HEAD}{ARTICLE}== quiz q\ntitle: Q\n{lines}").quizzes[0]


def one_concept(lines: str) -> ConceptEntry:
    return parse(f"{HEAD}{ARTICLE}== concept c\nterm: tide\n{lines}").concepts[0]


def one_question(lines: str) -> QuestionEntry:
    return parse(f"{HEAD}{ARTICLE}== question q1\nkind: oracle\n{lines}").questions[0]


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
        ("slug: tide", 3, "unknown_field", "“slug” means nothing here."),
    ],
)
def test_each_wrong_field_of_a_concept_is_told_at_its_line(lines: str, line: int, code: str, message: str) -> None:
    assert problems_after(f"== concept c\nterm: tide\n{lines}") == [(line, code, message)]


def test_a_quiz_of_nothing_but_its_title_has_every_default() -> None:
    assert one_quiz("") == QuizEntry(
        slug="q",
        title="Q",
        lesson="",
        mode="practice",
        pass_fraction=None,
        time_limit_seconds=None,
        attempts_allowed=None,
        delay_seconds=0,
        shuffle=False,
        one_by_one=False,
        article_open=True,
        navigation="free",
        result_rule="best",
        opens_at="",
        closes_at="",
        feedback_policy={},
        items=(),
    )


@pytest.mark.parametrize(
    ("lines", "change"),
    [
        ("lesson: one", {"lesson": "one"}),
        *((f"mode: {mode}", {"mode": mode}) for mode in ("practice", "check", "exam")),
        ("pass_fraction: 0", {"pass_fraction": Decimal(0)}),
        ("pass_fraction: 1", {"pass_fraction": Decimal(1)}),
        ("pass_fraction: 1.000000", {"pass_fraction": Decimal(1)}),
        ("pass_fraction: 0.7", {"pass_fraction": Decimal("0.7")}),
        ("pass_fraction: 0.666667", {"pass_fraction": Decimal("0.666667")}),
        ("time_limit_seconds: 1", {"time_limit_seconds": 1}),
        ("time_limit_seconds: 999999999", {"time_limit_seconds": 999_999_999}),
        ("attempts_allowed: 3", {"attempts_allowed": 3}),
        ("attempts_allowed: 007", {"attempts_allowed": 7}),
        ("delay_seconds: 0", {"delay_seconds": 0}),
        ("delay_seconds: 3600", {"delay_seconds": 3600}),
        ("shuffle: yes", {"shuffle": True}),
        ("shuffle: no", {"shuffle": False}),
        ("one_by_one: yes", {"one_by_one": True}),
        ("article_open: no", {"article_open": False}),
        *((f"navigation: {way}", {"navigation": way}) for way in ("free", "sequential")),
        *((f"result_rule: {rule}", {"result_rule": rule}) for rule in ("best", "last", "first", "mean")),
        ("opens_at: 2026-01-31T09:00:00+00:00", {"opens_at": "2026-01-31T09:00:00+00:00"}),
        ("opens_at: 2026-01-31T09:00Z", {"opens_at": "2026-01-31T09:00Z"}),
        ("closes_at: 2026-01-31T09:00:00.123456-11:30", {"closes_at": "2026-01-31T09:00:00.123456-11:30"}),
        ("closes_at:", {"closes_at": ""}),
        ("feedback_policy:\n  key: after_close", {"feedback_policy": {"key": "after_close"}}),
        ('feedback_policy = {"After": {"days": 3}}', {"feedback_policy": {"After": {"days": 3}}}),
        ("questions:\n  - q1\n  - q-2_b", {"items": (QuizItemEntry("q1"), QuizItemEntry("q-2_b"))}),
        ("questions:\n  - q1 (1 point)", {"items": (QuizItemEntry("q1", Decimal(1)),)}),
        ("questions:\n  - q1 (0.01 points)", {"items": (QuizItemEntry("q1", Decimal("0.01")),)}),
        ("questions:\n  - q1   (9999.99 points)", {"items": (QuizItemEntry("q1", Decimal("9999.99")),)}),
        ('questions = ["q1"]', {"items": (QuizItemEntry("q1"),)}),
    ],
)
def test_each_field_of_a_quiz_is_read(lines: str, change: dict[str, Any]) -> None:
    assert one_quiz(lines) == replace(QuizEntry("q", "Q"), **change)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("lesson = 1", f"“lesson” {NO_WORDS}"),
        ("mode: test", "“mode” is one of: practice, check, exam."),
        ("mode:", "“mode” is one of: practice, check, exam."),
        ("pass_fraction: 1.000001", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: -0.1", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: .5", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: 5e-1", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: NaN", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: ½", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: ٠", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction: 0.1234567", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction:", f"“pass_fraction” {NO_FRACTION}"),
        ("pass_fraction = 0.7", f"“pass_fraction” {NO_WORDS}"),
        ("time_limit_seconds: 0", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("time_limit_seconds: 1.5", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("time_limit_seconds: 1_000", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("time_limit_seconds: ٣", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("time_limit_seconds: 1000000000", f"“time_limit_seconds” {NO_WHOLE_FROM_1}"),
        ("attempts_allowed: 0", f"“attempts_allowed” {NO_WHOLE_FROM_1}"),
        ("attempts_allowed: any", f"“attempts_allowed” {NO_WHOLE_FROM_1}"),
        ("attempts_allowed: +3", f"“attempts_allowed” {NO_WHOLE_FROM_1}"),
        ("delay_seconds: -1", "“delay_seconds” is a whole number from 0 on."),
        ("delay_seconds = 60", f"“delay_seconds” {NO_WORDS}"),
        ("shuffle: true", "“shuffle” is one of: yes, no."),
        ("shuffle: Yes", "“shuffle” is one of: yes, no."),
        ("shuffle = true", f"“shuffle” {NO_WORDS}"),
        ("one_by_one: 1", "“one_by_one” is one of: yes, no."),
        ("article_open:", "“article_open” is one of: yes, no."),
        ("navigation: backwards", "“navigation” is one of: free, sequential."),
        ("result_rule: median", "“result_rule” is one of: best, last, first, mean."),
        ("opens_at: 2026-01-31", f"“opens_at” {NO_MOMENT}"),
        ("opens_at: 2026-01-31T09:00:00", f"“opens_at” {NO_MOMENT}"),
        ("opens_at: 2026-02-30T09:00:00+00:00", f"“opens_at” {NO_MOMENT}"),
        ("opens_at: 1767225600", f"“opens_at” {NO_MOMENT}"),
        ("closes_at: 2026-01-31T25:00:00+00:00", f"“closes_at” {NO_MOMENT}"),
        ("closes_at = 0", f"“closes_at” {NO_WORDS}"),
        ("feedback_policy: everything", f"“feedback_policy” {NO_RECORD}"),
        ("feedback_policy = []", f"“feedback_policy” {NO_RECORD}"),
        ("questions: q1, q2", f"“questions” {NO_LIST}"),
        ("questions = 3", f"“questions” {NO_LIST}"),
        ("questions = [null]", f"“questions” {NO_LIST}"),
    ],
)
def test_each_wrong_field_of_a_quiz_is_told_at_its_line_and_left_at_its_default(field: str, message: str) -> None:
    lines = f"== quiz q\ntitle: Q\n{field}\n"
    assert problems_after(lines) == [(3, "wrong_value", message)]
    assert read_course_file(HEAD + ARTICLE + lines).course.quizzes == (QuizEntry("q", "Q"),)


@pytest.mark.parametrize(
    "item",
    [
        "",
        "q 1",
        "q1, q2",
        "q1 (0 points)",
        "q1 (0.00 points)",
        "q1 (-1 points)",
        "q1 (1.234 points)",
        "q1 (10000 points)",
        "q1 (1,5 points)",
        "q1 (2)",
        "q1 2 points",
        "q1(2 points)",
        "q1 (٢ points)",
        "q" * 81,
        "“q1”",
    ],
)
def test_an_item_that_is_no_key_with_points_is_told_at_its_own_line(item: str) -> None:
    message = "Write the question’s key, or “key (2 points)” with more than 0 points."
    assert problems_after(f"== quiz q\ntitle: Q\nquestions:\n  - q0\n  - {item}\n  - q9") == [
        (5, "wrong_item", message)
    ]


def test_a_question_of_nothing_but_its_kind_has_every_default() -> None:
    assert one_question("") == QuestionEntry("q1", "oracle", {}, "", (), "draft", "human", "")


@pytest.mark.parametrize(
    ("lines", "change"),
    [
        ("concept: tide", {"concept": "tide"}),
        *((f"state: {state}", {"state": state}) for state in ("draft", "in_review", "published", "retired")),
        *((f"origin: {origin}", {"origin": origin}) for origin in ("human", "drafted")),
        ("drafter: contrast 2", {"drafter": "contrast 2"}),
        ("evidence:\n  > a\n  >3 b", {"evidence": (Quote("a"), Quote("b", 3))}),
        ("stem: Why?", {"content": {"stem": "Why?"}}),
        ("stem:\n  Why?\n  Really, why?", {"content": {"stem": "Why? Really, why?"}}),
        ("limit = 3", {"content": {"limit": 3}}),
        ("limit = 3.0", {"content": {"limit": 3.0}}),
        ("typos = false\nstem: Why?", {"content": {"typos": False, "stem": "Why?"}}),
        ("content:\n  kind: gas\n  state: solid", {"content": {"kind": "gas", "state": "solid"}}),
        ('content = {"Odd name": [1, null]}', {"content": {"Odd name": [1, None]}}),
        ("content = {}", {"content": {}}),
    ],
)
def test_each_field_of_a_question_is_read(lines: str, change: dict[str, Any]) -> None:
    assert one_question(lines) == replace(QuestionEntry("q1", "oracle"), **change)


@pytest.mark.parametrize(
    ("lines", "line", "code", "message"),
    [
        ("concept = 1", 3, "wrong_value", f"“concept” {NO_WORDS}"),
        ("state: new", 3, "wrong_value", "“state” is one of: draft, in_review, published, retired."),
        ("origin: machine", 3, "wrong_value", "“origin” is one of: human, drafted."),
        ("drafter:\n  - a", 3, "wrong_value", f"“drafter” {NO_WORDS}"),
        ("evidence: turns", 3, "wrong_value", f"“evidence” {NO_QUOTES}"),
        ("evidence:\n  > a\n  b", 5, "mixed_list", "This line does not start like the first one of its list."),
        ("content: words", 3, "wrong_value", f"“content” {NO_RECORD}"),
        ("content = [1]", 3, "wrong_value", f"“content” {NO_RECORD}"),
        ("content:\n  a: b\nstem: c", 5, "unknown_field", "“stem” means nothing here."),
        ("a:\n  b:\n    > c", 5, "quote_here", "Quotes stand under “evidence”; a list starts with “- ”."),
        ("content:\n  a:\n    > c", 5, "quote_here", "Quotes stand under “evidence”; a list starts with “- ”."),
        ("stem = {", 3, "bad_json", "What follows “=” is no JSON; words are written after “:”."),
        ("stem: a\n\n\nstem: b", 6, "twice", "“stem” is written twice."),
        ("What is meant?", 3, "no_field", "This line is no field: write “name: words” or “name = value”."),
        ("Stem: a", 3, "no_field", "This line is no field: write “name: words” or “name = value”."),
        ("stem:a", 3, "no_field", "This line is no field: write “name: words” or “name = value”."),
    ],
)
def test_each_wrong_field_of_a_question_is_told_at_its_line(lines: str, line: int, code: str, message: str) -> None:
    assert problems_after(f"== question q1\nkind: oracle\n{lines}") == [(line, code, message)]


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
