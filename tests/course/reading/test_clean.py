from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.clean import CleanText, clean
from course.reading.errors import UnreadableSource
from course.reading.formats import read_text
from course.reading.lines import lines_of
from course.reading.outline import Mark, PassageKind, Source, Span
from course.reading.reasons import REASONS
from tests.course.reading.samples import HEADINGS, PASTE, gold_pages


def cleaned(text: str) -> tuple[Source, CleanText]:
    source = read_text(text)
    return source, clean(source)


def quotes(text: str, kind: PassageKind) -> list[str]:
    source, result = cleaned(text)
    return [passage.span.quote(source.text) for passage in result.passages if passage.kind is kind]


def test_a_paste_has_its_unmarked_headings_found() -> None:
    assert quotes(PASTE, PassageKind.HEADING) == HEADINGS


def test_donation_and_tail_lines_are_dropped_with_their_reasons() -> None:
    source, result = cleaned(PASTE)
    dropped = [(p.reason, p.span.quote(source.text)) for p in result.passages if p.kind is PassageKind.BOILERPLATE]
    assert dropped == [
        ("donation", "Do you like reading this story?"),
        (
            "donation",
            (
                "It is free to read thanks to the support of our readers. "
                "To keep our newsroom independent we need your support."
            ),
        ),
        ("donation", "Become a member or make a donation"),
        ("tail", "Read the original article at the Tidewater Post"),
        ("related", "Related News :"),
    ]


def test_a_pull_quote_points_to_the_words_it_repeats() -> None:
    source, result = cleaned(PASTE)
    pulled = [p for p in result.passages if p.kind is PassageKind.PULL_QUOTE]
    assert [p.duplicates.quote(source.text) for p in pulled if p.duplicates] == [
        "the town was proud of a gift that blocked half of its harbour"
    ]


def test_stray_leading_marks_stay_in_the_text_and_out_of_the_passage() -> None:
    source, result = cleaned(PASTE)
    starts = [p.span.start for p in result.passages if p.span.quote(source.text).startswith("But a crane")]
    assert [source.text[start - 1] for start in starts] == ["-"]


def test_the_title_line_is_the_title_and_no_heading_of_a_lesson() -> None:
    _, result = cleaned("The crane that became a bench\n" + PASTE)
    assert result.title == "The crane that became a bench"
    assert (result.passages[0].kind, result.passages[0].reason) == (PassageKind.HEADING, "title")


def test_a_given_title_wins_and_its_line_is_recognised() -> None:
    source = read_text("Harbour notes\n" + PASTE, title="Harbour Notes")
    result = clean(source)
    assert result.title == "Harbour Notes"
    assert result.passages[0].reason == "title"


def test_a_title_with_the_publishers_name_is_recognised() -> None:
    source = read_text(
        "The crane that became a bench\n" + PASTE, title="The crane that became a bench | Tidewater Post"
    )
    assert clean(source).passages[0].reason == "title"


def test_a_paste_that_begins_with_a_sentence_has_no_title() -> None:
    assert cleaned(PASTE)[1].title == ""


def test_marks_of_the_format_win_over_the_judgement_of_lines() -> None:
    text = "a heading that looks like none.\n\nA Line That Looks Like A Heading\n\nSome words that follow."
    mark = Mark(Span(0, 31), PassageKind.HEADING, 2)
    kinds = [passage.kind for passage in clean(Source(text, marks=(mark,))).passages]
    assert kinds == [PassageKind.HEADING, PassageKind.PARAGRAPH, PassageKind.PARAGRAPH]


def test_list_items_begin_after_their_bullets() -> None:
    text = "We brought several things along:\n• a rope of forty metres\n• a lamp\n\nNothing of it was of any use to us."
    assert quotes(text, PassageKind.LIST_ITEM) == ["a rope of forty metres", "a lamp"]


def test_a_caption_is_a_figure() -> None:
    line = "The quay after the fall. Photo: Ada Lund"
    assert quotes(PASTE.replace("A tower", f"{line}\nA tower"), PassageKind.FIGURE) == [line]


def test_a_line_that_is_one_long_quotation_is_a_quote() -> None:
    line = "“We have waited for eleven years, and we can wait for another one.”"
    assert quotes(PASTE.replace("A tower", f"{line}\nA tower"), PassageKind.QUOTE) == [line]


def test_lines_of_tabs_are_a_table() -> None:
    assert quotes("Year\tBoats\tCranes\n1990\t40\t1\n" + PASTE, PassageKind.TABLE) == [
        "Year\tBoats\tCranes",
        "1990\t40\t1",
    ]


def test_every_reason_has_a_sentence() -> None:
    for page in gold_pages():
        for passage in cleaned(page.text)[1].passages:
            assert passage.reason == "" or REASONS[passage.reason].endswith(".")


def check_laws(source: Source, result: CleanText) -> None:
    assert [passage.position for passage in result.passages] == list(range(len(result.passages)))
    end = 0
    for passage in result.passages:
        quote = passage.span.quote(source.text)
        assert quote
        assert quote == quote.strip()
        assert passage.span.start >= end
        end = passage.span.end
        if passage.duplicates is not None:
            assert passage.duplicates.quote(source.text)
    covered = "".join(source.text[line.whole.start : line.whole.end] for line in lines_of(source))
    assert "".join(covered.split()) == "".join(source.text.split())
    assert len(result.passages) == sum(bool(line.strip()) for line in source.text.split("\n"))


def test_the_laws_of_passages_hold_for_every_page() -> None:
    for page in gold_pages():
        check_laws(*cleaned(page.text))


LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from([line for page in gold_pages() for _, line in page.lines]),
        st.sampled_from(
            ["", "????", "- ", "-But so it is.", "• one", "\u202eabc", "👩‍👩‍👧 family", "مرحبا بالعالم", "\x00\ud800"]
        ),
    ),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_the_laws_of_passages_hold_for_any_text(lines: list[str]) -> None:
    try:
        source = read_text("\n".join(lines))
    except UnreadableSource:
        return
    result = clean(source)
    check_laws(source, result)
    assert result == clean(source)


def test_what_the_contents_name_is_a_heading_and_what_stands_above_it_is_none() -> None:
    body = "This is a paragraph of ordinary length, which has enough words in it and which ends with a full stop."
    names = ["What you need", "The splice, step by step", "Common mistakes"]
    text = ["How to splice an eye", body, "Jump to:", *names, names[0], body, "A rope with its strands"]
    text += [names[1], "Step 1: The first tuck", body, names[2], body]
    source = read_text("\n".join(text))
    found = [p.span.quote(source.text) for p in clean(source).passages if p.kind is PassageKind.HEADING]
    assert found == ["How to splice an eye", names[0], names[1], "Step 1: The first tuck", names[2]]
