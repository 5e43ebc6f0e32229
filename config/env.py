"""Settings from the environment: typed, declared once, and refused as a whole when anything is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
MOST_DIGITS = 12
"""No bound is longer; Python refuses to read thousands of digits."""


class Env:
    """A reader over environment variables that remembers which names exist and what was wrong with their values.

    An unset or empty variable means its default. A malformed value is kept as a problem and read as the default, so
    that `close` can name every problem at once.
    """

    def __init__(self, source: Mapping[str, str], *, prefix: str = "POSTIL_") -> None:
        self.source = source
        self.prefix = prefix
        self.names: set[str] = set()
        self.problems: list[str] = []

    def text(self, name: str, default: str = "", *, choices: Sequence[str] = ()) -> str:
        value = self._raw(name)
        if value is None:
            return default
        if choices and value not in choices:
            self.refuse(name, value, f"one of {', '.join(choices)}" if len(choices) < 10 else "a name that is known")
            return default
        return value

    def bool(self, name: str, default: bool = False) -> bool:
        value = self._raw(name)
        if value is None:
            return default
        if value.lower() not in TRUE | FALSE:
            self.refuse(name, value, "true or false")
            return default
        return value.lower() in TRUE

    def int(self, name: str, default: int, *, low: int, high: int) -> int:
        value = self._raw(name)
        if value is None:
            return default
        if not (value.isascii() and value.isdecimal() and len(value) <= MOST_DIGITS and low <= int(value) <= high):
            self.refuse(name, value, f"a whole number from {low} to {high}")
            return default
        return int(value)

    def words(self, name: str, default: Sequence[str] = ()) -> list[str]:
        """The comma-separated parts of the value, without surrounding space and without empty ones."""
        value = self._raw(name)
        return list(default) if value is None else [word.strip() for word in value.split(",") if word.strip()]

    def seconds(self, name: str, *, keys: Sequence[str]) -> dict[str, float]:
        """Periods by name, from `name=seconds` parts such as "lease=60, hint_age=30"."""
        chosen: dict[str, float] = {}
        for word in self.words(name):
            key, _, value = (part.strip() for part in word.partition("="))
            if key in keys and value.replace(".", "", 1).isdecimal() and value.isascii():
                chosen[key] = float(value)
            else:
                self.refuse(name, word, f"name=seconds with a name among {', '.join(keys)}")
        return chosen

    def url(self, name: str, default: str = "", *, schemes: Sequence[str]) -> str:
        value = self._raw(name)
        if value is None:
            return default
        if not is_url(value, schemes=schemes):
            self.refuse(name, None, starting_with(schemes))
            return default
        return value

    def secret_url(self, name: str, default: str = "", *, schemes: Sequence[str]) -> str:
        """As `url`, for an address with a password in it, which may come from a file like any other secret."""
        value = self.secret(name)
        if value and not is_url(value, schemes=schemes):
            self.refuse(name, None, starting_with(schemes))
            return default
        return value or default

    def path(self, name: str, default: Path) -> Path:
        value = self._raw(name)
        try:
            return default if value is None else Path(value).expanduser().absolute()
        except RuntimeError:
            self.refuse(name, value, "a folder that can be found")
            return default

    def folder(self, name: str, default: Path, *inside: str) -> Path:
        """As `path`, of a folder that is there afterwards with those `inside`.

        Raises ImproperlyConfigured at once where there can be none: what follows would be kept there.
        """
        path = self.path(name, default)
        try:
            for each in inside:
                (path / each).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name} {str(path)!r} cannot be a folder to write in: {error.strerror}."
            ) from None
        return path

    def secret(self, name: str) -> str:
        """The value of `name`, or the first line of the file that `name`_FILE points at; "" when neither is set."""
        value, file = self._raw(name), self._raw(f"{name}_FILE")
        if value is not None and file is not None:
            self.problems.append(f"{name} and {name}_FILE are both set: keep one.")
        if value is not None or file is None:
            return value or ""
        try:
            return Path(file).read_text(encoding="utf-8").strip().partition("\n")[0].rstrip()
        except (OSError, UnicodeDecodeError) as error:
            self.problems.append(f"{name}_FILE cannot be read: {error}.")
            return ""

    def refuse(self, name: str, value: str | None, wanted: str) -> None:
        """Keep a problem for `close`. A value that may hold a password is passed as None and not repeated."""
        shown = "" if value is None else f" {value!r}"
        self.problems.append(f"{name}{shown} is not {wanted}.")

    def close(self) -> None:
        """Stop the start when a value was malformed or a prefixed name is not known, naming every one."""
        unknown = sorted(name for name in self.source if name.startswith(self.prefix) and name not in self.names)
        problems = self.problems + [f"{name} is not a setting of Postil." for name in unknown]
        if problems:
            raise ImproperlyConfigured("The environment cannot be used as it is:\n  " + "\n  ".join(problems))

    def _raw(self, name: str) -> str | None:
        self.names.add(name)
        return self.source.get(name, "").strip() or None


def starting_with(schemes: Sequence[str]) -> str:
    return f"an address that starts with {' or '.join(scheme + ':' for scheme in schemes)}"


def is_url(value: str, *, schemes: Sequence[str]) -> bool:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 -- reading the port is what checks it
    except ValueError:
        return False
    return parts.scheme in schemes
