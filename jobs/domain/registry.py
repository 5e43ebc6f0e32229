"""The kinds of work and the sweeps that upper apps bring along; registered from `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from jobs.domain.errors import DuplicateKind, UnknownKind
from jobs.domain.schedule import schedule

if TYPE_CHECKING:
    from jobs.domain.claim import ClaimedJob
    from jobs.models import Job

T = TypeVar("T")
Sweep = Callable[[], object]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of work and what surrounds it."""

    name: str
    work: Callable[[ClaimedJob], Any]
    record: Callable[[ClaimedJob, Any], dict[str, Any] | None]
    on_give_up: Callable[[Job, str], None]
    lease_seconds: float
    max_tries: int
    is_urgent: bool = False

    @property
    def lease(self) -> float:
        """Seconds that a claim is valid before anyone else may take the job."""
        return schedule().lease or self.lease_seconds


_kinds: dict[str, Kind] = {}
_sweeps: list[Sweep] = []
kinds: Mapping[str, Kind] = MappingProxyType(_kinds)


def register(
    kind: str,
    *,
    work: Callable[[ClaimedJob], T],
    record: Callable[[ClaimedJob, T], dict[str, Any] | None],
    on_give_up: Callable[[Job, str], None],
    lease_seconds: float = 60,
    max_tries: int = 4,
    is_urgent: bool = False,
) -> None:
    """Jobs of `kind` can be enqueued and run in this process.

    `work` runs with no transaction held and may be repeated; it raises `JobFailed` when trying again cannot help.
    `record` runs inside the finishing transaction, after the compare-and-set, so at most once per job; what it
    returns is kept as the job's result. `on_give_up(job, error)` runs inside the transaction that fails or
    quarantines. `lease_seconds` should be twice the 99th percentile of `work`; it is renewed while `work` runs.
    Somebody waits for a kind that `is_urgent`: long work that gives way does it first.
    Raises `DuplicateKind` when the name is taken by other work.
    """
    made = Kind(
        name=kind,
        work=work,
        record=record,
        on_give_up=on_give_up,
        lease_seconds=lease_seconds,
        max_tries=max_tries,
        is_urgent=is_urgent,
    )
    if _kinds.setdefault(kind, made) != made:
        raise DuplicateKind(f"The kind {kind!r} is registered already, with other work.")


def forget(kind: str) -> None:
    """`kind` is not registered any more. For tests, and for an app that is switched off."""
    _kinds.pop(kind, None)


def kind_of(name: str) -> Kind:
    """The kind of that name. Raises `UnknownKind`."""
    try:
        return _kinds[name]
    except KeyError:
        known = ", ".join(sorted(_kinds)) or "none"
        raise UnknownKind(f"No app registered the kind {name!r}. Registered are: {known}.") from None


def register_sweep(fn: Sweep) -> None:
    """Each pass of the sweeper calls `fn`, which is cheap when nothing is due and safe to run twice at once."""
    if fn not in _sweeps:
        _sweeps.append(fn)


def forget_sweep(fn: Sweep) -> None:
    """`fn` is not called by the sweeper any more."""
    if fn in _sweeps:
        _sweeps.remove(fn)


def registered_sweeps() -> tuple[Sweep, ...]:
    """The sweeps in the order in which they were registered."""
    return tuple(_sweeps)
