from __future__ import annotations

import pytest

from course.reading.clean import clean
from course.reading.formats import read_text
from course.reading.headings import heading_lines
from course.reading.lines import lines_of
from course.reading.outline import PassageKind
from tests.course.reading.samples import GoldPage, gold_pages

LONG = "This is a paragraph of ordinary length, which has enough words in it and which ends with a full stop."


def headings(text: str) -> list[str]:
    lines = lines_of(read_text(text))
    found = heading_lines(lines)
    return [line.text for line in lines if line.number in found]


@pytest.mark.parametrize(
    "heading",
    [
        "A plain heading in sentence case",
        "A Heading in Title Case",
        "THE ARITHMETIC OF CAPITALS",
        "Who pays for it?",
        "3. Choose the right rope",
        "Day four: the ferry",
        "“We will not go”",
        "Never again!",
        "Things to avoid:",
        "¿Y ahora qué?",
        "Über die Grenzen",
        "1989",
    ],
)
def test_a_short_line_between_paragraphs_is_a_heading(heading: str) -> None:
    assert headings(f"{LONG}\n{heading}\n{LONG}") == [heading]


@pytest.mark.parametrize(
    "heading",
    [
        "Share prices fall",
        "Most popular breeds",
        "Recommended dosage",
        "How to sign up for benefits",
        "Sign in to your account",
        "Contact us",
        "Published works",
        "Updated guidance on masks",
        "By train",
        "By Public Transport",
        "12 May 1940",
        "Support our teachers need",
        "Analysis",
        "You may also need",
        "How to become a member",
        "Subscribe to a calendar",
    ],
)
def test_a_heading_with_a_word_of_the_cue_lists_is_kept(heading: str) -> None:
    body = "\n".join(LONG.replace("paragraph", f"paragraph with number {n}") for n in range(9))
    source = read_text(f"{body}\n{heading}\n{body}")
    kept = [p.span.quote(source.text) for p in clean(source).passages if p.kind is PassageKind.HEADING]
    assert kept == [heading]


@pytest.mark.parametrize(
    "line", ["2-1/4 cups plain flour", "1 tsp salt", "400 g flour", "office@example.org", "Call +49 30 1234567"]
)
def test_quantities_and_addresses_are_no_headings(line: str) -> None:
    assert headings(f"{LONG}\n{line}\n{LONG}") == []


@pytest.mark.parametrize(
    "line",
    [
        "It was never about money.",
        "they refused all of it",
        "The council has tried the following:",
        "However, this ends:",
        "He then said, after a while,",
        "A sentence that was broken off in the",
        "- an item of a list",
        "Rope\tLength\tPrice",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen",
    ],
)
def test_a_short_line_that_announces_nothing_is_no_heading(line: str) -> None:
    assert headings(f"{LONG}\n{line}\n{LONG}") == []


def test_the_last_line_of_a_text_is_no_heading() -> None:
    assert headings(f"{LONG}\nA line at the very end") == []


def test_what_an_interviewer_asks_is_no_heading() -> None:
    answer = "I came to the harbour as a boy, and I have never left it for longer than a week since that day."
    asked = ["Why did you stay?", "What did your mother say?", "Do you miss it?", "And what comes next?"]
    talk = "\n".join(f"{question}\n{answer}" for question in asked)
    assert headings(f"{LONG}\nThe first boat\n{talk}\nThe last boat\n{LONG}") == ["The first boat", "The last boat"]


def test_questions_that_nobody_answers_as_a_person_are_headings() -> None:
    asked = ["How do you book a berth?", "What do you pay?", "When must you leave?", "Whom do you call?"]
    assert headings("\n".join(f"{question}\n{LONG}" for question in asked)) == asked


def test_a_few_short_lines_at_the_very_end_are_no_headings() -> None:
    assert headings(f"{LONG}\nTidewater House\nQuay Street\nHarrowmere") == []


def test_of_a_list_without_bullets_only_the_lines_around_it_are_headings() -> None:
    text = f"{LONG}\nWhat to bring\nRope\nLamp oil\nDry socks\nThe way up\n{LONG}"
    assert headings(text) == ["What to bring", "The way up"]


def test_an_announced_list_without_bullets_has_no_heading_of_its_own() -> None:
    text = f"{LONG}\nOn the day itself you will have to bring these:\nRope\nLamp oil\nThe way up\n{LONG}"
    assert headings(text) == ["The way up"]


def test_lines_of_a_numbered_list_are_no_headings() -> None:
    text = f"{LONG}\nHow to tie it\n1. Make a loop\n2. Go round twice\n3. Pull hard.\nWhen to untie it\n{LONG}"
    assert headings(text) == ["How to tie it", "When to untie it"]


def test_white_space_above_a_line_of_a_list_makes_it_a_heading() -> None:
    text = f"{LONG}\n\nWhat to bring\nRope\nLamp\n\nWhat to leave\nBooks\nPiano\nSilver\n\n{LONG}"
    assert headings(text)[:2] == ["What to bring", "What to leave"]


def test_usual_section_titles_are_headings_even_among_list_items() -> None:
    text = f"{LONG}\nSee also\nList of ropes\nLamps\nReferences\nThe Rope Review, 1988"
    assert headings(text) == ["See also", "References"]


def test_a_numbered_sentence_can_be_a_heading() -> None:
    assert headings(f"{LONG}\n1. Bring a rope.\n{LONG}\n2. Tie it well.\n{LONG}") == [
        "1. Bring a rope.",
        "2. Tie it well.",
    ]


def found_headings(page: GoldPage) -> set[str]:
    source = read_text(page.text)
    passages = clean(source).passages
    return {p.span.quote(source.text) for p in passages if p.kind is PassageKind.HEADING and p.reason == ""}


def test_headings_of_the_sample_pages_are_found() -> None:
    hits = extra = missed = 0
    for page in gold_pages():
        wanted, found = set(page.of("H")), found_headings(page)
        hits, extra, missed = hits + len(wanted & found), extra + len(found - wanted), missed + len(wanted - found)
    assert 2 * hits / (2 * hits + extra + missed) >= 0.97


def test_no_paragraph_of_the_sample_pages_is_dropped() -> None:
    for page in gold_pages():
        source = read_text(page.text)
        dropped = {p.span.quote(source.text) for p in clean(source).passages if p.kind is PassageKind.BOILERPLATE}
        assert dropped & set(page.of("P", "L", "H")) == set()


def test_junk_of_the_sample_pages_is_dropped() -> None:
    junk = dropped = 0
    for page in gold_pages():
        source = read_text(page.text)
        found = {p.span.quote(source.text) for p in clean(source).passages if p.kind is PassageKind.BOILERPLATE}
        junk, dropped = junk + len(page.of("J")), dropped + len(set(page.of("J")) & found)
    assert dropped >= 0.95 * junk


def test_of_what_is_said_in_a_dialogue_no_question_is_a_heading() -> None:
    text = f"{LONG}\n“Is it broken?”\n“It is only tired,” he said.\n“We are closed!”\n{LONG}\n“Who pays?”\n{LONG}"
    assert headings(text) == ["“Who pays?”"]


def test_among_lines_of_a_list_the_few_in_capitals_are_the_headings() -> None:
    text = f"{LONG}\nWHAT TO BRING\nRope\nLamp oil\nWHAT TO LEAVE\nBooks\nPianos\n{LONG}"
    assert headings(text) == ["WHAT TO BRING", "WHAT TO LEAVE"]


@pytest.mark.parametrize("heading", ["💡 A tip from the quay", "➜ What to do next"])
def test_a_sign_may_stand_before_a_heading(heading: str) -> None:
    assert headings(f"{LONG}\n{heading}\n{LONG}") == [heading]


def test_a_subject_with_its_verb_is_no_label() -> None:
    assert headings(f"{LONG}\nWe had three ropes:\n{LONG}") == []


def test_lines_that_the_contents_name_are_the_headings_of_a_run() -> None:
    lines = lines_of(read_text(f"{LONG}\nA rope and its strands\nThe splice\nStep 1: The tuck\n{LONG}"))
    assert heading_lines(lines, {2}) == {2, 3}


@pytest.mark.parametrize(
    "line",
    [
        "He lived there until the light was automatic. How much did it cost?",
        "Він жив там, доки світло не зробили автоматичним. Скільки це коштувало?",
        "عاش الحارس في البرج مع زوجته حتى أصبح الضوء آليًا. كم كلف ذلك؟",
        "They had never seen such a thing before. It was huge!",
    ],
)
def test_a_question_behind_a_whole_sentence_is_text(line: str) -> None:
    assert headings(f"{LONG}\n{line}\n{LONG}") == []


@pytest.mark.parametrize("heading", ["Prices are up. Who pays?", "What does old Prof. Smith want?"])
def test_a_question_behind_a_few_words_is_a_heading(heading: str) -> None:
    assert headings(f"{LONG}\n{heading}\n{LONG}") == [heading]
