"""Comparing two wordings: what is kept really stands in both, and what nobody touched is found."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.reading.compare import Comparison, Kept, compare, likeness, sentences_in, words_in
from course.reading.outline import Span
from tests.course.reading.revising import WORDS, Edit, revised, sentences

TEXT = "A lake feeds two towns. The upper town built a wall.\nThe lower town calls it a thirst machine."


def kept_of(comparison: Comparison) -> list[str]:
    return [comparison.old[each.old : each.old + each.length] for each in comparison.kept]


@given(revised())
@settings(deadline=None)
def test_what_is_kept_stands_in_both_texts_in_the_same_order(case: tuple[str, str, list[Span]]) -> None:
    old, new, _ = case
    comparison = compare(old, new)

    for each in comparison.kept:
        assert each.length > 0
        assert old[each.old : each.old + each.length] == new[each.new : each.new + each.length]
    for one, next_one in pairwise(comparison.kept):
        assert one.old + one.length <= next_one.old
        assert one.new + one.length <= next_one.new


@given(revised())
@settings(deadline=None)
def test_an_image_says_the_same_words(case: tuple[str, str, list[Span]]) -> None:
    old, new, spans = case
    comparison = compare(old, new)

    for span in spans:
        image = comparison.image(span)
        assert image is None or image.quote(new) == span.quote(old)


@given(revised())
@settings(deadline=None)
def test_an_image_lies_in_its_room(case: tuple[str, str, list[Span]]) -> None:
    old, new, spans = case
    comparison = compare(old, new)

    for span in spans:
        room, image = comparison.room(span), comparison.image(span)
        assert 0 <= room.start <= room.end <= len(new)
        assert image is None or room.start <= image.start < image.end <= room.end


@given(st.text(max_size=300))
@settings(deadline=None)
def test_a_text_is_all_kept_beside_itself(text: str) -> None:
    assert compare(text, text).kept == ((Kept(0, 0, len(text)),) if text else ())


@given(st.text(max_size=200), st.text(max_size=200))
@settings(deadline=None)
def test_comparing_the_other_way_round_is_sound_too(old: str, new: str) -> None:
    other = compare(old, new).reversed()
    assert (other.old, other.new) == (new, old)
    assert all(new[each.old : each.old + each.length] == old[each.new : each.new + each.length] for each in other.kept)


@given(st.lists(sentences(), min_size=3, max_size=12, unique=True), st.data())
@settings(deadline=None)
def test_one_change_leaves_every_other_sentence_in_its_place(parts: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(min_value=0, max_value=len(parts) - 1))
    changed = Edit("delete", place, 0, "").made_to(parts)
    comparison = compare(" ".join(parts), " ".join(changed))

    start = 0
    for number, part in enumerate(parts):
        if number != place:
            assert comparison.image(Span(start, start + len(part))) is not None
        start += len(part) + 1


@pytest.mark.parametrize(
    ("new", "kept"),
    [
        (TEXT, [TEXT]),
        (TEXT.replace("two", "three"), ["A lake feeds ", TEXT[16:]]),
        (TEXT.replace(" The upper town built a wall.", ""), ["A lake feeds two towns.", TEXT[52:]]),
        (f"{TEXT} It is dry.", [TEXT]),
        (f"It is dry. {TEXT}", [TEXT]),
        ("Nothing alike stands here", []),
        ("", []),
    ],
)
def test_what_an_editor_left_alone_is_kept(new: str, kept: list[str]) -> None:
    assert kept_of(compare(TEXT, new)) == kept


def test_a_word_amid_changes_is_chance() -> None:
    assert kept_of(compare("Red cars and blue ships go.", "Old trains and fast planes fly.")) == ["."]


def test_a_room_is_what_took_the_place_of_what_is_gone() -> None:
    comparison = compare(TEXT, TEXT.replace("built a wall", "raised a high dam"))
    room = comparison.room(Span(TEXT.index("built"), TEXT.index(" wall") + 5))
    assert room.quote(comparison.new) == "raised a high dam"


@pytest.mark.parametrize(
    ("span", "share"), [(Span(0, 10), 1.0), (Span(13, 18), 0.0), (Span(11, 15), 0.5), (Span(23, 33), 1.0)]
)
def test_the_share_kept_counts_characters(span: Span, share: float) -> None:
    assert compare(TEXT, TEXT.replace("two", "three")).share_kept(span) == share


@given(st.text(max_size=300))
@settings(deadline=None)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(span.quote(text) for span in sentences_in(text)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One. Two! Three? Four", ["One. ", "Two! ", "Three? ", "Four"]),
        ("“One.” Two.\n\nThree", ["“One.” ", "Two.\n\n", "Three"]),
        ("About 3.5 litres. Done.", ["About 3.5 litres. ", "Done."]),
        ("湖很大。墙很高。", ["湖很大。", "墙很高。"]),
        ("", []),
    ],
)
def test_sentences_end_where_readers_end_them(text: str, found: list[str]) -> None:
    assert [span.quote(text) for span in sentences_in(text)] == found


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a b c", "a b c", 1.0),
        ("a b c", "A B C", 1.0),
        ("a b", "c d", 0.0),
        ("a b c d", "a b x y", 0.5),
        ("a a", "a", 2 / 3),
        ("", "", 0.0),
    ],
)
def test_likeness_counts_shared_words(one: str, other: str, alike: float) -> None:
    assert likeness(words_in(one), words_in(other)) == alike


@pytest.mark.parametrize("length", [20_000, 200_000])
def test_the_longest_article_is_compared_in_seconds_however_it_was_changed(length: int) -> None:
    chance = random.Random(1)
    parts: list[str] = []
    while sum(map(len, parts)) < length:
        parts.append(" ".join(chance.choices(WORDS, k=9)) + ".")
    changed = [part for part in parts if chance.random() > 0.2]
    changed = [part.replace("lake", "pond") if chance.random() < 0.3 else part for part in changed]
    began = time.process_time()
    comparison = compare(" ".join(parts), " ".join(changed))
    assert time.process_time() - began < length / 20_000
    assert sum(each.length for each in comparison.kept) > length / 2


@pytest.mark.parametrize(
    ("old", "new"), [("a " * 40_000, "a " * 30_000 + "b " * 9_000), ("a b " * 9_000, "b a " * 9_000)]
)
def test_monotonous_texts_take_no_longer(old: str, new: str) -> None:
    began = time.process_time()
    compare(old, new)
    assert time.process_time() - began < 5
