from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from config.env import FALSE, TRUE, Env


def test_an_unset_or_empty_variable_means_its_default() -> None:
    env = Env({"POSTIL_EMPTY": "  "})
    assert env.text("POSTIL_EMPTY", "calm") == "calm"
    assert env.bool("POSTIL_DEBUG", default=True) is True
    assert env.int("PORT", 8000, low=0, high=65535) == 8000
    assert env.words("POSTIL_ALLOWED_HOSTS", ["localhost"]) == ["localhost"]
    assert env.path("DATA_DIR", Path("/var/lib/postil")) == Path("/var/lib/postil")
    assert env.secret("SECRET_KEY") == ""
    env.close()


@given(st.sampled_from(sorted(TRUE | FALSE)))
def test_a_truth_value_is_read_in_any_case(word: str) -> None:
    assert Env({"POSTIL_DEBUG": word.upper()}).bool("POSTIL_DEBUG") is (word in TRUE)


@pytest.mark.parametrize("value", ["-1", "65536", "8000.0", "1e3", "٣", "eighty"])
def test_a_number_out_of_range_or_not_a_number_stops_the_start(value: str) -> None:
    env = Env({"PORT": value})
    assert env.int("PORT", 8000, low=0, high=65535) == 8000
    with pytest.raises(ImproperlyConfigured, match=r"PORT .* is not a whole number from 0 to 65535"):
        env.close()


def test_every_problem_is_named_at_once() -> None:
    env = Env({"POSTIL_DEBUG": "maybe", "POSTIL_SIGNUP": "all", "POSTIL_SINGUP": "open", "OTHER": "x"})
    env.bool("POSTIL_DEBUG")
    env.text("POSTIL_SIGNUP", "open", choices=("open", "closed"))
    with pytest.raises(ImproperlyConfigured) as caught:
        env.close()
    assert str(caught.value).splitlines()[1:] == [
        "  POSTIL_DEBUG 'maybe' is not true or false.",
        "  POSTIL_SIGNUP 'all' is not one of open, closed.",
        "  POSTIL_SINGUP is not a setting of Postil.",
    ]


@pytest.mark.parametrize("value", ["redis.example.org:6379", "http://example.org", "redis://host:port/0"])
def test_an_address_of_another_kind_is_refused_without_repeating_it(value: str) -> None:
    env = Env({"REDIS_URL": value})
    assert env.url("REDIS_URL", schemes=("redis", "unix")) == ""
    assert env.problems == ["REDIS_URL is not an address that starts with redis: or unix:."]


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from the file\n")
    assert Env({"SECRET_KEY_FILE": str(file)}).secret("SECRET_KEY") == "from the file"


def test_an_address_with_a_password_can_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "database-url"
    file.write_text("postgres://postil:hunter2@db/postil\n")
    env = Env({"DATABASE_URL_FILE": str(file)})
    assert env.secret_url("DATABASE_URL", schemes=("postgres",)) == "postgres://postil:hunter2@db/postil"
    env.close()


def test_an_address_of_another_kind_in_a_file_is_refused_without_repeating_it(tmp_path: Path) -> None:
    file = tmp_path / "database-url"
    file.write_text("mysql://postil:hunter2@db/postil")
    env = Env({"DATABASE_URL_FILE": str(file)})
    assert env.secret_url("DATABASE_URL", "sqlite:///", schemes=("postgres",)) == "sqlite:///"
    assert env.problems == ["DATABASE_URL is not an address that starts with postgres:."]


def test_an_address_with_a_password_that_nobody_gives_is_its_default() -> None:
    assert Env({"DATABASE_URL": " "}).secret_url("DATABASE_URL", "sqlite:///", schemes=("sqlite",)) == "sqlite:///"


def test_a_secret_given_twice_or_from_a_missing_file_stops_the_start(tmp_path: Path) -> None:
    twice = Env({"SECRET_KEY": "a", "SECRET_KEY_FILE": "/dev/null"})
    twice.secret("SECRET_KEY")
    assert twice.problems == ["SECRET_KEY and SECRET_KEY_FILE are both set: keep one."]
    missing = Env({"SECRET_KEY_FILE": str(tmp_path / "absent")})
    assert missing.secret("SECRET_KEY") == ""
    assert missing.problems[0].startswith("SECRET_KEY_FILE cannot be read: ")


def test_words_are_split_at_commas_and_trimmed() -> None:
    assert Env({"POSTIL_ALLOWED_HOSTS": " a.org , ,b.org"}).words("POSTIL_ALLOWED_HOSTS") == ["a.org", "b.org"]


def test_periods_are_read_by_name() -> None:
    env = Env({"POSTIL_JOB_SCHEDULE": "lease=8, hint_age = 0.5"})
    assert env.seconds("POSTIL_JOB_SCHEDULE", keys=("lease", "hint_age")) == {"lease": 8.0, "hint_age": 0.5}
    env.close()


@pytest.mark.parametrize("word", ["lease", "lease=", "lease=-1", "lease=1e3", "lease=1.2.3", "rent=5", "=5"])
def test_a_period_without_a_known_name_or_a_number_stops_the_start(word: str) -> None:
    env = Env({"POSTIL_JOB_SCHEDULE": word})
    assert env.seconds("POSTIL_JOB_SCHEDULE", keys=("lease", "hint_age")) == {}
    assert env.problems == [f"POSTIL_JOB_SCHEDULE {word!r} is not name=seconds with a name among lease, hint_age."]


def test_a_folder_is_there_afterwards_with_those_inside(tmp_path: Path) -> None:
    env = Env({"DATA_DIR": str(tmp_path / "new")})
    assert env.folder("DATA_DIR", tmp_path, "static", "files") == tmp_path / "new"
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["files", "static"]


def test_what_can_be_no_folder_stops_the_start_at_once(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    env = Env({"DATA_DIR": str(tmp_path / "file")})
    with pytest.raises(ImproperlyConfigured) as caught:
        env.folder("DATA_DIR", tmp_path, "static")
    assert str(caught.value) == f"DATA_DIR '{tmp_path}/file' cannot be a folder to write in: Not a directory."
