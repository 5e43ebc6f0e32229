"""For each rule what it catches, with the exact words, and beside it the nearest thing that it lets pass."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.drafting import lint
from quizzes.drafting.rules.options import is_phrase_in
from tests.quizzes.drafting.rules.cases import ARTICLE, QUOTE, cloze, single, statement

LONE = "Every lorry that comes to the town pays a {{g1}} at once."


def messages(
    rule: str, kind: str, content: Any, *, evidence: tuple[str, ...] = (QUOTE,), article: str = ARTICLE
) -> list[str]:
    """What one rule says of a question."""
    return [
        finding.message for finding in lint(kind, content, evidence=evidence, article=article) if finding.rule == rule
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (0, ["The question has 0 words. Say in at least 8 words what is asked."]),
        (7, ["The question has 7 words. Say in at least 8 words what is asked."]),
        (8, []),
        (40, []),
        (41, ["The question has 41 words. Shorten it to 40, or split it."]),
    ],
)
def test_the_length_of_a_question_is_counted_in_words(words: int, said: list[str]) -> None:
    assert messages("stem_length", "single_choice", single(stem=" ".join(["ferry"] * words))) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lorries pay {{g1}}.", []),
        ("{{g1}}", []),
        (" ".join(["ferry"] * 40) + " {{g1}}", []),
        (" ".join(["ferry"] * 41) + " {{g1}}", ["The question has 41 words. Shorten it to 40, or split it."]),
    ],
)
def test_a_text_with_gaps_is_short_only_together_with_its_instruction(text: str, said: list[str]) -> None:
    assert messages("stem_length", "cloze", cloze(text)) == said


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("It pays for every lorry that enters the town.", "It"),
        ("THEIR council pays for every lorry in the town.", "THEIR"),
        ("“They pay for every lorry that enters the town.”", "They"),
        ("Therefore the council pays for every lorry.", "Therefore"),
        ("There are lorries in the town every day.", "There"),
        ("Item by item the council pays for the lorries.", ""),
        ("Italy pays for every lorry that enters the town.", ""),
        ("What is it that the council pays for?", ""),
        ("____ is what it pays for every lorry.", ""),
        ("…", ""),
    ],
)
def test_a_question_is_told_which_word_it_leans_on(stem: str, word: str) -> None:
    said = f"The question begins with “{word}”, which leans on the sentence before. Name what is meant."
    assert messages("stem_starts_with_pronoun", "single_choice", single(stem=stem)) == ([said] if word else [])


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("single_choice", single(stem="Who pays the ____ in town?"), 0),
        ("single_choice", single(stem="Who pays the ____ in ____?"), 1),
        ("single_choice", single(stem="Who pays the __ in ________?"), 1),
        ("single_choice", single(stem="Who pays snake_case in ____?"), 0),
        ("cloze", cloze("Lorries pay a {{g1}}."), 0),
        ("cloze", cloze("Lorries pay a {{ g1 }}."), 0),
        ("cloze", cloze("Lorries pay."), 1),
        ("cloze", cloze("Lorries pay {{g1}} and {{g2}}."), 1),
        ("cloze", {**cloze("Lorries pay."), "gaps": []}, 1),
    ],
    ids=range(9),
)
def test_blanks_are_one_in_a_choice_and_each_gap_once_in_a_text(kind: str, content: Any, said: int) -> None:
    assert len(messages("single_blank", kind, content)) == said


@pytest.mark.parametrize(
    ("stem", "is_told"),
    [
        ("Lorries pay a semi-____ in the town.", True),
        ("Lorries pay a ____-like charge in the town.", True),
        ("Lorries pay the ____s of the town.", True),
        ("Lorries pay the ____'s debts of the town.", True),
        ("Lorries pay the ____’ debts of the town.", False),
        ("Lorries pay a ____ – in the town.", False),
        ("Lorries pay a ____; the town waits.", False),
        ("Lorries pay “____” in the town.", False),
    ],
)
def test_a_blank_is_whole_words(stem: str, is_told: bool) -> None:
    said = ["The blank is part of a longer word. Blank the whole word, or choose another place."]
    assert messages("blank_inside_compound", "single_choice", single(stem=stem)) == (said if is_told else [])


@pytest.mark.parametrize("quoted", ["“____”", '"____"', "„____“", "«____»", "‘____’", "“ ____ ”", "„__”"])
def test_a_blank_in_any_quotation_marks_is_told(quoted: str) -> None:
    said = ["The blank stands in quotation marks. Take them away, or ask for the expression another way."]
    assert messages("key_quoted", "single_choice", single(stem=f"Lorries pay what is called {quoted} in town.")) == said


@pytest.mark.parametrize("near", ["“the ____”", "“____ levy”", "(____)", "“Yes” ____ “no”"])
def test_a_blank_within_a_longer_quotation_is_not(near: str) -> None:
    assert messages("key_quoted", "single_choice", single(stem=f"Lorries pay what is called {near} in town.")) == []


@pytest.mark.parametrize(
    ("options", "is_told"),
    [
        (("x" * 8, "y" * 4), False),
        (("x" * 9, "y" * 4), True),
        (("x" * 8, "y"), False),
        (("x" * 9, "y"), True),
        (("x" * 40, "y" * 20, "z" * 30), False),
        (("x" * 41, "y" * 20, "z" * 30), True),
        (("x" * 40, "  " + "y" * 20 + "  "), False),
        (("", ""), False),
    ],
)
def test_the_longest_option_is_at_most_twice_the_shortest(options: tuple[str, ...], is_told: bool) -> None:
    said = ["The longest option is more than twice as long as the shortest. Make them of like length."]
    assert messages("option_lengths", "single_choice", single(options=options)) == (said if is_told else [])


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (("Bridge levy", "rust gain"), "some begin with a capital letter"),
        (("Bridge levy", "рыба"), "some begin with a capital letter"),
        (("12 boats", "Twelve nets"), "some begin with a number"),
        (("Boats sank.", "Nets tore"), "some end with a full stop"),
        (("A boat", "Net"), "some have an article and some do not"),
        (("An oar", "Net"), "some have an article and some do not"),
        (("The boat", "Net"), "some have an article and some do not"),
        (("A boat", "The net"), "some have an article and some do not"),
        (("Boats", "Net"), "some are plural and some are singular"),
        (("Boats of the town", "Boat of the towns"), "some are plural and some are singular"),
        (("Children", "Child"), "some are plural and some are singular"),
        (("A boat", "An oar"), ""),
        (("Boats", "Children"), ""),
        (("Glass", "Physics"), ""),
        (("“Boat”", "Net"), ""),
        (("1911", "1912"), ""),
        (("Boat", ""), ""),
        (("Boat",), ""),
    ],
)
def test_each_difference_of_form_has_its_name(options: tuple[str, ...], fault: str) -> None:
    said = [f"The options differ in form: {fault}. Give them all the same form."] if fault else []
    assert messages("same_form", "single_choice", single(options=options)) == said


@pytest.mark.parametrize(
    ("article", "options", "is_told"),
    [
        ("a", ("levy", "tax"), False),
        ("a", ("levy", "excise"), True),
        ("an", ("excise", "impost"), False),
        ("an", ("excise", "levy"), True),
        ("An", ("excise", "levy"), True),
        ("a", ("unit", "levy"), False),
        ("an", ("hour", "excise"), False),
        ("the", ("excise", "levy"), False),
    ],
)
def test_the_article_before_a_blank_fits_all_options_or_is_told(
    article: str, options: tuple[str, str], is_told: bool
) -> None:
    content = cloze(f"The lorries pay {article} {{{{g1}}}} in town.", accepted=options[:1], options=options)
    said = [f"“{article}” before the blank fits only some options. Offer options that all fit it."]
    assert messages("same_form", "cloze", content) == (said if is_told else [])


@pytest.mark.parametrize(
    ("stem", "word"),
    [
        ("The council always pays for its lorries in the town.", "always"),
        ("Nobody in the whole town pays for the old lorries.", "Nobody"),
        ("In the town not a single lorry is paid for.", "not a single"),
        ("The council pays for its lorries without exception.", "without exception"),
        ("Residents never use the old slipway", ""),
        ("The council charges every lorry that enters.", ""),
        ("The council installs its lorries in the town.", ""),
        ("The lonely council pays for its lorries.", ""),
    ],
)
def test_only_an_absolute_that_nobody_said_is_told(stem: str, word: str) -> None:
    said = f"“{word}” is absolute and not in the passage. Say it less strongly, or as the article does."
    assert messages("absolutes", "true_false", statement(stem)) == ([said] if word else [])


@pytest.mark.parametrize(
    ("told", "claim", "word"),
    [
        ("The small mill by the wall shall fall.", "All mills of the town have to be sold now.", "All"),
        ("All of the mills shall be sold.", "All mills of the town have to be sold now.", ""),
        ("Every mill shall be sold.", "Every mill of the town will never be sold.", "never"),
        ("Every mill shall be sold, and none returned.", "Every mill of the town shall be sold.", ""),
        ("The mill is lonely.", "The town can only sell its mill this year.", "only"),
        ("Nothing  else is\nsold.", "In the town nothing will ever be sold again.", ""),
    ],
)
def test_an_absolute_is_said_by_whole_words_and_each_of_several_is_looked_for(told: str, claim: str, word: str) -> None:
    said = f"“{word}” is absolute and not in the passage. Say it less strongly, or as the article does."
    found = messages("absolutes", "true_false", statement(claim), evidence=(told,), article=told)
    assert found == ([said] if word else [])


def test_an_absolute_in_the_stem_of_a_choice_is_a_question_and_in_its_options_a_claim() -> None:
    assert messages("absolutes", "single_choice", single(stem="Who always pays for the lorries of the town?")) == []
    assert len(messages("absolutes", "single_choice", single(options=("Always", "Never", "Seldom")))) == 1


@pytest.mark.parametrize(
    ("option", "is_told"),
    [
        ("All of the above", True),
        ("none of these", True),
        ("Neither of them", True),
        ("Some of the others", True),
        ("both a and b", True),
        ("Either C or D", True),
        ("All of the fishermen", False),
        ("Both Anna and Bert", False),
        ("None", False),
        ("Above all the others", False),
    ],
)
def test_an_option_speaks_for_itself(option: str, is_told: bool) -> None:
    content = single(options=("Bridge levy", option))
    assert len(messages("all_of_the_above", "single_choice", content)) == is_told


@pytest.mark.parametrize(
    ("wrong", "is_told"),
    [
        ("council", True),
        ("THE  TOWN", True),
        ("counc", False),
        ("lorry that", True),
        ("rust dividend", False),
        ("", False),
    ],
)
def test_a_wrong_option_in_the_proving_passage_is_told_by_whole_words(wrong: str, is_told: bool) -> None:
    said = [f"The wrong option “{wrong}” stands in the passage that proves the answer. Choose another."]
    content = single(options=("Bridge levy", wrong))
    assert messages("distractor_in_same_sentence", "single_choice", content) == (said if is_told else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Fishermen speak of a {{g1}} today.", "speak of a rust dividend"),
        ("In town {{g1}} that enters is charged.", ""),
        ("They have it: {{g1}}. Residents never use the quay.", ""),
    ],
)
def test_a_wrong_option_that_the_article_puts_into_the_blank_is_told(text: str, said: str) -> None:
    content = cloze(text, options=("bridge levy", "rust dividend"))
    whole = f"The wrong option “rust dividend” is right as well: the article says “{said}”. Choose another."
    assert messages("distractor_true_in_lesson", "cloze", content) == ([whole] if said else [])


@pytest.mark.parametrize(
    ("stem", "key", "given"),
    [
        ("What do drivers of lorries call the bridge charge?", "bridge levy", "bridg"),
        ("What do drivers call it, the levies or what?", "bridge levy", "lev"),
        ("What do drivers of lorries call the charge?", "bridge levy", ""),
        ("What is the of and for all of it?", "the of and", ""),
    ],
)
def test_the_word_that_gives_the_key_away_is_named(stem: str, key: str, given: str) -> None:
    said = f"The question already holds “{given}…”, a word of the answer “{key}”. Word one of them anew."
    content = {"stem": stem, "accepted": [key]}
    assert messages("stem_gives_key_away", "short_text", content) == ([said] if given else [])


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ((QUOTE,), []),
        ((QUOTE[4:20],), []),
        ((), ["No passage proves the answer. Choose the sentence of the article that does."]),
        (("Gulls.",), ["The passage “Gulls.” is not in the article word for word. Choose it again in the text."]),
        ((" ",), ["The passage “ ” is not in the article word for word. Choose it again in the text."]),
        (
            (QUOTE, "x" * 60),
            [f"The passage “{'x' * 60}” is not in the article word for word. Choose it again in the text."],
        ),
        (
            ("x" * 61,),
            [f"The passage “{'x' * 57}…” is not in the article word for word. Choose it again in the text."],
        ),
        (
            ("The\u00a0council pays", QUOTE),
            ["The passage “The\u00a0council pays” is not in the article word for word. Choose it again in the text."],
        ),
    ],
    ids=range(8),
)
def test_evidence_is_held_against_the_article_word_for_word(evidence: tuple[str, ...], said: list[str]) -> None:
    assert messages("evidence_verbatim", "single_choice", single(), evidence=evidence) == said


@pytest.mark.parametrize(
    ("kind", "content", "said"),
    [
        ("single_choice", single(keys=0), "There are 0 right options. Make exactly one of them right."),
        ("single_choice", single(keys=3), "There are 3 right options. Make exactly one of them right."),
        (
            "multiple_choice",
            single(keys=3),
            "All of the choices are right, or none. Offer at least one right and one wrong choice.",
        ),
        ("multiple_choice", single(keys=2), ""),
        ("true_false", {"stem": "x"}, "The statement has no answer. Set it to true, false or not stated."),
        ("true_false", statement("x", answer="not_stated"), ""),
        ("short_text", {"stem": "x", "accepted": ["", "\t"]}, "No answer is accepted. Write at least one."),
        ("short_text", {"stem": "x", "accepted": ["", "levy"]}, ""),
        ("cloze", cloze(LONE, accepted=(" ",)), "Nothing is accepted in the gap “g1”. Write at least one answer."),
        (
            "cloze",
            cloze(LONE, accepted=("levy", "toll"), options=("levy", "toll", "gain")),
            "The list of the gap “g1” has to hold exactly one accepted answer. Change its options.",
        ),
        ("cloze", cloze(LONE, accepted=("levy", "toll"), options=("levy", "gain")), ""),
        ("ordering", {"stem": "x", "steps": []}, ""),
    ],
    ids=range(12),
)
def test_a_missing_key_is_told_in_the_words_of_its_kind(kind: str, content: Any, said: str) -> None:
    assert messages("one_key", kind, content) == ([said] if said else [])


@given(st.permutations(single()["options"]))
def test_the_order_of_the_options_changes_no_finding(options: list[dict[str, Any]]) -> None:
    content = single(stem="Who always pays it?", options=("Bridge levy", "A rust dividend of all", "council"))
    turned = {**content, "options": [content["options"][int(row["id"][1:])] for row in options]}
    found = {finding.rule for finding in lint("single_choice", content, evidence=[QUOTE], article=ARTICLE)}
    assert {finding.rule for finding in lint("single_choice", turned, evidence=[QUOTE], article=ARTICLE)} == found


@given(st.sampled_from(["note", "hints", "explanation", "keep_order"]), st.text(max_size=5))
def test_what_is_not_asked_changes_no_finding(name: str, value: str) -> None:
    content = single(keys=2)
    assert lint("single_choice", {**content, name: value}, evidence=[QUOTE], article=ARTICLE) == lint(
        "single_choice", content, evidence=[QUOTE], article=ARTICLE
    )


@pytest.mark.parametrize(
    ("phrase", "text", "is_there"),
    [
        ("rust", "rust", True),
        ("rust", "crust rusty rust", True),
        ("rust", "crust rusty", False),
        ("Rust  Dividend", "a rust dividend.", True),
        ("rust", "rust-free", True),
        ("rust", "rust2", False),
        ("мост", "старый мост", True),
        ("мост", "мосты", False),
        (" ", "rust", False),
    ],
)
def test_a_phrase_is_whole_words_in_any_script(phrase: str, text: str, is_there: bool) -> None:
    assert is_phrase_in(phrase, text) is is_there
