"""Addresses made of titles: readable, short, unique where they have to be. Pure."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.text import slugify

LONGEST = 60


def unique_slug(title: str, *, taken: Collection[str], fallback: str) -> str:
    """A slug of the title that is not taken: at most 60 letters, cut at a word, numbered from 2 when it must be."""
    base = _shortened(slugify(title)) or fallback
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST:
        return slug
    return slug[:LONGEST].rsplit("-", 1)[0]
