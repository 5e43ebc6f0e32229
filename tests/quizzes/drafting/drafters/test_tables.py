"""Each drafter by tables: a sentence and what is drafted from it, or nothing where asking would be unfair or untrue."""

from __future__ import annotations

import pytest

from quizzes.drafting.draft import DraftedQuestion
from tests.quizzes.drafting.drafters.proposals import drafts, outline_on, proposed
from tests.quizzes.drafting.samples import option_texts

BESIDE = (
    "\n\nThe Fen guild was founded by three brothers. Nurses and teachers came to the fair.\n\n"
    "Historians have a rule of their own for days on which it snows."
)


def statements(found: list[DraftedQuestion]) -> dict[str, str]:
    return {each.content["answer"]: each.content["stem"] for each in found}


@pytest.mark.parametrize(
    ("text", "statement", "strength"),
    [
        (
            "The parish of Hask has kept its clay bell in a barn since the war.",
            "The parish of Hask has kept its clay bell in a barn since the war.",
            64,
        ),
        (
            "In the spring of 1911, the parish of Hask kept its clay bell in a barn.",
            "The parish of Hask kept its clay bell in a barn in the spring of 1911.",
            73,
        ),
        (
            "The clay bell, which nobody had rung, was carried into the barn of Hask.",
            "The clay bell was carried into the barn of Hask.",
            73,
        ),
        (
            "Of course, the parish of Hask has kept its clay bell in a barn.",
            "The parish of Hask has kept its clay bell in a barn.",
            64,
        ),
    ],
)
def test_a_plain_sentence_is_a_true_statement_in_other_words_where_there_are_some(
    text: str, statement: str, strength: int
) -> None:
    (first, *_) = drafts("claim_kept_or_turned", "clay bell", text)
    assert (first.content["answer"], first.content["stem"], first.strength) == ("true", statement, strength)


@pytest.mark.parametrize(
    "text",
    [
        "Who in all of Hask would have thought that the clay bell could ring?",
        "They kept the clay bell in a barn of the old parish of Hask.",
        "The clay bell rang.",
        f"The clay bell of Hask hung in a barn {'and a barn ' * 20}for years.",
        "The clay bell (a gift of Oda Brisk hung in a barn for many years.",
        "“It is over. Nobody in the village will mourn the clay bell for long. They know,” says Oda Brisk.",
        'He said: "It is over. Nobody in the village will mourn the clay bell for long. We know it."',
        "« It is over. Nobody in the village will mourn the clay bell for long. They know, » says Oda Brisk.",
    ],
)
def test_no_statement_is_made_of_a_question_a_piece_or_the_middle_of_a_quotation(text: str) -> None:
    assert drafts("claim_kept_or_turned", "clay bell", text) == []


def test_behind_a_quotation_the_author_speaks_again() -> None:
    text = "“It is over. They know,” says Oda Brisk. Nobody in the village will mourn the clay bell for long."
    found = statements(drafts("claim_kept_or_turned", "clay bell", text))
    assert found == {"true": "Nobody in the village will mourn the clay bell for long."}


@pytest.mark.parametrize(
    ("text", "turned"),
    [
        ("The parish of Hask lost its clay bell in spring.", "The parish of Hask gained its clay bell in spring."),
        ("The parish of Hask rang its clay bell seven times.", "The parish of Hask rang its clay bell three times."),
        ("The clay bell of the parish was broken by noon.", "The clay bell of the parish was not broken by noon."),
        ("The parish rang its clay bell at least seven times daily.", None),
        ("The parish of Hask rang its clay bell in spring.", None),
    ],
)  # fmt: skip
def test_a_statement_is_turned_in_one_safe_place_or_not_at_all(text: str, turned: str | None) -> None:
    found = drafts("claim_kept_or_turned", "clay bell", text)
    assert statements(found).get("false") == turned
    assert [bool(each.confirm) for each in found if each.content["answer"] == "false"] == [True] * bool(turned)


@pytest.mark.parametrize(
    ("elsewhere", "others"),
    [
        ("", {"Nurses", "Teachers", "Historians"}),
        ("Nurses believe that the clay bell brings rain.", {"Teachers", "Historians"}),
        ("Many say that nurses believe that the clay bell brings rain.", {"Teachers", "Historians"}),
        ("Teachers think that the clay bell brings rain. Nurses fear that the clay bell brings rain.", {"Historians"}),
    ],
)
def test_a_view_is_given_to_a_stranger_who_does_not_hold_it_anywhere(elsewhere: str, others: set[str]) -> None:
    text = f"Millers believe that the clay bell brings rain.{BESIDE}\n\n{elsewhere}"
    (found,) = drafts("claim_of_another", "clay bell", text)
    holder, _, rest = found.content["stem"].partition(" ")
    assert (rest, found.content["answer"]) == ("believe that the clay bell brings rain.", "not_stated")
    assert holder in others


def test_a_view_that_everybody_holds_is_given_to_nobody_else() -> None:
    names = ("Millers", "Nurses", "Teachers", "Historians")
    text = "\n\n".join(f"{name} believe that the clay bell brings rain." for name in names)
    assert drafts("claim_of_another", "clay bell", text) == []


@pytest.mark.parametrize(
    ("elsewhere", "wrong"),
    [
        ("", {"Nurses", "Teachers", "Historians"}),
        ("Nurses call the empty barn a clay bell.", {"Teachers", "Historians"}),
        ("Nobody but nurses call the empty barn a clay bell.", {"Nurses", "Teachers", "Historians"}),
    ],
)
def test_who_gives_the_name_is_not_offered_as_wrong(elsewhere: str, wrong: set[str]) -> None:
    text = f"Millers call the empty square a clay bell.{BESIDE}\n\n{elsewhere}"
    (found,) = drafts("who_names_it", "clay bell", text)
    assert option_texts(found.content, correct=True) == ["Millers"]
    assert set(option_texts(found.content, correct=False)) == wrong


@pytest.mark.parametrize(
    "text",
    [
        "No miller calls the empty square a clay bell.",
        "The empty square was never a clay bell to anybody.",
        "They call the empty square a clay bell.",
        "Millers saw no clay bell in the empty square.",
        "Millers who had come down from the upper valley call what nobody else in all of the parish has a clay bell.",
    ],
)
def test_where_nobody_is_said_to_give_the_name_nobody_is_asked_for(text: str) -> None:
    assert drafts("who_names_it", "clay bell", f"{text}{BESIDE}") == []
    assert drafts("namer_kept_or_changed", "clay bell", f"{text}{BESIDE}") == []


@pytest.mark.parametrize(
    ("sentence", "stem", "key"),
    [
        (
            "The clay bell was closed for seven weeks after the storm.",
            "Which number does the article give here? The clay bell was closed for ____ weeks after the storm.",
            "seven",
        ),
        (
            "However, the clay bell was closed for ninety weeks after the storm.",
            "Which number does the article give here? The clay bell was closed for ____ weeks after the storm.",
            "ninety",
        ),
    ],
)
def test_the_only_number_of_a_sentence_is_left_out(sentence: str, stem: str, key: str) -> None:
    (found,) = drafts("which_number", "clay bell", sentence)
    assert (found.content["stem"], option_texts(found.content, correct=True)) == (stem, [key])


@pytest.mark.parametrize(
    "sentence",
    [
        "The clay bell was closed for one week after the last storm.",
        "The clay bell was closed for seventeen weeks after the storm.",
        "The clay bell was closed for seven weeks and two days.",
        "The clay bell was closed for seven weeks in 1911.",
        "The clay bell was closed for twenty-seven weeks after the storm.",
        "The clay bell was closed for weeks after the great storm.",
        "It was the clay bell that was closed for seven weeks.",
        "Why was the clay bell closed for seven weeks that year?",
    ],
)
def test_a_number_that_is_not_plain_and_alone_is_not_asked_for(sentence: str) -> None:
    assert drafts("which_number", "clay bell", sentence) == []


PREDICATES = (
    "\n\nThe salt mill was sold to a brewer from the coast."
    "\n\nThe old ledger has been burnt by two drunken clerks."
    "\n\nThe rope guild will be fined for its dirty yard."
)


@pytest.mark.parametrize(
    ("sentence", "asked", "key"),
    [
        ("The clay bell was hung in the tower of Hask.", "the clay bell", "It was hung in the tower of Hask"),
        ("A clay bell can crack in the first hard frost.", "a clay bell", "It can crack in the first hard frost"),
        ("Overall, the clay bell was hung in the old tower.", "the clay bell", "It was hung in the old tower"),
        ("The old clay bell was hung in the tower of Hask.", "the old clay bell", "It was hung in the tower of Hask"),
    ],
)
def test_what_is_said_of_a_thing_is_asked_by_its_subject(sentence: str, asked: str, key: str) -> None:
    (found,) = drafts("what_is_said_of_it", "clay bell", sentence + PREDICATES)
    assert found.content["stem"] == f"Which of these things does the article say about “{asked}”?"
    assert option_texts(found.content, correct=True) == [key]


@pytest.mark.parametrize(
    "also",
    [
        "The clay bell was sold to a brewer from the coast.",
        "In the end even the clay bell was sold to a brewer from the coast.",
        "THE CLAY BELL WAS SOLD TO A BREWER FROM THE COAST.",
    ],
)
def test_what_is_said_of_two_things_is_wrong_of_neither(also: str) -> None:
    (found,) = drafts(
        "what_is_said_of_it", "clay bell", f"The clay bell was hung in the tower of Hask.{PREDICATES}\n\n{also}"
    )
    assert "It was sold to a brewer from the coast" not in option_texts(found.content, correct=False)
    assert len(option_texts(found.content, correct=False)) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "The men of the clay bell were hung in the tower.",
        "The clay bell tower was built for the men of Hask.",
        "They hung the clay bell in the tower of old Hask.",
        "The clay bell hung.",
        "Was the clay bell hung in the tower of old Hask?",
        "“So it is. The clay bell was hung in the tower of Hask. So be it,” says Oda Brisk.",
    ],
)
def test_a_thing_that_is_no_plain_subject_is_not_asked_about(sentence: str) -> None:
    assert drafts("what_is_said_of_it", "clay bell", sentence + PREDICATES) == []


@pytest.mark.parametrize(
    ("sentence", "text", "accepted"),
    [
        (
            "The parish of Hask lost its clay bell in the spring.",
            "The parish of Hask lost its ____ in the spring.",
            ["clay bell"],
        ),
        (
            "The parish of Hask lost its “clay bell,” as they said, in spring.",
            "The parish of Hask lost its ____, as they said, in spring.",
            ["clay bell"],
        ),
        (
            "The parish\nof Hask\u00a0lost its clay bell in the spring.",
            "The parish of Hask lost its ____ in the spring.",
            ["clay bell"],
        ),
        (
            "The parish of Hask and we lost our clay bell in spring.",
            "The parish of Hask and we lost our ____ in spring.",
            ["clay bell"],
        ),
    ],
)
def test_the_gap_takes_the_place_of_the_term_and_of_its_own_marks(
    sentence: str, text: str, accepted: list[str]
) -> None:
    (found,) = drafts("gap_in_sentence", "clay bell", sentence)
    (gap,) = found.content["gaps"]
    assert (found.content["text"].replace(f"{{{{{gap['id']}}}}}", "____"), gap["accepted"]) == (text, accepted)


@pytest.mark.parametrize(
    "also",
    [
        "The parish of Hask lost its iron gate in the spring.",
        "However, the parish of Hask lost its iron gate in the spring.",
        "The parish of Hask  lost its\nold iron garden gate in the spring.",
        "THE PARISH OF HASK LOST ITS IRON GATE IN THE SPRING.",
    ],
)
def test_a_gap_that_the_article_fills_twice_is_not_asked(also: str) -> None:
    text = f"The parish of Hask lost its clay bell in the spring.\n\n{also}"
    assert drafts("gap_in_sentence", "clay bell", text) == []


@pytest.mark.parametrize(
    "also",
    [
        "The parish of Hask lost its iron gate in the autumn.",
        "A parish of Hask lost its iron gate in the spring.",
        "The parish of Hask lost its clay bell in the spring.",
        "The parish of Hask lost its way between two wars, six mayors and a flood in the spring.",
        "The parish of Hask lost its in the spring.",
    ],
)
def test_a_sentence_that_is_only_like_it_fills_no_gap(also: str) -> None:
    text = f"The parish of Hask lost its clay bell in the spring.\n\n{also}"
    assert len(drafts("gap_in_sentence", "clay bell", text)) == 1


@pytest.mark.parametrize(
    ("heading", "other", "is_asked"),
    [
        ("What the clay bell cost", "How it ended", True),
        ("What the clay bell cost", "What the iron gate cost", False),
        ("What the clay bell cost", "WHAT THE IRON GATE COST", False),
        ("What the clay bell cost", "What the iron gate cost Hask", True),
        ("The clay bell", "How it ended", False),
        ("Bells and what the clay bell cost", "How it ended", False),
    ],
)
def test_a_heading_is_completed_where_no_other_reads_alike(heading: str, other: str, is_asked: bool) -> None:
    outline = outline_on(f"# {heading}\n\nNobody came.\n\n# {other}\n\nNobody left.", "clay bell")
    assert bool(proposed("gap_in_heading", "clay bell", outline=outline)) is is_asked


MEANT = "a fee on every cart that crosses the ford"


@pytest.mark.parametrize(
    ("also", "is_asked"),
    [
        ("They own an iron gate, a door that nobody can lift alone.", True),
        (f"They own an iron gate, {MEANT}.", False),
        ("They own an iron gate, a fee for each cart that would cross the ford.", False),
    ],
)
def test_an_expression_is_asked_for_in_writing_where_no_other_means_nearly_the_same(also: str, is_asked: bool) -> None:
    outline = outline_on(f"#\n\nThey pay a clay bell, {MEANT}.\n\n{also}", "clay bell", "iron gate")
    assert bool(proposed("name_the_expression", "clay bell", outline=outline)) is is_asked
