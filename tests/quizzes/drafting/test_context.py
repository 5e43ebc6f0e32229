from __future__ import annotations

import pytest

from quizzes.drafting.context import readable
from quizzes.drafting.material import prepare
from tests.quizzes.drafting.drafters.proposals import outline_on

PLAIN = "The harbour of Merrow lost its crane in the flood."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (PLAIN, PLAIN),
        (f"Nobody came. However, {PLAIN[:1].lower()}{PLAIN[1:]}", PLAIN),
        (f"{PLAIN} It has been poor since.", f"{PLAIN} It has been poor since."),
        ("The flood took an hour. It broke the crane.", "The flood took an hour. It broke the crane."),
        ("It rained. It broke the crane.", None),
        ("“The harbour lost its crane,” says Ada Brun. It has been poor since.", None),
        ("It broke the crane.", None),
    ],
)
def test_a_sentence_comes_with_what_it_leans_on(text: str, shown: str | None) -> None:
    material = prepare(outline_on(f"#\n\n{text}", "crane"), {})
    assert readable(material, material.sentences[-1], most=20) == shown


def test_what_takes_too_many_words_is_not_shown() -> None:
    material = prepare(outline_on(f"#\n\n{PLAIN}", "crane"), {})
    assert readable(material, material.sentences[0], most=9) is None
