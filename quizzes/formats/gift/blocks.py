"""GIFT as a text: which lines belong to a question, what is escaped, and the answers between its braces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

CATEGORY = "$CATEGORY:"
MOST_ANSWERS = 200
"""Answers to one question: no kind takes as many."""
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_TAG = re.compile(r"\[tag:([^\]\n]{1,100})\]")
_FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_SHARE = re.compile(r"\s*%(-?\d{1,3}(?:\.\d{1,5})?)%")


class NotGift(ValueError):
    """A question that cannot be read: why, and how far into its text, in characters."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.message, self.at = message, at


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one question, comments left out; `numbers` are theirs in the whole text, from 1."""

    text: str
    numbers: tuple[int, ...]
    source: str
    tags: tuple[str, ...] = ()

    def line(self, at: int = 0) -> int:
        """The line of the whole text in which the character at this place of the block stands."""
        before = self.text.count("\n", 0, at)
        return self.numbers[min(before, len(self.numbers) - 1)]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it is written: its mark `=` or `~`, and its share of the points in per cent, None if unsaid.

    `match` is what stands behind the arrow, None without one. `at` is where it begins in its block.
    """

    mark: str
    text: str
    at: int
    share: Decimal | None = None
    match: str | None = None
    feedback: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it earns everything."""
        return self.mark == "=" and self.share in (None, Decimal(100))


@dataclass(frozen=True, slots=True)
class Parted:
    """A question in its parts, unescaped but for `body`, which stands between its braces from `at` on.

    `after` is the text behind the braces; `explanation` what is said whatever was answered.
    """

    stem: str
    body: str
    at: int
    after: str = ""
    explanation: str = ""
    is_html: bool = False


@dataclass
class _Open:
    """The block that lines are gathered for, and the category and tags that stand over it."""

    lines: list[str] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    category: str = ""

    def close(self) -> Iterator[Block]:
        if self.lines:
            named = (self.category, *self.tags)
            yield Block("\n".join(self.lines), tuple(self.numbers), "\n".join(self.source), tuple(filter(None, named)))
        self.lines, self.source, self.numbers, self.tags = [], [], [], []


def blocks_of(text: str) -> Iterator[Block]:
    """The questions of the text in order: what stands between empty lines, with its category and tags."""
    gathered = _Open()
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        bare = line.strip()
        if bare.startswith("//"):
            gathered.tags += _TAG.findall(bare)
        elif not bare:
            yield from gathered.close()
        elif bare.upper().startswith(CATEGORY):
            yield from gathered.close()
            gathered.category = _last_part(bare[len(CATEGORY) :])
        else:
            gathered.lines.append(line)
            gathered.numbers.append(number)
            gathered.source.append(line)
    yield from gathered.close()


def _last_part(path: str) -> str:
    part = path.rpartition("/")[2].strip()
    return "" if part.lower() == "top" else part


def place_of(sign: str, text: str, start: int = 0) -> int:
    """Where the sign stands first that no backslash makes ordinary; -1 if nowhere."""
    for found in re.finditer(rf"\\.|{re.escape(sign)}", text[start:], re.DOTALL):
        if not found[0].startswith("\\"):
            return start + found.start()
    return -1


def plain(text: str) -> str:
    """The text as it is meant: without the format it begins with, and without backslashes that only escape."""
    form = _FORMAT.match(text)
    return unescaped(text[form.end() :] if form else text)


def unescaped(text: str) -> str:
    """The text without backslashes that only escape."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def parted(block: Block) -> Parted:
    """The block in its parts. Raises NotGift where its braces do not open and close once."""
    text, start = block.text, _after_title(block.text)
    opening = place_of("{", text, start)
    if opening < 0:
        raise NotGift("This has no answers. Write them in braces { } behind the question.", start)
    closing = place_of("}", text, opening)
    if closing < 0:
        raise NotGift("The brace { is not closed before the empty line. Write } behind the last answer.", opening)
    again = [place_of("{", text[:closing], opening + 1), *(place_of(sign, text, closing + 1) for sign in "{}")]
    if stray := next((at for at in again if at >= 0), 0):
        raise NotGift("There is more than one pair of braces. Write \\{ and \\} where they are meant as text.", stray)
    body = text[opening + 1 : closing]
    general = place_of("####", body)
    stem = text[start:opening]
    form = _FORMAT.match(stem)
    return Parted(
        stem=plain(stem),
        body=body if general < 0 else body[:general],
        at=opening + 1,
        after=unescaped(text[closing + 1 :]),
        explanation="" if general < 0 else plain(body[general + 4 :]).strip(),
        is_html=bool(form and form[1].lower() == "html"),
    )


def _after_title(text: str) -> int:
    bare = len(text) - len(text.lstrip())
    if not text.startswith("::", bare):
        return 0
    end = place_of("::", text, bare + 2)
    if end < 0:
        raise NotGift("The title is not closed. Write :: behind it.", bare)
    return end + 2


def answers_of(body: str, at: int) -> list[Answer]:
    """The answers in the body, which begins at this place of its block.

    Raises NotGift for text before the first, and for more than MOST_ANSWERS.
    """
    marks = [each for each in re.finditer(r"\\.|[=~]", body, re.DOTALL) if not each[0].startswith("\\")]
    before = body[: marks[0].start()] if marks else body
    if before.strip():
        raise NotGift("Each answer begins with = for a right one or ~ for a wrong one.", at)
    if len(marks) > MOST_ANSWERS:
        raise NotGift(f"These are more than {MOST_ANSWERS} answers. Leave out those that matter least.", at)
    ends = [each.start() for each in marks[1:]] + [len(body)]
    return [answer(each[0], body[each.end() : end], at + each.start()) for each, end in zip(marks, ends, strict=True)]


def answer(mark: str, raw: str, at: int) -> Answer:
    """One answer: its share, its text, what it is matched with, and its feedback."""
    said = place_of("#", raw)
    told, feedback = (raw, "") if said < 0 else (raw[:said], raw[said + 1 :])
    share = _SHARE.match(told)
    rest = told[share.end() :] if share else told
    arrow = place_of("->", rest)
    left, match = (rest, None) if arrow < 0 else (rest[:arrow], plain(rest[arrow + 2 :]).strip())
    found = Answer(mark, plain(left).strip(), at, Decimal(share[1]) if share else None, match)
    return replace(found, feedback=plain(feedback).strip())
