"""Whether a typed text is an accepted one: what may differ, which slips are typos, and the reason in words.

The same function grades, tries out an author's tolerance and explains a fraction to the learner.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, reduce

from rapidfuzz.distance import OSA

from quizzes.questions.authored import flag_of
from quizzes.questions.base import Content
from quizzes.questions.marks import with_marks_spelled_out, without_accents
from quizzes.questions.signs import LAYOUT, in_plain_width, is_ornament
from quizzes.questions.spellings import NUMBER_WORDS, in_one_spelling

ONE_TYPO_FROM = 5
TWO_TYPOS_FROM = 9
MOST_TYPOS = 2
"""Letters of a word from which one or two typos are forgiven, and how many in a whole answer."""

NEGATIONS = frozenset(
    {"no", "not", "never", "none", "nor", "neither", "nobody", "nothing", "nowhere", "without", "cannot", "hardly",
     "nicht", "nie", "kein", "keine", "ohne", "non", "pas", "sans", "nunca", "sin", "senza", "bez", "не", "ни", "нет",
     "без"}
)  # fmt: skip
OPPOSED_STARTS = (
    ("hyper", "hypo"), ("macro", "micro"), ("inter", "intra"), ("endo", "exo"), ("pre", "post"), ("pre", "pro"),
    ("per", "pro"), ("mis", "mal"), ("ab", "ad"),
)  # fmt: skip
OPPOSED_ENDS = (
    ("er", "ee"), ("or", "ee"), ("ful", "less"), ("ism", "ist"), ("ane", "ene"), ("ane", "yne"), ("ene", "yne"),
    ("ase", "ose"),
)  # fmt: skip
"""Beginnings and ends of which a letter makes another thing: who does and who is done to, a teaching and who follows
it, how the carbon atoms of a compound are bound (IUPAC 2013, P-31), and a sugar and what splits it."""
SALT = re.compile(
    r"(.*(?:nitr|sul(?:f|ph)|phosph|chlor|fluor|brom|iod|arsen|selen|chrom|mangan))(ate|ite|ide|ine|ic|ous)s?",
    re.IGNORECASE,
)
"""Of which element, and in which state, the end says (IUPAC 2005, IR-5.3 and IR-8)."""
_SIGNED = re.compile(r"(?:[^\W\d_]{1,2}|[^\W_]{1,3}\d)[-*]")

LEADING = re.compile(
    r"^(?:(?:(?:it|this|that|they|he|she|these|those)(?:'s|'re| is| are| was| were)|the answer is)"
    r"(?: (?:called|named|known as))?(?: |: ?)|(?:called|named|known as) )(?=\S)",
    re.IGNORECASE,
)
LEADING_STEP, SPELLING_STEP = "the words that lead to it", "how numbers and signs are written"
LIBERTIES = frozenset({LEADING_STEP, SPELLING_STEP})
"""What learners may write otherwise, and authors may list both ways."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What may differ between an answer and an accepted one."""

    typos: bool = True
    case_sensitive: bool = False
    accents: bool = False

    @classmethod
    def of(cls, content: Content) -> Tolerance:
        """As the author set it. Raises BrokenQuestion when a setting is neither true nor false."""
        return cls(
            flag_of(content, "typos", default=True),
            flag_of(content, "case_sensitive", default=False),
            flag_of(content, "accents", default=False),
        )


@dataclass(frozen=True, slots=True)
class Match:
    """An answer taken for `text`, with so many typos; `path` says in sentences what was overlooked."""

    text: str
    typos: int
    overlooked: tuple[str, ...]

    @property
    def path(self) -> list[str]:
        """Why the answer counts as this text, in sentences."""
        if not self.overlooked and not self.typos:
            return [f"It is exactly “{self.text}”."]
        path = [f"It was read as “{self.text}”."]
        if self.overlooked:
            path.append(f"Overlooked: {', '.join(self.overlooked)}.")
        if self.typos:
            path.append("Forgiven: one typing slip." if self.typos == 1 else f"Forgiven: {self.typos} typing slips.")
        return path

    @property
    def cost(self) -> tuple[int, int]:
        """How far the answer is from the text: typos first, then how much had to be overlooked."""
        return self.typos, len(self.overlooked)


def best_match(answer: str, texts: Iterable[str], *, tolerance: Tolerance) -> Match | None:
    """The text that the answer is nearest to, None when it is none of them. The first of equals wins.

    An answer in a sentence, “It is called …”, is what stands behind its first words.
    """
    wanted = tuple(texts)
    found = _nearest(answer, wanted, tolerance)
    said = LEADING.sub("", answer.translate(LAYOUT).strip(), count=1)
    if found or not said or len(said) == len(answer.strip()):
        return found
    found = _nearest(said, wanted, tolerance)
    return replace(found, overlooked=(*found.overlooked, LEADING_STEP)) if found else None


def _nearest(answer: str, texts: Iterable[str], tolerance: Tolerance) -> Match | None:
    given = _forms(answer, tolerance)
    matches = [match for text in texts if (match := _match(given, _authored_forms(text, tolerance), tolerance))]
    return min(matches, key=lambda match: match.cost, default=None)


def match_one(answer: str, text: str, *, tolerance: Tolerance) -> Match | None:
    """How the answer is that text: exactly, but for what is overlooked, or but for typos; else None."""
    return best_match(answer, (text,), tolerance=tolerance)


def normalised(text: str, *, tolerance: Tolerance) -> str:
    """The text without what the tolerance overlooks; "" when nothing else is in it."""
    return _forms(text, tolerance).spaced


def readings(text: str, *, tolerance: Tolerance) -> tuple[str, ...]:
    """The text in plain signs, as it stands and without what the tolerance overlooks, hyphens read in either way."""
    forms, usual = _forms(text, tolerance), _variants(tolerance)[0]
    spelled = _through([step for step in usual.steps if step.overlooks in SPELLING], text)
    return tuple(dict.fromkeys((_layout(text), spelled, forms.spaced, forms.joined)))


@dataclass(frozen=True, slots=True)
class _Forms:
    """A text, and what is left of it each of the ways in which it may be read."""

    text: str
    ways: tuple[str, ...]

    @property
    def spaced(self) -> str:
        """With hyphens read as spaces."""
        return self.ways[0]

    @property
    def joined(self) -> str:
        """With hyphens dropped."""
        return self.ways[1]


def _forms(text: str, tolerance: Tolerance) -> _Forms:
    """What the ways begin with alike is done once."""
    variants = _variants(tolerance)
    begun = _through(variants[0].beginning, text)
    starts = (begun if way.begins_alike or text.isascii() else _through(way.beginning, text) for way in variants)
    return _Forms(text, tuple(_through(way.rest, start) for way, start in zip(variants, starts, strict=True)))


@lru_cache(maxsize=4_096)
def _authored_forms(text: str, tolerance: Tolerance) -> _Forms:
    """Kept, because an accepted text is compared with every learner's answer."""
    return _forms(text, tolerance)


def _match(given: _Forms, wanted: _Forms, tolerance: Tolerance) -> Match | None:
    for way, one, other in zip(_variants(tolerance), given.ways, wanted.ways, strict=True):
        if one and one == other:
            return Match(wanted.text, 0, tuple(_needed(way.steps, given.text, wanted.text)))
    typos = _typos(given.spaced, wanted.spaced) if tolerance.typos else None
    return Match(wanted.text, typos, ()) if typos else None


@dataclass(frozen=True, slots=True)
class _Step:
    overlooks: str
    apply: Callable[[str], str]


def _layout(text: str) -> str:
    plain = text if text.isascii() else _plain(text)
    spaced = re.sub(r"(?<=\d) (?=[%°])", "", " ".join(plain.split()))
    return re.sub(r"^- (?=\d)", "-", spaced)


def _plain(text: str) -> str:
    plain = in_plain_width(unicodedata.normalize("NFC", text)).translate(LAYOUT)
    return "".join(map(_ascii_digit, plain))


def _ascii_digit(character: str) -> str:
    digit = unicodedata.decimal(character, None) if character > "\x7f" else None
    return character if digit is None else str(digit)


def _without_case(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


def _without_punctuation(text: str) -> str:
    """Drops it at the edges of words; a sign or a point that belongs to a number stays."""
    return " ".join(word for word in map(_bare, text.split(" ")) if word)


def _bare(word: str) -> str:
    word = re.sub(r"""^(?:["'(\[{<¿¡*_,;:!?]|\.(?!\d)|-(?![\d.]))+""", "", _without_ornaments(word))
    bare = word.rstrip("\"'.,;:!?)]}>*_-")
    # Blood group O-, the ion Cl- and NO3-, the grade A*: behind so little a sign belongs to the name.
    return bare + word[len(bare) :][:1] if _SIGNED.fullmatch(word) else bare


def _without_ornaments(word: str) -> str:
    if word.isascii():
        return word
    start, end = 0, len(word)
    while start < end and is_ornament(word[start]):
        start += 1
    while start < end and is_ornament(word[end - 1]):
        end -= 1
    return word[start:end]


def _without_hyphens(text: str) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", " ", text)


def _without_article(text: str) -> str:
    return re.sub(r"^(?:the|an|a) (?=\S)", "", text, flags=re.IGNORECASE)


def _joined_at_hyphens(text: str) -> str:
    return re.sub(r"(?<=[^\W\d])-(?=[^\W\d])", "", text)


LAYOUT_STEP, CASE_STEP, ACCENT_STEP = "spaces, quotation marks or dashes", "capital letters", "accents"
SPELLING = frozenset({LAYOUT_STEP, CASE_STEP, ACCENT_STEP})
"""Steps that leave punctuation and hyphens where they are."""
HYPHENS_AS_SPACES = _Step("hyphens", _without_hyphens)
HYPHENS_DROPPED = _Step("hyphens", _joined_at_hyphens)


ONE_SPELLING = _Step(SPELLING_STEP, in_one_spelling)
WITHOUT_ACCENTS = _Step(ACCENT_STEP, without_accents)
MARKS_SPELLED_OUT = _Step(ACCENT_STEP, with_marks_spelled_out)


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to read a text: a beginning that most ways have in common, and the rest."""

    beginning: tuple[_Step, ...]
    rest: tuple[_Step, ...]
    begins_alike: bool = True

    @property
    def steps(self) -> tuple[_Step, ...]:
        return self.beginning + self.rest


@cache
def _variants(tolerance: Tolerance) -> tuple[_Way, ...]:
    """Ways to read a text, the usual one first; one that is accepted by any of them is accepted.

    A hyphen may be a space or nothing, a number be in words or in figures, and “ö” be typed “o” or “oe”.
    """
    beginning, article = _beginning(tolerance, WITHOUT_ACCENTS), _Step("an article at the start", _without_article)
    ways = [
        _Way(beginning, (HYPHENS_AS_SPACES, article)),
        _Way(beginning, (HYPHENS_DROPPED, article)),
        _Way(beginning, (ONE_SPELLING, HYPHENS_AS_SPACES, article)),
    ]
    if not tolerance.accents:
        spelled_out = _beginning(tolerance, MARKS_SPELLED_OUT)
        ways.append(_Way(spelled_out, (ONE_SPELLING, HYPHENS_AS_SPACES, article), begins_alike=False))
    return tuple(ways)


def _beginning(tolerance: Tolerance, accents: _Step) -> tuple[_Step, ...]:
    steps = [_Step(LAYOUT_STEP, _layout)]
    if not tolerance.case_sensitive:
        steps.append(_Step(CASE_STEP, _without_case))
    if not tolerance.accents:
        steps.append(accents)
    return (*steps, _Step("punctuation", _without_punctuation))


def _through(steps: Sequence[_Step], text: str) -> str:
    return reduce(lambda so_far, step: step.apply(so_far), steps, text)


def _needed(steps: Sequence[_Step], answer: str, text: str) -> Iterator[str]:
    """The steps without which the two would differ."""
    for step in steps if answer != text else ():
        without = [each for each in steps if each is not step]
        if _through(without, answer) != _through(without, text):
            yield step.overlooks


def _typos(answer: str, text: str) -> int | None:
    """How many typing slips lead from the text to the answer, None when it is another text."""
    given, wanted = answer.split(), text.split()
    if [word for word in given if _negates(word)] != [word for word in wanted if _negates(word)]:
        return None
    if len(given) != len(wanted):
        return _space_typo(given, wanted)
    total = 0
    for word, right in zip(given, wanted, strict=True):
        typos = _word_typos(word, right)
        if typos is None:
            return None
        total += typos
    return total if total <= MOST_TYPOS else None


def _space_typo(given: list[str], wanted: list[str]) -> int | None:
    joined = "".join(wanted)
    one_space = abs(len(given) - len(wanted)) == 1
    return 1 if one_space and joined == "".join(given) and _allowed(joined) == MOST_TYPOS else None


def _word_typos(given: str, wanted: str) -> int | None:
    """Slips within one word. A wrong first letter is hardly ever one (Pollock and Zamora 1984 count 7.8 %)."""
    if given == wanted:
        return 0
    allowed = min(_allowed(given), _allowed(wanted))
    if not allowed or given.casefold() in NUMBER_WORDS or _is_opposed(given, wanted):
        return None
    if given[0] != wanted[0] and given[:2] != wanted[1::-1]:
        return None
    typos = OSA.distance(given, wanted, score_cutoff=allowed)
    return typos if typos <= allowed and not _differ_in_case_or_accents(given, wanted, typos) else None


def _differ_in_case_or_accents(given: str, wanted: str, typos: int) -> bool:
    """Where the author makes these matter they still stand in the words, and are no slip."""
    one, other = (without_accents(_without_case(word)) for word in (given, wanted))
    return OSA.distance(one, other) < typos


def _allowed(word: str) -> int:
    """Typos forgiven in the word: none in short words, in figures, or where one character is a word."""
    if any(character.isdigit() or character >= "\u2e80" for character in word):
        return 0
    letters = sum(character.isalpha() for character in word)
    return 0 if letters < ONE_TYPO_FROM else 1 if letters < TWO_TYPOS_FROM else 2


def _negates(word: str) -> bool:
    return word.casefold() in NEGATIONS or word.casefold().endswith("n't")


def _is_opposed(given: str, wanted: str) -> bool:
    if any(_differ(given.startswith, wanted.startswith, pair) for pair in OPPOSED_STARTS):
        return True
    salts = (SALT.fullmatch(given), SALT.fullmatch(wanted))
    if salts[0] and salts[1] and salts[0][2] != salts[1][2]:
        return True
    singular = (given.removesuffix("s"), wanted.removesuffix("s"))
    return any(
        _differ(one.endswith, other.endswith, pair)
        for one, other in ((given, wanted), singular)
        for pair in OPPOSED_ENDS
    )


def _differ(given: Callable[[str], bool], wanted: Callable[[str], bool], pair: tuple[str, str]) -> bool:
    one, other = pair
    return (given(one) and wanted(other)) or (given(other) and wanted(one))
