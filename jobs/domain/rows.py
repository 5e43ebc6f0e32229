"""The rows of a query as Django gives them, read by a plan that is made once for each statement.

Django works out for every query anew which columns make which model and how each is converted, and passes each row
through a constructor that takes any arguments: for a learner's own attempt that cost four times the query itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.query import (
    ModelIterable,
    NamedValuesListIterable,
    ValuesIterable,
    ValuesListIterable,
)
from django.db.models.signals import post_init, pre_init
from django.db.models.utils import create_namedtuple_class

Row = Sequence[Any]
Converters = tuple[tuple[int, tuple[Callable[..., Any], ...], Any], ...]
Read = Callable[[Sequence[Row], Any], list[Any]]
Attach = Callable[[Any, Any], None]


class NotReadable(TypeError):
    """A query gives rows of a form that no plan is made for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of one statement are read: `read` is given them and the connection they came by."""

    read: Read

    def rows(self, found: Sequence[Row], connection: Any) -> list[Any]:
        """What the queryset would have given for these rows of its columns."""
        return self.read(found, connection)


def plan_of(queryset: Any, compiler: Any) -> Plan:
    """The plan for the rows of the queryset, whose `compiler` has made its statement.

    Models with select_related and annotations, values() and values_list() with or without names; raises NotReadable
    for anything else, such as prefetch_related().
    """
    columns = [column for column, *_ in compiler.select[: compiler.col_count]]
    if queryset._prefetch_related_lookups or compiler.has_composite_fields(columns):  # noqa: SLF001 -- as list() does
        raise NotReadable("A prepared query neither prefetches nor selects composite keys.")
    converters = tuple(
        (place, tuple(found), expression) for place, (found, expression) in compiler.get_converters(columns).items()
    )
    return Plan(_reading(queryset, compiler, converters))


def _reading(queryset: Any, compiler: Any, converters: Converters) -> Read:
    kind = queryset._iterable_class  # noqa: SLF001 -- what a list() of it would be made by
    if kind is ModelIterable:
        return _models(queryset, compiler, converters)
    made = _values(queryset, kind)
    return lambda rows, connection: [made(_converted(list(row), converters, connection)) for row in rows]


def _values(queryset: Any, kind: Any) -> Callable[[Row], Any]:
    query = queryset.query
    names: Any = query.selected or (*query.extra_select, *query.values_select, *query.annotation_select)
    if kind is ValuesIterable:
        return lambda row: dict(zip(names, row, strict=True))
    if kind is ValuesListIterable:
        return tuple
    if kind is NamedValuesListIterable:
        return partial(tuple.__new__, create_namedtuple_class(*(queryset._fields or names)))
    raise NotReadable(f"A prepared query does not give rows as {kind.__name__} does.")


def _converted(row: list[Any], converters: Converters, connection: Any) -> list[Any]:
    """The row as Python has it, changed in place."""
    for place, steps, expression in converters:
        for convert in steps:
            row[place] = convert(row[place], expression, connection)
    return row


@dataclass(frozen=True, slots=True)
class _Source:
    """Where one list of rows comes from, and what was `shared` by them so far: a model for its place and keys."""

    db: str
    connection: Any
    shared: dict[Any, Any]


@dataclass(frozen=True, slots=True)
class _Part:
    """One model of a row: its columns, and the models that hang on it.

    `key` is the place of its primary key; `keys` are those of it and of all below it, which tell it from other ones.
    """

    model: type[Model]
    is_plain: bool
    names: tuple[str, ...]
    columns: slice
    converters: Converters
    key: int
    keys: tuple[int, ...]
    parts: tuple[_Part, ...]
    attach: Attach
    attach_back: Attach

    def made(self, row: Row, source: _Source) -> Any:
        """The model of this row with all that hangs on it; what is shared already is not made again."""
        values = _converted(list(row[self.columns]), self.converters, source.connection)
        instance = self._alone(values, source.db)
        for part in self.parts:
            part.hang(instance, row, source)
        return instance

    def hang(self, owner: Any, row: Row, source: _Source) -> None:
        """The part hangs on its owner, and None does where the row has no such part."""
        if row[self.key] is None:
            self.attach(owner, None)
            return
        same = (self.columns.start, *[row[key] for key in self.keys])
        if same not in source.shared:
            source.shared[same] = self.made(row, source)
        self.attach(owner, source.shared[same])
        self.attach_back(source.shared[same], owner)

    def _alone(self, values: Sequence[Any], db: str) -> Any:
        if not self.is_plain:
            return self.model.from_db(db, self.names, values)
        instance = self.model.__new__(self.model)
        state = ModelState()
        state.adding, state.db = False, db
        instance.__dict__.update(zip(self.names, values, strict=True), _state=state)
        return instance


def _models(queryset: Any, compiler: Any, converters: Converters) -> Read:
    """Reads models. What hangs on several rows, as an attempt does on ten responses, is one object for all of them."""
    root, db = _part(compiler.klass_info, compiler.select, converters), queryset.db
    annotations = tuple(
        (name, slice(place, place + 1), _within(slice(place, place + 1), converters))
        for name, place in (compiler.annotation_col_map or {}).items()
    )

    def read(rows: Sequence[Row], connection: Any) -> list[Any]:
        source = _Source(db, connection, {})
        instances = [root.made(row, source) for row in rows]
        for name, column, own in annotations:
            for instance, row in zip(instances, rows, strict=True):
                setattr(instance, name, _converted(list(row[column]), own, connection)[0])
        return instances

    return read


def _within(columns: slice, converters: Converters) -> Converters:
    """The converters of these columns, by their places among them."""
    return tuple(
        (place - columns.start, steps, expression)
        for place, steps, expression in converters
        if columns.start <= place < columns.stop
    )


def _part(info: Any, select: Sequence[Any], converters: Converters) -> _Part:
    """The part that Django's `klass_info` describes."""
    if info.get("from_parent"):
        raise NotReadable("A prepared query does not select what inherits from a model that has a table.")
    model, places = info["model"], info["select_fields"]
    names = tuple(select[place][0].target.attname for place in places)
    parts = tuple(_part(below, select, converters) for below in info.get("related_klass_infos", ()))
    key = places[names.index(model._meta.pk.attname)]  # noqa: SLF001 -- Django documents _meta as public
    columns = slice(places[0], places[-1] + 1)
    return _Part(
        model=model,
        is_plain=_is_plain(model),
        names=names,
        columns=columns,
        converters=_within(columns, converters),
        key=key,
        keys=(key, *(below for part in parts for below in part.keys)),
        parts=parts,
        attach=info.get("local_setter", _nothing),
        attach_back=info.get("remote_setter", _nothing),
    )


def _is_plain(model: type[Model]) -> bool:
    """Whether the model leaves it to Django to make its instances, so that filling in the columns is all there is."""
    listened_to = any(signal.has_listeners(model) for signal in (pre_init, post_init))
    from_db: Any = model.from_db
    return model.__init__ is Model.__init__ and from_db.__func__ is _FROM_DB.__func__ and not listened_to


_FROM_DB: Any = Model.from_db


def _nothing(_owner: Any, _part: Any) -> None: ...
