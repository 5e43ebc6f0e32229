"""Puts the drafters to work: proposes, throws away what breaks a rule, keeps a few good questions for each concept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from course.reading.outline import Outline
from quizzes.drafting.candidates import WORTH_FURTHER_DOWN, Candidate, Candidates
from quizzes.drafting.contents import drawn
from quizzes.drafting.draft import DraftedQuestion, Drafts, Undrafted
from quizzes.drafting.lint import Trace, are_at_odds
from quizzes.drafting.material import Material, prepare
from quizzes.drafting.plainness import is_plain
from quizzes.drafting.rules.keys import ANSWERS
from quizzes.drafting.terms import Term

DRAFTER_VERSION = 16
"""Goes up whenever the same outline would be drafted otherwise."""

PER_CONCEPT = 3
PER_DEFINED_CONCEPT = 4
ENOUGH_DRAFTED = 0.7
PLACE_ONLY, FEW_BY_PLACE = 52, 6
"""Drafts up to this strength ask no more than where an expression stands; beyond the first concepts, and on what is
not striking, they are only kept where nothing else can be asked."""
LITTLE = 61
"""Drafts up to this strength ask where an expression stands, or for the words of a sentence that leans on others."""
REPEATED_KIND, REPEATED_DRAFTER, REPEATED_ROLE = 2, 4, 6
"""How much strength a draft loses for each draft of its kind, by its drafter, or on the same role of a sentence."""
ODD_ANSWER = 5
"""How much strength a statement loses for each third of a statement by which its answer has more than its share."""
LEAST_STATEMENT = 40
"""A statement worth less would make its answer a good bet."""
FURTHER_WORTH = 60
"""A concept's second and third draft must be worth so much: fewer and better."""
BY_NUMBER = frozenset({"which_number", "number_in_figures", "year_it_was"})
STATEMENTS = frozenset({"statement_true", "statement_false"})
BY_DEFINITION = frozenset({"expression_for_meaning", "name_the_expression"})

FRAGMENT = "It is a piece of a longer phrase in the text. Widen it to the whole phrase, or reject it."
PLACES = "Only questions on where it stands were found. Write a definition for it if it matters."


def draft(outline: Outline, *, definitions: Mapping[str, str] | None = None) -> Drafts:
    """Questions on the outline's concepts, best first within each concept, and a reason for each concept without one.

    Every draft has content that its kind accepts, breaks no lint rule, and none tells another's answer.
    `definitions` maps terms to what their author says they mean. The same outline and definitions give the same
    drafts; nothing is stored.
    """
    # Concepts that stand in a heading only have the fewest questions: they choose before others name the heading. Then
    # those that somebody has defined, before others tell their names.
    material = prepare(outline, definitions or {})
    desk = _Desk(Candidates(material))
    order = sorted(material.terms, key=lambda term: (bool(term.places), not _is_given(term)))
    for term in order:
        desk.work_on(term)
    for term in order:
        desk.ask_for_places(term)
    desk.make_room()
    desk.let_go_of_places()
    desk.even_out_answers()
    ranks = {term.name: term.concept.rank for term in material.terms}
    return Drafts(
        tuple(sorted(desk.kept, key=lambda draft: ranks[draft.concept])),
        tuple(sorted(desk.undrafted, key=lambda each: ranks[each.concept])),
    )


@dataclass
class _Desk:
    """What is kept so far, and the traces that keep one draft from telling another's answer."""

    candidates: Candidates
    kept: list[DraftedQuestion] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    undrafted: list[Undrafted] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    drafters: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    places: Counter[tuple[int, int]] = field(default_factory=Counter)

    def work_on(self, term: Term) -> None:
        """Keeps the best clean drafts on the term that ask for more than a place."""
        if term.is_fragment and not _is_given(term):
            return
        for each in self._alone(term) if self._most(term) == 1 else self._together(term):
            self._keep(each)

    def _alone(self, term: Term) -> list[Candidate]:
        """The best draft on a term that gets but one: whatever is worth less need not be looked at."""
        by_worth = sorted(
            self.candidates.on(term, least=PLACE_ONLY + 1), key=lambda each: self._worth(each.draft)[0], reverse=True
        )
        return list(islice(filter(self._may_keep, by_worth), 1))

    def _together(self, term: Term) -> list[Candidate]:
        """The best drafts on a term that may have several."""
        fits = [each for each in self.candidates.on(term, least=PLACE_ONLY + 1) if self._may_keep(each)]
        firsts = [each for each in fits if _is_given(term) and each.draft.drafter in BY_DEFINITION] or fits
        plans = [self._plan(first, fits, term) for first in firsts]
        return max(plans, key=lambda plan: self._value(plan, _wanted(term)), default=[])

    def ask_for_places(self, term: Term) -> None:
        """Keeps a draft on where the term stands if there is none on it, or too few on one of the first; or says why.

        This comes when all terms have been worked on: what quotes a passage is in the way of better questions.
        """
        if term.is_fragment and not _is_given(term):
            self.undrafted.append(Undrafted(term.name, FRAGMENT))
            return
        kept = [draft for draft in self.kept if draft.concept == term.name]
        while place := self._place_for(term, kept):
            self._keep(place)
            kept.append(place.draft)
        if not kept:
            self.undrafted.append(Undrafted(term.name, reason_for_none(term, material=self.candidates.material)))

    def _place_for(self, term: Term, kept: Sequence[DraftedQuestion]) -> Candidate | None:
        """The best draft to add where fewer are kept than wanted."""
        is_asked_well = not term.is_coined and any(draft.strength >= WORTH_FURTHER_DOWN for draft in kept)
        is_first = term.is_striking and not is_asked_well and (term.concept.rank <= FEW_BY_PLACE or _is_given(term))
        is_asked_by_place = any(draft.strength <= PLACE_ONLY for draft in kept) and bool(term.places)
        if (is_asked_by_place and not _is_given(term)) or len(kept) >= (_wanted(term) if is_first else 1):
            return None
        fits = [
            each for each in self.candidates.on(term) if not any(_same_ground(each.draft, one, term) for one in kept)
        ]
        best_first = sorted(fits, key=lambda each: self._worth(each.draft), reverse=True)
        return next(filter(self._may_keep, best_first), None)

    def _may_keep(self, candidate: Candidate) -> bool:
        """Whether it goes with all that is kept and is clean by itself, which takes longer to say."""
        if any(_asks_its_number(candidate.draft, one) or _states_again(candidate.draft, one) for one in self.kept):
            return False
        if candidate.draft.kind == "true_false" and self._worth(candidate.draft)[0] < LEAST_STATEMENT:
            return False
        return not any(are_at_odds(candidate.trace, other) for other in self.traces) and candidate.is_clean

    def _plan(self, first: Candidate, fits: Sequence[Candidate], term: Term) -> list[Candidate]:
        """The best drafts to keep if `first` is one of them."""
        plan = [first]
        for each in sorted(fits, key=lambda each: self._worth(each.draft), reverse=True):
            if len(plan) == self._most(term) or self._worth(each.draft)[0] < FURTHER_WORTH:
                break
            if not any(_same_ground(each.draft, one.draft, term) or are_at_odds(each.trace, one.trace) for one in plan):
                plan.append(each)
        return sorted(plan, key=lambda each: self._worth(each.draft), reverse=True)

    def _value(self, plan: Sequence[Candidate], wanted: int) -> tuple[int, int]:
        """As many ways of asking as are wanted, and the worth of the best two."""
        return min(wanted, len(plan)), sum(self._worth(each.draft)[0] for each in plan[:2])

    def _most(self, term: Term) -> int:
        if _is_given(term):
            return PER_DEFINED_CONCEPT
        return PER_CONCEPT if term.is_first else 1

    def _worth(self, draft: DraftedQuestion) -> tuple[int, str]:
        """Strength, less for what is there often already; ties are settled by the drafter's name."""
        often = REPEATED_KIND * self.kinds[draft.kind] + REPEATED_DRAFTER * self.drafters[draft.drafter]
        often += REPEATED_ROLE * self.roles[draft.content["stem"]] if draft.kind == "evidence" else 0
        if draft.kind == "true_false":
            answer = draft.content["answer"]
            often += max(0, ODD_ANSWER * (3 * self.answers[answer] - self.answers.total()))
        return draft.strength - often, draft.drafter

    def make_room(self) -> None:
        """Where many of the first concepts have no draft, takes out others' second drafts that are in the way.

        What somebody's definition led to stays.
        """
        first = [term for term in self.candidates.material.terms if term.is_first]
        for term in first:
            drafted = {draft.concept for draft in self.kept}
            if len(drafted & {each.name for each in first}) >= ENOUGH_DRAFTED * len(first):
                return
            if term.name not in drafted and not term.is_fragment:
                self._squeeze_in(term)

    def _squeeze_in(self, term: Term) -> None:
        given = {each.name for each in self.candidates.material.terms if _is_given(each)}
        for candidate in self.candidates.on(term):
            in_the_way = [
                at
                for at, (draft, other) in enumerate(zip(self.kept, self.traces, strict=True))
                if are_at_odds(candidate.trace, other) or _asks_its_number(candidate.draft, draft)
            ]
            losing = Counter(self.kept[at].concept for at in in_the_way)
            having = Counter(each.concept for each in self.kept)
            may_go = all(having[concept] > lost and concept not in given for concept, lost in losing.items())
            if may_go and candidate.is_clean:
                for at in reversed(in_the_way):
                    self._drop(at)
                self._keep(candidate)
                self.undrafted = [each for each in self.undrafted if each.concept != term.name]
                return

    def _drop(self, at: int) -> None:
        draft = self.kept.pop(at)
        self.traces.pop(at)
        if draft.kind == "true_false":
            self.answers[draft.content["answer"]] -= 1

    def let_go_of_places(self) -> None:
        """Where enough of the first concepts have drafts, takes out the weakest that ask for little, weakest first.

        They only ask where an expression stands, or repeat a sentence. What is striking goes after the rest.
        """
        first = [term for term in self.candidates.material.terms if term.is_first]
        drafted = {draft.concept for draft in self.kept} & {term.name for term in first}
        for term in sorted(first, key=self._worth_keeping):
            if len(drafted) - 1 < ENOUGH_DRAFTED * len(first) or self._best_on(term) > LITTLE:
                return
            if term.name in drafted and not _is_given(term) and (term.places or not term.is_striking):
                drafted.discard(term.name)
                for draft in [each for each in self.kept if each.concept == term.name]:
                    self._drop(self.kept.index(draft))
                self.undrafted.append(Undrafted(term.name, PLACES))

    def _worth_keeping(self, term: Term) -> tuple[int, bool, int]:
        best = self._best_on(term)
        return (max(PLACE_ONLY, best), term.is_striking, -term.concept.rank)

    def _best_on(self, term: Term) -> int:
        """The strength of the best draft kept on the term, 0 where there is none."""
        return max((draft.strength for draft in self.kept if draft.concept == term.name), default=0)

    def even_out_answers(self) -> None:
        """Takes out statements of the commonest answer, from the last concepts on, until no answer is a good bet."""
        for draft in reversed([each for each in self.kept if each.kind == "true_false"]):
            answer = draft.content["answer"]
            middle = sorted(self.answers[each] for each in ANSWERS)[1]
            has_others = sum(each.concept == draft.concept for each in self.kept) > 1
            if has_others and self.answers[answer] > middle and self.answers[answer] == max(self.answers.values()):
                self._drop(self.kept.index(draft))

    def _with_key_moved(self, draft: DraftedQuestion) -> Mapping[str, Any]:
        """The content of a single choice with its key where keys have stood least often so far."""
        options = draft.content.get("options", [])
        if draft.kind != "single_choice":
            return draft.content
        key = next(option for option in options if option["correct"])
        wrong = [option for option in options if not option["correct"]]
        at = min(
            range(len(options)), key=lambda place: (self.places[len(options), place], drawn(f"{key['id']}{place}", 64))
        )
        self.places[len(options), at] += 1
        return {**draft.content, "options": [*wrong[:at], key, *wrong[at:]]}

    def _keep(self, candidate: Candidate) -> None:
        draft = candidate.draft
        self.kept.append(replace(draft, content=self._with_key_moved(draft)))
        self.traces.append(candidate.trace)
        self.kinds[draft.kind] += 1
        self.drafters[draft.drafter] += 1
        self.roles[draft.content["stem"]] += 1
        if draft.kind == "true_false":
            self.answers[draft.content["answer"]] += 1


def reason_for_none(term: Term, *, material: Material) -> str:
    """Why no draft on the term was kept, in a sentence with the next step."""
    if not term.places and not term.headings:
        return "It stands in no sentence of a lesson. Restore its passage, or choose another place for it."
    if not term.places:
        return "It stands in a heading only. Write a definition, and questions can be drafted from it."
    if not term.is_first:
        return (
            "It ranks low, and only simple questions on its place were found. Write a definition for it if it matters."
        )
    if not any(is_plain(place.sentence.text, english=material.is_english) for place in term.places):
        return "Its sentences lean on others or are too long or short to be asked alone. Write a definition for it."
    return (
        "Every question tried gave its answer away or lacked wrong options of the same form. Write a definition for it."
    )


def _wanted(term: Term) -> int:
    return 3 if _is_given(term) else 2


def _is_given(term: Term) -> bool:
    return term.meaning is not None and term.meaning.given


def _same_ground(one: DraftedQuestion, other: DraftedQuestion, term: Term) -> bool:
    """Whether two drafts on one concept ask the same again.

    They do in one kind, with a number and a statement of one sentence, and with a gap in the sentence that defines it.
    """
    if one.kind == other.kind or _is_given(term):
        return one.kind == other.kind
    drafters = {one.drafter, other.drafter}
    if _asks_its_number(one, other):
        return True
    return one.evidence == other.evidence and "gap_in_sentence" in drafters and bool(drafters & BY_DEFINITION)


def _asks_its_number(one: DraftedQuestion, other: DraftedQuestion) -> bool:
    """Whether one of two drafts on a sentence asks for its number, and the other for it too or states it."""
    if one.evidence != other.evidence:
        return False
    drafters = {one.drafter, other.drafter}
    return not drafters.isdisjoint(BY_NUMBER) and drafters <= BY_NUMBER | STATEMENTS


def _states_again(one: DraftedQuestion, other: DraftedQuestion) -> bool:
    """Whether both are statements of one sentence on two concepts: who has judged the one knows the other."""
    return one.kind == other.kind == "true_false" and one.evidence == other.evidence and one.concept != other.concept
