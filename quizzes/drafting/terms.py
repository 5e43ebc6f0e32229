"""A concept as a drafter needs it: its form, the sentences it stands in, and what it means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from course.reading.concepts.reasons import said_for
from course.reading.outline import ConceptKind, ConceptOutline, Span
from quizzes.drafting.plainness import is_fragment
from quizzes.drafting.words import (
    content_roots,
    ends_plural,
    starts_with_vowel_sound,
    tokens,
    without_article,
    word_set,
)

MOST_PLACES = 60
FIRST_CONCEPTS = 20
_OF_NATIONS = word_set(
    "African American Arab Argentine Asian Australian Austrian Belarusian Belgian Brazilian British Bulgarian Canadian "
    "Chilean Chinese Christian Croatian Cuban Czech Danish Dutch Egyptian English Estonian European Finnish French "
    "Georgian German Greek Hungarian Indian Iranian Iraqi Irish Islamic Israeli Italian Japanese Jewish Kenyan Korean "
    "Latvian Lithuanian Mexican Muslim Nigerian Norwegian Polish Portuguese Roman Romanian Russian Scottish Serbian "
    "Slovak Soviet Spanish Swedish Swiss Syrian Turkish Ukrainian Vietnamese Welsh Western"
)
STRIKING = said_for("coined", "coined_ending", "physical_pair")
"""The reader's reasons for a concept whose very words matter."""
COINED = said_for("coined", "coined_ending")
BODY = re.compile(
    r"\b(?:Council|Panel|Trust|Bank|Institute|Office|Union|Ministry|Court|Commission|Committee|Agency|Authority|"
    r"Museum|Society|Survey|Health|Party|Company|Group|Board|Association|University|Directorate|Parliament|Senate|"
    r"Department|Fund|Foundation|Federation|League|Club|regiment|Regiment|Forces|Service|School|College|Church|"
    r"Corporation|Inc|Ltd|Press|Times|Organization|Organisation)\b"
)
_PERSON_TITLE = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sir|Professor|President|Minister|[Aa]nalyst|founder|leader|miner|planner),?\s$"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Ff]rom|[Nn]ear|[Aa]cross|[Aa]long|of the city of|(?:[Rr]esidents|[Ii]nhabitants|[Vv]illagers|"
    r"[Tt]own|[Cc]ity|[Vv]illage|[Ii]sland|[Pp]rovince|[Dd]istrict|[Ss]uburbs?|[Ss]treets|[Cc]oast|[Pp]ort) of)"
    r"\s(?:the\s)?$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of what is read; `passage` and `lesson` are positions in the outline.

    `is_spoken` says that it stands inside a quotation which began in a sentence before it.
    """

    number: int
    span: Span
    text: str
    passage: int
    lesson: int
    is_spoken: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One mention inside one sentence; `start` and `end` are offsets in the sentence's text."""

    sentence: Sentence
    start: int
    end: int

    @property
    def surface(self) -> str:
        """The mention as written."""
        return self.sentence.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The sentence up to the mention."""
        return self.sentence.text[: self.start]

    @property
    def after(self) -> str:
        """The sentence from the end of the mention."""
        return self.sentence.text[self.end :]


@dataclass(frozen=True, slots=True)
class HeadingPlace:
    """A mention in the heading of a lesson."""

    lesson: int
    span: Span
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a term means; `given` when a person wrote it, else the words stand in `place`'s sentence."""

    text: str
    given: bool
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What the options of one question must share, so that form alone gives nothing away."""

    plural: bool
    entity: str
    vowel: bool
    words: int


@dataclass(frozen=True, slots=True)
class Term:
    """A concept with its places; `text` is how it is written inside a sentence, without an article.

    `meaning` is what questions tell of it, `meanings` is everything that it is said to mean anywhere.
    """

    concept: ConceptOutline
    text: str
    form: Form
    places: tuple[Place, ...]
    headings: tuple[HeadingPlace, ...]
    meaning: Meaning | None
    meanings: tuple[str, ...]
    roots: frozenset[str]
    is_fragment: bool

    @property
    def name(self) -> str:
        """The concept's term, as it is stored with a draft."""
        return self.concept.term

    @property
    def is_first(self) -> bool:
        """Whether it is one of the concepts that several drafts may be kept on."""
        return self.concept.rank <= FIRST_CONCEPTS

    @property
    def is_striking(self) -> bool:
        """Whether it is worth being met in two ways: a word of the author's own, a figure of speech, or one defined."""
        return not STRIKING.isdisjoint(self.concept.reasons) or (self.meaning is not None and self.meaning.given)

    @property
    def is_coined(self) -> bool:
        """Whether the author put it together, or somebody has defined it: how it is written matters as well."""
        return not COINED.isdisjoint(self.concept.reasons) or (self.meaning is not None and self.meaning.given)

    @property
    def first_places(self) -> tuple[Place, ...]:
        """The places that are looked at for something to ask: a term that stands in thousands has enough in these."""
        return self.places[:MOST_PLACES]

    def is_akin_to(self, other: Term) -> bool:
        """Whether two terms share a word family, so that one gives the other away or may be right as well."""
        return bool(self.roots & other.roots)

    def may_mean(self, text: str) -> bool:
        """Whether it is said to mean this, or so nearly this that who takes the one for the other is right."""
        wanted = roots_of(text)
        return any(2 * len(own & wanted) >= min(len(own), len(wanted)) for own in map(roots_of, self.meanings))


def form_of(text: str, *, befores: Sequence[str] = (), kind: ConceptKind = ConceptKind.EXPRESSION) -> Form:
    """The form of a term; `befores` is what stands before its mentions."""
    return Form(
        plural=ends_plural(text),
        entity=entity_of(text, befores=befores, kind=kind),
        vowel=starts_with_vowel_sound(text),
        words=len(tokens(text)),
    )


def entity_of(text: str, *, befores: Sequence[str] = (), kind: ConceptKind = ConceptKind.EXPRESSION) -> str:
    """One of body, person, place, name or thing, guessed from the words and what stands before them."""
    words = tokens(text)
    is_proper = bool(words) and words[0][:1].isupper() and words[-1][:1].isupper()
    if not is_proper and kind is not ConceptKind.NAME:
        return "thing"
    if BODY.search(text):
        return "body"
    if any(_PERSON_TITLE.search(before) for before in befores):
        return "person"
    if any(_PLACE_BEFORE.search(before) for before in befores):
        return "place"
    if any(re.search(r"\b[Tt]he\s$", before) for before in befores):
        return "name"
    return "person" if len(words) in (2, 3) and is_proper else "name"


def written_form(concept: ConceptOutline, places: Sequence[Place]) -> str:
    """The term as it is written in running text: no article, no capital that only the start of a sentence gave it."""
    text = without_article(concept.term)
    surfaces = [without_article(place.surface) for place in places if place.before.strip(" “\"'(‘")]
    if text[:1].isupper() and concept.kind is not ConceptKind.NAME and surfaces:
        return next((surface for surface in surfaces if surface.lower() == text.lower()), text)
    is_of_a_nation = tokens(text)[:1] and tokens(text)[0] in _OF_NATIONS
    if text[:1].isupper() and concept.kind is not ConceptKind.NAME and text[1:].islower() and not is_of_a_nation:
        return text[:1].lower() + text[1:]
    return text


def given_meaning(term: str, definitions: Mapping[str, str]) -> Meaning | None:
    """The author's definition of a term, if there is one; the case of the term does not matter."""
    wanted = without_article(term).lower()
    for name, text in definitions.items():
        if without_article(name).lower() == wanted and text.strip():
            return Meaning(text=" ".join(text.split()).rstrip(" ."), given=True)
    return None


def roots_of(text: str) -> frozenset[str]:
    """The word families of a term; all its words count when none of them says something alone."""
    return content_roots(text) or frozenset(word.lower() for word in tokens(text))


def are_fragments(places: Sequence[Place], headings: Sequence[HeadingPlace]) -> bool:
    """Whether every mention is cut out of a longer phrase, so that asking for it would ask for a torn piece."""
    mentions = [(place.before, place.surface, place.after) for place in places]
    mentions += [(at.text[: at.start], at.text[at.start : at.end], at.text[at.end :]) for at in headings]
    return bool(mentions) and all(is_fragment(*mention) for mention in mentions)
