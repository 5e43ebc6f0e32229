"""Whatever somebody types a thousand times over costs as much as it is long, at every door that reads text."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress

import pytest

from course.reading.errors import UnreadableSource
from course.reading.formats import read_file, read_text
from course.reading.reader import outline
from quizzes.formats import course_file, gift
from quizzes.grading.similar.texts import read

pytestmark = [pytest.mark.promise(38)]

Reader = Callable[[str], object]
GROWTH = 8
"""Four times the text may cost twice as much again as four times the time; its square would be sixteen times."""
SHORT, LONG = 5_000, 20_000
LEAST = 0.03
SIGNS = [" ", "\t", "\n", "a", "1,", ".", "( ", "“", "<a ", "&#", "](", "= ", "{", "}", "\\", "*", "|", "`", "->", "- "]
DOORS: Mapping[str, Reader] = {
    "a text": lambda text: outline(read_text(f"A town stands here.\n\nx {text} y")),
    "a page": lambda text: read_file("a.html", f"<p>A town stands here.</p><p>{text}</p>".encode()),
    "a Markdown file": lambda text: read_file("a.md", f"A town stands here.\n\n{text}".encode()),
    "a course file": course_file.parse,
    "GIFT": gift.read,
    "an answer in free words": read,
}


def seconds(reader: Reader, text: str) -> float:
    spent = []
    for _ in range(2):
        start = time.process_time()
        with suppress(UnreadableSource, ValueError):
            reader(text)
        spent.append(time.process_time() - start)
    return min(spent)


@pytest.mark.parametrize("door", DOORS)
def test_a_run_of_one_sign_costs_as_much_as_it_is_long(door: str) -> None:
    reader, slow = DOORS[door], {}
    seconds(reader, "warm")
    for sign in SIGNS:
        short, long = (seconds(reader, f"A: {sign * (length // len(sign))} z") for length in (SHORT, LONG))
        if long > GROWTH * max(short, LEAST):
            slow[sign] = (short, long)
    assert slow == {}
