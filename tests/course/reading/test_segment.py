from __future__ import annotations

import pytest

from course.reading.clean import clean
from course.reading.formats import read_file, read_text
from course.reading.outline import LessonOutline, ReadingWarning
from course.reading.segment import MANY_LESSONS, PART_WORDS, is_read, segment
from tests.course.reading.samples import HEADINGS, PASTE, gold_pages

PARAGRAPH = "This paragraph has exactly ten words and ends right here."


def lessons(text: str, title: str = "") -> tuple[tuple[LessonOutline, ...], tuple[ReadingWarning, ...]]:
    source = read_text(text, title)
    cleaned = clean(source)
    return segment(source.text, cleaned.passages, title=cleaned.title)


def codes(warnings: tuple[ReadingWarning, ...]) -> list[str]:
    return [warning.code for warning in warnings]


def test_each_heading_opens_a_lesson_and_what_stands_before_is_the_lead() -> None:
    found, warnings = lessons(PASTE)
    assert [(lesson.position, lesson.title, len(lesson.passages)) for lesson in found] == [
        (1, "Introduction", 3),
        (2, HEADINGS[0], 3),
        (3, HEADINGS[1], 3),
    ]
    assert warnings == ()


def test_the_lead_has_the_title_of_the_article() -> None:
    assert lessons(PASTE, title="Eleven benches")[0][0].title == "Eleven benches"


def test_words_are_those_of_the_passages_read() -> None:
    found, _ = lessons(f"{PARAGRAPH}\nA heading\n{PARAGRAPH}\n{PARAGRAPH}\nMake a donation")
    assert [lesson.words for lesson in found] == [10, 20]


def test_a_text_without_headings_is_cut_evenly_at_paragraphs() -> None:
    found, warnings = lessons("\n".join([PARAGRAPH.replace("exactly", f"number{n}") for n in range(96)]))
    assert [lesson.title for lesson in found] == ["Introduction", "Part 2", "Part 3"]
    assert [lesson.words for lesson in found] == [PART_WORDS] * 3
    assert codes(warnings) == ["no_headings"]


def test_a_single_paragraph_is_one_lesson_with_a_warning() -> None:
    found, warnings = lessons(PARAGRAPH * 60)
    assert [len(lesson.passages) for lesson in found] == [1]
    assert codes(warnings) == ["single_paragraph"]


def test_a_text_of_which_nothing_is_read_has_one_empty_lesson() -> None:
    found, warnings = lessons("Accept all cookies\nMake a donation")
    assert [(lesson.passages, lesson.words) for lesson in found] == [((), 0)]
    assert codes(warnings) == ["single_paragraph"]


def test_a_heading_without_text_is_an_empty_lesson_and_said_so() -> None:
    found, warnings = lessons(f"{PARAGRAPH}\nThe outer heading\nThe inner heading\n{PARAGRAPH}")
    assert [len(lesson.passages) for lesson in found] == [1, 0, 1]
    assert codes(warnings) == ["empty_lessons"]


def test_too_many_levels_keep_sub_headings_inside_their_lessons() -> None:
    page = "# Title\n\n" + "".join(
        f"## Chapter {n}\n\n{PARAGRAPH}\n\n### Section {n}\n\n{PARAGRAPH}\n\n" for n in range(MANY_LESSONS)
    )
    source = read_file("page.md", page.encode())
    found, warnings = segment(source.text, clean(source).passages, title="Title")
    assert [lesson.title for lesson in found] == [f"Chapter {n}" for n in range(MANY_LESSONS)]
    assert codes(warnings) == ["sub_headings_inside"]


def test_many_headings_of_one_level_are_said_so() -> None:
    text = "\n".join(f"A heading with number {n}\n{PARAGRAPH}" for n in range(MANY_LESSONS + 5))
    assert codes(lessons(text)[1]) == ["many_lessons"]


@pytest.mark.parametrize("page", gold_pages(), ids=lambda page: page.name)
def test_every_passage_that_is_read_is_in_exactly_one_lesson(page: object) -> None:
    source = read_text(getattr(page, "text", ""))
    passages = clean(source).passages
    found, _ = segment(source.text, passages, title="")
    assert [position for lesson in found for position in lesson.passages] == [
        p.position for p in passages if is_read(p)
    ]
