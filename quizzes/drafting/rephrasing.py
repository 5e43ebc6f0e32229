"""Says again what a sentence says, in other order or in fewer words, by changes that cannot make it untrue."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizzes.drafting.clauses import halves_of, subject_of
from quizzes.drafting.plainness import is_plain, without_lead
from quizzes.drafting.words import PRONOUNS, capitalised, ends_plural, tokens, word_set

_DROPPED = frozenset({"more", "contrast", "relative", "reason", "result"})
"""A sentence stays true without these second halves; without its condition it may not."""
_PLACES = (
    "in|on|at|after|before|during|since|by|under|along|across|near|within|until|throughout|for|from|behind|between|"
    "despite|with|without"
)
_FRONTED = re.compile(rf"^(?P<front>(?i:{_PLACES})\s[^,;:—–“”()]{{3,60}}),\s(?P<main>[^,;:—–“”()]+)(?P<end>\.)$")
_LEFT_ALONE = re.compile(
    r"^(?:in (?:fact|truth|short|particular|other words|general|turn|reality|the end|addition|contrast|theory)|for "
    r"(?:example|instance|now|the moment|its part|his part|her part|their part)|at (?:first|last|least|best|most|all)|"
    r"on the (?:one|other) hand|by contrast|after all|since then|until then|for all)\b",
    re.IGNORECASE,
)
_SIDE_FIRST = re.compile(
    r"^(?P<word>Because|Although|Even though)\s(?P<side>[^,;:—–“”()]+),\s(?P<main>[^,;:—–“”()]+)\.$"
)
_ASIDE = re.compile(
    r"^(?P<before>[^,;:—–“”()]+),\s(?:which|who|whose|an?|the)\s[^,;:—–“”()]+,\s"
    r"(?P<after>(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|does|did|\w+ed|\w+s)\s(?!(?:and|or)\s)[^;]+)$"
)
_DASHED = re.compile(r"\s[—–]\s[^—–]+\s[—–]\s")
_BRACKETS = re.compile(r"\s\([^()]*\)")
_OPENING_PRONOUN = re.compile(
    r"(?P<pronoun>It|They|He|She)\s(?P<rest>(?!(?:is|was|will|would|has|had|may|might|can|could|seems?|takes?|took|turns?|"
    r"turned|follows?|happens?|makes?|remains?)\s(?:\w+\s)?(?:that|to|who|how|why|what|whether|been|not)\b)\S.+)"
)
"""Such a sentence; "it is that", "it takes … to" and their like stand for nothing that was named."""
_PERSONAL_NAME = re.compile(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){1,2}")
_SEVERAL = re.compile(r"\band\b|^(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Many|Most|Some|Several)\b")
_DEFINITE = re.compile(r"(?:The|A|An|Most|Many|Some|Two|Three|Four|Five|Six)\s|[A-Z]\w+(?:\s|$)")
_SENTENCE_ADVERBS = word_set("however moreover indeed perhaps still then thus therefore also instead already")
_NEGATIVE_FRONT = re.compile(r"^(?:without|not|never|only|neither|until)\b", re.IGNORECASE)


def rephrased(sentence: str, *, around: str) -> Iterator[str]:
    """Other wordings of the sentence that are true if it is and still hold the words `around`, best first.

    Each is a whole statement that can be read alone, and none is the sentence itself. Sentences in other languages
    than English are not understood.
    """
    plain = " ".join(sentence.split())
    seen = {plain}
    for wording in _wordings(plain):
        if wording not in seen and around in wording and is_plain(wording):
            seen.add(wording)
            yield wording


def with_subject(sentence: str, before: str) -> str | None:
    """A sentence that begins with "it", "they", "he" or "she", with the subject of the sentence before in its place.

    None where that subject is not plain, or does not go with the pronoun by number or by being a person's name.
    """
    if not sentence.startswith(("It", "They", "He", "She")):
        return None
    found = _OPENING_PRONOUN.match(" ".join(sentence.split()))
    context = " ".join(without_lead(before).split()) if found else ""
    parts = subject_of(context) if is_plain(context) else None
    if found is None or parts is None or not _goes_with(parts[0], found["pronoun"]):
        return None
    return f"{parts[0]} {found['rest']}"


def _goes_with(subject: str, pronoun: str) -> bool:
    is_person = _PERSONAL_NAME.fullmatch(subject) is not None
    if pronoun in {"He", "She"}:
        return is_person
    is_many = ends_plural(subject) or _SEVERAL.search(subject) is not None
    has_other_number = subject.lower().startswith(("one ", "every ", "each ")) or " of " in subject
    return (
        not is_person
        and not has_other_number
        and is_many is (pronoun == "They")
        and _DEFINITE.match(subject) is not None
    )


def _wordings(plain: str) -> Iterator[str]:
    shorter = _without_asides(plain)
    for base in dict.fromkeys((shorter, plain)):
        heads = [f"{halves.head}." for halves in halves_of(base) if halves.sense in _DROPPED]
        for text in (*heads, base):
            yield from filter(None, (_with_front_behind(text), _with_side_behind(text)))
        yield from reversed(heads)
    yield shorter


def _with_front_behind(sentence: str) -> str | None:
    """ "In spring, the lamps are lit." becomes "The lamps are lit in spring." """
    found = _FRONTED.match(sentence)
    if found is None or _LEFT_ALONE.match(found["front"]) or _NEGATIVE_FRONT.match(found["front"]):
        return None
    front, main = found["front"], found["main"]
    first = tokens(main)[0].lower()
    if first in PRONOUNS or first in _SENTENCE_ADVERBS or {word.lower() for word in tokens(front)} & PRONOUNS:
        return None
    if re.search(r"\b(?:and|but|or|that|which|who|because|if|when|while|than|not|no|never)\b", main):
        return None
    return f"{capitalised(main)} {_lowered(front)}."


def _with_side_behind(sentence: str) -> str | None:
    """ "Because A, B." becomes "B, because A."; a pronoun may not come before its noun."""
    found = _SIDE_FIRST.match(sentence)
    if found is None or _has_pronoun(found["main"]):
        return None
    return f"{capitalised(found['main'])}, {found['word'].lower()} {found['side']}."


def _without_asides(sentence: str) -> str:
    bare = _BRACKETS.sub("", _DASHED.sub(" ", sentence))
    found = _ASIDE.match(bare)
    return f"{found['before']} {found['after']}" if found else bare


def _has_pronoun(text: str) -> bool:
    return any(word.lower() in PRONOUNS for word in tokens(text))


_SMALL_FIRST = word_set(
    "the a an in on at after before during since by under along across near within throughout for from behind between "
    "despite with most many some few several all every each no two three four five six seven eight nine ten"
)


def _lowered(text: str) -> str:
    """The text with a small first letter where its first word is no name."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in _SMALL_FIRST else text
