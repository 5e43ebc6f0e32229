from __future__ import annotations

from tests.quizzes.drafting.drafters.proposals import only, outline_on, proposed
from tests.quizzes.drafting.samples import option_texts


def test_the_expressions_of_a_part_are_told_from_those_of_others() -> None:
    content = only("expressions_of_a_part", "bridge levy").content
    assert (
        content["stem"]
        == "Which of these expressions does the author use in the part headed “The price of a short crossing”?"
    )
    assert set(option_texts(content, correct=True)) == {"Bridge levy", "Rust dividend"}
    wrong = option_texts(content, correct=False)
    assert len(wrong) >= 2
    assert not {"Old bridge", "Bridge levy", "Rust dividend"} & set(wrong)


def test_a_part_with_one_expression_only_is_not_asked() -> None:
    text = "# One\n\nThe tide clock stands.\n\n# Two\n\nA sand bell and a rope tax and a rust fee are dear."
    assert (
        proposed(
            "expressions_of_a_part",
            "tide clock",
            outline=outline_on(text, "tide clock", "sand bell", "rope tax", "rust fee"),
        )
        == []
    )


def test_a_lead_without_a_heading_is_not_asked() -> None:
    assert proposed("expressions_of_a_part", "silent street") == []


EXPLAINED = """
# Words

They pay a tide tax, a charge on every boat that leaves.

They fear a rope rule, a law that forbids all knots but one.

They own a sand bell, a horn that nobody can hear today.

They want a salt vote, a poll in which only sailors count.
"""


def test_two_explanations_are_right_and_two_are_swapped() -> None:
    outline = outline_on(EXPLAINED, "tide tax", "rope rule", "sand bell", "salt vote")
    content = only("explanations_of_the_article", "tide tax", outline=outline).content
    right = option_texts(content, correct=True)
    assert "Tide tax: a charge on every boat that leaves" in right
    assert len(right) == len(option_texts(content, correct=False)) == 2


def test_a_swapped_explanation_belongs_to_the_other_swapped_expression() -> None:
    outline = outline_on(EXPLAINED, "tide tax", "rope rule", "sand bell", "salt vote")
    wrong = option_texts(only("explanations_of_the_article", "tide tax", outline=outline).content, correct=False)
    told = {
        "Tide tax": "a charge on every boat that leaves",
        "Rope rule": "a law that forbids all knots but one",
        "Sand bell": "a horn that nobody can hear today",
        "Salt vote": "a poll in which only sailors count",
    }
    (one, its), (other, others) = (text.split(": ") for text in wrong)
    assert (told[one], told[other]) == (others, its)


def test_three_explanations_are_too_few() -> None:
    outline = outline_on(EXPLAINED, "tide tax", "rope rule", "sand bell")
    assert proposed("explanations_of_the_article", "tide tax", outline=outline) == []
