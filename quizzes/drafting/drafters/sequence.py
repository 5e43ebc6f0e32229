"""What comes next: the sentence that goes on from the one before it, by what it leans on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from course.reading.outline import Span
from quizzes.drafting.contents import choice_content, drawn, in_quotes
from quizzes.drafting.context import readable
from quizzes.drafting.distractors import spread_texts
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.registry import drafter_up_to
from quizzes.drafting.terms import Sentence, Term
from quizzes.drafting.words import content_roots, folded, tokens

FEWEST_WRONG = 2
MOST_BEFORE = 30
MOST_LOOKED_AT = 200
SHORTLIST = 6
STRENGTH = 62


@drafter_up_to(STRENGTH)
def sentence_that_follows(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Which sentence goes on from this one? The others lean as much, on other things of the article.

    Not for a striking expression: it would be told by this, and its words could not be asked for any more.
    """
    for place in () if term.is_striking else term.first_places:
        for before, key in _pairs(material, place.sentence):
            shown = readable(material, before, most=MOST_BEFORE)
            if shown is None or key.number not in material.leaning:
                continue
            stem = f"Which sentence follows here in the article: {in_quotes(shown)}"
            wrong = _others(material, key, stem)
            if len(wrong) >= FEWEST_WRONG:
                yield _draft(material, term, stem, before, key, wrong)


def _pairs(material: Material, sentence: Sentence) -> Iterator[tuple[Sentence, Sentence]]:
    """The sentence with the one before it, and with the one behind it."""
    before, after = material.sentence_before(sentence), material.sentence_after(sentence)
    if before is not None:
        yield before, sentence
    if after is not None:
        yield sentence, after


def _others(material: Material, key: Sentence, stem: str) -> list[str]:
    """Sentences of other passages that lean on theirs, those first that begin alike and share words with the stem."""
    asked, opening = content_roots(stem), _opening(key)
    fits = [each for each in islice(material.leaning.values(), MOST_LOOKED_AT) if each.passage != key.passage]
    fits.sort(key=lambda each: drawn(stem + each.text, 1 << 30))
    fits.sort(key=lambda each: (_opening(each) != opening, -len(content_roots(each.text) & asked)))
    return spread_texts(list(dict.fromkeys(map(_on_one_line, fits)))[:SHORTLIST], _on_one_line(key), count=3, seed=stem)


def _draft(
    material: Material, term: Term, stem: str, before: Sentence, key: Sentence, wrong: Sequence[str]
) -> DraftedQuestion:
    content = choice_content(
        stem,
        right={_on_one_line(key): "Right: the article goes on with these words."},
        wrong=dict.fromkeys(wrong, "The article has this elsewhere, where it speaks of something else."),
        explanation=says(material, key.span),
    )
    return DraftedQuestion(
        "single_choice", term.name, content, Span(before.span.start, key.span.end), "sentence_that_follows", STRENGTH,
        "Make sure that no other option could follow as well.",
    )  # fmt: skip


def _opening(sentence: Sentence) -> str:
    return folded(tokens(sentence.text)[0])


def _on_one_line(sentence: Sentence) -> str:
    return " ".join(sentence.text.split())
