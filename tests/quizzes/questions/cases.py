"""What the laws are tried on: the contents of every kind's examples, answers of all sorts, and any JSON at all."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from quizzes.questions import kinds
from quizzes.questions.base import Content, QuestionType

HOSTILE_TEXT = ["", " ", "\x00", "\ud800", "a" * 4_001, "\u202egnirts", "👩‍👩‍👧", "ﷺ" * 3_000, "__proto__", "{{g1}}"]


def nested(depth: int) -> list[Any]:
    """A list in a list in a list."""
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def contents_of(question: QuestionType) -> list[Content]:
    """The different contents of a kind's examples."""
    found: list[Content] = []
    for example in question.examples():
        if example.content not in found:
            found.append(example.content)
    return found


CASES = [(question, content) for question in kinds() for content in contents_of(question)]

texts = st.one_of(
    st.text(max_size=40),
    st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=10),
    st.sampled_from(HOSTILE_TEXT),
)
json_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)),
    max_leaves=12,
)


def rows_in(holder: Content) -> list[dict[str, Any]]:
    """Every row of every list of rows."""
    return [row for value in holder.values() if isinstance(value, list) for row in value if isinstance(row, dict)]


def ids_in(question: QuestionType, content: Content) -> list[str]:
    """Every id that a content or its presentation names, and the fixed answers of a statement."""
    rows = [*rows_in(content), *rows_in(question.present(content, 1).data)]
    return [row["id"] for row in rows if "id" in row] + ["true", "false", "not_stated"]


def answers_to(question: QuestionType, content: Content) -> st.SearchStrategy[Any]:
    """Answers from plausible to absurd."""
    some_id = st.sampled_from(ids_in(question, content))
    word = st.one_of(st.sampled_from([*_words(content), "water"]), numbers, texts)
    by_id = st.dictionaries(some_id, st.one_of(some_id, word, st.lists(word, max_size=2)), max_size=4)
    whole = st.permutations([row["id"] for row in rows_in(content) if "id" in row])
    return st.one_of(some_id, st.lists(some_id, max_size=6), whole, word, by_id, json_values)


numbers = st.builds("{}{}{}".format, st.sampled_from(["", "-", "−"]), st.decimals(), st.sampled_from(["", " km", "%"]))


def _words(content: Content) -> list[str]:
    rows = [content, *rows_in(content)]
    lists = [row.get(name, []) for row in rows for name in ("accepted", "options")]
    said = [row.get(name) for row in rows for name in ("text", "value", "model")]
    return [text for texts in lists for text in texts if isinstance(text, str)] + [str(each) for each in said if each]


def spoilt(content: Content, choose: Callable[[st.SearchStrategy[Any]], Any]) -> Any:
    """The content with one thing in it replaced by any JSON, or taken out."""
    root = copy.deepcopy({"content": dict(content)})
    holder: Any = root
    key: Any = "content"
    while isinstance(holder[key], dict | list) and holder[key] and choose(st.booleans() | st.just(True)):
        holder = holder[key]
        key = choose(st.sampled_from(sorted(holder) if isinstance(holder, dict) else list(range(len(holder)))))
    if choose(st.booleans()):
        holder[key] = choose(json_values)
    elif holder is not root:
        del holder[key]
    return root["content"]
