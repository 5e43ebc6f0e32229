"""Parts of speech by Brill's rules, from the word list that TextBlob carries (MIT licence); nothing is downloaded.

The files are read directly: importing TextBlob itself costs 0.6 s and 40 MB for parts that are not used here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

Affix = tuple[str, str, str, str]

_VERB_WITH_S = re.compile(r"is(e|es|ed|ing)$")
_PAD = ("", "", "")
# What each kind of contextual rule compares: places relative to the word, and whether the word or its tag is meant.
_ONE_PLACE: dict[str, tuple[tuple[int, bool], ...]] = {
    "PREVTAG": ((-1, False),),
    "NEXTTAG": ((1, False),),
    "PREV2TAG": ((-2, False),),
    "NEXT2TAG": ((2, False),),
    "PREV1OR2TAG": ((-1, False), (-2, False)),
    "NEXT1OR2TAG": ((1, False), (2, False)),
    "PREV1OR2OR3TAG": ((-1, False), (-2, False), (-3, False)),
    "CURWD": ((0, True),),
    "PREVWD": ((-1, True),),
    "NEXTWD": ((1, True),),
    "PREV1OR2WD": ((-1, True), (-2, True)),
}
_TWO_PLACES: dict[str, tuple[tuple[int, bool], tuple[int, bool]]] = {
    "SURROUNDTAG": ((-1, False), (1, False)),
    "WDPREVTAG": ((-1, False), (0, True)),
    "WDNEXTTAG": ((0, True), (1, False)),
    "WDAND2AFT": ((0, True), (2, True)),
    "WDAND2TAGAFT": ((0, True), (2, False)),
    "WDAND2TAGBFR": ((-2, False), (0, True)),
    "LBIGRAM": ((-1, True), (0, True)),
    "RBIGRAM": ((0, True), (1, True)),
    "PREVBIGRAM": ((-2, False), (-1, False)),
    "NEXTBIGRAM": ((1, False), (2, False)),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One comparison of a contextual rule."""

    step: int
    of_word: bool
    value: str


Rule = tuple[str, Check, Check | None]


@dataclass(frozen=True, slots=True)
class Lookup:
    """Contextual rules of one tag that compare the same place first: by the value wanted there.

    Each with its place among the rules of the tag, its result and what it compares then.
    """

    step: int
    of_word: bool
    rules: dict[str, list[tuple[int, str, Check | None]]]


@dataclass(frozen=True)
class Tagger:
    """A word list with the rules that guess at unknown words and correct known ones by their neighbours."""

    lexicon: dict[str, str]
    affixes: tuple[Affix, ...]
    contexts: dict[str, tuple[Rule, ...]]

    @cached_property
    def _lookups(self) -> dict[str, list[Lookup]]:
        """The contextual rules by tag and by the place that they compare first, so that most are never looked at."""
        return {tag: _lookups_of(rules) for tag, rules in self.contexts.items()}

    def knows(self, word: str) -> bool:
        """Whether the word list, which is American, has this word: as it stands, without its capital, or respelt."""
        low = word.lower()
        return word in self.lexicon or low in self.lexicon or _american(low) in self.lexicon

    def tag(self, words: Sequence[str]) -> list[str]:
        """One Penn Treebank tag for each word of one sentence; punctuation counts as a word."""
        tags = [self._known(word, first=i == 0) or self._guess(words, i) for i, word in enumerate(words)]
        return self._corrected(words, tags)

    def _known(self, word: str, *, first: bool) -> str | None:
        known = self.lexicon.get(word) or (self.lexicon.get(word.lower()) if first else None)
        return known or self.lexicon.get(_with_z(word))

    def _guess(self, words: Sequence[str], i: int) -> str:
        word = words[i]
        if word.istitle():
            return "NNP"
        if word[:1].isdigit():
            return "CD"
        if not word[:1].isalpha():
            return word
        tag = "NN"
        for needed, command, affix, result in self.affixes:
            if (not needed or tag == needed) and self._fits(words, i, command, affix):
                tag = result
        return tag

    def _fits(self, words: Sequence[str], i: int, command: str, affix: str) -> bool:
        word = words[i]
        if command == "goodleft":
            return i + 1 < len(words) and words[i + 1] == affix
        if command == "goodright":
            return i > 0 and words[i - 1] == affix
        if command.startswith("add"):
            return (affix + word if command == "addpref" else word + affix) in self.lexicon
        if command == "char":
            return affix in word
        if command.endswith("suf"):
            return word.endswith(affix) and (command == "hassuf" or word[: -len(affix)] in self.lexicon)
        return word.startswith(affix) and (command == "haspref" or word[len(affix) :] in self.lexicon)

    def _corrected(self, words: Sequence[str], tags: list[str]) -> list[str]:
        rows = {True: [*_PAD, *words, *_PAD], False: [*_PAD, *tags, *_PAD]}
        changed = rows[False]
        for i in range(len(_PAD), len(changed) - len(_PAD)):
            holding = [
                (place, result)
                for lookup in self._lookups.get(changed[i], ())
                for place, result, then in lookup.rules.get(rows[lookup.of_word][i + lookup.step], ())
                if then is None or rows[then.of_word][i + then.step] == then.value
            ]
            if holding:
                # A rule speaks of one tag, so the rules left for the old one no longer apply.
                _, changed[i] = min(holding)
        return changed[len(_PAD) : -len(_PAD)]


def _lookups_of(rules: Sequence[Rule]) -> list[Lookup]:
    found: dict[tuple[int, bool], Lookup] = {}
    for place, (result, first, then) in enumerate(rules):
        lookup = found.setdefault((first.step, first.of_word), Lookup(first.step, first.of_word, {}))
        lookup.rules.setdefault(first.value, []).append((place, result, then))
    return list(found.values())


def _with_z(word: str) -> str:
    """The American spelling of a verb on -ise, whose forms the list tells from nouns: "recognises", "organised"."""
    return _VERB_WITH_S.sub(r"iz\1", word)


def _american(low: str) -> str:
    return low.replace("our", "or").replace("isation", "ization")


def _lines(name: str) -> list[list[str]]:
    spec = find_spec("textblob")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("TextBlob is not installed: its English word list is needed to find concepts.")
    path = Path(spec.submodule_search_locations[0]) / "en" / name
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line.strip() and not line.startswith(";;;")]


def _affix(fields: list[str]) -> Affix:
    """Both forms of Brill's lexical rules: "ly hassuf 2 RB x" and, for one tag only, "NN s fhassuf 1 NNS x"."""
    if fields[1].startswith(("has", "add", "delete", "good", "char")):
        return "", fields[1], fields[0], fields[-2]
    return fields[0], fields[2][1:], fields[1], fields[-2]


def _rules() -> dict[str, tuple[Rule, ...]]:
    found: dict[str, list[Rule]] = {}
    for fields in _lines("en-context.txt"):
        if len(fields) >= 4:
            found.setdefault(fields[0], []).extend(_contextual(fields))
    return {tag: tuple(rules) for tag, rules in found.items()}


def _contextual(fields: list[str]) -> Iterator[Rule]:
    _, result, command, value, *others = fields
    for step, of_word in _ONE_PLACE.get(command, ()):
        yield result, Check(step, of_word, value), None
    if command in _TWO_PLACES and others:
        (a, a_word), (b, b_word) = _TWO_PLACES[command]
        yield result, Check(a, a_word, value), Check(b, b_word, others[0])


@cache
def english_tagger() -> Tagger:
    """The tagger for English, read once in a process (about 0.1 s)."""
    lexicon = {fields[0]: fields[1] for fields in _lines("en-lexicon.txt") if len(fields) > 1}
    affixes = tuple(_affix(fields) for fields in _lines("en-morphology.txt") if len(fields) >= 4)
    return Tagger(lexicon=lexicon, affixes=affixes, contexts=_rules())
