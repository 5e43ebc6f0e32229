"""Finding quotes again: never silently wrong, and not helpless either."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import example, given, settings

from course.reading.compare import compare
from course.reading.outline import Span
from course.reading.relocate import BESIDE, Relocator, Standing
from tests.course.reading.revising import WORDS, revised

OLD = (
    "The council met in winter. Engineers warned that the old bridge would not carry another flood. "
    "The mayor promised a new one.\nFarmers below the mill call the wall a thirst machine. Nobody asked them. "
    "The council met in winter. It decided nothing."
)
BRIDGE = "Engineers warned that the old bridge would not carry another flood."
TERM = "thirst machine"
TWICE = "The council met in winter."


def found(new: str, quote: str, *, last: bool = False) -> tuple[str, str]:
    """How the quote of OLD is found in the new text, and the words that stand there."""
    start = OLD.rindex(quote) if last else OLD.index(quote)
    relocated = Relocator(compare(OLD, new)).relocate(Span(start, start + len(quote)))
    return relocated.standing, relocated.span.quote(new)


@given(revised())
@example(("A b c.", "A b c. A b c.", [Span(0, 6)]))
@settings(max_examples=300, deadline=None)
def test_an_exact_quote_is_word_for_word_and_in_no_doubt(case: tuple[str, str, list[Span]]) -> None:
    old, new, spans = case
    relocator = Relocator(compare(old, new))

    for span in spans:
        relocated = relocator.relocate(span)
        place, quote = relocated.span, span.quote(old)
        assert 0 <= place.start < place.end <= len(new)
        if relocated.standing != Standing.EXACT:
            continue
        assert place.quote(new) == quote
        before = old[max(0, span.start - BESIDE) : span.start] == new[max(0, place.start - BESIDE) : place.start]
        after = old[span.end : span.end + BESIDE] == new[place.end : place.end + BESIDE]
        assert before or after or (old.count(quote) == 1 == new.count(quote))


@given(revised())
@settings(deadline=None)
def test_other_words_are_never_called_exact(case: tuple[str, str, list[Span]]) -> None:
    old, new, spans = case
    relocator = Relocator(compare(old, new))
    for span in spans:
        relocated = relocator.relocate(span)
        if relocated.span.quote(new) != span.quote(old):
            assert relocated.standing in (Standing.MOVED, Standing.ORPHANED)


@given(revised())
@settings(deadline=None)
def test_two_quotes_never_become_exactly_one(case: tuple[str, str, list[Span]]) -> None:
    old, new, spans = case
    relocator = Relocator(compare(old, new))
    exact: dict[Span, Span] = {}
    for span in set(spans):
        relocated = relocator.relocate(span)
        if relocated.standing == Standing.EXACT:
            assert exact.setdefault(relocated.span, span) == span


@given(revised())
@settings(deadline=None)
def test_nothing_is_lost_while_nothing_changes(case: tuple[str, str, list[Span]]) -> None:
    old, _, spans = case
    relocator = Relocator(compare(old, old))
    assert all(relocator.relocate(span).span == span for span in spans)
    assert {relocator.relocate(span).standing for span in spans} == {Standing.EXACT}


@pytest.mark.parametrize(
    ("change", "quote", "standing", "words"),
    [
        (("It decided nothing.", "It decided little."), BRIDGE, "exact", BRIDGE),
        ((TWICE, f"It snowed. {TWICE}"), BRIDGE, "exact", BRIDGE),
        (("another flood", "one more flood"), BRIDGE, "moved", BRIDGE.replace("another", "one more")),
        (("Engineers warned", "Two engineers had warned"), BRIDGE, "moved", f"Two engineers had{BRIDGE[9:]}"),
        ((f"{BRIDGE} ", ""), BRIDGE, "orphaned", None),
        ((BRIDGE, "Nobody was sure about anything at all."), BRIDGE, "orphaned", None),
        (("call the wall a", "now named it the"), TERM, "exact", TERM),
        ((TERM, "Thirst Machine"), TERM, "moved", "Thirst Machine"),
        ((TERM, "wonder"), TERM, "orphaned", None),
        (("Farmers below the mill call the wall a thirst machine. ", ""), TERM, "orphaned", None),
    ],
)
def test_each_change_is_told_for_what_it_is(
    change: tuple[str, str], quote: str, standing: str, words: str | None
) -> None:
    how, now = found(OLD.replace(*change), quote)
    assert how == standing
    assert words is None or now == words


def test_a_sentence_that_went_elsewhere_has_moved() -> None:
    new = OLD.replace(f"{BRIDGE} ", "") + f" {BRIDGE}"
    assert found(new, BRIDGE) == ("moved", BRIDGE)


def test_a_sentence_that_went_elsewhere_in_other_words_has_moved() -> None:
    again = BRIDGE.replace("another flood", "one more flood")
    new = OLD.replace(f"{BRIDGE} ", "") + f" {again}"
    assert found(new, BRIDGE) == ("moved", again)


def test_of_two_places_like_it_neither_is_guessed() -> None:
    new = OLD.replace(f"{BRIDGE} ", "") + f" {BRIDGE} And again: {BRIDGE}"
    assert found(new, BRIDGE)[0] == "orphaned"


def test_a_copy_elsewhere_does_not_draw_the_quote_away() -> None:
    assert found(f"{OLD} {BRIDGE}", BRIDGE) == ("exact", BRIDGE)
    assert found(f"{BRIDGE} {OLD}", BRIDGE)[0] in ("exact", "moved")


@pytest.mark.parametrize(("last", "standing"), [(False, "orphaned"), (True, "exact")])
def test_of_two_equal_sentences_the_one_that_was_taken_out_is_gone(last: bool, standing: str) -> None:
    new = OLD.replace(f"{TWICE} ", "", 1)
    assert found(new, TWICE, last=last)[0] == standing


def test_a_short_quote_alone_among_changes_is_looked_at() -> None:
    new = "All of it was written anew, and thirst machine stands here by chance."
    assert found(new, TERM)[0] in ("moved", "orphaned")


@pytest.mark.parametrize("new", ["x", "Nothing of it is left."])
def test_of_a_text_that_is_gone_everything_is_orphaned(new: str) -> None:
    assert {found(new, quote)[0] for quote in (BRIDGE, TERM, TWICE)} == {"orphaned"}


def test_a_thousand_quotes_of_the_longest_article_are_found_in_seconds() -> None:
    chance = random.Random(2)
    parts: list[str] = []
    while sum(map(len, parts)) < 200_000:
        parts.append(" ".join(chance.choices(WORDS, k=9)) + ".")
    old = " ".join(parts)
    new = " ".join(part for part in chance.sample(parts, len(parts)) if chance.random() > 0.3)
    began = time.process_time()
    relocator = Relocator(compare(old, new))
    starts = [chance.randrange(len(old) - 100) for _ in range(1_000)]
    for start in starts:
        relocator.relocate(Span(start, start + chance.choice([8, 30, 70])))
    assert time.process_time() - began < 20
