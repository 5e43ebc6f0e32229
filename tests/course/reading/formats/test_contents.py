from __future__ import annotations

import pytest

from course.reading.errors import UnreadableSource
from course.reading.formats.contents import check_contents, contents_of


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "a PDF file"),
        (b"\xef\xbb\xbf%PDF-1.7", "a PDF file"),
        (b"PK\x03\x04", "a Word or zip file"),
        (b"words", ""),
    ],
)
def test_contents_are_told_by_the_first_bytes(data: bytes, words: str) -> None:
    assert contents_of(data) == words


def test_name_and_contents_that_agree_pass() -> None:
    check_contents(".pdf", b"%PDF-1.7")
    check_contents(".txt", b"words")


def test_the_message_names_both() -> None:
    with pytest.raises(UnreadableSource) as caught:
        check_contents(".txt", b"%PDF-1.7")
    assert caught.value.message == (
        "The name of this file ends in .txt, but it is a PDF file; give it its right name or save it as text."
    )
