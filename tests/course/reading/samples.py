"""Sample texts, written for these tests, and pages with their gold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGE_FILES = ("pages", "web_pages", "pasted_pages", "copied_pages")

PASTE = """\
The harbour office had been warned about the crane for years, and each spring it wrote a letter that nobody answered.
When the crane fell in March it fell slowly, and the people on the quay had time to step aside and to watch it go.
Do you like reading this story?
It is free to read thanks to the support of our readers. To keep our newsroom independent we need your support.
Become a member or make a donation
No one was hurt, but the port lost its only way of lifting a boat, and the season was to begin within six weeks.
A tower that nobody owned
The crane belonged to a company that had been dissolved, and the company had belonged to a bank that had been merged.
-But a crane that stands on public ground belongs to the public when it lies there, or so the mayor was told by letter.
The lawyers took it for a gift, and for some weeks the town was proud of a gift that blocked half of its harbour.
The winter of the fishermen
Fishing went on from the beach, as it had before the war, with rollers made of old pipes and a great deal of shouting.
The town was proud of a gift that blocked half of its harbour
It turned out that the catch was no smaller, which some people found harder to forgive than the fall of the crane.
Today the crane is a bench, eleven benches to be exact, and they are said to be the most expensive ones on the coast.
???? Read the original article at the Tidewater Post
Related News :
"""

HEADINGS = ["A tower that nobody owned", "The winter of the fishermen"]


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page flattened to plain lines; `lines` are (code, text): title, heading, paragraph, list, junk, caption."""

    name: str
    lines: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)

    def of(self, *codes: str) -> list[str]:
        """The lines with one of these codes."""
        return [text for code, text in self.lines if code in codes]


@cache
def gold_pages() -> tuple[GoldPage, ...]:
    """The pages of the text files beside this module: articles, whole web pages, other genres and languages."""
    folder = Path(__file__).parent
    texts = [folder.joinpath(f"{name}.txt").read_text(encoding="utf-8") for name in PAGE_FILES]
    return tuple(_page(chunk) for text in texts for chunk in text.split("==== ")[1:])


def _page(chunk: str) -> GoldPage:
    name, *lines = [line for line in chunk.split("\n") if line]
    return GoldPage(name, tuple((line[0], line[2:]) for line in lines))
