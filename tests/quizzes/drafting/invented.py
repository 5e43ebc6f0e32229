"""Articles that nobody wrote: sentences of every shape that a drafter looks for, put together at random."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from course.reading.outline import ConceptKind, Outline
from tests.quizzes.drafting.samples import Part, outline_of, striking

THINGS = (
    "clay bell", "marsh toll", "iron orchard", "quiet ledger", "glass mill", "salt vote", "wicker bridge",
    "amber clock", "velvet quarry", "borrowed well", "paper granary", "silver ditch", "hollow census", "cork treaty",
    "copper alibi", "tidal pension", "lime kiln rule", "one-way pasture", "uneasy harvest", "orchard debt",
    "sand-and-straw budget", "empty saddles", "wandering gates", "winter ledgers", "stone choir", "ember levy",
)  # fmt: skip
NAMES = ("Oda Brisk", "Tomas Wren", "Lina Farrow", "Salt Board", "Upper Fen Council", "Dunmere", "Hask")
GROUPS = ("Millers", "Nurses", "Historians", "Critics", "Farmers", "Engineers", "Volunteers", "Teachers")
SEASONS = ("spring", "summer", "autumn", "winter")
NUMBERS = ("two", "three", "seven", "eleven", "twenty", "ninety")
MEANINGS = (
    "a charge on every cart that enters the valley by night",
    "the habit of counting only those fields which flood",
    "a list of roofs that nobody has ever mended",
    "the right to sleep beside another family's fire",
    "people who keep two calendars in one drawer",
    "a promise that holds as long as the river is high",
)
ABOUT_ONE = (
    "The town of Dunmere lost its {a} in the {season} of the flood.",
    "{group} call the empty square behind the church the {a}.",
    "{group} believe that the {a} keeps the lower village alive.",
    "The parish pays for the {a}, {meaning}, and sends the bill to the bishop.",
    "They speak of the {a}, meaning {meaning}.",
    "The {a} was closed for {number} weeks, because the roof had fallen in after the storm.",
    "The {a} has never carried anybody, but the ropes are greased each morning.",
    "If the {a} is opened again, the carters will come back to Dunmere.",
    "However, the {a} has been sold to a brewer from the coast.",
    "“The {a} never told anybody the truth,” says {name}, a retired clerk.",
    "Who would have thought that the {a} could burn?",
    "After the flood, the {a} was rebuilt with the stones of the old wall.",
    "Since then, nobody has spoken of the {a} without a smile.",
    "It was the {a} that they wanted.",
    "The {a} is a chapel for those who are late.",
    "The {a} of the old kings, a ruin by now, is visited by few.",
    "Most of the {a} had more visitors than the museum in Hask, which opened {number} years later.",
)
ABOUT_TWO = (
    "The {a} is larger than the {b}, although both were built in the same {season}.",
    "{name} compared the {a} with the {b} in a letter to the editor.",
    "The {a} stands where the {b} ended, and the {b} is forgotten.",
    "No other village has a {a} or a {b} within its walls.",
)
ABOUT_NONE = (
    "Rain fell.",
    "Nobody minded.",
    "The road to Hask was closed for most of the {season}, and the mail came by boat.",
    "{group} waited.",
    "Why not?",
    "{name} kept a diary in those weeks, which her niece found in an attic in 1911.",
    "The {season} fair drew {number} hundred people from the hills.",
)
LINES = ("- The {a}", "The {b}, {season}", "{number}")
HEADINGS = ("The {a}", "What the {a} cost", "A {season} without bread", "Why {name} left the {b} behind", "Notes", "")


def sentences(things: Sequence[str] = THINGS) -> st.SearchStrategy[str]:
    """A sentence on one, two or none of the things."""
    patterns = st.sampled_from(ABOUT_ONE * 3 + ABOUT_TWO * 2 + ABOUT_NONE)
    return st.builds(_filled, patterns, _filling(things))


def headings(things: Sequence[str] = THINGS) -> st.SearchStrategy[str]:
    """A heading, or "" where a part has none."""
    return st.builds(_filled, st.sampled_from(HEADINGS), _filling(things))


def parts(things: Sequence[str] = THINGS) -> st.SearchStrategy[list[Part]]:
    """Parts of an article, with one paragraph or a few each."""
    lines = st.builds(_filled, st.sampled_from(LINES), _filling(things))
    running = st.lists(sentences(things), min_size=1, max_size=6).map(" ".join)
    paragraphs = st.one_of(running, running, running, lines)
    part: st.SearchStrategy[Part] = st.tuples(headings(things), st.lists(paragraphs, min_size=1, max_size=4))
    return st.lists(part, min_size=1, max_size=5)


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    """An invented English article with its things, and some of its names, as concepts."""
    things = draw(st.lists(st.sampled_from(THINGS), min_size=1, max_size=14, unique=True))
    written = draw(parts(things))
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    terms: list[str | tuple[str, ConceptKind]] = [*things, *((name, ConceptKind.NAME) for name in names)]
    outline = outline_of(written, draw(st.permutations(terms)))
    words = draw(st.lists(st.sampled_from(things), max_size=4, unique=True))
    return striking(outline, *words) if words else outline


def _filling(things: Sequence[str]) -> st.SearchStrategy[dict[str, str]]:
    """Values for every place of a pattern."""
    thing = st.sampled_from(list(things))
    return st.fixed_dictionaries(
        {
            "a": thing,
            "b": thing,
            "group": st.sampled_from(GROUPS),
            "name": st.sampled_from(NAMES),
            "season": st.sampled_from(SEASONS),
            "number": st.sampled_from(NUMBERS),
            "meaning": st.sampled_from(MEANINGS),
        }
    )


def _filled(pattern: str, words: dict[str, str]) -> str:
    return pattern.format(**words)
