"""The file of a backup: a ZIP archive with the rows of each table as lines of JSON, and a manifest that counts them.

It appears whole or not at all: it is written beside its place, brought to the disk, and then put there.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from config.backups.errors import BackupDamaged, NotABackup

FORMAT = 1
MANIFEST = "manifest.json"
LONGEST_MANIFEST = 5_000_000
"""Bytes."""
# What a changed byte can make of an archive: unpacked badly, packed by a method that is not known, or encrypted.
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True)
class Contents:
    """What one table has in the file."""

    rows: int
    sha256: str
    columns: list[str]


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: when and on which database it was made, with which migrations, and what it has."""

    made_at: str
    vendor: str
    migrations: list[list[str]]
    tables: dict[str, Contents] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def rows(self) -> int:
        """All rows of all tables."""
        return sum(contents.rows for contents in self.tables.values())


class Writer:
    """Takes the tables one after the other, and the manifest at the end."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.tables: dict[str, Contents] = {}

    def add(self, table: str, *, columns: list[str], lines: Iterator[bytes]) -> None:
        """The table with these lines, each ended by a line break, is in the file."""
        digest, rows = hashlib.sha256(), 0
        with self._archive.open(_member(table), "w", force_zip64=True) as member:
            for line in lines:
                member.write(line)
                digest.update(line)
                rows += 1
        self.tables[table] = Contents(rows, digest.hexdigest(), columns)

    def close(self, manifest: Manifest) -> None:
        """The file says what it holds."""
        self._archive.writestr(MANIFEST, json.dumps(asdict(manifest)))


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """A writer, whose file is at `path` once the block has ended well; else whatever was there still is.

    Only its owner may read it: it holds everything. Raises OSError when there is no room.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        _keep_name(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """The new name is on the disk too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Reader:
    """An open backup with its manifest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.manifest = _manifest(archive)

    def lines(self, table: str) -> Iterator[bytes]:
        """The table's lines, each with its line break. Raises BackupDamaged at its end when it is not as it was."""
        wanted = self.manifest.tables[table]
        digest, rows = hashlib.sha256(), 0
        try:
            with self._member(table) as member:
                for line in member:
                    digest.update(line)
                    rows += 1
                    yield line
        except UNREADABLE as error:
            raise BackupDamaged(f"The table {table} cannot be read from the backup: {error}.") from error
        if (rows, digest.hexdigest()) != (wanted.rows, wanted.sha256):
            raise BackupDamaged(f"The table {table} is not what the backup's manifest says of it.")

    def check(self) -> None:
        """Every table was read and is as it was when the backup was made; else BackupDamaged is raised."""
        for table in self.manifest.tables:
            for _ in self.lines(table):
                pass

    def _member(self, table: str) -> IO[bytes]:
        return self._archive.open(_member(table))


@contextmanager
def opened(path: Path) -> Iterator[Reader]:
    """The backup at `path`. Raises NotABackup for what is none, or is of a later format."""
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE as error:
        raise NotABackup(f"{path} is no backup of Postil, or not a whole one: {error}.") from error
    with archive:
        yield Reader(archive)


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        if archive.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
            raise NotABackup("The backup's manifest is longer than any that Postil writes.")
        told: dict[str, Any] = json.loads(archive.read(MANIFEST))
        tables = {name: Contents(**contents) for name, contents in told.pop("tables").items()}
        manifest = Manifest(**told, tables=tables)
    except (*UNREADABLE, TypeError, AttributeError) as error:
        raise NotABackup("The file is no backup of Postil: it has no manifest that can be read.") from error
    if manifest.format != FORMAT:
        raise NotABackup(f"The backup is of format {manifest.format}; this version of Postil reads format {FORMAT}.")
    return manifest


def _member(table: str) -> str:
    return f"tables/{table}.jsonl"
