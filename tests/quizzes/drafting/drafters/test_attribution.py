from __future__ import annotations

from tests.quizzes.drafting.drafters.proposals import only, outline_on, proposed
from tests.quizzes.drafting.samples import harbour, option_texts


def test_the_namer_of_an_expression_is_asked() -> None:
    found = only("who_names_it", "silent street")
    assert found.content["stem"] == "Who, according to the article, uses the expression “silent street”?"
    assert option_texts(found.content, correct=True) == ["Planners"]
    assert found.evidence.quote(harbour().text) == "Planners call the empty water a silent street."


def test_the_holder_of_a_view_is_asked() -> None:
    found = only("who_holds_it", "night market")
    view = "“the night market keeps the old town alive”"
    assert found.content["stem"] == f"Who holds this view, according to the article: {view}?"
    assert option_texts(found.content, correct=True) == ["Residents"]


def test_options_are_speakers_of_the_article_and_as_many_as_the_holder() -> None:
    wrong = option_texts(only("who_holds_it", "night market").content, correct=False)
    assert 2 <= len(wrong) <= 3
    assert set(wrong) <= {
        "Planners",
        "Engineers",
        "Fishermen",
        "Economists",
        "Drivers",
        "Traders",
        "Captains",
        "Critics",
    }


def test_the_speaker_of_a_quotation_is_asked() -> None:
    text = (
        "#\n\n“The tide clock never told the time,” says Ilsa Bront, a captain.\n\nIn the end Tom Hale and the "
        "young Ada Rule met the painter Jon Vane in the rain."
    )
    found = only("who_holds_it", "tide clock", outline=outline_on(text, "tide clock"))
    assert found.content["stem"] == "Who says this in the article: “The tide clock never told the time”?"
    assert option_texts(found.content, correct=True) == ["Ilsa Bront"]
    assert set(option_texts(found.content, correct=False)) == {"Tom Hale", "Ada Rule", "Jon Vane"}


def test_a_holder_without_others_like_it_is_not_asked() -> None:
    text = "#\n\nPlanners call the empty tower a tide clock."
    assert proposed("who_names_it", "tide clock", outline=outline_on(text, "tide clock")) == []


def test_a_claim_that_leans_on_another_sentence_is_not_asked() -> None:
    text = "#\n\nPlanners believe that it needs a tide clock soon. Nurses, farmers and voters wait."
    assert proposed("who_holds_it", "tide clock", outline=outline_on(text, "tide clock")) == []


def test_what_somebody_says_of_themselves_is_asked_without_the_pronoun() -> None:
    text = "#\n\nAda Brun says that she paid the tide tax in coins.\n\nTom Hale met Ulla Stav, a miller, in Senn."
    found = only("who_holds_it", "tide tax", outline=outline_on(text, "tide tax"))
    assert found.content["stem"] == "Who says this about themselves in the article: “… paid the tide tax in coins”?"


def test_people_of_learning_are_not_told_apart() -> None:
    text = "#\n\nGeologists warn that the tide tax is too high.\n\nThen researchers and nurses met painters in Senn."
    found = only("who_holds_it", "tide tax", outline=outline_on(text, "tide tax"))
    assert set(option_texts(found.content, correct=False)) == {"Nurses", "Painters"}
