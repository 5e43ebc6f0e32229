"""Where a course's articles come from, as readers are told it: shown, and put right after the import."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, fields

from django.db import transaction
from django.db.models import QuerySet

from accounts.domain.audit import record
from accounts.models import User
from course.domain.articles import ArticleFacts
from course.errors import OriginChanged
from course.models import Article, Course

FACTS = tuple(field.name for field in fields(ArticleFacts))


def articles_of(course: Course) -> QuerySet[Article]:
    """The articles that the course's lessons are cut from, in the order they came in."""
    return Article.objects.filter(revisions__lessons__course=course.pk).distinct().order_by("pk")


def facts_of(article: Article) -> ArticleFacts:
    """What is known of the article beside its text."""
    return ArticleFacts(**{name: getattr(article, name) for name in FACTS})


def digest_of(facts: ArticleFacts) -> str:
    """Sixteen characters that stand for these facts: who changes them names the ones they saw."""
    return hashlib.sha256(json.dumps(asdict(facts)).encode()).hexdigest()[:16]


@transaction.atomic
def change_origin(course: Course, article: Article, *, facts: ArticleFacts, seen: str, actor: User) -> tuple[str, ...]:
    """Readers are told these facts from now on, and text and course are in the facts' language.

    `seen` is the digest of the facts that the actor began with. Returns which of them changed, in the order of
    `ArticleFacts`; where any did, it is audited, by the names of the facts alone. The same again changes nothing.
    Locks the article. Raises OriginChanged when somebody else changed them since, to something else.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    before = facts_of(locked)
    changed = tuple(name for name in FACTS if getattr(before, name) != getattr(facts, name))
    if not changed:
        return ()
    if digest_of(before) != seen:
        raise OriginChanged
    Article.objects.filter(pk=article.pk).update(**asdict(facts))
    if "language" in changed:
        Course.objects.filter(pk=course.pk).update(language=facts.language)
    detail = {"changed": list(changed)}
    record(
        "changed where an article comes from",
        subject=f"article:{article.uuid}",
        actor=actor,
        course=course.uuid,
        detail=detail,
    )
    return changed
