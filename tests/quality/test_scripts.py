"""Scripts say nothing of their own: every sentence comes from the page, where it is in its reader's language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.scripts import literals, said_in, scripts, served_in, words_of_its_own
from tests.quality.sentences import templates


@pytest.mark.parametrize("file", scripts(), ids=lambda file: file.name)
def test_a_script_holds_no_words_for_people(file: Path) -> None:
    assert words_of_its_own(file.read_text(encoding="utf-8")) == []


def test_pages_serve_just_the_sentences_that_scripts_say() -> None:
    said = set().union(*(said_in(file.read_text(encoding="utf-8")) for file in scripts()))
    served = set().union(*(served_in(file.read_text(encoding="utf-8")) for file in templates()))
    assert said == served


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('say("You are offline.");', ["You are offline."]),
        ("say('Saving');", ["Saving"]),
        ("note.textContent = `${kept} of ${total} pages`;", [" of ", " pages"]),
        ("say(`Saved ${clock(at)}`);", ["Saved "]),
        ("say(`${left(`${minutes} min`)}`);", [" min"]),
        ("html = `<p class='notice'>You are offline.</p>`;", ["You are offline."]),
        ('made.title = isKept ? "Kept here" : "";', ["Kept here"]),
        ("say(words.saySaved);", []),
        ("// Says what is kept, and “where”.\nsay();", []),
        ("/* Never said to anybody. */", []),
        ('form.querySelector("[data-note], .notice p");', []),
        ('each.matches("select, textarea, input");', []),
        ("each.closest(`[name^=answer-${id}] option`);", []),
        ('text.match(/You are "offline"/);', []),
        ('if (event.key === "Escape") made.className = "btn small";', []),
        ('fetch(page, { method: "POST", headers: { "Content-Type": type } });', []),
        ('import { fill } from "./words.js";', []),
    ],
)  # fmt: skip
def test_words_of_a_script_are_found(source: str, words: list[str]) -> None:
    assert words_of_its_own(source) == words


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("""a("x'y", 'u"v')""", ["x'y", 'u"v']),
        (r'a("say \"so\"")', [r"say \"so\""]),
        ("`a${b}c`", ["a", "c"]),
        ("`a${f({ b: `c${d}e` })}g`", ["a", "g", "c", "e"]),
        ("`${a}`", []),
        (r"`\`a`", [r"\`a"]),
        ("x = a / b; y = c / d; z('e')", ["e"]),
        ("x = y.replace(/['\"]/g, 'a')", ["a"]),
        ("x('a') // 'b'\ny('c')", ["a", "c"]),
    ],
)
def test_every_text_of_a_script_is_read(source: str, texts: list[str]) -> None:
    assert literals(source) == texts


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("say(words.saySaved)", {"saved"}),
        ("const { sayNoteSignedOut, sayKept } = pick.dataset;", {"note-signed-out", "kept"}),
        ('text.match(/ data-say-as-it-was="([^"]*)"/)', {"as-it-was"}),
        ("say(text); // and saySaved", set()),
    ],
)
def test_the_sentences_that_a_script_says_are_found(source: str, names: set[str]) -> None:
    assert said_in(source) == names


def test_the_sentences_that_a_template_serves_are_found() -> None:
    assert served_in('<p data-say-kept="{% translate "Kept" %}" data-said data-say-as-it-was="{{ x }}">') == {
        "kept",
        "as-it-was",
    }
