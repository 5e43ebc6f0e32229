"""Words as the drafters see them: tokens, crude roots, function words and the number of a noun phrase."""

from __future__ import annotations

import re
from functools import lru_cache

from course.reading.letters import LETTER

TOKEN = re.compile(rf"{LETTER}+(?:[-'’.]{LETTER}+)*")


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as a line of text."""
    return frozenset(text.split())


PRONOUNS = word_set(
    "i me my we us our you your he him his she her it its they them their this that these those such one "
    "ones who whom whose which what everyone everybody someone somebody nobody anyone nothing something "
    "there here himself herself itself themselves neither both latter former mine ours yours"
)
FUNCTION_WORDS = PRONOUNS | word_set(
    "a an the and or but nor so yet for of to in on at by with from into onto over under up down out off "
    "about above below between among through during before after since until till while when where why "
    "how if unless because although though as than then not no is are was were be been being am has have "
    "had having do does did will would shall should can could may might must also only even still just "
    "very more most less least too again against within without towards toward whatever whether however "
    "either all any some each every many much few other another own same once now never always already "
    "soon later today per via across behind beyond along around despite except near upon like"
)
OPENERS = word_set(
    "it this that these those he she they we i you his her its their our my your him them such but and or "
    "nor so yet then thus hence therefore however still nevertheless meanwhile moreover furthermore "
    "besides instead otherwise here there neither both one another others either which who what why how "
    "when where because although though while whereas since if unless until also even especially likewise "
    "similarly again finally first second third next by before after rather without to not as at in-short "
    "conversely"
)
"""Words that make a sentence lean on the one before it, or leave it open, when it is read alone."""

_ENDINGS = re.compile(r"(?:i[sz]ations?|ations?|ities|ments?|ness|ings?|ers?|ors?|ians?|ists?|ive|ed|es|ly|s|e)$")
_LY = re.compile(r"(?:ly|lies|lied)$")
"""Behind four letters or more: what is done quickly is quick, and "family" loses as much as "families"."""
_IES = re.compile(r"(?:(?<=[^aeiou])y|ies|ied)$")
_SINGULAR_S = re.compile(
    r"(?:ss|us|is|(?<!crit)(?<!scept)(?<!skept)(?<!academ)(?<!clin)(?<!mechan)(?<!rel)(?<!top)ics|news|series|species)$"
)
_PLURALS = word_set("people men women children police media criteria data teeth feet mice geese cattle phenomena")
_MANY = re.compile(r"\w{2}(?:people|children|women|men)$")
_ONE = word_set(
    "specimen regimen abdomen acumen stamen bitumen omen lumen dolmen yemen lens chaos bias atlas canvas alias ethos"
)


@lru_cache(maxsize=8_192)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text as written; hyphens and apostrophes stay inside their word."""
    return tuple(TOKEN.findall(text))


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """A crude stem: words of one family mostly share it. Good for warning of give-aways, not for linguistics."""
    plain = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    if len(stem := _LY.sub("", plain)) >= 4 and stem != plain:
        return root(f"{stem[:-1]}y" if stem.endswith("i") else stem)
    if len(plain) > 3 and (stem := _IES.sub("", plain)) != plain:
        return stem
    cut = _ENDINGS.sub("", plain)
    if len(cut) < 4:
        return plain
    return cut[:-1] if len(cut) > 4 and cut.endswith("i") else cut


def is_content(word: str) -> bool:
    """Whether a word says something by itself."""
    return len(word) > 2 and word.lower() not in FUNCTION_WORDS


@lru_cache(maxsize=8_192)
def content_roots(text: str) -> frozenset[str]:
    """The roots of a text's content words, the parts of hyphenated words counted too."""
    return frozenset().union(*map(_roots_of_word, tokens(text)))


@lru_cache(maxsize=20_000)
def _roots_of_word(word: str) -> frozenset[str]:
    parts = {word, *word.split("-")}
    return frozenset(root(part) for part in parts if is_content(part))


def ends_plural(term: str) -> bool:
    """Whether the head of a noun phrase is plural; the head is the last word before a preposition."""
    head = head_of(term).lower()
    if head in _PLURALS or head in _ONE:
        return head in _PLURALS
    return bool(_MANY.search(head)) or (head.endswith("s") and len(head) > 3 and not _SINGULAR_S.search(head))


def head_of(term: str) -> str:
    """The noun that carries a noun phrase."""
    words = tokens(term)
    for index, word in enumerate(words[1:], start=1):
        if word.lower() in {"of", "on", "with", "for", "in", "to", "at", "from"}:
            return words[index - 1]
    return words[-1] if words else ""


def starts_with_vowel_sound(term: str) -> bool:
    """Whether "an" goes before the term; good enough for the words that break the rule most often."""
    lower = term.lower().lstrip("\"“‘'")
    if re.match(r"uni(?!n|m|de)|us[eu]|u(?:n|k|s)\b|eu|onc?e\b|ura", lower):
        return False
    return re.match(r"[aeiou]|hour|honest|heir|honou?r|8|1[18](?!\d)", lower) is not None


def without_article(term: str) -> str:
    """The term without a leading article or quotation marks."""
    bare = term.strip(" \"“”‘’'«»„")
    return re.sub(r"^(?:an?|the)\s+", "", bare, flags=re.IGNORECASE)


def folded(text: str) -> str:
    """The text case-folded, with one space where it has any white space: what texts are compared by."""
    return " ".join(text.casefold().split())


def capitalised(text: str) -> str:
    """The text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]
