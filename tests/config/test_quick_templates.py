"""Whatever a template says, a quick one says letter for letter what Django's own engine does, or fails as it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine
from django.template.base import TextNode, VariableNode
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from config.quick_templates import QuickVariableNode

LOADER = "django.template.loaders.locmem.Loader"
BUILTINS = ["django.template.defaulttags", "django.template.defaultfilters", "django.templatetags.i18n"]
LIBRARIES = {"static": "django.templatetags.static", "shapes": "accounts.templatetags.shapes"}


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    inner: Any = None

    @property
    def loud(self) -> str:
        return self.name.upper()

    @property
    def broken(self) -> str:
        return self.nothing  # type: ignore[attr-defined, no-any-return]  # -- what is tested

    @property
    def missing(self) -> str:
        raise ObjectDoesNotExist

    @property
    def failing(self) -> str:
        raise ValueError("a fault of ours")

    def call(self) -> str:
        return f"called {self.name}"

    def call_with(self, word: str) -> str:
        return word

    def deletes(self) -> str:
        raise AssertionError("a template must not call this")

    deletes.alters_data = True  # type: ignore[attr-defined]  # -- as Django documents it


class Row(dict[str, Any]):
    """Has items and attributes; an item comes first."""

    title = "an attribute"


class Fragile:
    def __getitem__(self, name: str) -> str:
        raise RuntimeError(name)


class Counted:
    """Can be gone through, and does not say how long that takes."""

    def __iter__(self) -> Iterator[str]:
        return iter("abc")


VALUES: dict[str, Any] = {
    "text": "a <b> & \"c\" 'd'",
    "safe": mark_safe("<i>safe</i>"),
    "number": 1234567,
    "small": -3,
    "yes": True,
    "nothing": None,
    "half": 0.5,
    "points": Decimal("1234.50"),
    "at": datetime(2026, 11, 26, 12, 30, tzinfo=UTC),
    "words": ["one", "two <2>"],
    "none_there": [],
    "pairs": [("a", 1), ("b", 2)],
    "row": Row(title="an item", items="mine"),
    "bare": Row(),
    "thing": Thing("a <thing>", Thing("within")),
    "lazy": SimpleLazyObject(lambda: Thing("lazy")),
    "said": gettext_lazy("Yes"),
    "fragile": Fragile(),
    "counted": Counted(),
    "file": "icons.svg",
    "function": lambda: "called",
    "kind": Thing,
    "uuid": UUID("01a218b3-3c38-7b3d-8bec-f9c87db93a1f"),
    "slug": "a-slug",
}
SOURCES = [
    *(f"[{{{{ {name} }}}}]" for name in VALUES if name != "fragile"),
    "{{ thing.name }} {{ thing.inner.loud }} {{ thing.inner.inner.name }} {{ thing.nobody }} {{ thing.name.upper }}",
    "{{ thing.call }} {{ thing.call_with }} {{ thing.deletes }} {{ thing.missing }} {{ thing.missing.name }}",
    "{{ row.title }} {{ row.items }} {{ bare.title }} {{ bare.items }} {{ bare.nobody }} {{ row.title.0 }}",
    "{{ words.0 }} {{ words.1 }} {{ words.9 }} {{ words.name }} {{ pairs.1.0 }} {{ text.0 }} {{ text.nobody }}",
    "{{ lazy.name }} {{ lazy.loud }} {{ lazy.nobody }} {{ lazy.call }}",
    "{{ nobody }} {{ nobody.name }} {{ nobody|default:text }} {{ nothing.name }} {{ True }} {{ None }} {{ block }}",
    "{{ template }}{{ dicts }}{{ push }}{{ autoescape }}{{ use_tz }}{{ render_context.nobody }}",
    "{{ 'a <constant>' }} {{ 12 }} {{ 1.5 }} {{ _('Yes') }} {{ text|upper }} {{ text|safe }} {{ number|add:small }}",
    "{{ text|default:safe }} {{ words|join:text }} {{ safe|upper }} {{ at|date:'c' }} {{ words|length }}",
    "{% autoescape off %}{{ text }} {{ number }} {{ safe }} {{ thing.name }}{% endautoescape %}{{ text }}",
    "{% if nobody %}a{% elif text == 'x' %}b{% elif number > 3 and not nothing %}c{% else %}d{% endif %}",
    "{% if nobody.name == nothing %}same{% endif %}{% if 'one' in words %}in{% endif %}{% if row.nobody %}x{% endif %}",
    "{% if nobody and thing.failing %}a{% else %}short{% endif %}{% if thing.missing %}b{% else %}missing{% endif %}",
    "{% for word in words %}{{ forloop.counter }}{{ forloop.first }}{{ word }}{% empty %}none{% endfor %}",
    "{% for word in none_there %}x{% empty %}none {{ number }}{% endfor %}{% for word in nobody %}x{% endfor %}",
    "{% for a, b in pairs %}{% for c in words %}{{ forloop.parentloop.counter }}{{ a }}{{ b }}{% endfor %}{% endfor %}",
    "{% for word in words reversed %}{{ forloop.revcounter }}{{ forloop.revcounter0 }}{{ word }}{% endfor %}{{ word }}",
    "{% for word in counted %}{{ word }}{{ forloop.last }}{% endfor %}{% for name in row %}{{ name }}{% endfor %}",
    "{% for a in words %}{% for a in words %}{{ forloop.parentloop.last }}{{ a }}{% endfor %}{{ a }}{% endfor %}",
    "{% for letter in text %}{{ letter }}{% cycle 'x' 'y' %}{% endfor %}{{ forloop }}",
    "{% load static %}{% static 'postil.css' %}{% static file %}{% static 'x y.css' as sheet %}[{{ sheet }}]",
    "{% with a=thing.inner.name b=nobody %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% for a, b in pairs %}{% ifchanged b %}{{ a }}{% else %}{{ b }}{% endifchanged %}{% cycle b safe %}{% endfor %}",
    "{% include 'part.html' %}{% include 'part.html' with word=thing.name only %}{% include it|default:'part.html' %}",
    "{% extends 'base.html' %}{% block inside %}{{ block.super }} {{ text }} {% include 'part.html' %}{% endblock %}",
    "{% load shapes %}{% icon text %}{% state 'done' thing.name nobody|default:'' %}",
    "{% filter upper %}{{ text }}{{ thing.name }}{% endfilter %}",
    "{% spaceless %}<p> {{ text }} </p> <p>{{ number }}</p>{% endspaceless %}{% firstof nobody nothing text %}",
    "{% url 'learner:attempt' nobody as address %}[{{ address }}]",
    "{% url 'learner:home' %} {% url 'learner:attempt' uuid %} {% url 'learner:response' uuid 7 %}",
    "{% url 'learner:course' 'a-slug' %} {% url 'learner:quiz' slug 'quiz_2' %} {% url 'learner:course' course=slug %}",
    "{% autoescape off %}{% url 'learner:attempt' uuid %}{% endautoescape %}",
    "{% url 'learner:attempt' uuid as it %}{{ it }}",
    "{% regroup pairs by 0 as groups %}{{ groups.0.grouper }}",
]
SENTENCES = [
    "{% translate 'Yes' %} {% translate 'Unknown' %} {% translate 'No such sentence, 100 %' %}",
    "{% translate 'a <b> & c' %} {% translate 'Yes' noop %} {% translate text %} {% translate thing.name %}",
    "{% translate 'Yes' as it %}[{{ it }}]{% translate 'May' context 'abbrev. month' %}{% translate 'Yes'|upper %}",
    "{% autoescape off %}{% translate text %}{% blocktranslate %}{{ text }}{% endblocktranslate %}{% endautoescape %}",
    "{% blocktranslate %}Yes{% endblocktranslate %}{% blocktranslate %}100 % of {{ text }}{% endblocktranslate %}",
    "{% blocktranslate with name=thing.name %}Add {{ name }}{% endblocktranslate %}[{{ name }}]",
    "{% blocktranslate with name=text %}Change {{ name }}{% endblocktranslate %}",
    "{% blocktranslate with name=text key=thing.name %}No {{ key }} {{ name }} {{ nobody }}{% endblocktranslate %}",
    "{% for word in words %}{% blocktranslate with name=word %}Add {{ name }}{% endblocktranslate %}{% endfor %}",
    "{% blocktranslate trimmed %}\n  Add\n  {{ text }}\n{% endblocktranslate %}",
    "{% blocktranslate asvar it %}Add {{ text }}{% endblocktranslate %}[{{ it }}]",
    "{% blocktranslate context 'abbrev. month' %}May{% endblocktranslate %}",
    *(
        f"{{% blocktranslate count counter={amount} %}}{{{{ counter }}}} result{{% plural %}}"
        "{{ counter }} results{% endblocktranslate %}{{ counter }}"
        for amount in ("number", "small", "0", "1", "2", "words|length")
    ),
    "{% if number %}{% translate 'Yes' %}{% else %}{% translate 'No' %}{% endif %}{% include 'part.html' %}",
    "{% include 'part.html' with word=_('Yes') %}{{ nobody|default:_('Unknown') }}{{ yes|yesno:_('Yes,No') }}",
]
ADDRESSES = [
    "{% url 'learner:attempt' text %}",
    "{% url 'learner:attempt' %}",
    "{% url 'nobody:here' 1 %}",
    "{% url nobody %}",
]
FAULTS = [
    "{{ thing.broken }}",
    "{{ thing.failing }}",
    "{{ fragile.name }}",
    "{% if thing.failing %}x{% endif %}",
    "{% for word in thing.failing %}x{% endfor %}",
    "{% for a, b in words %}x{% endfor %}",
]
OTHERS = {
    "part.html": "<{{ word|default:'no word' }} {{ number }}{% if word %} {{ word.0 }}{% endif %}>",
    "base.html": "{% if text %}{% block inside %}base {{ thing.name }}{% endblock %}{% endif %}{{ nobody }}",
}


def engine(source: str, *, quick: bool) -> Engine:
    loader = "config.quick_templates.Loader" if quick else "django.template.loaders.cached.Loader"
    inside: Any = [(LOADER, {**OTHERS, "page.html": source})]
    return Engine(loaders=[(loader, inside)], libraries=LIBRARIES, builtins=BUILTINS)


def rendered(source: str, values: dict[str, Any], *, quick: bool) -> tuple[str, str]:
    """The page twice, from one compiled template, or the name of its fault."""
    found = engine(source, quick=quick)
    try:
        first, second = (found.get_template("page.html").render(Context(dict(values))) for _ in range(2))
    except Exception as fault:  # noqa: BLE001 -- whichever it is, both have to have it
        return type(fault).__name__, str(fault)
    return first, second


@pytest.mark.parametrize("source", SOURCES)
def test_a_quick_template_says_what_django_says(source: str) -> None:
    told = rendered(source, VALUES, quick=True)
    assert told == rendered(source, VALUES, quick=False)
    assert told[0] == told[1]


@pytest.mark.parametrize("code", ["en", "fr", "ar", "ru"])
@pytest.mark.parametrize("source", SENTENCES)
def test_a_sentence_is_said_as_django_says_it_in_every_language(source: str, code: str) -> None:
    with override(code):
        told = rendered(source, VALUES, quick=True)
        assert told == rendered(source, VALUES, quick=False)
        assert told[0] == told[1]


@pytest.mark.parametrize("amount", ["text", "nothing"])
def test_only_numbers_are_counted_with(amount: str) -> None:
    source = f"{{% blocktranslate count n={amount} %}}{{{{ n }}}} one{{% plural %}}several{{% endblocktranslate %}}"
    assert rendered(source, VALUES, quick=True)[0] == rendered(source, VALUES, quick=False)[0] == "TemplateSyntaxError"


@pytest.mark.parametrize("amount", [Decimal("0.50"), Decimal("1.50"), 0.5, 2.0, Decimal(2), Decimal("1.00"), 1.0])
def test_what_is_not_whole_is_told_as_several_are(amount: Decimal | float) -> None:
    source = "{% blocktranslate count n=amount %}a point{% plural %}points{% endblocktranslate %}"
    assert rendered(source, {"amount": amount}, quick=True)[0] == ("a point" if amount == 1 else "points")


def test_one_template_is_said_in_the_language_of_each_page() -> None:
    found = engine("{% translate 'Yes' %} {% blocktranslate %}Add {{ text }}{% endblocktranslate %}", quick=True)
    said = []
    for code in ("fr", "en", "fr", "de"):
        with override(code):
            said.append(found.get_template("page.html").render(Context({"text": "x"})))
    assert said == ["Oui Add x", "Yes Add x", "Oui Add x", "Ja Add x"]


def test_a_sentence_behind_a_name_is_said_in_the_language_of_the_page() -> None:
    source = "{% translate text %} {% for each in texts %}{% translate each %} {% endfor %}{% translate text noop %}"
    with override("fr"):
        assert rendered(source, {"text": "Yes", "texts": ["No", "Yes"]}, quick=True)[0] == "Oui Non Oui Yes"


def test_a_sentence_without_values_is_text_before_the_page_is_made() -> None:
    with override("fr"):
        template = engine("{% translate 'Yes' %}", quick=True).get_template("page.html")
    assert [(type(node), node.s) for node in template.nodelist if isinstance(node, TextNode)] == [(TextNode, "Oui")]


@pytest.mark.parametrize("source", FAULTS)
def test_a_fault_behind_a_name_is_told_and_not_swallowed(source: str) -> None:
    told = rendered(source, VALUES, quick=True)
    assert told == rendered(source, VALUES, quick=False)
    assert told[0] in {"AttributeError", "ValueError", "RuntimeError"}


@pytest.mark.parametrize("source", ADDRESSES)
def test_an_address_that_is_none_is_told_as_django_tells_it(source: str) -> None:
    told = rendered(source, VALUES, quick=True)
    assert told == rendered(source, VALUES, quick=False)
    assert told[0] == "NoReverseMatch"


WORDS = st.sampled_from(
    ["name", "loud", "inner", "call", "0", "1", "items", "title", "nobody", "upper", "keys", "missing"]
)
PATHS = st.builds(
    lambda first, rest: ".".join([first, *rest]), st.sampled_from([*VALUES, "nobody"]), st.lists(WORDS, max_size=3)
)


@given(PATHS)
def test_every_way_to_a_value_ends_where_django_ends(path: str) -> None:
    source = f"{{{{ {path} }}}}|{{% if {path} %}}yes{{% endif %}}|{{{{ {path}|default:'-' }}}}"
    assert rendered(source, VALUES, quick=True) == rendered(source, VALUES, quick=False)


@given(
    st.text() | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False) | st.decimals(allow_nan=False)
)
def test_every_value_is_written_as_django_writes_it(value: Any) -> None:
    assert rendered("{{ value }}", {"value": value}, quick=True) == rendered(
        "{{ value }}", {"value": value}, quick=False
    )


def test_thousands_are_parted_where_the_settings_say_so(settings: Settings) -> None:
    settings.USE_THOUSAND_SEPARATOR = True
    assert rendered("{{ number }}", VALUES, quick=True) == ("1,234,567", "1,234,567")


def test_nodes_are_quick_but_where_faults_are_shown_with_their_line() -> None:
    quick = engine("{% for word in words %}{{ word }}{% endfor %}", quick=True)
    assert [type(node) for node in quick.get_template("page.html").nodelist.get_nodes_by_type(VariableNode)] == [
        QuickVariableNode
    ]
    shown = engine("{{ text }}", quick=True)
    shown.debug = True
    assert [type(node) for node in shown.get_template("page.html").nodelist] == [VariableNode]


def test_the_pages_are_made_by_quick_templates() -> None:
    options: Any = settings.TEMPLATES[0]["OPTIONS"]
    assert options["loaders"][0][0] == "config.quick_templates.Loader"
