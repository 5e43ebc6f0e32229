"""Parts of speech by Brill's rules, from the word list that TextBlob carries (MIT licence); nothing is downloaded.

The files are read directly: importing TextBlob itself costs 0.6 s and 40 MB for parts that are not used here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

Rule = tuple[str, str, str, str, str]
Affix = tuple[str, str, str, str]

_PAD = ("", "", "")
_AT: dict[str, tuple[int, ...]] = {
    "PREVTAG": (-1,),
    "NEXTTAG": (1,),
    "PREV2TAG": (-2,),
    "NEXT2TAG": (2,),
    "PREV1OR2TAG": (-1, -2),
    "NEXT1OR2TAG": (1, 2),
    "PREV1OR2OR3TAG": (-1, -2, -3),
}
_WORD_AT: dict[str, tuple[int, ...]] = {"CURWD": (0,), "PREVWD": (-1,), "NEXTWD": (1,), "PREV1OR2WD": (-1, -2)}
# Rules that look at two places: where each stands, and whether it is the word or the tag that is compared.
_PAIR_AT: dict[str, tuple[tuple[int, bool], tuple[int, bool]]] = {
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
_KNOWN_CONTEXTS = _AT.keys() | _WORD_AT.keys() | _PAIR_AT.keys()


def _holds(rule: Rule, words: Sequence[str], tags: Sequence[str], i: int) -> bool:
    _, _, command, first, second = rule
    if command in _AT:
        return any(tags[i + step] == first for step in _AT[command])
    if command in _WORD_AT:
        return any(words[i + step] == first for step in _WORD_AT[command])
    (a, first_is_word), (b, second_is_word) = _PAIR_AT[command]
    return (words if first_is_word else tags)[i + a] == first and (words if second_is_word else tags)[i + b] == second


@dataclass(frozen=True, slots=True)
class Tagger:
    """A word list with the rules that guess at unknown words and correct known ones by their neighbours."""

    lexicon: dict[str, str]
    affixes: tuple[Affix, ...]
    contexts: dict[str, tuple[Rule, ...]]

    def knows(self, word: str) -> bool:
        """Whether the word list has this word, as it stands or without its capital."""
        return word in self.lexicon or word.lower() in self.lexicon

    def tag(self, words: Sequence[str]) -> list[str]:
        """One Penn Treebank tag for each word of one sentence; punctuation counts as a word."""
        tags = [self._known(word, first=i == 0) or self._guess(words, i) for i, word in enumerate(words)]
        return self._corrected(words, tags)

    def _known(self, word: str, *, first: bool) -> str | None:
        return self.lexicon.get(word) or (self.lexicon.get(word.lower()) if first else None)

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
        padded_words, padded = [*_PAD, *words, *_PAD], [*_PAD, *tags, *_PAD]
        for i in range(len(_PAD), len(padded) - len(_PAD)):
            for rule in self.contexts.get(padded[i], ()):
                if padded[i] == rule[0] and _holds(rule, padded_words, padded, i):
                    padded[i] = rule[1]
        return padded[len(_PAD) : -len(_PAD)]


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
        if len(fields) >= 4 and fields[2] in _KNOWN_CONTEXTS:
            second = fields[4] if len(fields) > 4 else ""
            found.setdefault(fields[0], []).append((fields[0], fields[1], fields[2], fields[3], second))
    return {tag: tuple(rules) for tag, rules in found.items()}


@cache
def english_tagger() -> Tagger:
    """The tagger for English, read once in a process (about 0.1 s)."""
    lexicon = {fields[0]: fields[1] for fields in _lines("en-lexicon.txt") if len(fields) > 1}
    affixes = tuple(_affix(fields) for fields in _lines("en-morphology.txt") if len(fields) >= 4)
    return Tagger(lexicon=lexicon, affixes=affixes, contexts=_rules())
