from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.lines import Line, lines_of
from course.reading.outline import Source
from course.reading.technical import entries, is_bare_number, is_code, is_entry, is_quantity, label_of, records

SENTENCE = "It does what its name says, and it does so every time that it is asked to."


def lines(*texts: str) -> list[Line]:
    return lines_of(Source("\n".join(texts)))


def texts_of(numbers: set[int], among: list[Line]) -> list[str]:
    return [line.text for line in among if line.number in numbers]


@pytest.mark.parametrize(
    "text",
    [
        "if (lantern.lit) {",
        "}",
        "return height * 2;",
        "$ pip install tides",
        "> npm run build",
        ">>> tide.height()",
        "// nothing to see here",
        "/* the quay",
        "<div class=quay>",
        "</div>",
        "--harbour=NAME",
        "-v",
        "lamps.map(lamp => lamp.lit)",
        "fn light() -> Lamp",
        "harbour::quay",
        "make && make install",
        "cat quays | sort || true",
        'name = "Merrow"',
        "/etc/lantern/harbour.conf",
        "~/.config/lantern",
        "./configure",
        "C:\\Harbour",
        "address 0x7ffe400e6250 of the stack",
        "next_high(after=None)",
        "socket.close([callback])",
        "new Lamp(height)",
        "$crate",
        "an opening (without its end",
        "a list] that never began",
        "“a quotation that goes on",
    ],
)
def test_program_text_is_code(text: str) -> None:
    assert is_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "Why do lamps go out?",
        "The price of a short crossing",
        "Supply and demand: an old love",
        "Bread & butter",
        "A quay (and a crane)",
        "Section [2]",
        "“We shall not go”",
        "1914–1918",
        "The co-operative's first year",
        "Win or lose / sink or swim",
        "A 5-minute walk",
        "Results (2019)",
    ],
)
def test_a_heading_in_words_is_no_code(text: str) -> None:
    assert not is_code(text)


@pytest.mark.parametrize(
    ("text", "is_number"),
    [
        ("1", True),
        ("12", True),
        ("– 7 –", True),
        ("3.14", True),
        ("12,500.5", True),
        ("104729", True),
        ("1989", False),
        ("12 men", False),
        ("Chapter 3", False),
        ("", False),
    ],
)
def test_a_number_alone_says_nothing_unless_it_is_a_year(text: str, is_number: bool) -> None:
    assert is_bare_number(text) is is_number


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("2 onions, chopped", True),
        ("½ lemon", True),
        ("1 1/2 cups of oats", True),
        ("3–4 apples", True),
        ("7 Quiet Islands", False),
        ("1989", False),
        ("2", False),
        ("Two onions", False),
    ],
)
def test_a_quantity_is_a_number_of_something(text: str, counts: bool) -> None:
    assert is_quantity(text) is counts


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Type: Number", "type"),
        ("Default value: 30", "default value"),
        ("ANNA RUIZ: Welcome back.", "anna ruiz"),
        ("Q: Do you write every day?", "q"),
        ("Things to avoid:", ""),
        ("A sentence that is far too long for a label: this", ""),
        ("It began at 10:30 sharp", ""),
        ("https://example.org", ""),
        ("No label at all", ""),
    ],
)
def test_a_label_is_what_stands_before_the_colon(text: str, label: str) -> None:
    (line,) = lines(text)
    assert label_of(line) == label


def test_fields_in_a_row_are_records() -> None:
    page = lines("max-lanterns", "Default: 64", "Type: Number", SENTENCE)
    assert texts_of(records(page), page) == ["Default: 64", "Type: Number"]


def test_one_label_between_paragraphs_is_no_record() -> None:
    page = lines(SENTENCE, "Day four: the ferry", SENTENCE, "Day five: the moor", SENTENCE)
    assert records(page) == set()


def test_a_label_that_comes_often_below_short_lines_is_a_record() -> None:
    page = lines(*["Method", "Stability: 2", SENTENCE] * 3)
    assert texts_of(records(page), page) == ["Stability: 2"] * 3


def test_a_label_that_comes_often_between_paragraphs_may_be_a_heading() -> None:
    page = lines(*[SENTENCE, "Myth: cats hate water"] * 3, SENTENCE)
    assert records(page) == set()


def test_speakers_are_records_whatever_they_say() -> None:
    page = lines(
        "ANNA: " + SENTENCE,
        SENTENCE,
        "ANNA: And then?",
        SENTENCE,
        "ANNA: Thank you.",
        SENTENCE,
    )
    assert "ANNA: And then?" in texts_of(records(page), page)


def test_a_long_line_after_a_label_stays_a_paragraph_of_its_own() -> None:
    page = lines(f"Note: {SENTENCE}", f"Warning: {SENTENCE}")
    assert records(page) == set()


def test_calls_that_are_described_are_entries() -> None:
    page = lines("next_high(after=None)", SENTENCE, "next_low(after=None)", SENTENCE)
    assert texts_of(entries(page), page) == ["next_high(after=None)", "next_low(after=None)"]


def test_settings_with_fields_below_them_are_entries() -> None:
    page = lines("idle-timeout", "Default: 300", "log-level", "Default: info", "read-only", "Default: false")
    assert texts_of(entries(page), page) == ["idle-timeout", "log-level", "read-only"]


def test_a_single_call_is_no_entry() -> None:
    assert entries(lines(SENTENCE, "place.next_high()", SENTENCE)) == set()


def test_plain_words_in_small_letters_are_no_entries() -> None:
    assert entries(lines("rope", SENTENCE, "lamp", SENTENCE, "socks", SENTENCE)) == set()


def test_names_in_a_row_are_a_list_and_no_entries() -> None:
    assert entries(lines("idle-timeout", "log-level", "read-only", "max-lanterns")) == set()


def test_the_last_line_is_no_entry() -> None:
    page = lines("idle-timeout", SENTENCE, "log-level", SENTENCE, "read-only")
    assert texts_of(entries(page), page) == ["idle-timeout", "log-level"]


def test_an_item_with_a_bullet_is_no_entry() -> None:
    (line,) = lines("• idle-timeout")
    assert not is_entry(line)


HOSTILE = [
    "1" * 4_000,
    "1 " * 2_000,
    "1." * 2_000,
    "a(" * 2_000,
    "a.b" * 1_500,
    "½ " * 2_000,
    "-" * 4_000,
    "A: " * 1_500,
]


@pytest.mark.parametrize("text", HOSTILE, ids=[text[:3] for text in HOSTILE])
def test_hostile_lines_are_judged_in_no_time(text: str) -> None:
    (line, *_) = lines(text)
    start = time.process_time()
    for judge in (is_code, is_bare_number, is_quantity):
        judge(text)
    is_entry(line)
    label_of(line)
    assert time.process_time() - start < 0.2


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(alphabet="aB1:.(-) ", max_size=30), max_size=12))
def test_records_and_entries_are_lines_of_the_page_and_never_both(texts: list[str]) -> None:
    page = lines(*texts)
    numbers = {line.number for line in page}
    assert records(page) | entries(page) <= numbers
    assert not records(page) & entries(page)
