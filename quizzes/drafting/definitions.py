"""What the article itself says a term means, cut out of the sentence that says it."""

from __future__ import annotations

import re

from quizzes.drafting.words import content_roots, tokens, word_set

_NOUN_PHRASE = r"(?:an?|the|any|every|its|their)\s|(?:people|places?|something)\b"
_MEANING = (
    r"meaning|that is to say,?|that is,?|which is to say,?|in other words,?|which means|which is|which are|i\.e\.,?|"
    r"(?:which (?:it|he|she|they|we) )?(?:defined|describes?|described) as|"
    r"and by (?:this|that|it) (?:they|he|she|we|I) means?"
)
_CUED = re.compile(rf"[”\"’']?,?\s+(?:\(|—\s?|–\s)?(?:{_MEANING})\s+(?P<text>.+)", re.DOTALL)
_APPOSITION = re.compile(rf"[”\"’']?(?:,|:|\s[—–-])\s+(?P<text>(?:{_NOUN_PHRASE}).+)", re.DOTALL)
_LEFT = re.compile(
    r"(?:^|[,;]\s)(?P<text>(?:[A-Z]\w+|those|an?|the)\s[^,;:]+?)\s(?:is|are)\s(?:called|known as)\s"
    r"(?:an?\s|the\s)?[“\"‘]?$"
)
_CLAUSE = re.compile(
    r"(?:an?|the)\s(?:\w+\s)?\w+\s(?:is|are|was|were|has|have|had|will|would|can|could|\w+ed(?!\s(?:of|by|to|in|from|with|as|for|on|at)\b))\b"
)
_SUBORDINATE = re.compile(r"(?:If|When|While|As|After|Before|Because|Although|Though|Since|Once|Unless|Until)\b")
_PREPOSITION = re.compile(
    r"(?:For|In|On|At|By|With|Without|Under|During|Despite|From|To|Of|Beyond|Through|According to)\b[^,]*$|For\b"
)
_FINITE = re.compile(
    r"(?:(?!\b(?:that|which|who|whom|whose|where|when|what|if|because)\b)[^.;:])*?"
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|does|did)\b"
)
_COPULA = re.compile(r"[”\"’']?\s+(?:is|are|means)\s+(?P<text>(?:an?|the)\s.+)", re.DOTALL)
_BARE_PLURAL = re.compile(r"[”\"’']?,\s+(?P<text>[a-z]+s\s(?:without|with|in|of|who|that|which)\s.+)", re.DOTALL)
_CALLED = re.compile(
    r"\b(?:call(?:s|ed)?|known as|knows?|named?|dubbed|termed|speaks? of|spoke of|notion of|term|word|cure for)\b"
)

_ITEM_BEFORE = re.compile(r"[,:]\s+(?:(?:an?|the|one|his|her|its|their)\s+)?(?:[\w’'-]+\s+)?[“\"‘]?$")
_GOES_ON_AS_LIST = re.compile(r",\s+(?:and|or)\s")
_OTHER_NAMED = re.compile(
    r"\b(?:(?:which|that)\s(?:\w+\s){0,3}(?:call(?:s|ed)?|nam(?:es?|ed)|dubb(?:ed|s)|term(?:s|ed)?|describe[sd]?\sas|"
    r"refer(?:s|red)?\sto\sas)|known as|"
    r"(?:called|named|dubbed|termed)\s)"
)
_ONE_OF_MANY = re.compile(r"\b(?:every|each|any|no|another)\s(?:\w+\s)?$", re.IGNORECASE)
_OF_A_THING = re.compile(r"\sof\s(?:the|an?)\s")
_OPENING_OF = re.compile(r"(?:(?:The|An?)\s)?(?:\w+\s)?\w+\sof\s(?:(?:the|an?)\s)?[“\"‘]?$")
"""What stands before a term that is part of the subject: "Captains of the Merrow Line, a …, have …"."""
_END = re.compile(r"[;:.!?—–]|\s\(|”|\"")
_TURN = re.compile(
    r",\s+(?=(?:and|but|so|yet|or|is|are|was|were|has|have|had|will|would|can|could|may|might|must|turns?|became|"
    r"although|though|because|since|while|to which|which|unlike|not|on the condition|according|"
    r"(?:with|at|from|into|under|until)(?! wh(?:ich|om)))\b)"
)
_LEANING = word_set("it this that these they he she his her their we i you my our such")
_LOOSE_START = re.compile(
    r"(?:(?:the|a|an)\s+)?(?:same|first one|other|latter|former|more|less|most|question|problem|trouble|fact|way|"
    r"moment|result|end|beginning|point|thing|kind|sort|case|one)\b(?! of)|(?:the\s+)?others?\s+of\b|"
    r"(?:\w+\s){0,3}of\s(?:which|whom|whose)\b|(?:roughly|about|nearly|almost|around|perhaps|probably|still|now|not|often|"
    r"something (?:that|which|no|few|else|[a-z]+ (?:can|could|will|would))|"
    r"usually|never|always|also|why|how|where|when|twice|only|just|too|very)\b|"
    r"an?\s+(?:(?:good|few|great)\s+)*(?:miles?|metres?|minutes?|hours?|days?|weeks?|months?|years?|lot|bit|little|couple|"
    r"dozen|third|quarter|half|step)\b",
    re.IGNORECASE,
)
SHORTEST, LONGEST = 4, 26
"""A definition in words: shorter says nothing, longer is no definition to be read in a question."""


def stated_definition(sentence: str, start: int, end: int) -> str | None:
    """The words of `sentence` that define the term at [start, end), or None when it defines nothing plainly."""
    right = sentence[end:]
    opens = re.fullmatch(r"(?:An?|The)?\s*[“\"‘]?", sentence[:start]) is not None
    patterns = [_CUED, _APPOSITION]
    if _CALLED.search(sentence, max(0, start - 60), start):
        patterns.append(_BARE_PLURAL)
    if opens:
        patterns.append(_COPULA)
    for pattern in patterns:
        if pattern is _APPOSITION and _explains_another(sentence, start, end):
            continue
        if (found := pattern.match(right)) and not _CLAUSE.match(found["text"]):
            is_in_subject = opens or (pattern is _APPOSITION and _OPENING_OF.match(sentence[:start]) is not None)
            text = _aside(found["text"]) if is_in_subject and pattern is not _COPULA else _first_clause(found["text"])
            return None if _FINITE.match(text) else usable_definition(text, sentence[start:end])
    if found := _LEFT.search(sentence[:start]):
        return usable_definition(found["text"][:1].lower() + found["text"][1:], sentence[start:end])
    return None


def usable_definition(text: str, term: str) -> str | None:
    """The definition without its end mark if it can stand alone and does not contain the term, else None."""
    plain = " ".join(text.split()).strip(' ,;:.!?”“"')
    words = tokens(plain)
    if not words or not SHORTEST <= len(words) <= LONGEST or content_roots(plain) & content_roots(term):
        return None
    if _OTHER_NAMED.search(plain):
        return None
    if words[0].lower() in _LEANING or words[1].lower() in _LEANING - {"that"} or _LOOSE_START.match(plain):
        return None
    return plain


def _explains_another(sentence: str, start: int, end: int) -> bool:
    """Whether what follows the term behind a comma explains its last noun alone, nothing, or opens a new clause.

    "The seed of the dune plant, a bean that …" explains the plant and not its seed, and "after every lost coin, a
    habit that …" no coin.
    """
    right = sentence[end:]
    is_on_its_part = _OF_A_THING.search(sentence, start, end) is not None
    if is_on_its_part or _ONE_OF_MANY.search(sentence[:start]):
        return True
    return _opens_another_clause(sentence, right) or _is_item(sentence[:start], right)


def _opens_another_clause(sentence: str, right: str) -> bool:
    """Whether the comma behind the term ends an opening phrase: "If it ends in a confrontation, the country …"."""
    if _SUBORDINATE.match(sentence):
        return "," not in sentence[: len(sentence) - len(right)]
    head = sentence[: len(sentence) - len(right)]
    return bool(_PREPOSITION.match(head)) and re.match(r"[”\"’']?,\s+the\s", right) is not None


def _is_item(before: str, right: str) -> bool:
    """Whether the term is one of several things in a row, of which the next explains nothing: "a mast, a sail, a …"."""
    if not _ITEM_BEFORE.search(before):
        return False
    goes_on = re.match(r"[”\"’']?,\s+(?P<next>[^,;:.!?]+)(?P<mark>[,.;:!?]|$)", right)
    return goes_on is not None and (goes_on["mark"] != "," or _GOES_ON_AS_LIST.search(right) is not None)


def _aside(text: str) -> str:
    """What stands between two commas behind the subject; nothing when the sentence has no second comma."""
    clause = _END.split(text, maxsplit=1)[0]
    return clause.partition(",")[0] if "," in clause else ""


def _first_clause(text: str) -> str:
    clause = _END.split(text, maxsplit=1)[0]
    for turn in _TURN.finditer(clause):
        before, after = clause[: turn.start()], clause[turn.end() :]
        if len(tokens(before)) >= SHORTEST and not _is_enumeration(before, after):
            return before
    return clause


def _is_enumeration(before: str, after: str) -> bool:
    """Whether the comma only separates the parts of a list: "a ramp, a signature, or a daughter"."""
    return "," in before and re.match(r"(?:and|or)\s+(?:an?|the|almost)?\s*\w+", after) is not None
