"""What an instructor types is taken as meant."""

from __future__ import annotations

import pytest

from tests.web.studio.drafts import REASON
from web.studio.forms import ImportForm, RejectForm


def test_a_reason_is_a_choice_or_words_of_ones_own() -> None:
    for sent, reason in (
        ({"why": "trivial"}, REASON),
        ({"why": "trivial", "note": "Too small."}, "Too small."),
        ({}, ""),
    ):
        form = RejectForm(sent)
        assert form.is_valid()
        assert form.reason() == reason


def test_an_unknown_reason_is_refused() -> None:
    assert not RejectForm({"why": "mood"}).is_valid()


def test_line_ends_of_a_paste_are_unified_and_its_spaces_kept() -> None:
    form = ImportForm({"text": "A lake.\r\n\r\n  A wall.\r\n"}, {})
    assert form.is_valid(), form.errors
    assert "\r" not in form.source.text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "nowhere"])
def test_a_source_is_a_web_address(address: str) -> None:
    form = ImportForm({"text": "A lake.", "source_url": address}, {})
    assert not form.is_valid()
    assert "source_url" in form.errors


def test_an_address_without_a_scheme_is_taken_as_secure() -> None:
    form = ImportForm({"text": "A lake.", "source_url": "example.org/lake"}, {})
    assert form.is_valid(), form.errors
    assert form.facts().source_url == "https://example.org/lake"
