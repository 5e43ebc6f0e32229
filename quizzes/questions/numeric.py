"""Numeric: a number, with a tolerance and with units where the author wants them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from quizzes.questions.answers import answer_text
from quizzes.questions.authored import (
    MAX_FEEDBACK,
    Row,
    flag_of,
    flag_problems,
    optional_text_of,
    rows_of,
    rows_with_problems,
    shared_problems,
    text_of,
    text_problems,
    value_of,
)
from quizzes.questions.base import (
    Answer,
    BrokenQuestion,
    Content,
    Control,
    Example,
    Field,
    InvalidAnswer,
    Outcome,
    Presentation,
    Problem,
    QuestionType,
)
from quizzes.questions.numbers import (
    EXACT,
    MAX_LENGTH,
    as_typed,
    authored_number,
    in_figures,
    in_plain_signs,
    written_number,
)
from quizzes.questions.spellings import SCALES

ASK = "Type one number, such as 1200 or 0.5."
MAX_UNITS = 20
LONGEST_UNIT = 20
MAX_MISSES = 20
LEADING = re.compile(
    r"^(?:(?:(?:about|around|approximately|roughly|circa|in|the|year|it|is|was)(?= )|(?:approx|ca|c)\.|[≈~=]) *)+",
    re.IGNORECASE,
)
"""What people write before a number; how exact it has to be, the tolerance says."""
WORD = re.compile(r"[^\W\d_]+")
FIRST_OF_NUMBER = frozenset("0123456789.,+-")
PER_CENT = frozenset({"%", "percent", "per cent"})
SHORTEST_PLURAL = 4
"""Letters of a word from which an s at its end is a plural, and none of a symbol such as ms."""
POWERS = range(1, 13)
"""Answers that are wrong by ten to one of these powers are told so."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its name; `factor` is how many of the value's own unit one of it is."""

    name: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Key:
    """What is right: the value, how far from it is still right, and the units it may come with."""

    value: Decimal
    tolerance: Decimal
    units: tuple[Unit, ...]
    is_unit_required: bool
    asked_in: frozenset[str] = frozenset()
    """Words of the question, one of which may stand behind the number of a question without units."""

    @property
    def own_unit(self) -> str:
        """The unit the value is in, "" when it has none."""
        return next((unit.name for unit in self.units if unit.factor == 1), "")

    @property
    def written(self) -> str:
        """The value as the review shows it."""
        value = f"{in_figures(self.value)} {self.own_unit}".strip()
        return f"{value}, give or take {in_figures(self.tolerance)}" if self.tolerance else value

    def takes(self, number: Decimal) -> bool:
        """Whether the number is the value but for the tolerance, its edges included."""
        return bool(EXACT.subtract(number, self.value).copy_abs() <= self.tolerance)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it was read: the number, and the unit it came with, None when there was none."""

    number: Decimal
    unit: Unit | None

    @property
    def amount(self) -> Decimal:
        """The number in the value's own unit."""
        return EXACT.multiply(self.number, self.unit.factor) if self.unit else self.number


class Numeric(QuestionType):
    """A number within the tolerance earns 1, anything else 0; what comes near is told in which way."""

    kind = "numeric"
    label = "Number"
    control = Control.NUMBER

    def author_fields(self) -> Sequence[Field]:
        misses = (("text", "Number"), ("feedback", "Feedback"))
        units = (("text", "Unit"), ("factor", "How many of the answer’s unit one of it is; empty for the answer’s own"))
        return (
            Field("stem", "Question", "text", "Say which unit or how exact a number you want, if it matters."),
            Field("value", "Answer", "number", "With a decimal point, and without a unit."),
            Field("tolerance", "Tolerance", "text", "Such as 0.5, or 5 % of the answer.", required=False),
            Field("units", "Units", "options", "Units that may be typed.", False, columns=units),
            Field("unit_required", "A unit has to be typed", "boolean", required=False),
            Field("near_misses", "Near misses", "options", "Numbers worth a hint of their own.", False, columns=misses),
            Field("explanation", "Why", "text", "Shown in the review, whatever was typed.", required=False),
        )

    def check(self, content: Content) -> list[Problem]:
        found = [*shared_problems(content), *_value_problems(content), *_unit_problems(content)]
        rows, problems = rows_with_problems(content, "near_misses", "the near misses", least=0, most=MAX_MISSES)
        found += [*problems, *flag_problems(content, "unit_required")]
        for path, row in rows:
            found += _miss_problems(path, row)
        return found or [*_overlap_problems(content)]

    def present(self, content: Content, seed: int) -> Presentation:
        return Presentation(self.control, text_of(content, "stem"), {"max_length": MAX_LENGTH})

    def parse(self, content: Content, data: Any) -> Answer:
        text = answer_text(data, ask=ASK)
        _given(_key(content), text)
        return text

    def grade(self, content: Content, answer: Answer) -> Outcome:
        key = _key(content)
        given = _given(key, answer)
        unit = f" {given.unit.name}" if given.unit and given.unit.name else ""
        read = f"It was read as {in_figures(given.number)}{unit}."
        if key.takes(given.amount):
            return Outcome(1.0, "", _detail("right", [read, *_right_path(key, given)]))
        near = next(_near(content, key, given), "")
        why = near or "It is not the number that was asked for."
        return Outcome(0.0, why, _detail("near miss" if near else "wrong", [read, why]))

    def model_answer(self, content: Content) -> Answer:
        key = _key(content)
        return f"{as_typed(key.value)} {key.own_unit}".strip()

    def summarise(self, content: Content, answer: Answer) -> str:
        return " ".join(answer.split())

    def classify(self, content: Content, answer: Answer) -> str:
        key = _key(content)
        given = _given(key, answer)
        number = f"{in_figures(given.amount)} {key.own_unit}".strip()
        return f"right: {number}" if key.takes(given.amount) else f"other: {number}"

    def review(self, content: Content, answer: Answer | None, seed: int) -> Mapping[str, Any]:
        key = _key(content)
        right = answer is not None and key.takes(_given(key, answer).amount)
        part = {"id": "answer", "given": answer or "", "accepted": [key.written], "right": right}
        return {"parts": [part], "why": optional_text_of(content, "explanation")}

    def examples(self) -> Iterable[Example]:
        content = {
            "stem": "How far is the mill from the lighthouse, along the path?",
            "value": 2.4,
            "tolerance": "5 %",
            "units": [{"text": "km"}, {"text": "m", "factor": 0.001}, {"text": "kilometres"}],
            "near_misses": [{"text": "1.9", "feedback": "That is the distance across the bay."}],
        }
        yield Example(content, "2.4 km", 1.0, "as written")
        yield Example(content, "2,5", 1.0, "within five per cent, with a decimal comma and no unit")
        yield Example(content, "2 400 m", 1.0, "in another unit")
        yield Example(content, "２．４ kilometres", 1.0, "in full-width figures")
        yield Example(content, "1.9", 0.0, "a near miss, with its feedback")
        yield Example(content, "24", 0.0, "ten times too large")
        yield Example(content, "2.4 m", 0.0, "the right number with the wrong unit")
        yield Example(content, "2,400", None, "two thousand four hundred, or two point four")
        yield Example(content, "2.4 miles", None, "a unit that the question does not know")
        yield Example(content, "2 + 0.4", None, "a sum is not worked out")
        yield Example(content, "1e3000000", None, "no number of this world")
        year = {"stem": "In which year did the lighthouse go dark?", "value": 1974}
        yield Example(year, "1974", 1.0, "a year")
        yield Example(year, "1947", 0.0, "another year")
        yield Example(year, "", None, "nothing typed")


def _key(content: Content) -> Key:
    value, tolerance = authored_number(value_of(content, "value")), _tolerance(content)
    if value is None or tolerance is None:
        raise BrokenQuestion("The question’s answer or its tolerance is no number.")
    units = tuple(map(_unit, rows_of(content, "units")))
    required = flag_of(content, "unit_required", default=False)
    asked_in = frozenset() if units else frozenset(map(_told, WORD.findall(optional_text_of(content, "stem"))))
    return Key(value, tolerance, units, is_unit_required=required and bool(units), asked_in=asked_in)


def _unit(row: Row) -> Unit:
    factor = authored_number(row.get("factor", 1))
    if factor is None or factor <= 0:
        raise BrokenQuestion("A unit’s factor is no number above 0.")
    return Unit(in_plain_signs(text_of(row, "text")), factor)


def _tolerance(content: Content) -> Decimal | None:
    """How far from the value is still right, in its own unit; a share of the value is written with a % behind it."""
    written = value_of(content, "tolerance")
    if written is None or written == "":
        return Decimal(0)
    is_share = isinstance(written, str) and written.rstrip().endswith("%")
    number = authored_number(written.rstrip().removesuffix("%") if is_share else written)
    value = authored_number(value_of(content, "value"))
    if number is None or number < 0 or value is None:
        return None
    return EXACT.multiply(abs(value), number.scaleb(-2)) if is_share else number


def _given(key: Key, text: str) -> Given:
    """The answer read against the units there are. Raises InvalidAnswer."""
    written = written_number(_with_unit_behind(in_plain_signs(text), key.units), ask=ASK)
    if not written.unit:
        if key.is_unit_required:
            raise InvalidAnswer(f"Type the unit behind the number: {_names(key)}.")
        return Given(written.number, _written_out(key, written.number))
    if _told(written.unit) in key.asked_in:
        return Given(written.number, None)
    unit = _unit_named(written.unit, key.units) or _scaled(key, written.unit)
    if unit is None:
        rest = f"“{written.unit}” is not part of a number here."
        raise InvalidAnswer(f"{rest} Type a number with one of: {_names(key)}." if key.units else f"{rest} {ASK}")
    return Given(written.number, unit)


def _with_unit_behind(text: str, units: Sequence[Unit]) -> str:
    """The text without words that only lead to its number, and with a unit in front of it, such as “$”, behind."""
    plain = LEADING.sub("", text)
    for name in sorted((unit.name for unit in units), key=len, reverse=True):
        number = plain[len(name) :].lstrip()
        if plain.casefold().startswith(name.casefold()) and number[:1] in FIRST_OF_NUMBER:
            return f"{number} {name}"
    return plain if plain[:1] in FIRST_OF_NUMBER else text


def _written_out(key: Key, number: Decimal) -> Unit | None:
    """What a number without a unit is in where the answer counts in millions, say, and its figures were all typed."""
    scale = _own_scale(key)
    unit = Unit("", EXACT.divide(Decimal(1), scale))
    counts = scale != 1 and not key.takes(number) and key.takes(EXACT.multiply(number, unit.factor))
    return unit if counts else None


def _scaled(key: Key, name: str) -> Unit | None:
    """A unit counted in thousands or millions, such as “million people”; None where the words are no such thing."""
    scale, _, rest = name.partition(" ")
    unit = _unit_named(rest, key.units) if rest else Unit("", Decimal(1))
    if scale.casefold() not in SCALES or unit is None or (key.is_unit_required and not rest):
        return None
    return Unit(name, EXACT.divide(EXACT.multiply(SCALES[scale.casefold()], unit.factor), _own_scale(key)))


def _own_scale(key: Key) -> Decimal:
    return Decimal(SCALES.get(key.own_unit.partition(" ")[0].casefold(), 1))


def _unit_named(name: str, units: Sequence[Unit]) -> Unit | None:
    """The unit of that name; capital letters tell units apart only where there are two."""
    name = name.rstrip(".") or name
    folded = [unit for unit in units if unit.name.rstrip(".").casefold() == name.casefold()]
    exact = [unit for unit in folded if unit.name.rstrip(".") == name]
    alike = folded or [unit for unit in units if _told(unit.name) == _told(name)]
    return exact[0] if exact else alike[0] if len(alike) == 1 else None


def _told(name: str) -> str:
    """The unit however it is said: one year or two years, per cent in words or as a sign."""
    plain = name.rstrip(".").casefold()
    if plain in PER_CENT:
        return "%"
    return plain.removesuffix("s") if len(plain) >= SHORTEST_PLURAL else plain


def _names(key: Key) -> str:
    return ", ".join(unit.name for unit in key.units)


def _near(content: Content, key: Key, given: Given) -> Iterator[str]:
    """In which ways a wrong number is nearly right: what the author foresaw first."""
    for row in rows_of(content, "near_misses"):
        number = authored_number(row.get("text"))
        if number is not None and number == given.amount:
            yield text_of(row, "feedback")
    if any(key.takes(EXACT.multiply(given.number, unit.factor)) for unit in key.units):
        yield "The number is right, but its unit is not." if given.unit else "The number is right in another unit."
    if 2 * key.tolerance >= abs(key.value):
        return
    if key.takes(given.amount.copy_negate()):
        yield "The number is right but for its sign."
    for power in POWERS:
        for sign, words in ((1, "small"), (-1, "large")):
            if key.takes(given.amount.scaleb(sign * power, EXACT)):
                yield f"The figures are right, but the number is {10**power:,} times too {words}."


def _right_path(key: Key, given: Given) -> Iterator[str]:
    if given.unit and given.unit.factor != 1:
        yield f"That is {in_figures(given.amount)} {key.own_unit}".rstrip() + "."
    if given.amount != key.value:
        yield f"The answer is {key.written}."


def _detail(verdict: str, path: list[str]) -> dict[str, Any]:
    return {"parts": [{"id": "answer", "verdict": verdict}], "path": path}


def _value_problems(content: Any) -> Iterator[Problem]:
    holder = content if isinstance(content, Mapping) else {}
    if authored_number(holder.get("value")) is None:
        yield Problem("not_a_number", "Write the answer as one number with a decimal point, such as 0.5.", "value")
    elif _tolerance(holder) is None:
        yield Problem("not_a_number", "Write the tolerance as a number from 0 on, or as 5 %.", "tolerance")


def _unit_problems(content: Any) -> Iterator[Problem]:
    rows, problems = rows_with_problems(content, "units", "the units", least=0, most=MAX_UNITS)
    yield from problems
    names: set[str] = set()
    for path, row in rows:
        yield from text_problems(row, "text", "the unit", most=LONGEST_UNIT, required=True, path=path)
        yield from _name_problems(f"{path}.text", row.get("text"), names)
        factor = authored_number(row.get("factor", 1))
        if factor is None or factor <= 0:
            message = "Write as a number above 0 how many of the answer’s own unit it is."
            yield Problem("not_a_number", message, f"{path}.factor")
    if rows and not any(authored_number(row.get("factor", 1)) == 1 for _, row in rows):
        yield Problem("no_own_unit", "Add the unit that the answer is in, without a factor.", "units")
    if not rows and isinstance(content, Mapping) and content.get("unit_required") is True:
        yield Problem("no_own_unit", "Add the units that may be typed, or ask for none.", "units")


def _name_problems(where: str, name: Any, names: set[str]) -> Iterator[Problem]:
    """A unit has to be told from the number before it, and from the other units."""
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_UNIT:
        return
    plain = in_plain_signs(name)
    try:
        is_told = written_number(f"1 {plain}", ask=ASK).unit == plain != ""
    except InvalidAnswer:
        is_told = False
    if not is_told or any(map(str.isdigit, plain)):
        yield Problem("unusable_unit", "Write the unit in letters or as one sign, without figures.", where)
    if plain in names:
        yield Problem("duplicate_text", "Two of the units are the same. Delete one.", where)
    names.add(plain)


def _miss_problems(path: str, row: Row) -> Iterator[Problem]:
    yield from text_problems(row, "feedback", "its feedback", most=MAX_FEEDBACK, required=True, path=path)
    if authored_number(row.get("text")) is None:
        yield Problem("not_a_number", "Write the near miss as one number with a decimal point.", f"{path}.text")


def _overlap_problems(content: Content) -> Iterator[Problem]:
    key = _key(content)
    for place, row in enumerate(rows_of(content, "near_misses")):
        number = authored_number(row.get("text"))
        if number is not None and key.takes(number):
            message = "This number counts as right. Delete it, or make the tolerance smaller."
            yield Problem("near_miss_accepted", message, f"near_misses.{place}.text")
