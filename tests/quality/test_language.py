"""Every word that is for people reaches a translation, and every translation is whole."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from language import LANGUAGES
from tests.messages import Message, catalog_of, compiled, gathered, missing, path_of, renewed, written
from tests.quality.sentences import ROOT, misnamed, templates, unsaid_in_code, unsaid_in_template

OTHERS = [code for code, _ in LANGUAGES[1:]]
NAMED = re.compile(r"%\(\w+\)s|{\w*}")
SPEAKING = ("language", "web/learner", "web/studio")
"""What says its sentences itself. What stands below speaks English, and is said again by who shows it."""


MODULES = [file for folder in SPEAKING for file in sorted((ROOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(ROOT)))
def test_every_word_of_a_template_is_said(file: Path) -> None:
    assert unsaid_in_template(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", templates(), ids=lambda file: str(file.relative_to(ROOT)))
def test_the_name_of_a_class_is_no_word_to_translate(file: Path) -> None:
    named = re.findall(r"{% block page_class %}(.*?){% endblock %}", file.read_text(encoding="utf-8"))
    assert [each for each in named if "translate" in each] == []


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(ROOT)))
def test_every_sentence_of_a_module_is_said(file: Path) -> None:
    assert unsaid_in_code(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "unsaid"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{% translate "Hello" %}</p>', []),
        ("{% blocktranslate with a=b %}Hello {{ a }}{% endblocktranslate %} there", ["there"]),
        ('<a aria-label="Back" title="{% translate \'To it\' %}">←</a>', ["Back"]),
        ('{{ nobody|default:"No name" }}{{ nobody|default:_("No name") }}', ["No name"]),
        ('{% state "done" "Read" %}{% state "done" _("Read") %}', ["Read"]),
        ('{{ at|date:"j F Y, H:i" }} {{ 3|counted:"saved comment" }} {% url "a:b" %}', []),
        ("<kbd>Ctrl</kbd> <script>var words</script> 12 × Postil {# A remark. #}", []),
        ("{% comment %}Only for us{% endcomment %}", []),
        ('<p data-say-kept="It is kept" data-say-lost="{% translate \'It is lost\' %}"></p>', ["It is kept"]),
        (' data-say-kept="It is kept" data-say-lost="{% translate "It is lost" %}"', ["It is kept"]),
        ('<p data-say-n="{{ "One line"|forms:"{count} lines" }}" data-say-m="{{ "One line"|length }}">', ["One line"]),
    ],
)
def test_words_of_a_template_are_found(source: str, unsaid: list[str]) -> None:
    assert unsaid_in_template(source) == unsaid


@pytest.mark.parametrize(
    ("source", "unsaid"),
    [
        ("x = 'This is for people.'", ["This is for people."]),
        ("x = say('This is for people.')", []),
        ("x = f'Question {n} is open.'", ["Question {n} is open."]),
        ("def f():\n    'This is a docstring.'", []),
        ("raise ValueError('This is for programmers.')", []),
        ("logger.info('This is for logs.')", []),
        ("x = 'not_a_sentence'; y = 'SELECT x FROM y'; z = '<p>Some words here</p>'", []),
    ],
)
def test_sentences_of_a_module_are_found(source: str, unsaid: list[str]) -> None:
    assert unsaid_in_code(source) == unsaid


@pytest.mark.parametrize("file", sorted((ROOT / "web").rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT)))
def test_every_name_in_a_sentence_has_its_value(file: Path) -> None:
    assert misnamed(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("say('{a} of {b}', a=1, b=2)", []),
        ("say('{a} of {b}', a=1)", ["{a} of {b}"]),
        ("say('{a}', a=1, b=2)", ["{a}"]),
        ("say('No {value} here')", []),
        ("say(message, a=1)", []),
    ],
)
def test_names_without_a_value_are_found(source: str, found: list[str]) -> None:
    assert misnamed(source) == found


@pytest.fixture(scope="module")
def messages() -> list[Message]:
    return gathered()


def test_every_constant_that_a_template_gives_to_a_tag_is_gathered(messages: list[Message]) -> None:
    given = {text for file in templates() for text in re.findall(r"""_\("(.+?)"\)""", file.read_text(encoding="utf-8"))}
    assert given
    assert given - {message.one.replace("%%", "%") for message in messages} == set()


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_is_left_untranslated_or_unsure(code: str) -> None:
    assert missing(catalog_of(code)) == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_catalogue_holds_what_is_said_and_nothing_else(code: str, messages: list[Message]) -> None:
    """Run `make messages` where this fails."""
    kept = catalog_of(code)
    assert {message.id for message in kept} == {message.id for message in renewed(kept, messages)}


@pytest.mark.parametrize("code", OTHERS)
def test_what_is_read_is_what_was_translated(code: str) -> None:
    kept = catalog_of(code)
    assert path_of(code, "mo").read_bytes() == compiled(kept)
    assert path_of(code, "po").read_bytes() == written(kept)


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_names_the_values_that_its_sentence_has(code: str) -> None:
    wrong = [
        message.id
        for message in catalog_of(code)
        if message.id
        and {name for form in _forms(message.string) for name in NAMED.findall(form)}
        != {name for form in _forms(message.id) for name in NAMED.findall(form)}
    ]
    assert wrong == []


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_a_kept_translation_stays_and_what_nobody_says_goes() -> None:
    kept = Catalog(locale="fr", fuzzy=False)
    kept.add("Yes", "Oui")
    kept.add("Gone", "Parti")
    kept.add(("one line", "{count} lines"), ("une ligne", "{count} lignes"))

    made = renewed(kept, [Message("Yes", "", "x"), Message("New", "", "x"), Message("one line", "{count} lines", "x")])

    assert [(message.id, message.string) for message in made if message.id] == [
        ("Yes", "Oui"),
        ("New", None),
        (("one line", "{count} lines"), ("une ligne", "{count} lignes")),
    ]
    assert missing(made) == ["New"]
