"""A question as rules read it, for each kind and however broken its content is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting.subject import GAP, Gap, Option, Subject
from quizzes.questions.registry import kinds

OPTIONS = [{"text": "oar", "correct": True}, {"text": "net", "correct": False}, {"text": "hut"}]
GAPS = [
    {"id": "g1", "accepted": ["oar", "oars"], "options": ["oar", "net"]},
    {"id": "g2", "accepted": ["hut"]},
]


@pytest.mark.parametrize(
    ("kind", "content", "keys", "distractors", "offered"),
    [
        ("single_choice", {"options": OPTIONS}, ("oar",), ("net", "hut"), (("oar", "net", "hut"),)),
        ("multiple_choice", {"options": OPTIONS}, ("oar",), ("net", "hut"), (("oar", "net", "hut"),)),
        ("multiple_choice", {"options": []}, (), (), ()),
        ("short_text", {"accepted": ["oar", 3, "oars"]}, ("oar", "oars"), (), ()),
        ("cloze", {"gaps": GAPS}, ("oar", "oars", "hut"), ("net",), (("oar", "net"),)),
        ("evidence", {"sentences": OPTIONS}, (), (), ()),
        ("true_false", {"answer": "true", "options": OPTIONS}, (), (), ()),
        ("ordering", {"steps": OPTIONS, "options": OPTIONS}, (), (), ()),
        ("no_such_kind", {"options": OPTIONS, "accepted": ["oar"], "gaps": GAPS}, (), (), ()),
    ],
)
def test_each_kind_has_its_keys_its_distractors_and_what_it_offers(
    kind: str, content: dict[str, Any], keys: tuple[str, ...], distractors: tuple[str, ...], offered: Any
) -> None:
    subject = Subject(kind, content)
    assert (subject.keys, subject.distractors, subject.offered) == (keys, distractors, offered)


@pytest.mark.parametrize(
    ("kind", "content", "asked", "sentence", "names"),
    [
        ("single_choice", {"stem": "Who rows?", "text": "A {{g1}}."}, "Who rows?", "Who rows?", ()),
        ("cloze", {"stem": "Fill.", "text": "A {{g1}} and {{ g2 }}."}, "Fill. A ____ and ____.", "A ____ and ____.",
         ("g1", "g2")),
        ("cloze", {"text": "{{g1}}{{g1}}"}, "________", "________", ("g1", "g1")),
        ("cloze", {"stem": "Fill."}, "Fill.", "Fill.", ()),
        ("cloze", {"stem": "Fill.", "text": "A {g1} and {{}} and {{a b}}."}, "Fill. A {g1} and {{}} and {{a b}}.",
         "A {g1} and {{}} and {{a b}}.", ()),
        ("cloze", {"stem": 3, "text": None}, "", "", ()),
    ],
)  # fmt: skip
def test_gaps_read_as_blanks(
    kind: str, content: dict[str, Any], asked: str, sentence: str, names: tuple[str, ...]
) -> None:
    subject = Subject(kind, content)
    assert (subject.asked, subject.sentence, subject.gap_names) == (asked, sentence, names)


def test_what_is_put_together_is_read_in_order_both_sides_of_it() -> None:
    content = {
        "pairs": [{"text": "1912", "match": "a ship"}, {"match": "a quay"}],
        "steps": [{"text": "first"}],
        "things": [{"text": "belief", "category": "x"}, 3],
    }
    assert Subject("matching", content).put == ("1912", "a ship", "a quay", "belief", "first")


def test_only_a_plain_true_makes_an_option_right() -> None:
    odd = [{"text": "a", "correct": value} for value in (True, 1, "true", None, [True])]
    assert Subject("single_choice", {"options": odd}).options == (
        Option("a", True), *[Option("a", False)] * 4,
    )  # fmt: skip


def test_a_gap_keeps_only_texts() -> None:
    rows = [{"id": 1, "accepted": "oar", "options": ["oar", None]}, "no row", None]
    assert Subject("cloze", {"gaps": rows}).gaps == (Gap("", (), ("oar",)),)


def test_the_blank_says_nothing_of_what_is_asked() -> None:
    assert Subject("cloze", {"text": f"{GAP} {{{{g1}}}} boats"}).asked_roots == {"boat"}


ROWS = st.lists(st.dictionaries(st.sampled_from(["id", "text", "correct", "accepted", "options"]), st.none() | st.text(
    max_size=4) | st.booleans() | st.lists(st.text(max_size=3), max_size=2)) | st.none(), max_size=3)  # fmt: skip
CONTENT = st.dictionaries(
    st.sampled_from(["stem", "text", "options", "gaps", "sentences", "accepted", "pairs", "steps", "things"]),
    ROWS | st.text(max_size=8) | st.none(),
)


@given(st.sampled_from([*(kind.kind for kind in kinds()), "none"]), CONTENT | st.none() | st.lists(st.text()))
def test_keys_and_distractors_are_offered_and_never_the_same_option(kind: str, content: Any) -> None:
    subject = Subject(kind, content)
    rights = [option for option in subject.options if option.correct]
    assert len(subject.options) == len(rights) + len([each for each in subject.options if not each.correct])
    if kind in {"single_choice", "multiple_choice"}:
        offered = [text for texts in subject.offered for text in texts]
        assert sorted((*subject.keys, *subject.distractors)) == sorted(offered)
    assert subject.asked.count(GAP) >= len(subject.gap_names)


@pytest.mark.parametrize(
    ("kind", "content", "figures"),
    [
        ("numeric", {"value": 4100, "units": [{"text": "people"}, {"text": "%"}]}, ("4,100 people", "4,100%")),
        ("numeric", {"value": 2.5, "units": [{"text": "knots"}]}, ("2.5 knots",)),
        ("numeric", {"value": True, "units": [{"text": "knots"}]}, ()),
        ("numeric", {"value": 3}, ()),
        ("short_text", {"value": 3, "units": [{"text": "knots"}]}, ()),
    ],
)
def test_a_number_is_written_with_what_it_counts(kind: str, content: dict[str, Any], figures: tuple[str, ...]) -> None:
    assert Subject(kind, content).figures == figures
