"""Articles and their revisions: a text is stored once, and what the cleaner saw in it beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from course.models import Article, Passage, Revision
from course.reading.outline import PassageOutline
from jobs.domain.clock import database_now


@dataclass(frozen=True, slots=True)
class ArticleFacts:
    """What is known of an article beside its text."""

    title: str
    author: str = ""
    publisher: str = ""
    language: str = "en"
    source_url: str = ""
    rights: str = ""


def text_hash(text: str) -> str:
    """The identity of a text: the same text is the same revision."""
    return hashlib.sha256(text.encode()).hexdigest()


def add_article(facts: ArticleFacts, *, added_by: User | None = None, at: datetime | None = None) -> Article:
    """A new article stands, without a text yet."""
    return Article.objects.create(
        title=facts.title,
        author=facts.author,
        publisher=facts.publisher,
        language=facts.language,
        source_url=facts.source_url,
        rights=facts.rights,
        added_by=added_by,
        created_at=at or database_now(),
    )


@transaction.atomic(savepoint=False)
def add_article_with_text(
    facts: ArticleFacts, *, text: str, added_by: User | None = None, at: datetime | None = None
) -> Revision:
    """A new article stands with this text as its first revision: two writes, since nobody else can know it yet."""
    now = at or database_now()
    article = add_article(facts, added_by=added_by, at=now)
    return Revision.objects.create(article=article, number=1, text=text, text_hash=text_hash(text), created_at=now)


@transaction.atomic
def add_revision(article: Article, *, text: str, at: datetime | None = None) -> Revision:
    """The article has a revision with this text. The same text again gives the same revision and writes nothing.

    The article is locked: of several who bring texts at once each has a number of its own.
    """
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    digest = text_hash(text)
    known = Revision.objects.filter(article=article, text_hash=digest).first()
    if known is not None:
        return known
    newest = Revision.objects.filter(article=article).aggregate(number=Max("number"))["number"] or 0
    return Revision.objects.create(
        article=article, number=newest + 1, text=text, text_hash=digest, created_at=at or database_now()
    )


def add_passages(revision: Revision, *, passages: Sequence[PassageOutline], cleaner: str) -> None:
    """The revision has the passages this version of the cleaner saw; what it saw before stays. Idempotent."""
    Passage.objects.bulk_create(
        (
            Passage(
                revision=revision,
                cleaner=cleaner,
                position=passage.position,
                kind=passage.kind,
                level=passage.level,
                start=passage.span.start,
                end=passage.span.end,
                reason=passage.reason[:200],
                duplicate_start=passage.duplicates.start if passage.duplicates else None,
                duplicate_end=passage.duplicates.end if passage.duplicates else None,
            )
            for passage in passages
        ),
        ignore_conflicts=True,
    )
