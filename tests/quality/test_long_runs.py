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
from quizzes.questions.base import BrokenQuestion, InvalidAnswer
from quizzes.questions.numbers import written_number
from quizzes.questions.patterns import fitting_pattern
from quizzes.questions.text_matching import Tolerance
from tests.promises.reached import at_most
from tests.quizzes.questions.test_laws import calls_of

pytestmark = [pytest.mark.promise(38)]

Reader = Callable[[str], object]
REFUSALS = (BrokenQuestion, InvalidAnswer)
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

PATTERNS = (
    "(a+)+b",
    "(a|a)*b",
    "(a|aa)+b",
    "(a*)*b",
    "(.*a){20}b",
    "(.*){30}b",
    "a*a*a*a*a*a*a*a*b",
    "(a?){150}a{150}",
    "(a{1,30}){1,30}b",
    "((a{1,10}){1,10}){1,10}b",
    "(((((a+)+)+)+)+)+b",
    "(a+|b+|ab)*c",
    "(?:a|b|ab|ba)+c",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    r"(\w+\s?)*!",
    r"([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@)",
    r"(\pL{900}\pN{900}){1}" * 5,
    r"(\pL|\pN|.)*\pZ",
    "(x+x+)+y",
    "a{1000}{1000}",
)
"""Each takes a backtracking matcher ages to find unfit, or a generous one much memory to prepare."""
NUMBERS = (
    "1e999999999",
    "-1e-999999999",
    "9" * 100_000,
    "1" + ",000" * 30_000,
    "0." + "0" * 100_000 + "1",
    "1e" + "9" * 100_000,
    "-" * 100_000 + "5",
    "5" + " " * 100_000 + "km",
    "1.2" * 50_000,
    "2**99999999",
)
BOUNDED: Mapping[Reader, tuple[str, ...]] = {
    lambda text: fitting_pattern("a" * 300, [text], tolerance=Tolerance()): PATTERNS,
    lambda text: written_number(text, ask="Type a number."): NUMBERS,
}
MOST_CALLS, MOST_SECONDS = 2_000, 0.05


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


def work_of(reader: Reader, text: str) -> tuple[int, float]:
    """How many calls reading takes where nothing of the text is known yet, and the processor's seconds."""

    def read_once() -> None:
        with suppress(*REFUSALS):
            reader(text)

    start = time.process_time()
    return calls_of(read_once), time.process_time() - start


def test_twenty_patterns_and_ten_numbers_are_read_or_refused_in_little_work(reached: Callable[[str], None]) -> None:
    for reader in BOUNDED:
        work_of(reader, "warm")
    calls, spent = zip(*(work_of(reader, text) for reader, texts in BOUNDED.items() for text in texts), strict=True)
    reached(
        f"{len(PATTERNS)} patterns and {len(NUMBERS)} numbers, each in at most {max(calls)} calls and "
        f"{max(spent) * 1000:.0f} ms"
    )
    assert (len(set(PATTERNS)), len(set(NUMBERS))) == (20, 10)
    assert max(calls) < MOST_CALLS
    assert max(spent) < at_most(MOST_SECONDS)
