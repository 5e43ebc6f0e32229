from __future__ import annotations

from course.reading.formats.txt import read, source_of_text


def test_a_text_file_has_no_marks() -> None:
    source = read(b"\xef\xbb\xbfA title\r\n\r\nSome words.\r\n")
    assert (source.text, source.marks, source.title) == ("A title\n\nSome words.", (), "")


def test_hard_wrapped_lines_are_joined() -> None:
    wrapped = "\n".join(
        ["The harbour had one crane and no one in the town who", "owned it, which was the reason that nobody looked"]
        * 4
    )
    assert "\n" not in source_of_text(wrapped).text
