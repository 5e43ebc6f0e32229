"""The file of a backup is whole or it is refused, and a new one takes an old one's place at once or never."""

from __future__ import annotations

import json
import resource
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.backups.archive import FORMAT, LONGEST_MANIFEST, MANIFEST, Manifest, opened, written
from config.backups.errors import BackupDamaged, BackupError, NotABackup

LINES = [b'[1, "a wall"]\n', b'[2, "a lake"]\n']
MADE = Manifest(made_at="2026-11-27T08:00:00+00:00", vendor="sqlite", migrations=[["jobs", "0001_jobs"]])


def write(path: Path, lines: list[bytes] = LINES) -> None:
    with written(path) as writer:
        writer.add("jobs_job", columns=["id", "kind"], lines=iter(lines))
        writer.close(replace(MADE, tables=writer.tables))


def read(path: Path) -> list[bytes]:
    with opened(path) as reader:
        return list(reader.lines("jobs_job"))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "postil.backup"
    write(path)
    return path


def test_what_was_written_is_read(kept: Path) -> None:
    with opened(kept) as reader:
        reader.check()
        assert list(reader.lines("jobs_job")) == LINES
        assert replace(reader.manifest, tables={}) == MADE
        assert (reader.manifest.rows, reader.manifest.tables["jobs_job"].columns) == (2, ["id", "kind"])


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"))))
def test_whatever_lines_there_are_come_back(tmp_path_factory: pytest.TempPathFactory, words: list[str]) -> None:
    path = tmp_path_factory.mktemp("backups") / "b"
    lines = [json.dumps([word]).encode() + b"\n" for word in words]
    write(path, lines)
    assert read(path) == lines


def test_only_its_owner_may_read_it(kept: Path) -> None:
    assert kept.stat().st_mode & 0o077 == 0


def test_nothing_else_is_left_beside_it(kept: Path) -> None:
    write(kept)
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


class Interrupted(Exception):
    """What stops a backup in its midst."""


def broken_off() -> Iterator[bytes]:
    yield LINES[0]
    raise Interrupted


def test_a_backup_that_breaks_off_leaves_the_old_one(kept: Path) -> None:
    before = kept.read_bytes()
    with pytest.raises(Interrupted), written(kept) as writer:
        writer.add("jobs_job", columns=["id", "kind"], lines=broken_off())
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


@pytest.fixture
def little_room() -> Iterator[int]:
    """No file of this process may become longer than these bytes: what a full disk says, one process alone is told."""
    most, before = 4_096, resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    yield most
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_the_old_one(kept: Path, little_room: int) -> None:
    before = kept.read_bytes()
    # Nothing that could be made smaller.
    noise = [json.dumps([number * 7919 % 104_729, hash(str(number))]).encode() + b"\n" for number in range(little_room)]
    with pytest.raises(OSError, match="File too large"):
        write(kept, noise)
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_every_damaged_byte_is_found_or_harmless(kept: Path) -> None:
    whole = kept.read_bytes()
    refused = 0
    for place in range(len(whole)):
        kept.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            with opened(kept) as reader:
                reader.check()
                # Times and attributes of the archive's members say nothing of what they hold.
                assert (read(kept), replace(reader.manifest, tables={})) == (LINES, MADE)
        except BackupError:
            refused += 1
    assert refused > len(whole) / 2


@pytest.mark.parametrize("kept_bytes", [0, 1, 100])
def test_a_part_of_a_backup_is_none(kept: Path, kept_bytes: int) -> None:
    kept.write_bytes(kept.read_bytes()[:kept_bytes])
    with pytest.raises(NotABackup, match="is no backup of Postil, or not a whole one"), opened(kept):
        pass


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotABackup, match="No such file"), opened(tmp_path / "nothing"):
        pass


def archive_with(path: Path, manifest: str | None) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tables/jobs_job.jsonl", b"".join(LINES))
        if manifest is not None:
            archive.writestr(MANIFEST, manifest)
    return path


def manifest_with(**fields: Any) -> str:
    contents = {"jobs_job": {"rows": 2, "sha256": "0" * 64, "columns": ["id", "kind"]}}
    return json.dumps({**asdict(MADE), "tables": contents, **fields})


@pytest.mark.parametrize(
    "manifest",
    [
        None,
        "",
        "[]",
        "null",
        "{}",
        "not json",
        "[" * 100_000,
        manifest_with(tables=[]),
        manifest_with(tables={"jobs_job": {}}),
        manifest_with(more=1),
        " " * (LONGEST_MANIFEST + 1),
        manifest_with(format=FORMAT + 1),
    ],
    ids=range(12),
)
def test_a_manifest_that_is_none_is_refused(tmp_path: Path, manifest: str | None) -> None:
    with pytest.raises(NotABackup), opened(archive_with(tmp_path / "b", manifest)):
        pass


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "The table jobs_job is not what the backup's manifest says of it."),
        (
            {"tables": {"jobs_gone": {"rows": 0, "sha256": "", "columns": []}}},
            "The table jobs_gone cannot be read from the backup",
        ),
    ],
)
def test_a_table_that_is_not_as_the_manifest_says_is_damage(tmp_path: Path, fields: dict[str, Any], words: str) -> None:
    with (
        opened(archive_with(tmp_path / "b", manifest_with(**fields))) as reader,
        pytest.raises(BackupDamaged, match=words),
    ):
        reader.check()
