"""Number: how much or how many, typed, where the article gives it in figures with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from quizzes.drafting.contents import GAP, numeric_content
from quizzes.drafting.context import readable
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.registry import drafter, drafter_up_to
from quizzes.drafting.terms import Place, Term
from quizzes.drafting.words import content_roots

MOST_SHOWN = 33
# Thousands are parted by commas, as English has it; what is glued to a sign or a letter is a date, a range or a name.
_FIGURES = re.compile(r"(?<![\w.,:/+–−€$£¥-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w:/–−-]|[.,]\d)")
_COUNTED = re.compile(r"\s(?P<unit>per cent|[a-z]{2,})\b|\s?%")
_YEAR = re.compile(r"1\d{3}|20\d{2}")
_DATED = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Bb]efore|[Aa]fter)\s(?P<year>1\d{3}|20\d{2})(?![\w/–−-]|,\d)"
)
_NUMBERED = re.compile(r"\b(?:page|part|chapter|article|number|no\.)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a sentence in figures: `start` and `end` in characters of the sentence, and the unit behind it."""

    text: str
    start: int
    end: int
    unit: str

    @property
    def value(self) -> int | float:
        """The number itself."""
        plain = self.text.replace(",", "")
        return float(plain) if "." in plain else int(plain)


@drafter
def number_in_figures(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """How many? The sentence on the concept with its only number left out, typed, so that nothing can be guessed."""
    for place in term.places:
        sentence = readable(material, place.sentence, most=MOST_SHOWN) if _has_figures(place) else None
        figure = counted_in(sentence) if sentence else None
        if sentence is None or figure is None or figure.text in place.surface:
            continue
        gapped = f"{sentence[: figure.start]}{GAP}{sentence[figure.end :]}"
        content = numeric_content(
            f"Which number does the article give here? {gapped}",
            value=figure.value,
            unit=figure.unit,
            explanation=says(material, place.sentence.span),
        )
        yield DraftedQuestion("numeric", term.name, content, place.sentence.span, "number_in_figures", strength=72)
        return


@drafter_up_to(69)
def year_it_was(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """In which year? The sentence on the concept with its only number, a year, left out and typed."""
    for place in term.first_places:
        sentence = readable(material, place.sentence, most=MOST_SHOWN) if _has_figures(place) else None
        years = list(_DATED.finditer(sentence)) if sentence else []
        if sentence is None or len(years) != 1 or len(re.findall(r"\d+", sentence)) != 1:
            continue
        if years[0]["year"] in place.surface:
            continue
        start, end = years[0].span("year")
        content = numeric_content(
            f"Which year does the article give here? {sentence[:start]}{GAP}{sentence[end:]}",
            value=int(years[0]["year"]),
            explanation=says(material, place.sentence.span),
        )
        yield DraftedQuestion("numeric", term.name, content, place.sentence.span, "year_it_was", strength=69)
        return


def counted_in(sentence: str) -> Figure | None:
    """The only number of the sentence, in figures and with what it counts; None for years, dates and bare numbers."""
    found = list(_FIGURES.finditer(sentence))
    if len(found) != 1 or len(re.findall(r"\d[\d.,]*", sentence)) != 1:
        return None
    number = found[0]
    counted = _COUNTED.match(sentence, number.end())
    if counted is None or _YEAR.fullmatch(number[0]) or _NUMBERED.search(sentence[: number.start()]):
        return None
    unit = counted["unit"] or "%"
    # What follows a bare number, such as “and” or “the”, is counted by nobody.
    is_counted = unit == "%" or bool(content_roots(unit))
    return Figure(number[0], number.start(), number.end(), unit) if is_counted else None


def _has_figures(place: Place) -> bool:
    return re.search(r"\d", place.sentence.text) is not None
