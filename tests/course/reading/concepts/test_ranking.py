"""The walk down the ranking: best first, varied, capped."""

from __future__ import annotations

from course.reading.concepts.candidates import Candidate
from course.reading.concepts.ranking import Ranked, total, varied


def ranked(
    word: str,
    points: float,
    *mentions: tuple[int, int],
    name: bool = False,
    single: bool = False,
    passage: int = 0,
    marks: tuple[str, ...] = (),
) -> Ranked:
    candidate = Candidate(key=(word,), found=list(mentions), mentions=list(mentions))
    return Ranked(
        candidate=candidate,
        features=dict.fromkeys(marks, 1.0),
        total=points,
        is_name=name,
        is_single=single,
        passages=frozenset({passage}),
        words=frozenset(word.split()),
    )


def words(listed: list[Ranked]) -> list[str]:
    return [each.candidate.key[0] for each in listed]


def test_the_total_is_the_weighted_sum_and_unknown_features_weigh_nothing() -> None:
    assert total({"n2": 1.0, "hapax": 0.5, "unheard": 9.0}, {"n2": 0.8, "hapax": 0.4}) == 1.0


def test_the_heavier_comes_first_and_the_earlier_among_equals() -> None:
    found = [ranked("late", 1.0, (9, 10)), ranked("early", 1.0, (1, 2)), ranked("heavy", 2.0, (5, 6))]

    assert words(varied(found, limit=3, crowded=0.0)) == ["heavy", "early", "late"]


def test_what_overlaps_in_the_text_is_left_out() -> None:
    found = [ranked("long phrase", 2.0, (4, 6)), ranked("other", 1.0, (5, 7)), ranked("third", 0.5, (8, 9))]

    assert words(varied(found, limit=3, crowded=0.0)) == ["long phrase", "third"]


def test_what_says_a_part_of_a_listed_phrase_is_left_out() -> None:
    found = [ranked("rust hedge", 2.0, (4, 6)), ranked("hedge", 1.0, (9, 10)), ranked("old rust hedge", 0.5, (20, 23))]

    assert words(varied(found, limit=3, crowded=0.0)) == ["rust hedge"]


def test_a_single_word_gives_way_to_a_longer_term_that_the_text_marks_as_one() -> None:
    found = [
        ranked("hedge", 3.0, (4, 5), (9, 10), single=True),
        ranked("hedge tax", 2.0, (9, 11), marks=("naming",)),
        ranked("hedge row", 1.0, (4, 6), marks=("naming",)),
        ranked("hedge cut", 0.5, (20, 22)),
    ]
    listed = varied(found, limit=4, crowded=0.0)

    assert words(listed) == ["hedge", "hedge tax"]
    assert listed[0].candidate.mentions == [(4, 5)]


def test_a_crowded_passage_makes_room_for_another() -> None:
    found = [
        ranked("one", 2.0, (1, 2)),
        ranked("two", 1.9, (3, 4)),
        ranked("three", 1.8, (9, 10), passage=1),
    ]

    assert words(varied(found, limit=2, crowded=-0.25)) == ["one", "three"]
    assert words(varied(found, limit=2, crowded=0.0)) == ["one", "two"]


def test_names_and_single_words_have_a_share_of_the_list() -> None:
    names = [ranked(f"name{i}", 9.0, (i, i + 1), name=True, passage=i) for i in range(20)]
    singles = [ranked(f"single{i}", 8.0, (50 + i, 51 + i), single=True, passage=50 + i) for i in range(20)]
    listed = varied([*names, *singles], limit=40, crowded=0.0)

    assert sum(each.is_name for each in listed) == 6
    assert sum(each.is_single for each in listed) == 9


def test_what_is_mentioned_nowhere_is_not_listed() -> None:
    assert varied([ranked("ghost", 5.0)], limit=3, crowded=0.0) == []
