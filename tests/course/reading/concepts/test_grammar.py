"""What each word of a sentence may be in a phrase, and which phrase a cue points at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.reading.concepts.parsing import kinds_in

Role = str
"""h: may end a phrase; m: may stand inside one; a: is an adjective; p: ends a possessive; -: none of these."""


def roles(text: str) -> dict[str, Role]:
    """What each word may be, by the word; later ones win."""
    reading, kinds = kinds_in(text)
    rows = {"h": kinds.is_head, "m": kinds.is_modifier, "a": kinds.is_adjective, "p": kinds.is_possessive}
    return {
        word: "".join(letter for letter, row in rows.items() if row[i]) or "-" for i, word in enumerate(reading.words)
    }


def named(text: str) -> list[str]:
    reading, kinds = kinds_in(text)
    return [reading.surface(*each) for each in kinds.named]


def framed(text: str) -> str:
    reading, kinds = kinds_in(text)
    return " ".join(reading.words[i] for i in sorted(kinds.framing))


@pytest.mark.parametrize(
    ("text", "word", "role"),
    [
        ("They own a wall.", "wall", "hm"),
        ("They own old walls.", "old", "ma"),
        ("They own it.", "it", "-"),
        ("They own the wall.", "the", "-"),
        ("They left quickly.", "quickly", "-"),
        ("They need highly skilled workers.", "highly", "m"),
        ("They need workers, highly.", "highly", "-"),
        ("They fell.", "fell", "-"),
        ("They saw the zorble.", "zorble", "hm"),
        ("They were zorbled.", "zorbled", "ma"),
        ("They sang zorbly.", "zorbly", "-"),
        ("They saw Hask.", "Hask", "hm"),
        ("They own a co-tax.", "co-tax", "hm"),
        ("The man's hat fell.", "'s", "p"),
        ("The man’s hat fell.", "’s", "p"),
        ("It's late.", "'s", "-"),
        ("They need to march.", "march", "-"),
        ("They saw the march.", "march", "hm"),
        ("They saw it and need the.", "need", "-"),
        ("They bought 7 lamps.", "7", "ma"),
        ("“They”, it is.", "”", "-"),
        ("They saw it — there.", "—", "-"),
        ("The danger twice.", "twice", "-"),
        ("If the heating fails, they leave.", "fails", "-"),
        ("They saw harbours, for example boats.", "example", "-"),
        ("In March boats came.", "March", "-"),
        ("Nobody boats in winter.", "boats", "-"),
    ],
)
def test_a_word_has_its_role(text: str, word: str, role: Role) -> None:
    assert roles(text)[word] == role


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They left the unseen.", "unseen"),
        ("It is their last stand.", "stand"),
        ("They have a clear say.", "say"),
    ],
)
def test_what_stands_last_behind_an_article_is_a_thing_however_it_is_tagged(text: str, word: str) -> None:
    assert "h" in roles(text)[word]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("They quickly left.", "quickly"),
        ("They have the painted.", "painted"),
        ("They left the slowly.", "slowly"),
        ("They want to see the mill.", "see"),
        ("They say the mill fell.", "say"),
    ],
)
def test_what_acts_or_only_describes_is_no_thing(text: str, word: str) -> None:
    assert "h" not in roles(text)[word]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("They call it a rust hedge.", ["rust hedge"]),
        ("It is known as the rust hedge.", ["rust hedge"]),
        ("It is widely known in the old town as the rust hedge.", ["rust hedge"]),
        ("They speak of a rust hedge.", ["rust hedge"]),
        ("They warned darkly of a rust hedge.", ["rust hedge"]),
        ("It is a so-called rust hedge.", ["rust hedge"]),
        ("They dubbed it “the rust hedge”.", ["rust hedge"]),
        ("They described the wall as a rust hedge.", ["rust hedge"]),
        ("They call this state torpor.", ["torpor"]),
        ("They call that state winter sleep.", ["winter sleep"]),
        ("They call it old and grey.", []),
        ("They call.", []),
        ("They recall the rust hedge.", []),
        ("They call it the very old grey iron rust hedge door.", []),
        ("They saw the rust hedge.", []),
    ],
)
def test_a_cue_of_naming_points_at_the_phrase_behind_it(text: str, phrases: list[str]) -> None:
    assert named(text) == phrases


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("It was seen as a paper tiger.", "paper tiger"),
        ("It became a ghost town.", "ghost town"),
        ("They play the role of peacemaker.", "peacemaker"),
        ("They treat it as quickly.", ""),
        ("They ran past a ghost town.", ""),
    ],
)
def test_a_cue_of_framing_points_at_the_first_phrase_behind_it(text: str, phrase: str) -> None:
    assert framed(text) == phrase


def test_no_cue_reaches_beyond_its_sentence() -> None:
    assert named("It is known as. The rust hedge moved.") == []
    assert named("They call\nthe rust hedge old.") == []


def test_a_phrase_opens_behind_the_thing_that_is_named() -> None:
    reading, kinds = kinds_in("They call this state torpor.")
    assert [reading.words[i] for i in kinds.openings] == ["torpor"]


WORDS = st.sampled_from(
    "They call it this the a rust hedge known as of moving co-tax Hask ’s highly skilled 7 “ ” , . ! zorble to".split()
)


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_every_head_and_every_adjective_may_stand_inside_a_phrase(text: str) -> None:
    reading, kinds = kinds_in(text)
    for i, word in enumerate(reading.words):
        assert kinds.is_modifier[i] or not (kinds.is_head[i] or kinds.is_adjective[i])
        assert reading.is_word[i] or not kinds.is_head[i], word


@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_every_named_phrase_ends_in_a_thing_and_stays_within_four_words_of_one_sentence(text: str) -> None:
    reading, kinds = kinds_in(text)
    for first, last in kinds.named:
        assert kinds.is_head[last - 1]
        assert 0 < last - first <= 4
        assert reading.sentence_at(first) is reading.sentence_at(last - 1)


@pytest.mark.parametrize(
    ("text", "word", "is_thing"),
    [
        ("They joined the run for yield.", "yield", True),
        ("They tried boat lending, a scheme for winters.", "lending", True),
        ("The boat lending its name sank.", "lending", False),
        ("They saw the old boat sinking.", "sinking", False),
        ("Sailors call it ghosting, and laugh.", "ghosting", True),
        ("Sailors call it chasing tides.", "chasing", False),
        ("Sailors call this kind of trick rope ghosting.", "ghosting", True),
        ("The ghosting takes place standing, they say.", "standing", False),
    ],
)
def test_a_verb_form_is_a_thing_where_only_a_thing_can_stand(text: str, word: str, is_thing: bool) -> None:
    assert ("h" in roles(text)[word]) is is_thing


def test_a_cue_passes_over_the_kind_of_thing_that_is_named() -> None:
    assert named("Sailors call this kind of trick rope ghosting.") == ["rope ghosting"]


def test_a_name_may_follow_a_colon_behind_the_words_for_it() -> None:
    assert named("Sailors have a name for this hour between tide and tide: slackwater.") == ["slackwater"]
