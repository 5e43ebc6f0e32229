"""The gate: a proposal goes on to review only if it is sound, proved word for word, and breaks no rule.

A model that was talked into something by the article it reads is held here like any other that errs: what it proposes
has to be content of a kind, rest on words that learners read, and say in its answer what those words say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from course.reading.outline import Span
from quizzes.drafting.lint import Trace, findings_between, lint, trace
from quizzes.drafting.proposals.answer import Proposal
from quizzes.drafting.proposals.prompt import fillable
from quizzes.drafting.rules.keys import ANSWERS
from quizzes.drafting.subject import Subject
from quizzes.drafting.words import content_roots, tokens
from quizzes.questions import UnknownKind, question_type
from quizzes.questions.answers import is_storable
from quizzes.questions.base import Content, QuestionType
from quizzes.questions.ids import with_fresh_ids

MOST_QUOTES, LONGEST_QUOTE, SHORTEST_QUOTE = 8, 1_000, 3
"""Stretches that prove one answer; the longest in characters, the shortest in words."""
CARRIED = 0.5
"""The share of an answer's word families that has to stand in its proof: half leaves room for wording it anew."""
_CALLS_OUT = re.compile(r"://|\bwww\.|\S@\S+\.\w|</?[a-z!]|\]\(|javascript:", re.IGNORECASE)
_FIGURE = re.compile(r"\d+")


class TurnedAway(Exception):
    """The proposal does not pass; the message is the short, stable name of what it breaks."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What the proposals of one lesson are held against.

    `passages` are the stretches of `article` that learners read in the lesson. `beside` are questions that the same
    quiz asks, `elsewhere` all others of the course, rejected ones among them; each is its kind and its content.
    """

    article: str
    passages: tuple[Span, ...]
    concepts: tuple[str, ...]
    beside: Sequence[tuple[str, Mapping[str, Any]]] = ()
    elsewhere: Sequence[tuple[str, Mapping[str, Any]]] = ()


@dataclass(frozen=True, slots=True)
class ProvedDraft:
    """A proposal that passed: `concept` is one of the ground's or "", `evidence` the stretches that prove the key."""

    kind: str
    concept: str
    content: Content
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Sifted:
    """What passed, in the model's order, and how many proposals each reason turned away."""

    drafts: tuple[ProvedDraft, ...]
    turned_away: Mapping[str, int]


def sift(proposals: Sequence[Proposal], ground: Ground, *, seed: str) -> Sifted:
    """Each proposal that passes, with fresh ids drawn from `seed`; never raises, whatever was proposed.

    The reasons are ids of lint rules and unknown_kind, unknown_concept, unsound_content, calls_out and key_not_proved.
    """
    gate = _Gate(ground)
    kept: list[ProvedDraft] = []
    away: Counter[str] = Counter()
    for number, proposal in enumerate(proposals):
        try:
            kept.append(gate.passed(proposal, seed=f"{seed}\x1f{number}"))
        except TurnedAway as reason:
            away[str(reason)] += 1
    return Sifted(tuple(kept), dict(sorted(away.items())))


@dataclass
class _Gate:
    """The ground, and the traces of what is asked beside a proposal: those that passed before it among them."""

    ground: Ground
    passed_before: list[Trace] = field(default_factory=list)

    def passed(self, proposal: Proposal, *, seed: str) -> ProvedDraft:
        """The proposal as a draft. Raises TurnedAway."""
        kind = _kind_of(proposal)
        concept = self._concept(proposal.concept)
        content = self._content(kind, proposal, seed)
        evidence = self._evidence(kind, content, proposal)
        quotes = [span.quote(self.ground.article) for span in evidence]
        _require(_is_carried(kind, content, quotes), "key_not_proved")
        for finding in lint(kind.kind, content, evidence=quotes, article=self.ground.article):
            raise TurnedAway(finding.rule)
        self._keep_apart(kind, content)
        return ProvedDraft(kind.kind, concept, content, evidence)

    def _concept(self, named: str) -> str:
        known = {term.casefold(): term for term in self.ground.concepts}
        _require(not named or named.casefold() in known, "unknown_concept")
        return known.get(named.casefold(), "")

    def _content(self, kind: QuestionType, proposal: Proposal, seed: str) -> Content:
        """What a model may fill of the content, with ids of ours and sentences where the article has them."""
        own = {name: value for name, value in proposal.content.items() if name in fillable(kind)}
        _require(all(map(is_storable, _texts_in(own))) and _has_plain_ids(kind, own), "unsound_content")
        _require(not any(map(_CALLS_OUT.search, _texts_in(own))), "calls_out")
        if kind.kind == "evidence":
            own["sentences"] = self._placed(own.get("sentences"))
        content = with_fresh_ids(kind.kind, own, seed)
        _require(not kind.check(content), "unsound_content")
        return content

    def _placed(self, rows: Any) -> list[dict[str, Any]]:
        """The sentences with their offsets, in reading order."""
        _require(isinstance(rows, list) and all(isinstance(row, dict) for row in rows), "unsound_content")
        placed = []
        for row in rows:
            span = self._place(row.get("text"))
            text = span.quote(self.ground.article)
            placed.append({"text": text, "correct": row.get("correct"), "start": span.start, "end": span.end})
        return sorted(placed, key=lambda row: (row["start"], row["end"]))

    def _evidence(self, kind: QuestionType, content: Content, proposal: Proposal) -> tuple[Span, ...]:
        if kind.kind == "evidence":
            return tuple(Span(row["start"], row["end"]) for row in content["sentences"] if row["correct"])
        _require(0 < len(proposal.evidence) <= MOST_QUOTES, "evidence_verbatim")
        spans = {self._place(quote) for quote in proposal.evidence}
        return tuple(sorted(spans, key=lambda span: (span.start, span.end)))

    def _place(self, quote: Any) -> Span:
        """Where the words stand first in a passage of the lesson, white space aside. Raises TurnedAway."""
        _require(isinstance(quote, str) and len(quote) <= LONGEST_QUOTE, "evidence_verbatim")
        words = quote.split()
        _require(len(words) >= SHORTEST_QUOTE, "evidence_verbatim")
        wanted = re.compile(r"\s+".join(map(re.escape, words)))
        for passage in self.ground.passages:
            if found := wanted.search(self.ground.article, passage.start, passage.end):
                return Span(*found.span())
        raise TurnedAway("evidence_verbatim")

    def _keep_apart(self, kind: QuestionType, content: Content) -> None:
        """What passed stays beside the next ones, and asks nothing again that the course asks or has rejected."""
        own = trace(Subject(kind.kind, content))
        for other in (*self._beside, *self.passed_before):
            for finding in findings_between(own, other):
                raise TurnedAway(finding.rule)
        for other in self._elsewhere:
            _require(not _ask_the_same(own, other), "near_duplicates")
        self.passed_before.append(own)

    @cached_property
    def _beside(self) -> list[Trace]:
        return [trace(Subject(kind, content)) for kind, content in self.ground.beside]

    @cached_property
    def _elsewhere(self) -> list[Trace]:
        return [trace(Subject(kind, content)) for kind, content in self.ground.elsewhere]


def _require(holds: bool, reason: str) -> None:
    if not holds:
        raise TurnedAway(reason)


def _ask_the_same(one: Trace, other: Trace) -> bool:
    return any(finding.rule == "near_duplicates" for finding in findings_between(one, other))


def _kind_of(proposal: Proposal) -> QuestionType:
    try:
        return question_type(proposal.kind)
    except UnknownKind:
        raise TurnedAway("unknown_kind") from None


def _is_carried(kind: QuestionType, content: Content, quotes: Sequence[str]) -> bool:
    """Whether the proof holds what the question calls right: each figure of it, and half of its word families."""
    proof = " ".join(quotes)
    figures, roots = set(_FIGURE.findall(proof)), content_roots(proof)
    if content.get("answer") in ANSWERS[1:]:
        figures |= set(_FIGURE.findall(str(content.get("stem"))))
    return all(figures >= set(_FIGURE.findall(said)) and _shares(said, roots) for said in _said(kind, content))


def _shares(said: str, roots: frozenset[str]) -> bool:
    own = content_roots(" ".join(word for word in tokens(said) if not _FIGURE.search(word)))
    return len(own & roots) >= CARRIED * len(own)


def _said(kind: QuestionType, content: Content) -> tuple[str, ...]:
    """What the question says is so, in words."""
    subject = Subject(kind.kind, content)
    if kind.kind == "true_false":
        return (subject.stem,)
    return subject.keys or subject.put or (kind.summarise(content, kind.model_answer(content)),)


def _has_plain_ids(kind: QuestionType, content: Content) -> bool:
    rows = content.get(kind.id_rows)
    return not isinstance(rows, list) or all(
        isinstance(row, dict) and isinstance(row.get("id", ""), str) for row in rows
    )


def _texts_in(value: Any) -> Iterator[str]:
    """Every text in a piece of JSON, names of fields too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield name
            yield from _texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts_in(each)
