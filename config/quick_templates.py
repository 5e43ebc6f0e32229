"""Django's templates, rendered as Django renders them, with less between a name on the page and its value.

A page of ten questions looks up two thousand names, each through six calls that expect anything at all. Once a template
is compiled, its nodes are given classes that take the usual way directly and leave everything else to Django.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django.conf import STATICFILES_STORAGE_ALIAS, settings
from django.core.files.storage import storages
from django.template import Origin, Template
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    Variable,
    VariableDoesNotExist,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import ForNode, IfNode, URLNode
from django.template.exceptions import TemplateSyntaxError
from django.template.loaders import cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from config.quick_addresses import address

_LOOK_UP: Any = vars(Variable)["_resolve_lookup"]
_NOT_AN_ITEM = (TypeError, AttributeError, KeyError, ValueError, IndexError)


class Loader(cached.Loader):
    """Django's cached loader, whose templates are quick; with the engine's `debug` they stay as they are.

    A template is compiled once for each language, with its sentences in it: saying them costs a page nothing.
    """

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        """What the template is kept by: its name, in the language that is active."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        """The template, quickened when it is compiled."""
        template: Template = super().get_template(template_name, skip)
        if not hasattr(template, "is_quick") and not self.engine.debug:
            quicken(template.nodelist)
            template.is_quick = True  # type: ignore[attr-defined]  # -- ours, so that it is done once
        return template


def quicken(nodes: Iterable[Node]) -> None:
    """These nodes and all below them are quick. Nodes of other kinds stay what they are; what they hold is quick."""
    for node in nodes:
        node.__class__ = QUICK.get(type(node), type(node))
        if type(node) is TranslateNode:
            _say(node)
        elif type(node) is QuickBlockTranslateNode:
            node.prepare()
        if isinstance(node, IfNode):
            for condition, chosen in node.conditions_nodelists:
                _quicken_condition(condition)
                quicken(chosen)
        for held in list(vars(node).values()):
            _quicken_held(held)
        for name in node.child_nodelists:
            quicken(vars(node).get(name) or ())
    if type(nodes) is NodeList:
        nodes.__class__ = QuickNodeList


def _say(node: TranslateNode) -> None:
    """A sentence without values is text in the language that is active, once and for all; a name is translated."""
    expression: Any = node.filter_expression
    # Django says so when it renders, which is after a name was given its quick way.
    expression.var.translate = not node.noop
    if node.asvar or node.message_context or expression.filters or expression.var.literal is None:
        return
    text: str = expression.var.literal
    said: Any = node
    said.s = text if node.noop else gettext(text.replace("%", "%%")).replace("%%", "%")
    said.__class__ = TextNode


def _quicken_condition(condition: Any) -> None:
    """The names in a condition of `if`, which is a tree of operators, are quick."""
    for part in (getattr(condition, name, None) for name in ("first", "second")):
        if part is not None:
            _quicken_condition(part)
    _quicken_held(getattr(condition, "value", None))


def _is_name(expression: FilterExpression) -> bool:
    """Whether the expression only looks a name up: no constant, nothing to translate, no filter."""
    variable: Any = expression.var
    return type(variable) is QuickVariable and bool(variable.lookups) and not (variable.translate or expression.filters)


def _quicken_held(held: Any) -> None:
    """An expression that a node holds, or several in a list or by names, is quick."""
    if type(held) is FilterExpression:
        if isinstance(held.var, Promise):
            # A word to be said, whose language is that of the template.
            held.var = str(held.var)
        for variable in (held.var, *(argument for _, arguments in held.filters for _, argument in arguments)):
            if type(variable) is Variable:
                variable.__class__ = QuickVariable
        if _is_name(held):
            held.__class__ = QuickName
    elif isinstance(held, list | tuple | dict):
        for each in held.values() if isinstance(held, dict) else held:
            _quicken_held(each)


class QuickVariable(Variable):
    """A name with dots. Items come before attributes; what is called, counted or missing is left to Django."""

    __slots__ = ()

    def _resolve_lookup(self, context: Any) -> Any:
        lookups: Any = self.lookups
        name, *bits = lookups
        for names in reversed(context.dicts):
            if name in names:
                current = names[name]
                break
        else:
            return self._looked_up_by_django(context, name, context)
        for bit in bits:
            if callable(current):
                return _LOOK_UP(self, context)
            try:
                current = current[bit] if hasattr(type(current), "__getitem__") else getattr(current, bit)
            except _NOT_AN_ITEM:
                try:
                    current = getattr(current, bit)
                except Exception:  # noqa: BLE001 -- Django looks again, and says what to make of it
                    return self._looked_up_by_django(context, bit, current)
            except Exception:  # noqa: BLE001 -- as above
                return _LOOK_UP(self, context)
        return _LOOK_UP(self, context) if callable(current) else current

    def _looked_up_by_django(self, context: Any, bit: str, holder: Any) -> Any:
        """What Django finds. A page asks for much that is not there, and to learn that, Django lists all that is."""
        is_text_or_context = holder is context or type(holder) in {str, SafeString}
        if is_text_or_context and bit.isidentifier() and not hasattr(holder, bit):
            raise VariableDoesNotExist("Failed lookup for key [%s] in %r", (bit, holder))
        return _LOOK_UP(self, context)


class QuickName(FilterExpression):
    """An expression that is a name, without filters: what it stands for."""

    __slots__ = ()

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        try:
            return self.var._resolve_lookup(context)  # noqa: SLF001 -- a name has nothing else that would be resolved
        except VariableDoesNotExist:
            return None if ignore_failures else super().resolve(context)


class QuickVariableNode(VariableNode):
    """A value on the page. Plain texts and whole numbers need neither a time zone nor a language."""

    def render(self, context: Any) -> str:
        return shown(self.filter_expression.resolve(context), context)


def shown(value: Any, context: Any) -> str:
    """The value as a page shows it: escaped where the page escapes."""
    if context.autoescape:
        kind = type(value)
        if kind is SafeString:
            return cast(SafeString, value)
        if kind is str:
            return SafeString(html.escape(value))
        if kind is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
    return render_value_in_context(value, context)


class QuickNodeList(NodeList):
    """What stands one after the other. What Django adds around each node is for templates that are debugged."""

    def render(self, context: Any) -> SafeString:
        return SafeString("".join([node.s if type(node) is TextNode else node.render(context) for node in self]))


class QuickForNode(ForNode):
    """A loop with one name. Loops that take their items apart are left to Django."""

    def render(self, context: Any) -> str:
        if len(self.loopvars) > 1:
            return super().render(context)
        values = self._values(context)
        if len(values) < 1:
            return cast(NodeList, self.nodelist_empty).render(context)
        with context.push():
            return SafeString("".join(self._rounds(context, values)))

    def _values(self, context: Any) -> Sequence[Any]:
        found = cast(FilterExpression, self.sequence).resolve(context, ignore_failures=True)
        values = () if found is None else found if hasattr(found, "__len__") else list(found)
        return tuple(reversed(values)) if self.is_reversed else values

    def _rounds(self, context: Any, values: Sequence[Any]) -> Iterator[str]:
        name, body = self.loopvars[0], cast(NodeList, self.nodelist_loop)
        names, left = context.dicts[-1], len(values)
        loop = names["forloop"] = {"parentloop": context.get("forloop", {})}
        for place, value in enumerate(values):
            loop["counter0"], loop["counter"] = place, place + 1
            loop["revcounter"], loop["revcounter0"] = left, left - 1
            loop["first"], loop["last"] = place == 0, left == 1
            names[name] = value
            yield body.render(context)
            left -= 1


class QuickURLNode(URLNode):
    """An address on the page, of a view that takes its values in their order. Others are left to Django."""

    def render(self, context: Any) -> str:
        name = self.view_name.resolve(context)
        if self.kwargs or self.asvar or not isinstance(name, str):
            return super().render(context)
        values = [value.resolve(context) for value in self.args]
        found = address(name, values, _current_app(context))
        return SafeString(html.escape(found)) if context.autoescape else found


def _current_app(context: Any) -> str | None:
    """The app whose page it is, as Django finds it for `url`."""
    request: Any = getattr(context, "request", None)
    if hasattr(request, "current_app"):
        return cast("str | None", request.current_app)
    return getattr(getattr(request, "resolver_match", None), "namespace", None)


class QuickBlockTranslateNode(BlockTranslateNode):
    """A sentence with values, looked up and taken apart when its template is compiled, which is for one language.

    One that counts is looked up for each amount and taken apart once for each form. With a context it is Django's.
    """

    messages: tuple[str, str]
    pieces: list[str]
    forms: dict[str, list[str]]

    def prepare(self) -> None:
        """The sentence stands in its language; of one that counts no form was needed yet."""
        one, _ = self.render_token_list(self.singular)
        self.messages = one, self.render_token_list(self.plural)[0] if self.plural else ""
        self.pieces = _taken_apart(gettext(one))
        self.forms = {}

    def render(self, context: Any, nested: bool = False) -> str:
        if self.message_context or self.asvar:
            return super().render(context, nested)
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        pieces = self._form(context, values) if self.messages[1] else self.pieces
        return SafeString("".join(_filled(pieces, values, context)))

    def _form(self, context: Any, values: dict[str, Any]) -> list[str]:
        """The sentence in the form for what is counted, which is a value of it."""
        amount: Any = cast(FilterExpression, self.counter).resolve(context)
        if not isinstance(amount, Decimal | float | int):
            raise TemplateSyntaxError(f"{self.countervar!r} has to be a number, to be counted with.")
        values[cast(str, self.countervar)] = amount
        said = ngettext(*self.messages, _choosing(amount))
        if said not in self.forms:
            self.forms[said] = _taken_apart(said)
        return self.forms[said]


_NAMED = re.compile(r"%\((\w+)\)s")


def _taken_apart(said: str) -> list[str]:
    """A sentence's own words and the names of its values, in turn."""
    return [part.replace("%%", "%") for part in _NAMED.split(said)]


def _filled(pieces: Sequence[str], values: dict[str, Any], context: Any) -> Iterator[str]:
    """The words, with values for names; what is not there is nothing, as everywhere on a page."""
    for place, part in enumerate(pieces):
        if place % 2:
            yield shown(values[part] if part in values else context.get(part, ""), context)
        else:
            yield part


def _choosing(amount: Decimal | float) -> int:
    """The whole number that chooses the form for an amount: what is not whole is told as several are."""
    return int(amount) if amount == int(amount) else 2


class QuickStaticNode(StaticNode):
    """The address of a file that comes with Postil, looked up once in the list of what was collected."""

    def url(self, context: Any) -> str:
        return _static_address(storages[STATICFILES_STORAGE_ALIAS], self.path.resolve(context))


@lru_cache(maxsize=512)
def _static_address(storage: Any, path: str) -> str:
    address: str = storage.url(path)
    return address


QUICK: dict[type[Node], type[Node]] = {
    VariableNode: QuickVariableNode,
    ForNode: QuickForNode,
    URLNode: QuickURLNode,
    StaticNode: QuickStaticNode,
    BlockTranslateNode: QuickBlockTranslateNode,
}
"""The nodes that take a usual way, by those that Django compiles."""
