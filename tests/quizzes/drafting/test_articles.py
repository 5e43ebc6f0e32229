"""Drafting over whole articles: the development articles with their gold outlines, and the reader's own."""

from __future__ import annotations

import json
import time
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from course.reading.formats import read_file
from course.reading.outline import Outline
from course.reading.reader import outline as read_outline
from quizzes.drafting import DraftedQuestion, draft, lint, lint_quiz
from tests.quizzes.drafting.guessing import GUESSERS, Guesser, advantage
from tests.quizzes.drafting.samples import HARBOUR_TERMS, HARBOUR_TEXT, outline_of, parts_of

ARTICLES = Path(__file__).parents[3].parent / "shared" / "data" / "articles"
needs_articles = pytest.mark.skipif(
    not (ARTICLES / "gold.json").is_file(), reason="the development articles are not beside the project"
)
WITHIN = 0.10
MOST_MS_PER_1000_WORDS = 40


def names() -> list[str]:
    return [entry["file"] for entry in _gold()]


@cache
def _gold() -> list[dict[str, Any]]:
    path = ARTICLES / "gold.json"
    found: list[dict[str, Any]] = json.loads(path.read_text()) if path.is_file() else []
    return found


@cache
def outline(name: str) -> Outline:
    """The article with its gold headings and concepts and without its clutter."""
    (entry,) = [each for each in _gold() if each["file"] == name]
    headings, body = set(entry["headings"]), set(entry["body_paragraphs"])
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in (ARTICLES / name).read_text().splitlines():
        if line.strip() in headings:
            parts.append((line.strip(), []))
        elif line.strip() in body:
            parts[-1][1].append(line.strip())
    return outline_of([part for part in parts if part[1]], [concept["term"] for concept in entry["concepts"]])


@cache
def drafted(name: str) -> tuple[DraftedQuestion, ...]:
    return draft(outline(name)).questions


def all_drafted() -> list[DraftedQuestion]:
    return [each for name in names() for each in drafted(name)]


@needs_articles
@pytest.mark.parametrize("name", names())
def test_seven_concepts_in_ten_get_a_clean_draft(name: str) -> None:
    concepts = {concept.term for concept in outline(name).concepts}
    assert len({each.concept for each in drafted(name)}) >= 0.7 * len(concepts)


@needs_articles
@pytest.mark.parametrize("name", names())
def test_every_draft_of_an_article_is_clean(name: str) -> None:
    text = outline(name).text
    for each in drafted(name):
        assert lint(each.kind, each.content, evidence=[each.evidence.quote(text)], article=text) == []
    assert lint_quiz([(each.kind, each.content) for each in drafted(name)]) == []


@needs_articles
@pytest.mark.parametrize("guesser", GUESSERS.values(), ids=GUESSERS.keys())
def test_a_guesser_who_sees_only_the_questions_gains_little(guesser: Guesser) -> None:
    assert abs(advantage(all_drafted(), guesser)) <= WITHIN


@needs_articles
def test_no_answer_to_statements_is_a_good_bet() -> None:
    answers = Counter(each.content["answer"] for each in all_drafted() if each.kind == "true_false")
    assert set(answers) == {"true", "false", "not_stated"}
    assert max(answers.values()) / answers.total() <= 1 / 3 + WITHIN


SHARED = ARTICLES.parents[1]
needs_shared_article = pytest.mark.skipif(
    not (SHARED / "article.txt").is_file(), reason="the shared article is not beside the project"
)
NAMED = ("co-aggressor", "Yalta-style arrangement", "soft landing")


@cache
def read(path: Path) -> Outline:
    """The article as the reader understands it, clutter and all."""
    return read_outline(read_file(path.name, path.read_bytes()))


def first_drafted(value: Outline) -> int:
    drafted = {each.concept for each in draft(value).questions}
    return len(drafted & {concept.term for concept in value.concepts[:20]})


@needs_articles
@pytest.mark.parametrize("name", names())
def test_fourteen_of_the_first_twenty_concepts_read_get_a_draft(name: str) -> None:
    assert first_drafted(read(ARTICLES / name)) >= 14


@needs_articles
@pytest.mark.parametrize("guesser", GUESSERS.values(), ids=GUESSERS.keys())
def test_a_guesser_gains_little_on_what_is_read(guesser: Guesser) -> None:
    drafts = [each for name in names() for each in draft(read(ARTICLES / name)).questions]
    assert abs(advantage(drafts, guesser)) <= WITHIN


@needs_shared_article
def test_fourteen_of_the_first_twenty_concepts_of_the_shared_article_get_a_draft() -> None:
    assert first_drafted(read(SHARED / "article.txt")) >= 14


@needs_shared_article
@pytest.mark.parametrize("name", NAMED)
def test_a_concept_that_occurs_once_is_asked_in_two_ways_and_with_a_definition_in_three(name: str) -> None:
    value = read(SHARED / "article.txt")
    (term,) = [concept.term for concept in value.concepts if name in concept.term]
    meaning = "a plan by which somebody else bears what one has begun"
    for definitions, least in ((None, 2), ({term: meaning}, 3)):
        questions = draft(value, definitions=definitions).questions
        assert len({each.kind for each in questions if each.concept == term}) >= least


def long_outline(copies: int) -> Outline:
    """The invented article repeated; the concepts stay as many."""
    parts = parts_of(HARBOUR_TEXT)
    return outline_of(parts * copies, HARBOUR_TERMS)


def milliseconds(value: Outline) -> float:
    spent = []
    for _ in range(5):
        start = time.process_time()
        draft(value)
        spent.append(1000 * (time.process_time() - start))
    return min(spent)


def test_the_cost_is_small_and_grows_no_faster_than_the_text() -> None:
    short, long = long_outline(4), long_outline(32)
    draft(short)
    words = len(long.text.split())
    assert words > 8_000
    assert milliseconds(long) / words * 1000 <= max(
        MOST_MS_PER_1000_WORDS, 1.5 * milliseconds(short) / len(short.text.split()) * 1000
    )
