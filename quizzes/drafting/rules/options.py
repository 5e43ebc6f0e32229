"""Rules about options: form and length alone tell nothing, and what is wrong is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from quizzes.drafting.rulebook import rule
from quizzes.drafting.subject import GAP, Subject
from quizzes.drafting.words import content_roots, ends_plural, folded, starts_with_vowel_sound, tokens

LONGEST_TO_SHORTEST = 2
SHORT_OPTION = 4
NOUN_PHRASE_WORDS = 5
SAME_STATEMENT = 0.7
"""The share of a question's words beside a wrong option in one sentence from which on the option may be right."""
WORDS_BESIDE = 3
"""So many words before a blank, or one fewer after it, make a wrong option right when the article has them with it."""
_ABSOLUTE = re.compile(
    r"\b(?:always|never|nobody|nothing|everybody|everything|everyone|impossible|completely|entirely|absolutely|"
    r"without exception|under no circumstances|in every case|not a single|all|none|every|only)\b",
    re.IGNORECASE,
)
_ALL_OF_THEM = re.compile(
    r"\b(?:all|none|both|neither|any|some)\s+of\s+(?:the\s+)?(?:above|these|those|them|others?|below)\b"
    r"|\b(?:both|either)\s+[a-d]\s+(?:and|or)\s+[a-d]\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+")


@rule
def option_lengths(subject: Subject) -> Iterator[str]:
    """The longest option is at most twice as long as the shortest."""
    for texts in subject.offered:
        lengths = sorted(len(text.strip()) for text in texts)
        if lengths[-1] > LONGEST_TO_SHORTEST * max(lengths[0], SHORT_OPTION):
            yield "The longest option is more than twice as long as the shortest. Make them of like length."


@rule
def same_form(subject: Subject) -> Iterator[str]:
    """Options share number, article, kind and the case of their first letter, so that none stands out by its form."""
    for texts in subject.offered:
        for fault in _faults_of_form(texts):
            yield f"The options differ in form: {fault}. Give them all the same form."
    yield from _article_faults(subject)


@rule
def absolutes(subject: Subject) -> Iterator[str]:
    """No "always" or "never" that the article itself does not say: test-wise learners rule such options out.

    What stands in the article word for word is a quotation.
    """
    told = folded(" ".join(subject.evidence))
    claims = [subject.stem] if subject.kind == "true_false" else [text for texts in subject.offered for text in texts]
    for claim in claims:
        if is_phrase_in(claim, _folded(subject.article)):
            continue
        found = next((each[0] for each in _ABSOLUTE.finditer(claim) if not is_phrase_in(each[0], told)), None)
        if found is not None:
            yield f"“{found}” is absolute and not in the passage. Say it less strongly, or as the article does."
            return


@rule
def all_of_the_above(subject: Subject) -> Iterator[str]:
    """No option that speaks about other options."""
    for texts in subject.offered:
        if any(_ALL_OF_THEM.search(text) for text in texts):
            yield "An option speaks about the other options. Replace it by one that stands for itself."


@rule
def distractor_in_same_sentence(subject: Subject) -> Iterator[str]:
    """No wrong option stands in the passage that proves the right one."""
    told = folded(" ".join(subject.evidence))
    for text in subject.distractors:
        if is_phrase_in(text, told):
            yield f"The wrong option “{text}” stands in the passage that proves the answer. Choose another."
            return


@rule
def distractor_true_in_lesson(subject: Subject) -> Iterator[str]:
    """No wrong option makes a statement that the article makes somewhere."""
    if GAP in subject.sentence:
        yield from _filled_blank_is_told(subject)
        return
    asked = subject.asked_roots
    if len(asked) < 4 or subject.kind not in {"single_choice", "cloze"}:
        return
    for text in subject.distractors:
        if _told_beside(text, subject, asked):
            yield f"The wrong option “{text}” may be right as well: the article says the same of it. Choose another."
            return


def within_lengths(texts: Iterable[str]) -> bool:
    """Whether the longest text is at most twice as long as the shortest."""
    lengths = [len(text) for text in texts]
    return max(lengths) <= LONGEST_TO_SHORTEST * max(min(lengths), SHORT_OPTION)


def is_phrase_in(phrase: str, text: str) -> bool:
    """Whether whole words of `text`, which is folded, are the phrase."""
    return stands_in(folded(phrase), text)


def stands_in(plain: str, text: str) -> bool:
    """Whether whole words of `text` are the phrase, where both are folded."""
    at = text.find(plain) if plain else -1
    while at >= 0:
        end = at + len(plain)
        if not text[at - 1 : at].isalnum() and not text[end : end + 1].isalnum():
            return True
        at = text.find(plain, at + 1)
    return False


def _faults_of_form(texts: tuple[str, ...]) -> Iterator[str]:
    if len(texts) < 2 or any(not tokens(text) for text in texts):
        return
    if _differ(text.strip()[:1].isupper() for text in texts if text.strip()[:1].isalpha()):
        yield "some begin with a capital letter"
    if _differ(text.strip()[:1].isdigit() for text in texts):
        yield "some begin with a number"
    if _differ(text.rstrip().endswith(".") for text in texts):
        yield "some end with a full stop"
    if any(len(tokens(text)) > NOUN_PHRASE_WORDS for text in texts) or all(map(_is_quoted, texts)):
        return
    first = [tokens(text)[0].lower() for text in texts]
    if _differ(word in {"a", "an"} for word in first) or _differ(word == "the" for word in first):
        yield "some have an article and some do not"
    elif not all(map(_is_full_name, texts)) and _differ(map(ends_plural, texts)):
        yield "some are plural and some are singular"


def _is_quoted(text: str) -> bool:
    """Whether the option is a quotation, which keeps its own form."""
    return text.startswith("“") and text.endswith("”")


def _is_full_name(text: str) -> bool:
    """Whether every one of several words begins with a capital: who is called Reyes is not several."""
    words = tokens(text)
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _article_faults(subject: Subject) -> Iterator[str]:
    found = re.search(r"\b(an?)\s+_{2,}", subject.sentence, re.IGNORECASE)
    if found and len(subject.gaps) <= 1:
        wants_vowel = found[1].lower() == "an"
        if any(starts_with_vowel_sound(text) is not wants_vowel for texts in subject.offered for text in texts):
            yield f"“{found[1]}” before the blank fits only some options. Offer options that all fit it."


def _filled_blank_is_told(subject: Subject) -> Iterator[str]:
    before, _, after = subject.sentence.partition(GAP)
    left, right = before.split()[-WORDS_BESIDE:], after.split()[: WORDS_BESIDE - 1]
    for text in subject.distractors:
        for filled in (" ".join([*left, text]), " ".join([text, *right]).rstrip(".,;:")):
            is_long = len(filled.split()) >= len(text.split()) + WORDS_BESIDE - 1
            if is_long and is_phrase_in(filled, _folded(subject.article)):
                yield f"The wrong option “{text}” is right as well: the article says “{filled}”. Choose another."
                return


def _told_beside(text: str, subject: Subject, asked: frozenset[str]) -> bool:
    needle = folded(text)
    return any(
        needle in sentence and len(content_roots(sentence) & asked) >= SAME_STATEMENT * len(asked)
        for sentence in _sentences(subject.article)
    )


@lru_cache(maxsize=4)
def _folded(article: str) -> str:
    return folded(article)


@lru_cache(maxsize=4)
def _sentences(article: str) -> tuple[str, ...]:
    return tuple(_SENTENCE.findall(_folded(article)))


def _differ(values: Iterable[bool]) -> bool:
    return len(set(values)) > 1
