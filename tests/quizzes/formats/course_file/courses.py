"""Invented courses for property tests: any text a database may hold, any content a kind may have."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from course.reading.outline import ConceptKind, PassageKind
from quizzes.formats.course_file.model import (
    ArticleEntry,
    ConceptEntry,
    CourseFile,
    LessonEntry,
    PassageEntry,
    QuestionEntry,
    QuizEntry,
    QuizItemEntry,
    Quote,
)
from quizzes.late_credit import LateStep
from quizzes.pools import Pool

SYNTAX = [
    *("# ", "== question x", "> ", ">> ", ">2 ", "- ", "* ", "[x] ", "[ ] ", "(g1) ", "| ", "! ", "~ ", "@gap: x", "@"),
    *(
        "name: words",
        "name = 1",
        "stem:",
        "\\",
        "\\n",
        "\\x{41}",
        "\n",
        "\n\n",
        "\t",
        " ",
        "  ",
        ". A",
        "! “B",
        "\u2028",
    ),
    *("\ufeff", "\u202e", "\x1f", "\r\n", "\u00a0", "{{g1}}", "\x85", "\x0c"),
]
signs = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
texts = st.lists(st.one_of(st.text(signs, max_size=6), st.sampled_from(SYNTAX)), max_size=5).map("".join)
some_text = texts.filter(bool)
titles = texts.filter(lambda text: bool(text.strip()))
names = st.text("abcxyz019-_é", min_size=1, max_size=8)
field_names = st.one_of(
    st.sampled_from(["stem", "options", "accepted", "gaps", "feedback", "answer", "kind", "content", "evidence", "id"]),
    texts,
)
leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts)


def _nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    row = st.fixed_dictionaries(
        {},
        optional={
            "id": st.one_of(names, texts),
            "correct": st.booleans(),
            "text": texts,
            "feedback": texts,
            "x": inner,
        },
    )
    return st.one_of(
        st.lists(inner, max_size=3),
        st.lists(texts, max_size=3),
        st.lists(row, max_size=3),
        st.dictionaries(field_names, inner, max_size=3),
    )


values = st.recursive(leaves, _nested, max_leaves=8)
contents = st.dictionaries(field_names, values, max_size=4)
quotes = st.builds(Quote, some_text, st.integers(1, 9999))
passages = st.builds(
    PassageEntry,
    kind=st.sampled_from(PassageKind),
    text=some_text,
    level=st.integers(0, 9),
    reason=texts,
    gap=st.one_of(st.none(), texts),
)


def _tuples(of: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=most).map(tuple)


def _unique(of: st.SearchStrategy[Any], name: str) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3, unique_by=lambda entry: getattr(entry, name)).map(tuple)


articles = st.builds(
    ArticleEntry, texts, texts, texts, texts, texts, texts, separator=texts, ending=texts, passages=_tuples(passages, 6)
)
concepts = st.builds(
    ConceptEntry,
    slug=names,
    term=titles,
    kind=st.sampled_from(ConceptKind),
    definition=texts,
    mentions=_tuples(quotes),
    state=st.sampled_from(["suggested", "accepted", "rejected"]),
    reasons=_tuples(texts),
    undrafted=texts,
    proof=_tuples(quotes, 1),
)
questions = st.builds(
    QuestionEntry,
    key=names,
    kind=titles,
    content=contents,
    concept=texts,
    evidence=_tuples(quotes),
    state=st.sampled_from(["draft", "in_review", "published", "retired"]),
    origin=st.sampled_from(["human", "drafted"]),
    drafter=texts,
    tags=_tuples(texts),
    archived=st.booleans(),
    because=texts,
)
points = st.decimals("0.01", "9999.99", places=2)
places = st.one_of(st.none(), st.integers(1, 99999))
worth = st.one_of(st.just(Decimal(1)), points)
pools = st.builds(Pool, st.integers(0, 999), tag=names) | st.builds(Pool, st.integers(0, 999), concept=names)
items = st.builds(QuizItemEntry, names, worth) | st.builds(QuizItemEntry, st.just(""), worth, pools)
quizzes = st.builds(
    QuizEntry,
    slug=names,
    title=titles,
    lesson=texts,
    mode=st.sampled_from(["practice", "check", "exam"]),
    pass_fraction=st.one_of(st.none(), st.decimals(0, 1, places=6)),
    time_limit_seconds=st.one_of(st.none(), st.integers(1, 99999)),
    attempts_allowed=st.one_of(st.none(), st.integers(1, 999)),
    delay_seconds=st.integers(0, 9999),
    shuffle=st.booleans(),
    one_by_one=st.booleans(),
    article_open=st.booleans(),
    navigation=st.sampled_from(["free", "sequential"]),
    result_rule=st.sampled_from(["best", "last", "first", "mean"]),
    opens_at=st.sampled_from(["", "2026-01-31T09:00:00+00:00"]),
    closes_at=st.sampled_from(["", "2026-02-28T09:00:00Z"]),
    feedback_policy=contents,
    ask_confidence=st.booleans(),
    tries_allowed=st.one_of(st.none(), st.integers(1, 999)),
    try_penalty=st.decimals(0, 1, places=6),
    hint_penalty=st.decimals(0, 1, places=6),
    mastery_right=st.one_of(st.none(), st.integers(1, 999)),
    mastery_of=st.one_of(st.none(), st.integers(1, 999)),
    build_on_last=st.booleans(),
    practice_after_close=st.booleans(),
    late_credit=_tuples(st.builds(LateStep, st.decimals(0, 9999, places=6), st.decimals(0, 1, places=6))),
    archived=st.booleans(),
    items=_tuples(items),
)


@st.composite
def course_files(draw: st.DrawFn) -> CourseFile:
    """A whole course that a file can hold."""
    article = draw(articles)
    cuts = sorted(draw(st.lists(st.integers(0, len(article.passages)), max_size=6)))
    slugs = draw(st.lists(names, min_size=3, max_size=3, unique=True))
    runs = list(zip(cuts[::2], cuts[1::2], slugs, strict=False))
    return CourseFile(
        title=draw(titles),
        slug=draw(titles),
        summary=draw(texts),
        language=draw(texts),
        visibility=draw(st.sampled_from(["public", "link", "enrolled"])),
        certificate_for=draw(st.sampled_from(["nothing", "reading", "passing"])),
        two_person_review=draw(st.booleans()),
        keep_answers_days=draw(st.one_of(st.none(), st.integers(30, 3_650))),
        article=article,
        lessons=tuple(
            LessonEntry(slug, draw(titles), first, end, draw(texts), draw(places)) for first, end, slug in runs
        ),
        concepts=draw(_unique(concepts, "slug")),
        quizzes=draw(_unique(quizzes, "slug")),
        questions=draw(_unique(questions, "key")),
    )
