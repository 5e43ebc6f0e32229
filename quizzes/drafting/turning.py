"""Turns a statement round: another number, the opposite direction, or with "not" taken out or put in."""

from __future__ import annotations

import re

_OPPOSITES = (
    ("increase", "decrease"), ("increases", "decreases"), ("increased", "decreased"), ("more", "less"),
    ("larger", "smaller"), ("higher", "lower"), ("strong", "weak"), ("stronger", "weaker"), ("rose", "fell"),
    ("rises", "falls"), ("before", "after"), ("gained", "lost"), ("won", "lost"), ("allows", "forbids"),
    ("allowed", "forbade"), ("possible", "impossible"), ("likely", "unlikely"), ("cheap", "expensive"),
    ("quick", "slow"), ("quickly", "slowly"), ("early", "late"), ("supports", "opposes"),
    ("supported", "opposed"), ("accepted", "refused"), ("largely", "hardly"), ("willing", "unwilling"),
    ("popular", "unpopular"), ("first", "last"), ("opened", "closed"),
    ("rarest", "commonest"), ("largest", "smallest"), ("biggest", "smallest"), ("highest", "lowest"), ("best", "worst"),
    ("longest", "shortest"), ("oldest", "newest"), ("fastest", "slowest"), ("cheapest", "dearest"),
    ("earlier", "later"), ("easier", "harder"), ("better", "worse"), ("cheaper", "dearer"), ("louder", "quieter"),
    ("faster", "slower"), ("wider", "narrower"), ("thicker", "thinner"), ("warmer", "colder"), ("older", "younger"),
    ("bigger", "smaller"), ("weaker", "stronger"), ("richer", "poorer"), ("safer", "riskier"), ("harmless", "harmful"),
    ("rise", "fall"), ("agreed", "refused"), ("strengthens", "weakens"), ("strengthened", "weakened"),
    ("improves", "worsens"), ("often", "seldom"), ("rarely", "often"), ("inside", "outside"),
    ("longer", "shorter"), ("doubled", "halved"), ("improved", "worsened"), ("safe", "unsafe"), ("peaceful", "violent"),
)  # fmt: skip
_TURN = {a: b for pair in reversed(_OPPOSITES) for a, b in (pair, pair[::-1])} | {"slim": "good"}
"""Where a word has two opposites, the first pair counts; what is good is seldom the opposite of slim."""
_WORDS = re.compile(r"(?<![-\w])(?:" + "|".join(sorted(_TURN, key=len, reverse=True)) + r")(?![-\w])")
_IDIOMS = re.compile(
    r"\b(?:sooner or later|more or less|at first|first of all|more than|less than|no more|no less|the more|the less|"
    r"at last|last (?:year|week|month|spring|summer|autumn|winter)|day before|once more|any more|even (?:more|less)|"
    r"more \w+ than|for (?:longer|shorter)|from [\w-]+ to|lost (?:in|decade)|"
    r"for the first time|(?:early|late) (?:morning|afternoon|evening|spring|summer|autumn|winter|night)s?|"
    r"at (?:best|worst)|had better|for better|better (?:known|off)|best known|(?:named|look(?:s|ed|ing)?) after|"
    r"(?:after|before) (?:all|long)|one after (?:another|the other)|(?:day|week|month|year|time) after|"
    r"(?:higher|lower) (?:up|down)|(?:once|twice|ever|never|times|long|since) before|before(?=\s*[.,;:!?)]|$)|"
    r"lost (?:power|sight|touch|count|consciousness|interest|patience|heart|hope|track|sleep|face)|"
    r"(?:more|less) [a-z]+s\b|"
    r"first (?:name|minister|lady|aid|class)|or (?:more|less)|(?:is|are|was|were|be|been|being|gets?|got) lost)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(r"\b(?:no|nobody|nothing|none|never|neither|nor)\b", re.IGNORECASE)
_NUMBERS = {
    "two": "five", "three": "six", "four": "seven", "five": "nine", "six": "ten", "seven": "three", "eight": "four",
    "nine": "four", "ten": "six", "eleven": "seven", "twelve": "twenty", "twenty": "fifty", "thirty": "eighty",
    "forty": "ninety", "fifty": "twenty", "sixty": "thirty", "eighty": "forty", "ninety": "forty",
    "hundred": "thousand", "thousand": "million", "million": "thousand", "half": "a tenth", "doubled": "halved",
}  # fmt: skip
_MORE_OF_IT = (
    " thirds",
    " quarters",
    " fifths",
    " tenths",
    " of them",
    " thousand",
    " hundred",
    " million",
    " or more",
    " or fewer",
)
_HOURS = (" in the morning", " in the afternoon", " in the evening", " o'clock", " o’clock")
_NUMBER = re.compile(r"(?<![-\w])(?:" + "|".join(_NUMBERS) + r")(?![-\w])")
_FIGURE = re.compile(r"(?<![\w.,:/+–−€$£¥-])\d{1,3}(?:,\d{3}|\d)*(?=\s[a-z]{3,})")
"""Followed by what it counts."""
_BOUND = re.compile(
    r"\b(?:at least|at most|more than|less than|fewer than|up to|over|under|above|below|as many as|as few as)\s$",
    re.IGNORECASE,
)
"""Words that make a number a limit: what is true of one number may be true of another as well."""
_DONE = frozenset(
    ["lost", "won", "gained", "accepted", "refused", "opened", "closed", "improved", "worsened", "allowed", "supported"]
)
_DOES = re.compile(r"(?:lower|better|slow)\s(?:an?|the|its|their|his|her|our|this|that)\s")
"""What is done to a thing is no comparison: "four people lower a tube"."""
_DETERMINER = re.compile(r"\b(?:an?|the|its|their|his|her|this|that|no|every|each)\s$", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|anything|anyone|anybody|anywhere|ever)\b", re.IGNORECASE)
_CONTRAST = re.compile(r"\b(?:while|whereas)\b")
"""Where "any" or a contrast stands, the opposite sounds odd before it is found to be false."""
_HALF_OF = re.compile(
    r"\s(?:of|an?(?!\s(?:hour|minute|day|week|month|year|decade|century|mile|dozen|metre|kilo))|the|its|their|his|her)\b"
)
"""What follows "half" where it is a share, and not one of two sides."""
_OWNER = re.compile(r"\b(?:the|its|their|his|her|whose)\s$", re.IGNORECASE)
"""What stands before "first" and "last" where they say which one, and not when something is done."""
_NO_NOUN = re.compile(r"\s*(?:[^\w\s]|$)|\s(?:is|are|was|were|of|to|and|or|in|on|that|who|which|comes?|came)\b")
_NOT = re.compile(
    r"\b(?P<verb>is|are|was|were|will|would|can|could|should|has|have|had|do|does|did) not\b"
    r"(?! (?:only|so much|just|yet|at all|any|even|merely|until|either)\b)"
)
_PLAIN_VERB = re.compile(
    r"\b(?P<verb>is|are|was|were|will|can|could|would|has been|have been)\b"
    r"(?! (?:not|only|just|also|still|hardly|barely|scarcely|seldom|rarely|merely|almost|nearly|then|now|even|second|"
    r"once|already|often|sometimes|always|usually|perhaps|probably|at|by|about|\w+ly)\b)"
)
_NOUN_BEFORE = re.compile(r"\b(?:an?|the|his|her|its|their|last|free|good|ill|tin)\s$", re.IGNORECASE)
"""Words after which "will" and "can" are things."""
_THERE = re.compile(r"\bthere\s$", re.IGNORECASE)
_CLAUSES = re.compile(
    r"[,;:—]|\b(?:that|which|who|because|if|when|while|and|but|or|although|though|not|no|never|nobody|nothing)\b",
    re.IGNORECASE,
)


def turned_round(statement: str) -> str | None:
    """A statement that is false where this one is true, changed in one place only; None when no safe place is found."""
    return (
        _other_direction(statement)
        or _without_not(statement)
        or _other_number(statement)
        or _other_figure(statement)
        or _with_not(statement)
    )


def _other_direction(statement: str) -> str | None:
    if any(each.search(statement) for each in (_IDIOMS, _NEGATIVE, _ANY, _CONTRAST)):
        return None
    found = list(_WORDS.finditer(statement))
    if len(found) != 1 or _is_attribute(statement, found[0]) or _DOES.match(statement, found[0].start()):
        return None
    if found[0][0] in {"first", "last"} and not _says_which(statement, *found[0].span()):
        return None
    return statement[: found[0].start()] + _TURN[found[0][0]] + statement[found[0].end() :]


def _is_attribute(statement: str, found: re.Match[str]) -> bool:
    """Whether what is done to a thing only describes it: "a lost anchor", "the largest coin accepted, so"."""
    if found[0] not in _DONE:
        return False
    return bool(_DETERMINER.search(statement[: found.start()])) or bool(re.match(r",", statement[found.end() :]))


def _says_which(statement: str, first: int, last: int) -> bool:
    """Whether "first" or "last" tells one thing of a kind from the others: "the first lock", not "the first is"."""
    return bool(_OWNER.search(statement[:first])) and not _NO_NOUN.match(statement, last)


def _without_not(statement: str) -> str | None:
    found = list(_NOT.finditer(statement))
    if len(found) != 1 or found[0]["verb"] in {"do", "does", "did"} or " but " in statement[found[0].end() :]:
        return None
    return statement[: found[0].start()] + found[0]["verb"] + statement[found[0].end() :]


def _other_number(statement: str) -> str | None:
    found = list(_NUMBER.finditer(statement))
    if len(found) != 1 or _BOUND.search(statement[: found[0].start()]):
        return None
    if found[0][0] == "half" and not _HALF_OF.match(statement, found[0].end()):
        return None
    if statement[found[0].end() :].startswith((*_MORE_OF_IT, *_HOURS)):
        return None
    other, after = _NUMBERS[found[0][0]], statement[found[0].end() :]
    is_bare_half = found[0][0] == "half" and not after.startswith(" of")
    return statement[: found[0].start()] + other + (" of" if is_bare_half else "") + after


def _other_figure(statement: str) -> str | None:
    """With its only number, in figures and none that dates something, twice or half as large."""
    found = list(_FIGURE.finditer(statement))
    if len(found) != 1 or len(re.findall(r"\d+(?:[.,]\d+)*", statement)) != 1 or _NUMBER.search(statement):
        return None
    value, start = int(found[0][0].replace(",", "")), found[0].start()
    if value < 4 or (1000 <= value < 2100 and "," not in found[0][0]) or _BOUND.search(statement[:start]):
        return None
    other = value * 2 if value < 48 or value % 2 else value // 2
    written = f"{other:,}" if "," in found[0][0] else str(other)
    return statement[:start] + written + statement[found[0].end() :]


def _with_not(statement: str) -> str | None:
    found = list(_PLAIN_VERB.finditer(statement))
    if len(found) != 1 or _CLAUSES.search(statement):
        return None
    verb = found[0]["verb"]
    if _THERE.search(statement[: found[0].start()]):
        return None
    if verb in {"will", "can"} and _NOUN_BEFORE.search(statement[: found[0].start()]):
        return None
    negated = {"can": "cannot"}.get(verb, verb.replace(" been", " not been") if " been" in verb else f"{verb} not")
    return statement[: found[0].start()] + negated + statement[found[0].end() :]
