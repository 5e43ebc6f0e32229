"""Two wordings of a question are told apart in words."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.questions import kinds, question_type
from quizzes.questions.ids import with_fresh_ids
from quizzes.wording_diff import Difference, Mark, differences, reworded
from tests.factories import single_choice

texts = st.text("abc ,.é\n", max_size=30)
CHOICE = question_type("single_choice")


@given(texts, texts)
def test_without_what_is_new_it_is_the_old_text_and_the_other_way_round(old: str, new: str) -> None:
    found = Difference("", reworded(old, new))
    assert (found.text(without=Mark.NEW), found.text(without=Mark.OLD)) == (old, new)


def told(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Each difference with what only the old and what only the new wording has."""
    return [
        (
            each.what,
            "".join(words.text for words in each.words if words.mark == Mark.OLD),
            "".join(words.text for words in each.words if words.mark == Mark.NEW),
        )
        for each in differences(CHOICE, old, new)
    ]


def option(number: int, **changes: Any) -> dict[str, Any]:
    """The factories' question with one option changed."""
    content = single_choice()
    content["options"][number] |= changes
    return content


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (single_choice("Who built the dam?"), [("Question", "wall", "dam")]),
        (option(1, text="The lower towns"), [("Options", "town", "towns")]),
        (
            option(0, correct=False) | {},
            [("Options, “The upper town”", "counts as right", "counts as wrong")],
        ),
        (
            option(1, feedback="It has a name for it."),
            [("Options, “The lower town”, feedback", " only", "")],
        ),
        (
            single_choice() | {"hints": ["Look up."]},
            [("Hints", "nothing", "Look up.")],
        ),
        (
            {name: value for name, value in single_choice().items() if name != "explanation"},
            [("Explanation", "The second sentence says so.", "nothing")],
        ),
        (
            single_choice() | {"options": single_choice()["options"][:1]},
            [("Options, taken out", "The lower town", "")],
        ),
        (
            single_choice()
            | {"options": [*single_choice()["options"], {"id": "z", "text": "Nobody", "correct": False}]},
            [("Options, added", "", "Nobody")],
        ),
        (
            single_choice() | {"options": single_choice()["options"][::-1]},
            [("Options, in another order", "", "")],
        ),
        (single_choice(), []),
    ],
    ids=[
        "stem",
        "option",
        "key",
        "feedback",
        "hints",
        "explanation",
        "option taken out",
        "option added",
        "order",
        "nothing",
    ],
)
def test_a_change_is_told_by_what_the_author_is_asked(new: dict[str, Any], said: list[tuple[str, str, str]]) -> None:
    labels = {field.name: field.label for field in CHOICE.author_fields()}
    names = {"Question": labels["stem"], "Options": labels["options"], "Explanation": labels["explanation"]}
    found = told(single_choice(), new)
    for label, own in names.items():
        said = [(what.replace(label, own, 1), old, now) for what, old, now in said]
    assert found == said


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_new_ids_alone_are_no_difference(kind: Any) -> None:
    for example in kind.examples():
        renamed = with_fresh_ids(kind.kind, example.content, "another seed")
        found = [each for each in differences(kind, example.content, renamed) if "{{" not in each.words[0].text]
        assert [each.what for each in found if not _is_of_ids(each)] == []


def _is_of_ids(found: Difference) -> bool:
    """Gaps and targets are named by ids: their names change with them."""
    return all(len(words.text.strip("{} ")) <= 4 for words in found.words if words.mark != Mark.KEPT)


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.kind)
def test_every_text_of_every_kind_that_changes_is_told(kind: Any) -> None:
    content = next(iter(kind.examples())).content
    for path in paths(content):
        changed = deepcopy(dict(content))
        put(changed, path, f"{get(changed, path)} otherwise")
        found = differences(kind, content, changed)
        assert any("otherwise" in words.text for each in found for words in each.words), path


def paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where the texts of a content stand, ids and what refers to them left out."""
    if isinstance(value, str):
        return [before] if before[-1] not in ("id", "target") else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, each in items for path in paths(each, (*before, key))]


def get(content: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        content = content[key]
    return content


def put(content: Any, path: tuple[Any, ...], value: Any) -> None:
    get(content, path[:-1])[path[-1]] = value


@given(
    st.dictionaries(
        st.sampled_from(["stem", "options", "hints", "explanation", "other"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
            max_leaves=6,
        ),
    )
)
def test_whatever_the_content_the_same_has_no_differences_and_any_can_be_told(content: dict[str, Any]) -> None:
    assert differences(CHOICE, content, content) == []
    differences(CHOICE, content, single_choice())
    differences(CHOICE, single_choice(), content)
