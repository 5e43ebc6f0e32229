"""What readers are told of an article is put right by who edits the course, and the log says which fact changed."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEntry, User
from course.domain.articles import ArticleFacts
from course.domain.origins import FACTS, articles_of, change_origin, digest_of, facts_of
from course.errors import OriginChanged
from course.models import Article, Course, Revision
from tests.factories import make_course, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FRENCH = ArticleFacts(
    "Le port", author="Ada Bek", publisher="Le Lac", language="fr", source_url="https://lac.example/", rights="CC BY"
)


@pytest.fixture
def course() -> Course:
    return make_course()


@pytest.fixture
def actor() -> User:
    return make_person("Ada")


def article_of(course: Course) -> Article:
    return articles_of(course).get()


def test_the_articles_of_a_course_are_its_own(course: Course) -> None:
    other = make_course()
    assert article_of(course) != article_of(other)
    assert article_of(course) == course.lessons.get().revision.article


def test_all_facts_are_changed_and_the_text_is_not(course: Course, actor: User) -> None:
    article, text = article_of(course), Revision.objects.get().text
    changed = change_origin(course, article, facts=FRENCH, seen=digest_of(facts_of(article)), actor=actor)

    article.refresh_from_db()
    course.refresh_from_db()
    assert changed == tuple(name for name in FACTS)
    assert (facts_of(article), course.language) == (FRENCH, "fr")
    assert Revision.objects.get().text == text


@pytest.mark.parametrize("name", FACTS)
def test_the_log_names_the_fact_that_changed_and_not_what_it_says(course: Course, actor: User, name: str) -> None:
    article = article_of(course)
    facts = replace(facts_of(article), **{name: asdict(FRENCH)[name]})
    assert change_origin(course, article, facts=facts, seen=digest_of(facts_of(article)), actor=actor) == (name,)

    entry = AuditEntry.objects.get(course=course.uuid)
    said = (entry.verb, entry.subject, entry.actor, entry.detail)
    assert said == ("changed where an article comes from", f"article:{article.uuid}", actor, {"changed": [name]})


def test_the_same_again_changes_nothing_whatever_was_seen(course: Course, actor: User) -> None:
    article = article_of(course)
    change_origin(course, article, facts=FRENCH, seen=digest_of(facts_of(article)), actor=actor)
    assert change_origin(course, article, facts=FRENCH, seen="something else", actor=actor) == ()
    assert AuditEntry.objects.filter(course=course.uuid).count() == 1


def test_who_began_with_older_facts_overwrites_nothing(course: Course, actor: User) -> None:
    article = article_of(course)
    seen = digest_of(facts_of(article))
    change_origin(course, article, facts=FRENCH, seen=seen, actor=actor)
    with pytest.raises(OriginChanged):
        change_origin(course, article, facts=replace(FRENCH, rights="None"), seen=seen, actor=actor)
    article.refresh_from_db()
    assert (article.rights, AuditEntry.objects.filter(course=course.uuid).count()) == ("CC BY", 1)


def test_the_language_of_the_course_stays_when_that_of_the_article_does(course: Course, actor: User) -> None:
    Course.objects.update(language="de")
    article = article_of(course)
    facts = replace(facts_of(article), rights="CC BY")
    change_origin(course, article, facts=facts, seen=digest_of(facts_of(article)), actor=actor)
    course.refresh_from_db()
    assert course.language == "de"


@given(*[st.builds(ArticleFacts, *[st.text(max_size=5)] * len(FACTS))] * 2)
def test_other_facts_have_another_digest(one: ArticleFacts, other: ArticleFacts) -> None:
    assert (digest_of(one) == digest_of(other)) == (one == other)
    assert len(digest_of(one)) == 16
