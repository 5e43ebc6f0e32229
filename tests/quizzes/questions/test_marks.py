"""Which marks on letters may be left out, which make other letters, and which letters are typed as two."""

from __future__ import annotations

import pytest

from quizzes.questions.marks import with_marks_spelled_out, without_accents


@pytest.mark.parametrize(
    ("text", "plain", "spelled_out"),
    [
        ("cafe", "cafe", "cafe"),
        ("café naïve", "cafe naive", "cafe naive"),
        ("Köln", "Koln", "Koeln"),
        ("Ångström", "Angstrom", "AAngstroem"),
        ("Łódź", "Lodz", "Lodz"),
        ("ёлка й ў ї", "елка й ў ї", "елка й ў ї"),
        ("за́мок", "замок", "замок"),
        ("ѓ", "ѓ", "ѓ"),
        ("כִּתָּה", "כתה", "כתה"),
        ("مُدَرِّسٌ", "مدرس", "مدرس"),
        ("أحمد ؤ", "احمد ؤ", "احمد ؤ"),
        ("が", "が", "が"),
        ("\u0301a", "\u0301a", "\u0301a"),
    ],
)
def test_marks_that_may_be_left_out(text: str, plain: str, spelled_out: str) -> None:
    assert (without_accents(text), with_marks_spelled_out(text)) == (plain, spelled_out)
