"""Which sentences can be read alone."""

from __future__ import annotations

import re
from functools import lru_cache

from quizzes.drafting.words import FUNCTION_WORDS, OPENERS, is_content, tokens, word_set

SHORTEST, LONGEST = 8, 40
_POINTS_BACK = re.compile(
    r"\b(?:(?i:this|these|those|such|the latter|the former|the same|here)|I|we|my|our|me|us|you|your|mine|ours)\b"
    r"|\bthat(?=[,.;!?])|\bthan that\b"
    r"|\b(?i:that (?:spring|summer|autumn|winter|year|month|week|day|night|morning|evening|afternoon|time|date|hour)|"
    r"(?:by|until|since) then|"
    r"(?:with|in|by|for|from|at|on|to|under) that(?= (?!\w+(?:s|ed)\b)[a-z]+\b)|"
    r"(?:is|are|was|were|has|have|had|do|does|did|can|could|may|might|must|should|will|would) (?:not )?then)\b"
)
_NAMED_BEFORE = re.compile(
    r"(?:^|(?<=[,;:] ))The (?:ones?|first|second|third|last|others?|rest|two|three)"
    r"(?=,|\s(?:in|on|at|from|is|are|was|were|has|have|had|can|could|will|would|came|went|made|took|\w+ed)\b)"
    r"|\b(?:[Tt]he|[Bb]oth|[Ee]ither) (?:ideas?|proposals?|suggestions?|accusations?|criticism|remarks?|demands?|"
    r"requests?|offers?|allegations?|objections?|sum)\b"
    r"(?!\s(?:of|that|to|for|from|about|behind|which|who|whether|he|she|it|they|we|I|\w+ed)\b|[-’'])"
    r"|\bthere\b(?=[,.;]|\s(?!(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|never|no|not|to|"
    r"being|be|remains?|remained|came|comes|seems?|seemed|exists?|once|used)\b))"
)
"""What stands for something that was named before: "the one in", "rejected the idea", "planners there speak"."""
_LONE_OBJECT = re.compile(r"\b(?:it|them)\b(?! (?:is|are|was|were|that|possible|hard|easy|clear|likely|impossible)\b)")
_NEW_CLAUSE = re.compile(
    r"[,;:—–]|\b(?:and|or|but|that|which|who|whom|whose|where|when|while|if|because|as|than|what|whoever|whatever|how|"
    r"after|before|until|unless|since|though|although|so|to)\b",
    re.IGNORECASE,
)
"""Behind these an "it" may stand for what the sentence has named; before them that would have to be "itself"."""
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|them|himself|herself|itself|themselves)\b", re.IGNORECASE)
_OF_A_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b", re.IGNORECASE)
_PERSON_NAMED = re.compile(
    r"(?<=\S\s)[\"“‘(]?[A-Z]|^[A-Z][\w’'-]+(?:,|['’]s)?\s(?:[A-Z]|who|was|is|had|has|says?|said|and|took|told|wrote|kept|made)"
    r"|\b(?:\w{2,}(?:man|woman|men|women|ists?|ians?|ants?|ents?|eers?|ors?|[^h]ers?|herds?|smiths?)|cook|king|queen|boy|girl|wife|"
    r"aunt|uncle|son|nurse|judge|guard|clerk|child|guest|guide|chief|priest|monk|nun|saint|coach|duke|prince|\w+cess|"
    r"bride|poet|thief|heir|host|pilot|author|spy|each|everyone|whoever|nobody)\b"
)
_LATE_SUBJECT = re.compile(
    r"(?:In|On|At|Under|After|Before|By|With|From|For|During|Despite)\s[^,;:]{3,60},\s(?:it|he|she|they)\b"
)
"""Who does it behind an opening phrase is named in the sentence before: "Under the old rules, it pays no tax"."""
_POSSESSIVE = re.compile(r"\b(?:his|her|its|their)\b", re.IGNORECASE)
_OPEN_QUOTE = re.compile(r"[“„«\"]")
_LEAD = re.compile(
    r"^(?:However|Of course|Overall|Naturally|Moreover|Furthermore|Nevertheless|Still|Meanwhile|Today|At present|"
    r"Either way|In fact|In truth|In short|Indeed|Perhaps|Thus|Therefore|As a result|On the other hand|"
    r"On the one hand|At the same time|For the moment|In the end|After all|By contrast|Whatever [^,]{1,25},|"
    r"Either way|Then|Since then|Still|So|And|But|Yet)"
    r"(?:,|(?<=But)|(?<=And)|(?<=Yet))\s+(?:\([^)]*\)\s+)?(?=[\w“])"
)
_DATELINE = re.compile(r"^[A-Z][A-Z.’'-]+(?:[ ,]+[A-Z][\w.’'-]*){0,4}\s[—–-]\s")
"""Where a report was written: "MERROW — The harbour"."""
_AUTHOR = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us)\b")
_SIDE = re.compile(
    r"(?:If|When|While|Because|Although|Though|Since|Unless|Until|After|Before|Whereas)\s"
    r"(?P<side>(?:[^\s,;:]+\s){2,14}[^\s,;:]+),\s(?!(?:and|or|but)\b)\S+\s\S+\s\S+"
)
FEWEST, MOST = 6, 30
_SPEAKS_TO = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|me|us|[Yy]ou|[Yy]our)\b")
QUOTES = re.compile(r"[“”\"‘]")
_SPEAKS_OF_OTHERS = re.compile(r"\b(?:all|none|both|neither|any|some) of (?:these|those|them)\b", re.IGNORECASE)
"""What reads in a list of options as if it spoke of the others."""
FEW_WORDS_BEFORE = 5
"""So many words, or a name, must come before a pronoun for it to have its noun in the same sentence."""


@lru_cache(maxsize=8_192)
def is_plain(sentence: str, *, english: bool = True) -> bool:
    """Whether the sentence is a whole statement of 8 to 40 words that needs no sentence before it."""
    return is_whole(sentence) and (not english or (opens_well(sentence) and not points_outside(sentence)))


def is_whole(sentence: str) -> bool:
    """Whether the text is a statement of 8 to 40 words, with its brackets and quotation marks in pairs."""
    words = tokens(sentence)
    if not SHORTEST <= len(words) <= LONGEST or not sentence.rstrip(' ”"’»').endswith((".", "!", "。", "！", "۔", "।")):
        return False
    in_pairs = sentence.count("“") == sentence.count("”") and sentence.count("(") == sentence.count(")")
    return in_pairs and sentence.count('"') % 2 == 0


def stands_free(before: str, after: str, *, english: bool = True) -> bool:
    """Whether what stands between the two texts is a phrase of its own, not a part of a longer name or compound."""
    if before.endswith(("-", "'", "’", "/")) or after.startswith(("-", "'", "’", "/")):
        return False
    if re.match(r"\s+of\b", after):
        return False
    next_word = re.match(r"[”\"’»]?\s+([^\W\d_]+(?:['’]\w+)?)", after)
    return not english or next_word is None or _may_follow(next_word[1])


def leans(sentence: str) -> bool:
    """Whether an author's sentence of 6 to 30 words, without quotations, goes on from the sentence before it."""
    text = _SPEAKS_TO.sub("people", sentence)
    is_told = text.rstrip().endswith(".") and not QUOTES.search(text) and not _SPEAKS_OF_OTHERS.search(text)
    leads_on = _LEAD.match(text) is not None or not opens_well(text) or points_outside(text)
    return leads_on and is_told and FEWEST <= len(tokens(text)) <= MOST


def without_lead(sentence: str) -> str:
    """The sentence without an opening that only ties it to the one before."""
    bare = _LEAD.sub("", _DATELINE.sub("", sentence))
    return bare[:1].upper() + bare[1:]


def is_told_by_author(sentence: str) -> bool:
    """Whether only the "we" or "I" of the sentence points outside, which is the author or who is asked."""
    return is_plain(_AUTHOR.sub("people", sentence))


def opens_well(sentence: str) -> bool:
    """Whether the sentence does not begin with a word that needs the sentence before it."""
    words = tokens(without_lead(sentence))
    if (
        not words
        or (words[0].lower() in OPENERS and not _side_comes_first(sentence))
        or sentence.lstrip().startswith(("“", "‘", '"', "("))
    ):
        return False
    return not (len(words) > 1 and words[0].lower() in _COUNTING and _acts(words[1]))


def _side_comes_first(sentence: str) -> bool:
    """Whether a whole sentence opens with its side clause: "If the quay floods, the boats are moved." """
    found = _SIDE.match(sentence)
    return found is not None and _POSSESSIVE.search(found["side"]) is None and _PRONOUN.search(found["side"]) is None


def _acts(word: str) -> bool:
    """Whether the word is a verb or a small word, so that "each" or "some" before it stands for things named before."""
    lower = word.lower()
    return lower in FUNCTION_WORDS or lower in _VERBS or lower.endswith("ed") or (lower in _BEGINNING)


_COUNTING = word_set("each all some many most few several none two three four five six seven eight nine ten half")
_BEGINNING = word_set("begins begin starts start ends end consists consist")


def points_outside(sentence: str) -> bool:
    """Whether a pronoun or a word such as "this" stands for something that the sentence itself does not name."""
    if _POINTS_BACK.search(sentence) or _NAMED_BEFORE.search(sentence) or _has_lone_object(sentence):
        return True
    person = _OF_A_PERSON.search(sentence)
    is_unnamed = person is not None and not _PERSON_NAMED.search(sentence[: person.start()])
    if is_unnamed or _LATE_SUBJECT.match(sentence):
        return True
    owner = _POSSESSIVE.search(sentence)
    if owner is not None and not any(map(is_content, tokens(sentence[: owner.start()]))):
        return True
    found = _PRONOUN.search(sentence)
    if found is None or (_SIDE.match(sentence) and "," in sentence[: found.start()]):
        return False
    before = tokens(sentence[: found.start()])
    return len(before) < FEW_WORDS_BEFORE and not any(word[:1].isupper() for word in before[1:])


def _has_lone_object(sentence: str) -> bool:
    """Whether "it" or "them" stands in the first clause: "the residents supported it" names no more than who did."""
    found = _LONE_OBJECT.search(sentence)
    return found is not None and _NEW_CLAUSE.search(sentence[: found.start()]) is None


def _may_follow(word: str) -> bool:
    lower = word.lower()
    return lower in FUNCTION_WORDS or lower.endswith(("ly", "ed", "ing")) or lower in _VERBS


def is_fragment(before: str, term: str, after: str) -> bool:
    """Whether a mention is plainly torn from a longer phrase: "fog" from "fog of war", "counted beds" after "has"."""
    words = tokens(term)
    if not words:
        return True
    last = words[-1].lower()
    if last in _VERBS or last in FUNCTION_WORDS or re.match(r"\s+of\b", after):
        return True
    return len(words) > 1 and _PARTICIPLE.search(words[0]) is not None and _HELPER.search(before) is not None


_PARTICIPLE = re.compile(
    r"^(?:\w+ed|taken|lost|held|sent|built|bought|sold|brought|found|grown|shown|spent|caught|broken|chosen|set|seen|made|kept|told|given|gone|paid|drawn|written)$"
)
_HELPER = re.compile(
    r"\b(?:has|have|had|having|be|been|being|is|are|was|were|to|not|never|who|which|that|he|she|they|we|I|it|and|"
    r"[Ff]unds|[A-Z]\w+)\s$"
)
_VERBS = word_set(
    "became becomes become came comes come did does went goes go got gets get gave gives give kept keeps "
    "keep left leaves made makes make took takes take says said shows showed seems seemed remains "
    "remained runs ran turns means meant fell falls rose rises grew grows held holds brought brings won "
    "lost led leads lies lay stood stands sounds sits puts put sets set opened needs need wants want lets "
    "let works work call calls come look looks contain contains hold flow flows know knows explode approach "
    "approaches happen happens actually really"
)
