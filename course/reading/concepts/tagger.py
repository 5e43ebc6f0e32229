"""Parts of speech by Brill's rules, from the word list that TextBlob carries (MIT licence); nothing is downloaded.

The files are read directly: importing TextBlob itself costs 0.6 s and 40 MB for parts that are not used here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

Rule = tuple[str, str, str, str, str]
Affix = tuple[str, str, str, str]
Matches = Callable[[Sequence[str], Sequence[str], int, str, str], bool]

_PAD = ("", "", "")
_CONTEXTS: dict[str, Matches] = {
    "PREVTAG": lambda words, tags, i, x, y: tags[i - 1] == x,
    "NEXTTAG": lambda words, tags, i, x, y: tags[i + 1] == x,
    "PREV2TAG": lambda words, tags, i, x, y: tags[i - 2] == x,
    "NEXT2TAG": lambda words, tags, i, x, y: tags[i + 2] == x,
    "PREV1OR2TAG": lambda words, tags, i, x, y: x in (tags[i - 1], tags[i - 2]),
    "NEXT1OR2TAG": lambda words, tags, i, x, y: x in (tags[i + 1], tags[i + 2]),
    "PREV1OR2OR3TAG": lambda words, tags, i, x, y: x in (tags[i - 1], tags[i - 2], tags[i - 3]),
    "SURROUNDTAG": lambda words, tags, i, x, y: tags[i - 1] == x and tags[i + 1] == y,
    "CURWD": lambda words, tags, i, x, y: words[i] == x,
    "PREVWD": lambda words, tags, i, x, y: words[i - 1] == x,
    "NEXTWD": lambda words, tags, i, x, y: words[i + 1] == x,
    "PREV1OR2WD": lambda words, tags, i, x, y: x in (words[i - 1], words[i - 2]),
    "WDPREVTAG": lambda words, tags, i, x, y: tags[i - 1] == x and words[i] == y,
    "WDNEXTTAG": lambda words, tags, i, x, y: words[i] == x and tags[i + 1] == y,
    "WDAND2AFT": lambda words, tags, i, x, y: words[i] == x and words[i + 2] == y,
    "WDAND2TAGAFT": lambda words, tags, i, x, y: words[i] == x and tags[i + 2] == y,
    "WDAND2TAGBFR": lambda words, tags, i, x, y: tags[i - 2] == x and words[i] == y,
    "LBIGRAM": lambda words, tags, i, x, y: words[i - 1] == x and words[i] == y,
    "RBIGRAM": lambda words, tags, i, x, y: words[i] == x and words[i + 1] == y,
    "PREVBIGRAM": lambda words, tags, i, x, y: tags[i - 2] == x and tags[i - 1] == y,
    "NEXTBIGRAM": lambda words, tags, i, x, y: tags[i + 1] == x and tags[i + 2] == y,
}


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
        match command:
            case "char":
                return affix in word
            case "hassuf":
                return word.endswith(affix)
            case "haspref":
                return word.startswith(affix)
            case "addsuf":
                return word + affix in self.lexicon
            case "deletepref":
                return word.startswith(affix) and word[len(affix) :] in self.lexicon
            case "deletesuf":
                return word.endswith(affix) and word[: -len(affix)] in self.lexicon
            case "goodleft":
                return i + 1 < len(words) and words[i + 1] == affix
            case _:
                return i > 0 and words[i - 1] == affix

    def _corrected(self, words: Sequence[str], tags: list[str]) -> list[str]:
        padded_words, padded = [*_PAD, *words, *_PAD], [*_PAD, *tags, *_PAD]
        for i in range(len(_PAD), len(padded) - len(_PAD)):
            for start, result, command, x, y in self.contexts.get(padded[i], ()):
                if padded[i] == start and _CONTEXTS[command](padded_words, padded, i, x, y):
                    padded[i] = result
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
        if len(fields) >= 4 and fields[2] in _CONTEXTS:
            second = fields[4] if len(fields) > 4 else ""
            found.setdefault(fields[0], []).append((fields[0], fields[1], fields[2], fields[3], second))
    return {tag: tuple(rules) for tag, rules in found.items()}


@cache
def english_tagger() -> Tagger:
    """The tagger for English, read once in a process (about 0.1 s)."""
    lexicon = {fields[0]: fields[1] for fields in _lines("en-lexicon.txt") if len(fields) > 1}
    affixes = tuple(_affix(fields) for fields in _lines("en-morphology.txt") if len(fields) >= 4)
    return Tagger(lexicon=lexicon, affixes=affixes, contexts=_rules())
