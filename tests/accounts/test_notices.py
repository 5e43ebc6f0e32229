from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accounts import notices
from accounts.notices import OTHER, DuplicateNotice, kind_of, notice_kind, notice_kinds


@pytest.fixture(autouse=True)
def _told_here_only() -> Iterator[None]:
    """What these tests name is not asked of anybody else's."""
    before = dict(notices._kinds)
    yield
    notices._kinds.clear()
    notices._kinds.update(before)


def test_a_sort_is_known_by_its_name_and_may_be_named_again_alike() -> None:
    words: dict[str, Any] = {"label": "Tests", "one": "one test", "many": "{n} tests"}

    assert notice_kind("test-alike", **words) == notice_kind("test-alike", **words) == "test-alike"
    assert [kind_of("test-alike").counted(amount) for amount in (1, 2, 14)] == ["one test", "2 tests", "14 tests"]


def test_one_name_means_one_thing() -> None:
    notice_kind("test-once", label="Tests", one="one test", many="{n} tests")

    with pytest.raises(DuplicateNotice, match="test-once"):
        notice_kind("test-once", label="Others", one="one test", many="{n} tests")


def test_what_nobody_tells_any_more_is_counted_all_the_same() -> None:
    assert kind_of("gone") is OTHER
    assert [OTHER.counted(amount) for amount in (1, 3)] == ["one other message", "3 other messages"]


@pytest.mark.parametrize("slug", ["appeal_decided", "extension", "graded", "invitation", "model-gave-up", "regraded"])
def test_every_sort_that_is_told_has_its_words(slug: str) -> None:
    kind = notice_kinds[slug]

    assert kind.label[0].isupper()
    assert "{n}" in kind.many
    assert "{n}" not in kind.one
