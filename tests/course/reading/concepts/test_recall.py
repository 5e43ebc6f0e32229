"""How much of what a reader would ask about is among the suggestions; floors, not targets (measured: .78 and .95)."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean

import pytest

from course.reading.concepts.lexicon import english_lexicon
from tests.course.reading.concepts.articles import (
    ARTICLE,
    ARTICLE_TERMS,
    GOLD,
    first_article,
    found_in,
    gold_articles,
    is_hit,
    recall,
    words_of,
)

needs_gold = pytest.mark.skipif(
    not GOLD.exists(), reason="the articles with gold are not at hand: ../shared/data/articles"
)
needs_article = pytest.mark.skipif(
    not ARTICLE.exists(), reason="the article of the first course is not at hand: ../shared/article.txt"
)


@needs_gold
def test_most_of_the_gold_of_the_development_articles_is_suggested() -> None:
    found = [(article.terms, found_in(article)) for article in gold_articles()]

    assert mean(recall(terms, names[:20]) for terms, names in found) >= 0.70
    assert mean(recall(terms, names) for terms, names in found) >= 0.82


@needs_gold
def test_every_development_article_gets_three_quarters_of_its_gold() -> None:
    for article in gold_articles():
        assert recall(article.terms, found_in(article)) >= 0.75, article.name


@needs_gold
def test_the_suggestions_do_not_rest_on_the_words_of_the_gold() -> None:
    recalls = []
    for article in gold_articles():
        names = found_in(article, lexicon=english_lexicon().without(words_of(article.terms)))
        recalls.append(recall(article.terms, names))

    assert mean(recalls) >= 0.78


@needs_article
def test_the_first_article_shows_its_plainest_expressions_in_the_first_twenty() -> None:
    names = found_in(first_article())[:20]

    assert [
        term for term in ("co-aggressor", "Yalta-style arrangement", "soft landing") if not is_hit(term, names)
    ] == []


@needs_article
def test_the_first_article_shows_most_of_its_terms_in_the_first_forty() -> None:
    assert sum(is_hit(term, found_in(first_article())) for term in ARTICLE_TERMS) >= 6


@needs_article
def test_the_terms_of_the_first_article_are_found_without_their_words_in_any_list() -> None:
    names = found_in(first_article(), lexicon=english_lexicon().without(words_of(ARTICLE_TERMS)))

    assert sum(is_hit(term, names[:20]) for term in ARTICLE_TERMS) >= 4
    assert sum(is_hit(term, names) for term in ARTICLE_TERMS) >= 6


@needs_article
def test_each_lesson_of_the_first_article_has_suggestions_of_its_own() -> None:
    article = first_article()
    starts = [passage.span.start for passage in article.passages if passage.kind == "heading"]
    borders = [0, *starts, len(article.text)]
    text = article.text
    names = found_in(article)

    for first, last in pairwise(borders):
        lesson = text[first:last].lower()
        assert sum(name.lower() in lesson for name in names) >= 3
