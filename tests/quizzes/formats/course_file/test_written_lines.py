"""The lines of a written file: what a small change of a course changes in them, so that diffs stay small."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from difflib import ndiff
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from tests.quizzes.formats.course_file.courses import course_files, names, some_text, titles

PARAGRAPH = PassageEntry(PassageKind.PARAGRAPH, "The tide turns.")
CONCEPT = ConceptEntry("tide", "tide", definition="It turns.", mentions=(Quote("tide"),))
QUIZ = QuizEntry("check", "Check", items=(QuizItemEntry("q1"), QuizItemEntry("q2")))
QUESTION = QuestionEntry(
    "q1", "short_text", {"stem": "What turns?", "accepted": ["the tide"]}, "tide", (Quote("tide"),)
)
COURSE = CourseFile(
    title="Tides",
    slug="tides",
    article=ArticleEntry(passages=(PARAGRAPH, PARAGRAPH)),
    lessons=(LessonEntry("one", "One", 0, 2),),
    concepts=(CONCEPT,),
    quizzes=(QUIZ,),
    questions=(QUESTION,),
)


def difference(old: CourseFile, new: CourseFile) -> list[str]:
    """The lines that a change takes away (-) and brings (+)."""
    lines = ndiff(write(old).split("\n"), write(new).split("\n"))
    return [line for line in lines if line[0] in "+-"]


def changed(**change: Any) -> list[str]:
    return difference(COURSE, replace(COURSE, **change))


def changed_quiz(**change: Any) -> list[str]:
    return changed(quizzes=(replace(QUIZ, **change),))


def changed_concept(**change: Any) -> list[str]:
    return changed(concepts=(replace(CONCEPT, **change),))


def changed_question(**change: Any) -> list[str]:
    return changed(questions=(replace(QUESTION, **change),))


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"title": "Ebb"}, ["- title: Tides", "+ title: Ebb"]),
        ({"slug": "ebb"}, ["- slug: tides", "+ slug: ebb"]),
        ({"language": "de"}, ["- language: en", "+ language: de"]),
        ({"visibility": "link"}, ["- visibility: public", "+ visibility: link"]),
        ({"summary": "Why."}, ["+ summary: Why."]),
        ({"summary": "One.\nTwo."}, ["+ summary:", "+   One.\\n", "+   Two."]),
    ],
)
def test_a_change_of_the_course_changes_its_own_line(change: dict[str, Any], lines: list[str]) -> None:
    assert changed(**change) == lines


@pytest.mark.parametrize("name", ["title", "author", "publisher", "source_url", "rights", "language", "ending"])
def test_a_field_of_the_article_is_a_line_once_it_says_something(name: str) -> None:
    change: dict[str, Any] = {name: "Words"}
    assert changed(article=replace(COURSE.article, **change)) == [f"+ {name}: Words"]


def test_a_separator_is_written_when_it_is_not_a_blank_line() -> None:
    assert changed(article=replace(COURSE.article, separator="\n")) == ["+ separator:", "+   \\n"]
    assert changed(article=replace(COURSE.article, separator="\n\n")) == []


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"title": "Test"}, ["- title: Check", "+ title: Test"]),
        ({"lesson": "one"}, ["+ lesson: one"]),
        ({"mode": "exam"}, ["+ mode: exam"]),
        ({"pass_fraction": Decimal("0.500000")}, ["+ pass_fraction: 0.5"]),
        ({"pass_fraction": Decimal(1)}, ["+ pass_fraction: 1"]),
        ({"pass_fraction": Decimal("0.000000")}, ["+ pass_fraction: 0"]),
        ({"pass_fraction": Decimal("1E-6")}, ["+ pass_fraction: 0.000001"]),
        ({"time_limit_seconds": 600}, ["+ time_limit_seconds: 600"]),
        ({"attempts_allowed": 10}, ["+ attempts_allowed: 10"]),
        ({"delay_seconds": 100}, ["+ delay_seconds: 100"]),
        ({"shuffle": True}, ["+ shuffle: yes"]),
        ({"one_by_one": True}, ["+ one_by_one: yes"]),
        ({"article_open": False}, ["+ article_open: no"]),
        ({"navigation": "sequential"}, ["+ navigation: sequential"]),
        ({"result_rule": "mean"}, ["+ result_rule: mean"]),
        ({"opens_at": "2026-01-31T09:00Z"}, ["+ opens_at: 2026-01-31T09:00Z"]),
        ({"closes_at": "2026-01-31T09:00Z"}, ["+ closes_at: 2026-01-31T09:00Z"]),
        ({"feedback_policy": {"key": "never"}}, ["+ feedback_policy:", "+   key: never"]),
        ({"items": (QuizItemEntry("q1"),)}, ["-   - q2"]),
        ({"items": (*QUIZ.items, QuizItemEntry("q3"))}, ["+   - q3"]),
        ({"items": ()}, ["- questions:", "-   - q1", "-   - q2"]),
    ],
)
def test_a_change_of_a_quiz_changes_its_own_lines(change: dict[str, Any], lines: list[str]) -> None:
    assert changed_quiz(**change) == lines


@pytest.mark.parametrize(
    ("points", "written"),
    [
        ("1", "q1"),
        ("1.00", "q1"),
        ("2", "q1 (2 points)"),
        ("2.50", "q1 (2.5 points)"),
        ("0.5", "q1 (0.5 points)"),
        ("0.01", "q1 (0.01 points)"),
        ("100", "q1 (100 points)"),
        ("1E+2", "q1 (100 points)"),
        ("9999.99", "q1 (9999.99 points)"),
    ],
)
def test_points_are_written_in_one_way_however_the_database_gives_them(points: str, written: str) -> None:
    text = write(replace(COURSE, quizzes=(replace(QUIZ, items=(QuizItemEntry("q1", Decimal(points)),)),)))
    assert f"questions:\n  - {written}\n" in text


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"term": "ebb"}, ["- term: tide", "+ term: ebb"]),
        ({"kind": ConceptKind.NAME}, ["- kind: expression", "+ kind: name"]),
        ({"definition": ""}, ["- definition: It turns."]),
        ({"state": "rejected"}, ["+ state: rejected"]),
        ({"mentions": (Quote("tide"), Quote("tide", 2))}, ["+   >2 tide"]),
        ({"mentions": ()}, ["- mentions:", "-   > tide"]),
        ({"reasons": ("in the title", "twice")}, ["+ reasons:", "+   - in the title", "+   - twice"]),
        ({"reasons": ("",)}, ["+ reasons:", "+   -"]),
        ({"undrafted": "Too short."}, ["+ undrafted: Too short."]),
    ],
)
def test_a_change_of_a_concept_changes_its_own_lines(change: dict[str, Any], lines: list[str]) -> None:
    assert changed_concept(**change) == lines


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"kind": "oracle"}, ["- kind: short_text", "+ kind: oracle"]),
        ({"concept": ""}, ["- concept: tide"]),
        ({"state": "published"}, ["+ state: published"]),
        ({"origin": "drafted"}, ["+ origin: drafted"]),
        ({"drafter": "contrast 2"}, ["+ drafter: contrast 2"]),
        ({"evidence": ()}, ["- evidence:", "-   > tide"]),
        ({"content": {"stem": "What turns?"}}, ["- accepted:", "-   - the tide"]),
        ({"content": {**QUESTION.content, "typos": False}}, ["+ typos = false"]),
        ({"content": {**QUESTION.content, "explanation": "It does."}}, ["+ explanation: It does."]),
    ],
)
def test_a_change_of_a_question_changes_its_own_lines(change: dict[str, Any], lines: list[str]) -> None:
    assert changed_question(**change) == lines


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({"kind": PassageKind.QUOTE}, ["> The tide turns."]),
        ({"kind": PassageKind.HEADING}, ["# The tide turns."]),
        ({"kind": PassageKind.HEADING, "level": 1}, ["@level: 1", "# The tide turns."]),
        ({"kind": PassageKind.HEADING, "level": 2}, ["## The tide turns."]),
        ({"kind": PassageKind.HEADING, "level": 6}, ["###### The tide turns."]),
        ({"kind": PassageKind.HEADING, "level": 7}, ["@level: 7", "# The tide turns."]),
        ({"level": 2}, ["@level: 2", "The tide turns."]),
        ({"kind": PassageKind.BOILERPLATE, "reason": "asks"}, ["@reason: asks", "~ The tide turns."]),
        ({"gap": "\n"}, ["@gap: \\n", "The tide turns."]),
        ({"gap": ""}, ["@gap:", "The tide turns."]),
        ({"text": "It turns. It does."}, ["It turns.", "It does."]),
        ({"text": "Turn:\nand turn"}, ["Turn:\\n", "and turn"]),
        ({"text": "> no quote"}, ["\\> no quote"]),
        ({"text": "@gap: no attribute"}, ["\\@gap: no attribute"]),
        ({"text": "== no section"}, ["\\== no section"]),
        ({"text": " edge "}, ["\\sedge\\s"]),
    ],
)
def test_each_passage_is_written_in_one_way(change: dict[str, Any], lines: list[str]) -> None:
    passage = replace(PARAGRAPH, **change)
    text = write(replace(COURSE, article=ArticleEntry(passages=(PARAGRAPH, passage))))
    block = text.partition("The tide turns.\n\n")[2].partition("\n\n")[0]
    assert block.split("\n") == lines


def test_a_new_passage_changes_no_line_of_the_others() -> None:
    passages = (PARAGRAPH, PassageEntry(PassageKind.PARAGRAPH, "A new one."), PARAGRAPH)
    new = replace(COURSE, article=ArticleEntry(passages=passages), lessons=(LessonEntry("one", "One", 0, 3),))
    assert difference(COURSE, new) == ["+ ", "+ A new one."]


def test_passages_before_between_and_after_lessons_stand_outside() -> None:
    article = ArticleEntry(passages=tuple(replace(PARAGRAPH, text=text) for text in ("A.", "B.", "C.", "D.", "E.")))
    lessons = (LessonEntry("one", "One", 1, 2), LessonEntry("two", "Two", 3, 4))
    text = write(CourseFile("T", "t", article=article, lessons=lessons))
    assert text.partition("== article\n")[2].split("\n") == [
        *("", "A.", "", "== lesson one", "title: One", "", "B.", "", "== outside", "", "C.", ""),
        *("== lesson two", "title: Two", "", "D.", "", "== outside", "", "E.", ""),
    ]


@settings(max_examples=10, deadline=None)
@given(course_files(), titles, some_text)
def test_a_new_title_and_summary_change_no_other_section(course: CourseFile, title: str, summary: str) -> None:
    before, after = write(course), write(replace(course, title=title, summary=summary))
    assert before.partition("\n== ")[2] == after.partition("\n== ")[2]


@settings(max_examples=10, deadline=None)
@given(course_files())
def test_every_line_of_a_written_file_is_visible_and_ends_in_no_space(course: CourseFile) -> None:
    text = write(course)
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    assert [line for line in text.split("\n") if line != line.rstrip(" ")] == []
    assert [sign for sign in text if sign < " " and sign != "\n"] == []


@settings(max_examples=10, deadline=None)
@given(course_files(), st.randoms(use_true_random=False))
def test_concepts_quizzes_and_questions_are_read_in_any_mixture_of_their_sections(
    course: CourseFile, chance: Any
) -> None:
    head, *sections = write(course).split("\n\n== ")
    text_kinds = ("article", "lesson", "outside")
    text = [section for section in sections if section.startswith(text_kinds)]
    rest = [section for section in sections if not section.startswith(text_kinds)]
    kinds = [[section for section in rest if section.startswith(kind)] for kind in ("concept", "quiz", "question")]
    mixed = []
    while waiting := [queue for queue in kinds if queue]:
        mixed.append(chance.choice(waiting).pop(0))
    assert parse("\n\n== ".join([head, *text, *mixed])) == course


@settings(max_examples=10, deadline=None)
@given(course_files(), names)
def test_a_course_that_names_a_section_twice_is_never_written(course: CourseFile, name: str) -> None:
    twice = (QuestionEntry(name, "kind"), QuestionEntry(name, "kind"))
    with pytest.raises(ValueError, match=r".+"):
        write(replace(course, questions=twice))
