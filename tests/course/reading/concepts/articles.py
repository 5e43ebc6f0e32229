"""Passages for the tests of concepts: one line is one passage, and the articles with gold, where they are at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.reading.concepts import find_concepts
from course.reading.concepts.lexicon import Lexicon
from course.reading.outline import ConceptOutline, PassageKind, PassageOutline, Span

SHARED = Path(__file__).parents[4].parent / "shared"
GOLD = SHARED / "data" / "articles" / "gold.json"
ARTICLE = SHARED / "article.txt"
ARTICLE_TERMS = (
    "co-aggressor",
    "Yalta-style arrangement",
    "soft landing",
    "Kremlin puppet",
    "peaceful sky",
    "peacemaker",
    "Kalinowski regiment",
    "march on Minsk",
    "window of opportunity",
    "Iron Curtain",
)
_ARTICLE_HEADINGS = ("The co-aggressor", "For Lukashenko, any", "The chimera", "Belarusians alone")
_ARTICLE_JUNK = ("Are you interested", "It is freely", "I subscribe", "????", "Related News", "For Washington as")
_FIELDS = (
    ("headings", PassageKind.HEADING),
    ("boilerplate", PassageKind.BOILERPLATE),
    ("captions", PassageKind.FIGURE),
    ("pull_quotes", PassageKind.PULL_QUOTE),
)
_WORD = re.compile(r"[\w'’-]+")

STORY = """\
The wandering harbour
The village of Senn has no harbour of its own, and so it borrows one. The fishermen call this borrowed harbour the \
paper port, because it exists mostly on maps.
A harbour needs a wall. In Senn the wall is made of old ferries, known as the rust hedge, and every winter it moves.
What the insurers think
The insurers speak of a drifting liability, meaning a risk that is never found twice in the same place. Nobody in the \
Harbour Insurance Board has visited the rust hedge, which stands in the open sea.
“It is a sleeping dragon,” says the oldest of them, and he ought to know. The Harbour Insurance Board has asked him \
for a list of safe-keeping rules. He sent a drawing of a fish.
"""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """An article with what one reader would ask about."""

    name: str
    text: str
    passages: tuple[PassageOutline, ...]
    terms: tuple[str, ...]


def lines_of(text: str) -> Iterator[Span]:
    """The lines that are not empty, without white space around them."""
    offset = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            start = offset + line.index(stripped)
            yield Span(start, start + len(stripped))
        offset += len(line)


def passages_of(text: str, kinds: dict[str, PassageKind] | None = None) -> tuple[PassageOutline, ...]:
    """One passage for each line, a paragraph unless `kinds` says otherwise of that line."""
    known = kinds or {}
    return tuple(
        PassageOutline(position, known.get(span.quote(text), PassageKind.PARAGRAPH), span)
        for position, span in enumerate(lines_of(text))
    )


def concepts_in(text: str, *, limit: int = 40, language: str = "en") -> tuple[ConceptOutline, ...]:
    """The concepts of a text whose lines are paragraphs."""
    return find_concepts(text, passages=passages_of(text), title="", language=language, limit=limit)


def terms_in(text: str, *, limit: int = 40, language: str = "en") -> list[str]:
    """The terms found, best first."""
    return [concept.term for concept in concepts_in(text, limit=limit, language=language)]


def gold_articles() -> Iterator[GoldArticle]:
    """The development articles, cleaned as their gold says."""
    for gold in json.loads(GOLD.read_text(encoding="utf-8")):
        text = (GOLD.parent / gold["file"]).read_text(encoding="utf-8")
        kinds = {line.strip(): kind for name, kind in _FIELDS for line in gold[name]}
        if gold["title_line"]:
            kinds[gold["title_line"].strip()] = PassageKind.HEADING
        terms = tuple(concept["term"] for concept in gold["concepts"])
        yield GoldArticle(gold["file"], text, passages_of(text, kinds), terms)


def first_article() -> GoldArticle:
    """The article of the first course, with its headings and its clutter told apart."""
    text = ARTICLE.read_text(encoding="utf-8")
    kinds: dict[str, PassageKind] = {}
    for span in lines_of(text):
        line = span.quote(text)
        if line.startswith(_ARTICLE_HEADINGS):
            kinds[line] = PassageKind.HEADING
        elif line.startswith(_ARTICLE_JUNK):
            kinds[line] = PassageKind.BOILERPLATE
    return GoldArticle(ARTICLE.name, text, passages_of(text, kinds), ARTICLE_TERMS)


def found_in(article: GoldArticle, *, lexicon: Lexicon | None = None) -> list[str]:
    """The forty terms suggested for an article, best first."""
    concepts = find_concepts(article.text, passages=article.passages, title="", language="en", lexicon=lexicon)
    return [concept.term for concept in concepts]


def is_hit(term: str, candidates: Sequence[str]) -> bool:
    """Whether one candidate contains the term and has at most one word more."""
    wanted = _words(term)
    return any(
        " ".join(wanted) in " ".join(words) and len(words) <= len(wanted) + 1 for words in map(_words, candidates)
    )


def recall(terms: Sequence[str], candidates: Sequence[str]) -> float:
    """The share of the terms that are hit."""
    return sum(is_hit(term, candidates) for term in terms) / len(terms)


def words_of(terms: Sequence[str]) -> set[str]:
    """All words of the terms, hyphenated ones also in their parts."""
    whole = {word for term in terms for word in _WORD.findall(term)}
    return whole | {part for word in whole for part in word.split("-")}


def _words(term: str) -> list[str]:
    words = [word.lower() for word in _WORD.findall(term)]
    return [word.rstrip("s") if len(word) > 3 else word for word in words if word not in ("a", "an", "the")]
