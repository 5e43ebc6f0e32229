"""Key concepts: a ranked picking list for the instructor, never published unseen."""

from __future__ import annotations

from collections.abc import Sequence

from course.reading.concepts.describe import described
from course.reading.concepts.finder import ranked_candidates
from course.reading.concepts.lexicon import Lexicon, english_lexicon
from course.reading.concepts.tagger import english_tagger
from course.reading.concepts.tongues import tongue_of
from course.reading.outline import ConceptOutline, PassageOutline


def find_concepts(
    text: str,
    *,
    passages: Sequence[PassageOutline],
    title: str,
    language: str,
    limit: int = 40,
    lexicon: Lexicon | None = None,
) -> tuple[ConceptOutline, ...]:
    """The suggested key concepts, best first, at most `limit`: one rank over expressions, names and topics.

    Mentions are all spans in headings and in what is read (never boilerplate, pull quotes or captions), in order;
    no two concepts overlap anywhere. `language` is a code such as "en"; in French, German and Spanish phrases are told
    by little words and endings, in other languages only names, quotations and recurring phrases are found. The same
    arguments always give the same answer. `lexicon` stands in for the word lists of the package. Ranking: hand weights
    over cues, shape and imagery (`data/weights.json`).
    """
    tagger = english_tagger() if language.lower().startswith("en") else None
    tongue = tongue_of(language)
    known = lexicon or (tongue.lexicon if tongue else english_lexicon())
    reading, ranked = ranked_candidates(
        text, passages=passages, title=title, limit=limit, lexicon=known, tagger=tagger, tongue=tongue
    )
    return tuple(described(each, reading=reading, lexicon=known, rank=rank) for rank, each in enumerate(ranked, 1))
