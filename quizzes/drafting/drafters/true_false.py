"""True, false or not stated: the article's own claim, the claim turned round, and a claim it does not make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from course.reading.outline import Span
from quizzes.drafting.contents import drawn, in_quotes, statement_content
from quizzes.drafting.context import readable
from quizzes.drafting.draft import DraftedQuestion
from quizzes.drafting.material import Material
from quizzes.drafting.phrasing import says
from quizzes.drafting.plainness import is_plain, without_lead
from quizzes.drafting.registry import drafter, drafter_up_to
from quizzes.drafting.rephrasing import rephrased, with_subject
from quizzes.drafting.speakers import Claim, inside, is_group, is_learned, is_person, is_vague
from quizzes.drafting.terms import Place, Term
from quizzes.drafting.turning import turned_round
from quizzes.drafting.words import OPENERS, content_roots, tokens

LONGEST_STATEMENT, MOST_SHOWN = 30, 38
LENGTHY = 53
"""Two sentences as they stand: dull, if true."""
REWORDED, VERBATIM, TURNED, LEANING_TURNED = 73, 64, 74, 72
NAMED, SCARCE = 77, 79
"""Whether what is true or what is false of a namer is worth one more is drawn, so that neither is a good bet.
What is given to another holder comes first: little else is not stated."""
_GOES_ON = re.compile(r"\s(?:of|for|in|at|from|with|on|to|who|whose|and|or)\b")
"""What is still a part of who it is: "lawyers for the families expect"."""
_AND_THAT = re.compile(r",? (?:and|but) that ")
_OF_OWN_MIND = re.compile(
    r"(?:\s\w+){0,3}?\s(?:call|know|describe|regard|see|view|speak|want|wish|hope|fear|expect|plan|propose|promise|refuse|"
    r"agree|demand|ask|prefer|oppose|support|reject|welcome|deny|denie|doubt|suspect|believe|blame|prais|warn|complain|"
    r"argue|say|said|saw|knew|spoke)\w*\b"
)
"""Verbs of what one may say or want as well as another: given to somebody else, it is neither true nor denied."""


@drafter
def meaning_kept_or_swapped(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """The expression with its own meaning, which is true, or with that of another, which is false."""
    if term.meaning is None or term.meaning.place is None or term.form.entity != "thing":
        return
    told = f"The article explains {in_quotes(term.text)} so: {in_quotes(term.meaning.text)}."
    place = term.meaning.place
    statement = f"In the article, {in_quotes(term.text)} stands for {term.meaning.text}."
    yield _draft(term, statement, "true", material, place.sentence.span, note=told, strength=84)
    for other, meaning in _with_like_meaning(material, term)[:1]:
        swapped = f"In the article, {in_quotes(term.text)} stands for {meaning}."
        note = f"{told} The meaning given here belongs to {in_quotes(other.text)}."
        yield _draft(term, swapped, "false", material, place.sentence.span, note=note, strength=82)


@drafter
def claim_kept_or_turned(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """What a plain sentence says, in other words where that is safe: true; turned in direction or number: false."""
    for place in term.first_places:
        sentence = " ".join(without_lead(place.sentence.text).split())
        if place.sentence.is_spoken or not is_plain(place.sentence.text) or "?" in sentence:
            continue
        wordings = [(text, REWORDED) for text in rephrased(sentence, around=place.surface)] + [(sentence, VERBATIM)]
        fits = [each for each in wordings if len(tokens(each[0])) <= LONGEST_STATEMENT]
        if fits:
            yield from _kept_and_turned(material, term, place.sentence.span, fits, TURNED)
            return


def _kept_and_turned(
    material: Material, term: Term, span: Span, wordings: Sequence[tuple[str, int]], turned_strength: int
) -> Iterator[DraftedQuestion]:
    told = says(material, span)
    statement, strength = wordings[0]
    yield _draft(term, statement, "true", material, span, note=told, strength=strength)
    turned = next((text for wording, _ in wordings if (text := turned_round(wording))), None)
    if turned is not None:
        yield _draft(
            term, turned, "false", material, span, note=told, strength=turned_strength,
            confirm="Make sure that the changed statement is false and not merely odd.",
        )  # fmt: skip


@drafter
def claim_with_its_holder(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """What "she" says, with her name from the sentence before: true; turned in direction or number: false."""
    for place in term.first_places:
        for claim in material.claims.get(place.sentence.number, ()):
            sentence = " ".join(place.sentence.text.split())
            statement = f"{claim.holder} {sentence.partition(' ')[2]}"
            is_by_pronoun = claim.named_in is not None and sentence.startswith(("He ", "She "))
            if not is_by_pronoun or not _is_statement(statement):
                continue
            told = says(material, claim.evidence)
            yield _draft(term, statement, "true", material, claim.evidence, note=told, strength=REWORDED)
            if turned := turned_round(statement):
                yield _draft(
                    term, turned, "false", material, claim.evidence, note=told, strength=74,
                    confirm="Make sure that the changed statement is false and not merely odd.",
                )  # fmt: skip
            return


@drafter
def fact_with_its_subject(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """What is said of "it", "they" or "she", with the subject of the sentence before: true, or turned and false."""
    for place in term.first_places:
        before = material.sentence_before(place.sentence)
        statement = with_subject(place.sentence.text, before.text) if before is not None else None
        if before is None or statement is None or place.surface not in statement or not _is_statement(statement):
            continue
        if place.sentence.is_spoken or before.is_spoken:
            continue
        span = Span(before.span.start, place.sentence.span.end)
        wordings = [*rephrased(statement, around=place.surface), statement]
        yield from _kept_and_turned(material, term, span, [(text, REWORDED - 1) for text in wordings], LEANING_TURNED)
        return


@drafter_up_to(LEANING_TURNED)
def fact_with_what_leads_to_it(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """A sentence that leans, behind the one it leans on: true, or turned and false."""
    for place in term.first_places:
        before = material.sentence_before(place.sentence)
        if before is None or is_plain(place.sentence.text) or "“" in place.sentence.text or '"' in place.sentence.text:
            continue
        shown = readable(material, place.sentence, most=MOST_SHOWN)
        own = " ".join(place.sentence.text.split())
        if shown is None or not shown.endswith(f" {own}") or not own.endswith("."):
            continue
        span, told = Span(before.span.start, place.sentence.span.end), says(material, place.sentence.span)
        yield _draft(term, shown, "true", material, span, note=told, strength=LENGTHY)
        if turned := turned_round(own):
            yield _draft(
                term, f"{shown.removesuffix(own)}{turned}", "false", material, span, note=told, strength=LEANING_TURNED,
                confirm="Make sure that the changed statement is false and not merely odd.",
            )  # fmt: skip
        return


def _is_statement(text: str) -> bool:
    return is_plain(text) and len(tokens(text)) <= LONGEST_STATEMENT


@drafter
def namer_kept_or_changed(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """Who the expression comes from: from its namer, which is true, or from another, which is false."""
    if term.form.entity != "thing" or term.name not in material.namers:
        return
    namer, place = material.namers[term.name]
    quoted = in_quotes(place.surface)
    told = f"The article attributes the expression to {inside(namer)}."
    turn = drawn(f"{namer}{quoted}", 2)
    statement = f"The article attributes the expression {quoted} to {inside(namer)}."
    yield _draft(term, statement, "true", material, place.sentence.span, note=told, strength=NAMED + 1 - turn)
    namers = " ".join(each for each, _place in material.namings[term.name])
    for other in [each for each in _strangers(material, term, namer, place) if not _is_among(each, namers)][:1]:
        statement = f"The article attributes the expression {quoted} to {inside(other)}."
        yield _draft(term, statement, "false", material, place.sentence.span, note=told, strength=NAMED + turn)


@drafter
def claim_of_another(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """A sentence given to somebody else of the article, of whom the article does not say it."""
    for place in term.first_places:
        sentence = " ".join(without_lead(place.sentence.text).split())
        holder = next((name for name in material.speakers if sentence.startswith(f"{name} ")), None)
        if holder is None or not is_plain(sentence) or len(tokens(sentence)) > LONGEST_STATEMENT:
            continue
        claims = material.claims.get(place.sentence.number, ())
        rest = sentence.removeprefix(holder)
        if _GOES_ON.match(rest) or (not claims and not _OF_OWN_MIND.match(rest)):
            continue
        holders = " ".join(name for claim in claims for name in material.holders_of(claim.text))
        for other in _strangers(material, term, holder, place, like=holder):
            statement = other + sentence.removeprefix(holder)
            if material.says(statement) or _is_among(other, holders):
                continue
            note = f"The article says this of {inside(holder)}, and nothing like it of {inside(other)}."
            yield _draft(
                term, statement, "not_stated", material, place.sentence.span, note=note, strength=SCARCE,
                confirm="Make sure that the article neither says nor denies it anywhere.",
            )  # fmt: skip
            return


@drafter
def claim_with_its_source(material: Material, term: Term) -> Iterator[DraftedQuestion]:
    """What somebody says, by their name: true; turned: false; by the name of another: not stated."""
    for place in term.first_places:
        for claim in material.claims.get(place.sentence.number, ()):
            words = _AND_THAT.split(claim.text)[0]
            statement = f"According to {inside(claim.holder)}, {words}."
            if claim.is_quote or "…" in words or not _is_read_alone(words) or not _is_statement(statement):
                continue
            yield from _kept_and_turned(material, term, claim.evidence, [(statement, REWORDED)], TURNED)
            yield from _of_another(material, term, place, claim, words)
            return


def _of_another(material: Material, term: Term, place: Place, claim: Claim, words: str) -> Iterator[DraftedQuestion]:
    if not is_person(claim.holder):
        return
    holders = " ".join(material.holders_of(claim.text))
    others = _strangers(material, term, claim.holder, place, like=claim.holder)
    for other in [each for each in others if is_person(each) and not _is_among(each, holders)][:1]:
        note = f"The article gives this to {inside(claim.holder)}, and nothing like it to {inside(other)}."
        yield _draft(
            term, f"According to {inside(other)}, {words}.", "not_stated", material, claim.evidence, note=note,
            strength=SCARCE, confirm="Make sure that the article neither says nor denies it anywhere.",
        )  # fmt: skip


def _is_read_alone(claim: str) -> bool:
    return tokens(claim)[0].lower() not in OPENERS - {"if", "no"}


def _is_among(name: str, names: str) -> bool:
    return bool(content_roots(name) & content_roots(names))


def _draft(
    term: Term,
    statement: str,
    answer: str,
    material: Material,
    span: Span,
    *,
    note: str,
    strength: int,
    confirm: str = "",
) -> DraftedQuestion:
    verdict = {
        "true": "The article says so.",
        "false": "The article says otherwise.",
        "not_stated": "The article is silent on it.",
    }
    notes = {name: f"Right. {note}" if name == answer else f"{verdict[answer]} {note}" for name in verdict}
    content = statement_content(statement, answer=answer, notes=notes, explanation=says(material, span))
    return DraftedQuestion("true_false", term.name, content, span, f"statement_{answer}", strength, confirm)


def _with_like_meaning(material: Material, term: Term) -> list[tuple[Term, str]]:
    """Other terms of the same number with what they mean, where the meaning could be this term's as well."""
    own = content_roots(term.meaning.text) if term.meaning else frozenset()
    fits = [
        (other, other.meaning.text)
        for other in material.terms
        if other.meaning is not None
        and other.meaning.place is not None
        and other.form.entity == "thing"
        and other.form.plural == term.form.plural
        and not content_roots(other.meaning.text) & (own | term.roots)
        and not term.may_mean(other.meaning.text)
        and not other.is_akin_to(term)
    ]
    return sorted(fits, key=lambda pair: drawn(term.text + pair[0].text, 1 << 30))


def _around(material: Material, place: Place) -> list[int]:
    """The passage and those beside it in its lesson: who is named there may well be meant."""
    passages = list(dict.fromkeys(sentence.passage for sentence in material.lessons[place.sentence.lesson]))
    at = passages.index(place.sentence.passage)
    return passages[max(0, at - 1) : at + 2]


def _strangers(material: Material, term: Term, namer: str, place: Place, *, like: str = "") -> list[str]:
    """Holders of the same kind that have nothing to do with the passages there, in an order drawn from the term."""
    near = [each for at in _around(material, place) for each in material.paragraphs[at]]
    there = content_roots(" ".join(sentence.text for sentence in near) + f" {namer} {term.text}")
    group = is_group(like) if like else True
    fits = [
        name
        for name in material.speakers
        if is_group(name) is group
        and (not like or name.startswith("The ") is like.startswith("The "))
        and len(tokens(name)) <= 3
        and not is_vague(name)
        and not (is_learned(name) and is_learned(namer))
        and not content_roots(name) & there
    ]
    return sorted(fits, key=lambda name: drawn(term.text + name, 1 << 30))
