"""Who says, believes or calls something, where the article says so plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course.reading.outline import Span
from quizzes.drafting.terms import BODY, Place, Sentence
from quizzes.drafting.words import FUNCTION_WORDS, OPENERS, capitalised, tokens, word_set

_HOLD = (
    r"believes?|believed|thinks?|thought|argues?|argued|insists?|insisted|claims?|claimed|fears?|feared|hopes?|hoped|"
    r"maintains?|maintained|suspects?|suspected|assumes?|assumed|contends?|contended|warns?|warned|says?|said|notes?|"
    r"noted|reports?|reported|estimates?|estimated|predicts?|predicted|points? out|pointed out|complains?|complained|"
    r"promised|admits?|admitted|concedes?|conceded|explains?|explained|announced|recalls?|recalled|adds?|added|"
    r"cautions?|cautioned|stress(?:es|ed)|acknowledges?|acknowledged|told(?:\s[^\s,;:.]+){1,6}?"
)
_NAME = (
    r"calls?|called|knows?|knew|describes?|described|regards?|regarded|sees?|saw|views?|viewed|dubs?|dubbed|terms?|"
    r"termed|labels?|labell?ed|speaks? of|spoke of|talks? of|talked of|compares?|compared|writing about|wrote of"
)
_CLAIM = re.compile(
    rf"\b(?:{_HOLD})(?:\s(?:only|also|(?!hardly|scarcely|barely)\w+ly))?\sthat\s(?P<claim>[^;:—]+?)(?=[.;:!?]|\s—|$)"
)
_NAMING = re.compile(rf"\b(?:{_NAME})\b(?P<rest>[^.;!?]*)$")
_SAY = (
    r"says?|said|noted|notes|adds?|added|told me|recalls?|recalled|explains?|explained|insists?|insisted|warns?|warned"
)
_WHO = r"(?P<who>(?:(?:the|an?)\s[a-z]+(?:\s[a-z]+)?|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}))"
_QUOTE_FIRST = re.compile(rf"[“\"‘](?P<claim>[^“”\"]{{20,220}}?),?[.!?]?[”\"’]\s(?:{_SAY})\s{_WHO}")
_QUOTE_BEHIND = re.compile(rf"^{_WHO}\s(?:{_SAY})[,:]\s[“\"‘](?P<claim>[^“”\"]{{20,220}}?),?[.!?]?[”\"’](?:\s|[.]?$)")
_QUOTE_OF_PRONOUN = re.compile(
    rf"^[“\"‘](?P<claim>[^“”\"]{{20,220}}?),?[.!?]?[”\"’]\s(?:he|she)\s(?:also\s|later\s)?(?:{_SAY})(?=[.,;:\s])"
)
_QUOTE_NAMED = re.compile(rf"^[“\"‘](?P<claim>[^“”\"]{{20,220}}?),?[.!?]?[”\"’]\s{_WHO}\s(?:{_SAY})(?=[.,;:\s])")
_PRONOUN_SAYS = re.compile(
    rf"^(?:(?:But|Yet)\s)?(?:[Hh]e|[Ss]he)\s(?:also\s|later\s)?(?:{_HOLD})\sthat\s"
    r"(?P<claim>[^;:—]+?)(?=[.;:!?]|\s—|$)"
)
_NAMED = r"(?P<who>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})"
_BY_WHOM = (
    rf"(?:(?P<pronoun>he|she)\s(?:{_HOLD})|in\s(?P<owner>his|her)\s(?:view|opinion)|"
    rf"(?:{_HOLD})\s{_NAMED}(?:(?:\sof|,\san?|,\sthe|,\swho)\s[^,“”\"]+)?)"
)
_ASIDE = re.compile(rf"^(?P<claim>[^“”\";:—]{{10,}}?),\s{_BY_WHOM}(?:,\s(?P<rest>[^“”\";:—]{{10,}}))?\.$")
_ACCORDING = re.compile(rf"^According to\s{_NAMED},\s(?P<claim>[^“”\";:—]{{20,}})\.$")
_SAYS_MORE = re.compile(r",? (?:and|but) (?:he|she) ")
"""Where the holder goes on to do or say something else: "that the quay is lost, but she points out"."""
_OPENS_QUOTE = re.compile(r"[“\"‘'](?:(?:an?|the)\s)?$", re.IGNORECASE)
_CLOSES_QUOTE = re.compile(r"[,.]?[”\"’']")
_GETS_A_NAME = re.compile(r"[”\"’]?\s+(?:(?:as|an?|the)\s|[“\"‘])")
"""What follows the thing that is given a name, rather than the name: "they call the barn a …", "described it as …"."""
_CLAUSE_END = re.compile(r"[,;:.!?“”\"()—–]\s*")
_FULL_NAME = re.compile(r"[A-Z][\w’'-]*[a-z](?:\s[A-Z][\w’'-]*[a-z]){1,2}(?=[\s,])")
_ACTS_OR_IS = re.compile(r",\s(?:who|whose|an?|the|then|now|his|her|\d+)\b|\s[a-z]")
"""What follows a name that opens a sentence, and not what follows "Compare Orrby"."""
_AS_A_PERSON = (
    r"(?:\b[a-z]+(?:ers?|ors?|ists?|ians?|ants?|ents?|man|woman|deputy|wife|son|aunt|uncle),?\s{name}\b)"
    r"|\b{name}(?:,\s(?:who|whose|an?|the|then|now|his|her|\d)\b|\s(?:who|says?|said|told|wrote|argue[sd]?)\b)"
)
_WHOLE_NAME = re.compile(r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*")
_CALLS = re.compile(r"(?:call|dub|term|label|name)\w*\s(?!(?:it|this|that|these|those|them|him|her|us|so)\b)")
_NAME_FOLLOWS = re.compile(
    r"[^,.;:!?—]*?(?<!\sof)(?<!\sto)(?<!\sin)(?<!\son)(?<!\sat)(?<!\sby)(?<!\sas)(?<!\sfor)(?<!\sfrom)(?<!\swith)(?<!\sinto)"
    r"\s(?:an?\s|the\s|[“\"‘])"
)
"""A thing is called something, and further on comes the name: "they call the way to Senn the …"."""
_NAMES_SOMETHING_BEFORE = re.compile(
    r"\b(?:an?|the|her|his|its|their)\s\w+(?:\s\w+)*\s(?:to|of|for|in|from|on|at|by|against)\s(?:(?:the|an?|his|her|its|their)\s)?$"
)
"""What is named ends before a preposition: in "call it a gift to the poor" the poor are no expression of theirs."""
_SEES = re.compile(r"(?:describ|regard|see|saw|view)")
"""Verbs that give a name only with "as"."""
_LIKENS = re.compile(r"compare|writ|wrote|(?:describ|regard|view|see|saw)\w*\s.*\sas\s")
_AUXILIARIES = word_set("have has had been will would may might also still often now always")
_DENIALS = word_set("no nobody none neither nor not never hardly scarcely barely without if unless whether few")
"""Words with which nobody in particular holds what follows, or only perhaps."""
_INSIDE_A_NAME = word_set("the a an some many most several few of other all young")
_GROUP_HEADS = word_set(
    "analysts experts critics supporters opponents economists bankers lawyers nurses doctors managers "
    "teachers parents farmers ministers politicians officials scientists researchers biologists botanists "
    "ecologists geologists historians hydrologists statisticians engineers visitors volunteers residents "
    "islanders villagers workers commentators journalists observers activists diplomats leaders generals "
    "auditors investors suppliers staff soldiers citizens voters scholars colleagues curators members "
    "pupils students children patients inspectors propagandists representatives neighbours miners "
    "painters riders hawks doves governors outsiders insiders"
)


_PLURAL_CALLING = re.compile(r"(?:ers|ors|ists|ians|ants|men|women)$")
_LEARNED = re.compile(
    r"(?:scientists|researchers|scholars|experts|analysts|historians|ologists|statisticians)$", re.IGNORECASE
)
_VAGUE = word_set("members leaders representatives outsiders insiders children patients pupils citizens")
_COMMON_FIRST = word_set("official independent former local foreign senior leading retired young old")
_CAPITALS = re.compile(
    r"(?<=[a-z,;)’”] )(?:(?P<the>the)\s)?"
    r"(?P<name>[A-Z][\w’'-]*[a-z](?:\s(?:of\s(?:the\s)?)?[A-Z][\w’'-]*[a-z])*)(?=[\s,.;:’'])"
)
_ADJECTIVE = re.compile(r"(?:ian|ish|ese|ean|can|ans|ians|ench|utch|s)$")
_NO_PERSON = re.compile(
    r"\b(?:of|Great|Britain|America|Africa|Asia|Europe|Desert|Ocean|Line|Railway|Station|Hall|Act|Almanac|Texas|Union|States?|Kingdom|Street|Church|Bank|Museum|Court|Council|Institute|Health|Point|Coast|University|Office|"
    r"Press|War|Sea|Lake|River|Mountains?|Island|Islands|North|South|East|West|New|Saint|St|City|County|Park|January|"
    r"February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|"
    r"Friday|Saturday|Sunday|Lane|Road|Square|Walk|Avenue|Bridge|Hill|Valley|Docks|Bay|Gardens|Night|Day|Disaster|President|Chairwoman|Chairman|Minister)\b|[’']s$"
)
_BEFORE_PLACES = re.compile(
    r"\b(?:in|on|at|near|across|around|outside|through|throughout|within|towards|beside|along|off)\s$", re.IGNORECASE
)
_NAME_GOES_ON = re.compile(r"\b[A-Z][\w’'-]+ (?:for|of) (?:the )?$")
_PLACED = re.compile(
    r"\b(?:in|at|near|across|outside|around|through|throughout|within|towards|called|named)\s"
    r"(?P<name>[A-Z][\w’'-]*[a-z](?:\s[A-Z][\w’'-]*[a-z])*)"
)
"""A name that something is in, at or near is a place; one that something is called belongs to a thing."""
_INTRODUCED = re.compile(
    r"(?:(?:[Tt]he\s|[Aa]n?\s)?(?:[A-Z][a-z]+\s)?(?:[a-z][\w’'-]+\s){1,4}|(?:Mayor|Councillor|Senator|Deputy|Chancellor|Governor|Minister|"
    r"Judge|Captain|Bishop|Director|Secretary|Chairman|Chairwoman)\s)?"
    r"(?P<name>[A-Z][\w’'-]*[a-z](?:\s[A-Z]\.)?\s[A-Z][\w’'-]*[a-z])(?:\s(?:of|from|at)\s.+)?$"
)
_DECADE = re.compile(r"^(?:the\s)?\d{4}s\s")
"""When it was, before who it was: "until the 1980s many scientists believed"."""
_NO_SPEAKER = re.compile(
    r"\b(?:War|Sea|River|Lake|Curtain|Age|Republic|Street|Coast|Hague|Bible|Internet|English|Empire|Directorate|Court)\b|[’']s$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's view or words: `text` is verbatim in the sentence, with … where that says whose they are.

    `holder` is as the article names them.
    """

    holder: str
    text: str
    sentence: Sentence
    is_quote: bool
    named_in: Sentence | None = None
    """The sentence before, where only that one names the holder."""

    @property
    def evidence(self) -> Span:
        """What shows both the words and whose they are."""
        return Span((self.named_in or self.sentence).span.start, self.sentence.span.end)


def claims_in(sentence: Sentence) -> list[Claim]:
    """The views and quotations that the sentence gives to a named holder; pronouns hold nothing."""
    text = sentence.text
    held = ((_run_before(text[: match.start()]), match["claim"], False) for match in _CLAIM.finditer(text))
    quoted = (*_QUOTE_FIRST.finditer(text), *_QUOTE_BEHIND.finditer(text), *_QUOTE_NAMED.finditer(text))
    said = ((match["who"], match["claim"], True) for match in quoted)
    return [
        Claim(holder, _SAYS_MORE.split(claim)[0].strip(" ,"), sentence, is_quote)
        for who, claim, is_quote in (*held, *said)
        if (holder := speaker_name(who))
    ]


def claims_of_pronoun(sentence: Sentence, before: Sentence) -> list[Claim]:
    """What "she" or "he" says, where the sentence before names one person and nobody else."""
    found = _PRONOUN_SAYS.match(sentence.text) or _QUOTE_OF_PRONOUN.match(sentence.text)
    person = _only_person(before.text) if found else None
    if found is None or person is None:
        return []
    is_quote = found.re is _QUOTE_OF_PRONOUN
    return [Claim(person, found["claim"].strip(" ,"), sentence, is_quote, named_in=before)]


def claims_in_asides(sentence: Sentence, before: Sentence | None) -> list[Claim]:
    """What the sentence gives to somebody in an aside: "Patching it, she argued, would have bought ten years"."""
    text = " ".join(sentence.text.split())
    found = _ASIDE.match(text) or _ACCORDING.match(text)
    if found is None or sentence.is_spoken or _denies(found["claim"].split(",")[0]):
        return []
    parts = found.groupdict()
    claim = " … ".join(filter(None, (found["claim"].strip(" ,"), parts.get("rest"))))
    if found["who"]:
        holder = speaker_name(found["who"])
        return [Claim(holder, claim, sentence, is_quote=False)] if holder else []
    person = _only_person(before.text) if before is not None else None
    return [Claim(person, claim, sentence, is_quote=False, named_in=before)] if person else []


def _only_person(text: str) -> str | None:
    people = [name for name in names_in(text) if not name.startswith("The ")]
    return people[0] if len(people) == 1 else None


def namer_of(place: Place) -> str | None:
    """Who gives the term its name in this sentence ("economists call it …"), or None."""
    if is_torn_from_a_quotation(place) or not (_is_expression(place) or _is_quoted(place)):
        return None
    found = _NAMING.search(place.before)
    if found is None or (_SEES.match(found[0]) and " as" not in found["rest"]):
        return None
    if len(tokens(found["rest"])) > 8 or _denies(found["rest"]) or _GETS_A_NAME.match(place.after):
        return None
    if _NAMES_SOMETHING_BEFORE.search(found["rest"]) and not _LIKENS.match(found[0]):
        return None
    if _is_part_of_more(place.after) or (_CALLS.match(found[0]) and _NAME_FOLLOWS.match(place.after)):
        return None
    return speaker_name(_run_before(place.before[: found.start()]))


def speaker_name(words: str) -> str | None:
    """The holder as an option reads it, or None when the words are no holder one can name."""
    words = _DECADE.sub("", words)
    parts = tokens(words)
    if not 0 < len(parts) <= 6 or parts[0].lower() in OPENERS or not any(_could_speak(part) for part in parts):
        return None
    if any(part.isdigit() or (part in FUNCTION_WORDS and part not in _INSIDE_A_NAME) for part in parts):
        return None
    return capitalised(_person_alone(words.strip(" ,’'")))


def _person_alone(holder: str) -> str:
    """A person's full name without the office before it or the body behind it; any other holder as it is."""
    found = _INTRODUCED.match(holder)
    return (
        found["name"] if found and not _NO_PERSON.search(found["name"]) and not BODY.search(found["name"]) else holder
    )


def _is_expression(place: Place) -> bool:
    """Whether the mention has a form of its own, as a plain single word has not."""
    return any(mark in place.surface for mark in " -") or place.surface[:1].isupper()


def _is_quoted(place: Place) -> bool:
    """Whether the mention, with its article at most, stands in quotation marks."""
    return _OPENS_QUOTE.search(place.before) is not None and _CLOSES_QUOTE.match(place.after) is not None


def is_torn_from_a_quotation(place: Place) -> bool:
    """Whether the mention is some words of a longer quotation, which gives a name to nothing by itself."""
    is_inside = place.before.count("“") > place.before.count("”") or place.before.count('"') % 2 == 1
    return is_inside and not _is_quoted(place)


def _is_part_of_more(after: str) -> bool:
    """Whether another noun or adjective follows, so that the expression is only the beginning of what is named."""
    word = re.match(r"\s([a-z][\w-]*)", after)
    return word is not None and word[1] not in FUNCTION_WORDS


def is_vague(holder: str) -> bool:
    """Whether the name of a group says too little to stand for it in a statement."""
    return holder.lower() in _VAGUE


def is_learned(holder: str) -> bool:
    """Whether the group is people of learning, whom a text calls now researchers and now geologists."""
    return is_group(holder) and _LEARNED.search(holder) is not None


def inside(holder: str) -> str:
    """A holder's name as it reads inside a sentence."""
    first, _, rest = holder.partition(" ")
    plain = first.lower() in _INSIDE_A_NAME or (is_group(holder) and (not rest or first.lower() in _GROUP_HEADS))
    return f"{first.lower()} {rest}".strip() if plain or first.lower() in _COMMON_FIRST else holder


def with_article(holder: str) -> str:
    """A group's name with "The" before it."""
    return holder if holder.startswith("The ") else f"The {holder[:1].lower()}{holder[1:]}"


def names_in(text: str) -> list[str]:
    """People, and bodies with "the", whom the text names inside its sentences, each once, in order."""
    opening = _FULL_NAME.match(text)
    opening = opening if opening and _ACTS_OR_IS.match(text, opening.end()) else None
    found: dict[str, None] = dict.fromkeys([_person_alone(opening[0])] if opening and is_person(opening[0]) else [])
    places = {match["name"] for match in _PLACED.finditer(text)}
    for match in _CAPITALS.finditer(text):
        name = match["name"]
        if name in places or (opening and match.start() < opening.end()):
            continue
        is_named = match["the"] is None and is_person(name)
        if is_named or (match["the"] and not _ADJECTIVE.search(name) and not _NO_SPEAKER.search(name)):
            found.setdefault(f"The {name}" if match["the"] else name)
    return list(found)


def is_person(name: str) -> bool:
    """Whether the name is a first and a last name, as only people have them."""
    words = name.split()
    is_name = len(words) in (2, 3) and words[0].lower() not in OPENERS | FUNCTION_WORDS
    return is_name and not _NO_PERSON.search(name) and not BODY.search(name)


def is_placed(name: str, text: str) -> bool:
    """Whether something is in, on, at, from or on its way to what bears the name, at least once."""
    return (
        re.search(rf"\b(?:in|on|at|near|to|from|of|around|across|off|outside|above)\s{re.escape(name)}\b", text)
        is not None
    )


def is_known(name: str, text: str) -> bool:
    """Whether the text shows that a person bears the name: by what they are, what they do, or the last name alone."""
    last = name.rpartition(" ")[2]
    return text.count(last) > text.count(name) or re.search(_AS_A_PERSON.format(name=re.escape(name)), text) is not None


def is_place(name: str, text: str) -> bool:
    """Whether everything in the text that bears the name is only something that one is in, on or at."""
    befores = [text[max(0, found.start() - 9) : found.start()] for found in re.finditer(re.escape(name), text)]
    return bool(befores) and all(_BEFORE_PLACES.search(before) for before in befores)


def is_part_of_a_name(name: str, text: str) -> bool:
    """Whether the name only ever ends a longer one: "Institute for Social Research"."""
    befores = [text[: found.start()][-40:] for found in re.finditer(re.escape(name), text)]
    return bool(befores) and all(_NAME_GOES_ON.search(before) for before in befores)


def _denies(text: str) -> bool:
    return any(word.lower() in _DENIALS for word in tokens(text))


def _run_before(text: str) -> str:
    """The words that end the text, back to a comma, a verb's helper or any other small word; "" where it denies.

    What stands between commas before the verb is an aside: "Ada Brun, who rows in Senn, says".
    """
    clauses = _CLAUSE_END.split(text.rstrip(" ,"))
    is_behind_aside = text.rstrip().endswith(",") and len(clauses) > 1 and not _WHOLE_NAME.fullmatch(clauses[-1])
    clause = clauses[-2 if is_behind_aside else -1]
    if _denies(clause):
        return ""
    words = re.sub(r"\s+tends?\s+to$", "", clause).split()
    while words and (words[-1].lower() in {*_AUXILIARIES, "there", "here"} or words[-1].endswith("ly")):
        words.pop()
    start = len(words)
    while start and (words[start - 1].lower() not in FUNCTION_WORDS or words[start - 1].lower() in _INSIDE_A_NAME):
        start -= 1
    return " ".join(words[start:]).removeprefix("of ")


def groups_in(text: str) -> list[str]:
    """The groups of people whom the text names in the plural, each once, in order."""
    seen: dict[str, None] = {}
    for word in tokens(text):
        if word.lower() in _GROUP_HEADS:
            seen.setdefault(capitalised(word.lower()))
    return list(seen)


def is_group(holder: str) -> bool:
    """Whether the holder is several people rather than one person or body."""
    parts = tokens(holder)
    if len(parts) == 1 and _PLURAL_CALLING.search(holder):
        return True
    return any(part.lower() in _GROUP_HEADS for part in parts) or (parts[-1].endswith("s") and not parts[-1].istitle())


def _could_speak(word: str) -> bool:
    lower = word.lower()
    if lower in _INSIDE_A_NAME:
        return lower == "young"
    return (
        lower in _GROUP_HEADS
        or word[:1].isupper()
        or lower in {"propaganda", "markets", "student", "chairman", "newspapers", "press", "polls"}
        or (len(word) > 4 and lower.endswith(("ist", "ists", "ian", "ians", "man", "men")))
    )
