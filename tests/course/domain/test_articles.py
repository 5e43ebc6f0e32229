"""Texts are stored once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from course.domain.articles import (
    ArticleFacts,
    add_article,
    add_article_with_text,
    add_passages,
    add_revision,
    text_hash,
)
from course.models import Passage, Revision
from course.reading.outline import PassageKind, PassageOutline, Span
from tests.factories import NOW, make_person
from tests.quizzes.domain.test_concurrency import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_an_article_keeps_what_is_known_of_its_source() -> None:
    person = make_person()
    facts = ArticleFacts("T", author="A", publisher="P", language="fr", source_url="https://example.org/a", rights="R")

    article = add_article(facts, added_by=person, at=NOW)

    assert (article.title, article.author, article.publisher, article.language) == ("T", "A", "P", "fr")
    assert (article.source_url, article.rights, article.added_by) == ("https://example.org/a", "R", person)


def test_the_same_text_is_the_same_revision() -> None:
    article = add_article(ArticleFacts("T"), at=NOW)

    first, again = add_revision(article, text="One.", at=NOW), add_revision(article, text="One.", at=NOW)
    other = add_revision(article, text="Two.", at=NOW)

    assert first == again
    assert (first.number, other.number) == (1, 2)
    assert Revision.objects.count() == 2


def test_a_new_article_with_its_text_is_two_writes(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        first = add_article_with_text(ArticleFacts("T"), text="One.", at=NOW)

    assert (first.article.title, first.number, first.text) == ("T", 1, "One.")
    assert add_revision(first.article, text="One.", at=NOW) == first
    assert add_revision(first.article, text="Two.", at=NOW).number == 2


def test_the_same_text_again_writes_nothing() -> None:
    article = add_article(ArticleFacts("T"), at=NOW)
    add_revision(article, text="One.", at=NOW)

    before = Revision.objects.get()
    add_revision(article, text="One.", at=NOW)

    assert Revision.objects.get() == before


@pytest.mark.django_db(transaction=True)
def test_of_six_who_bring_the_same_text_at_once_all_get_the_one_revision() -> None:
    article = add_article(ArticleFacts("T"), at=NOW)

    found = at_once(lambda _: add_revision(article, text="One.", at=NOW).pk, threads=6)

    assert set(found) == {Revision.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_texts_that_come_at_once_have_numbers_of_their_own() -> None:
    article = add_article(ArticleFacts("T"), at=NOW)

    numbers = at_once(lambda number: add_revision(article, text=f"Text {number}.", at=NOW).number, threads=6)

    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


def test_two_articles_number_their_texts_each_for_itself() -> None:
    articles = [add_article(ArticleFacts("T"), at=NOW) for _ in range(2)]

    numbers = [[add_revision(each, text=text, at=NOW).number for text in ("One.", "Two.")] for each in articles]

    assert numbers == [[1, 2], [1, 2]]


@given(st.text(), st.text())
def test_texts_have_one_identity_exactly_if_they_are_the_same(one: str, other: str) -> None:
    assert (text_hash(one) == text_hash(other)) == (one == other)
    assert len(text_hash(one)) == 64


def test_passages_of_one_cleaner_are_stored_once() -> None:
    revision = add_revision(add_article(ArticleFacts("T"), at=NOW), text="One. Two.", at=NOW)
    passages = [
        PassageOutline(0, PassageKind.PARAGRAPH, Span(0, 4)),
        PassageOutline(1, PassageKind.BOILERPLATE, Span(5, 9), reason="donation"),
    ]

    add_passages(revision, passages=passages, cleaner="a")
    add_passages(revision, passages=passages, cleaner="a")
    add_passages(revision, passages=passages, cleaner="b")

    rows = Passage.objects.filter(cleaner="a").values_list("position", "kind", "start", "end", "reason")
    assert list(rows) == [(0, "paragraph", 0, 4, ""), (1, "boilerplate", 5, 9, "donation")]
    assert Passage.objects.count() == 4
