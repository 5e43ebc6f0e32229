"""Pages say again what code below the doors said, and quote several words as a sentence does."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from accounts.templatetags.sentences import again, forms, quoted
from quizzes.mastery import MasteryState


def test_a_sentence_of_ours_is_said_in_the_language_of_the_page() -> None:
    with override("fr"):
        assert again("Yes") == "Oui"
    with override("en"):
        assert again("Yes") == "Yes"


def test_a_state_that_is_named_by_its_word_is_said_too() -> None:
    with override("fr"):
        assert again(MasteryState.NOT_ENOUGH) == "pas assez de preuves"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", "1:One answer is only on this device.|2:{count} answers are only on this device."),
        (
            "fr",
            "1:Une réponse n’est que sur cet appareil.|2:{count} réponses ne sont que sur cet appareil.",
        ),
    ],
)
def test_a_script_is_given_every_form_of_its_sentence(code: str, told: str) -> None:
    with override(code):
        assert forms("One answer is only on this device.", "{count} answers are only on this device.") == told


@pytest.mark.parametrize("value", [None, 3, 0.5, ["Yes"], mark_safe("Yes")])
def test_what_is_no_plain_text_stays_what_it_is(value: Any) -> None:
    with override("fr"):
        assert again(value) is value


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ([], ""),
        (["a"], "<q>a</q>"),
        (["a", "b"], "<q>a</q> or <q>b</q>"),
        (["a", "b", "c"], "<q>a</q>, <q>b</q> or <q>c</q>"),
        (["<b>", "&"], "<q>&lt;b&gt;</q> or <q>&amp;</q>"),
    ],
)
def test_words_are_quoted_one_by_one(words: list[str], shown: str) -> None:
    assert quoted(words, "or") == shown


def test_what_joins_quoted_words_is_escaped_and_the_whole_is_not_escaped_twice() -> None:
    assert quoted(["a", "b"], "<or>") == "<q>a</q> &lt;or&gt; <q>b</q>"
    assert isinstance(quoted(["a", "b"], "or"), SafeString)
