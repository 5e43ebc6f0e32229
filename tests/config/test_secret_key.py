from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.secret_key import kept_secret_key


def test_the_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    key = kept_secret_key(tmp_path / "new")
    assert len(key) > 50
    assert kept_secret_key(tmp_path / "new") == key
    assert [(path.name, path.stat().st_mode & 0o777) for path in (tmp_path / "new").iterdir()] == [
        ("secret-key", 0o600)
    ]


def test_another_folder_has_another_key(tmp_path: Path) -> None:
    assert kept_secret_key(tmp_path / "a") != kept_secret_key(tmp_path / "b")


def test_a_key_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "secret-key").mkdir()
    with pytest.raises(ImproperlyConfigured) as caught:
        kept_secret_key(tmp_path)
    assert str(caught.value) == f"The signing key '{tmp_path}/secret-key' cannot be used: Is a directory."
