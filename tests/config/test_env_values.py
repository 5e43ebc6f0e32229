"""Every kind of value that the environment may hold: what it is read as, and the sentence that refuses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from config.env import FALSE, TRUE, Env, is_url

# An environment holds no NUL; surrogates stand for bytes that are no text.
values = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


def sentence(env: Env) -> str:
    (problem,) = env.problems
    return problem


@pytest.mark.parametrize("word", sorted(TRUE))
@pytest.mark.parametrize("form", [str.lower, str.upper, str.title, " {} ".format])
def test_words_for_yes(word: str, form: type[str]) -> None:
    assert Env({"X": form(word)}).bool("X") is True


@pytest.mark.parametrize("word", sorted(FALSE))
@pytest.mark.parametrize("form", [str.lower, str.upper, str.title, " {} ".format])
def test_words_for_no(word: str, form: type[str]) -> None:
    assert Env({"X": form(word)}).bool("X", default=True) is False


@pytest.mark.parametrize("word", ["2", "-1", "y", "n", "t", "f", "ja", "True!", "yes no", "０", "None", "null"])
@pytest.mark.parametrize("default", [True, False])
def test_any_other_word_is_refused_and_the_default_stands(word: str, default: bool) -> None:
    env = Env({"X": word})
    assert env.bool("X", default=default) is default
    assert sentence(env) == f"X {word!r} is not true or false."


@given(st.integers(-50, 150))
def test_a_whole_number_is_read_within_its_bounds_and_refused_outside(number: int) -> None:
    env = Env({"X": str(number)})
    is_within = 0 <= number <= 100
    assert env.int("X", 7, low=0, high=100) == (number if is_within else 7)
    assert env.problems == ([] if is_within else [f"X '{number}' is not a whole number from 0 to 100."])


@pytest.mark.parametrize("value", ["0", "00", "007", "100"])
def test_zeros_in_front_change_nothing(value: str) -> None:
    env = Env({"X": value})
    assert (env.int("X", 7, low=0, high=100), env.problems) == (int(value), [])


@pytest.mark.parametrize(
    "value", ["1.0", "1e1", "+1", "0x10", "1_0", "1 0", "١٢", "²", "one", "NaN", "-0", "9" * 30, "9" * 5000]
)
def test_what_is_no_plain_whole_number_is_refused(value: str) -> None:
    env = Env({"X": value})
    assert env.int("X", 7, low=0, high=100) == 7
    assert sentence(env) == f"X {value!r} is not a whole number from 0 to 100."


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("a", ["a"]),
        ("a,b", ["a", "b"]),
        (" a ,  b ", ["a", "b"]),
        (",a,,b,", ["a", "b"]),
        ("a b,c", ["a b", "c"]),
        (",", []),
        (" , ,", []),
        ("a;b", ["a;b"]),
        ("[::1],10.0.0.0/8", ["[::1]", "10.0.0.0/8"]),
    ],
)
def test_words_stand_between_commas(value: str, words: list[str]) -> None:
    assert Env({"X": value}).words("X", ["default"]) == words


@given(st.lists(st.text("ab.*:/-", min_size=1, max_size=6), min_size=1, max_size=5))
def test_words_joined_by_commas_are_read_as_they_were(words: list[str]) -> None:
    assert Env({"X": " , ".join(words)}).words("X") == words


def test_the_default_of_words_is_a_list_of_its_own() -> None:
    default = ["a"]
    read = Env({}).words("X", default)
    read.append("b")
    assert default == ["a"]


@pytest.mark.parametrize(
    ("value", "read"), [("open", "open"), ("Open", "closed"), ("opened", "closed"), ("", "closed")]
)
def test_a_choice_is_read_to_the_letter(value: str, read: str) -> None:
    assert Env({"X": value}).text("X", "closed", choices=("open", "closed")) == read


def test_a_few_choices_are_named_and_many_are_not() -> None:
    few, many = Env({"X": "z"}), Env({"X": "z"})
    few.text("X", choices=("a", "b"))
    many.text("X", choices=[f"zone{number}" for number in range(10)])
    assert sentence(few) == "X 'z' is not one of a, b."
    assert sentence(many) == "X 'z' is not a name that is known."


@given(values)
def test_a_text_is_read_without_the_space_around_it(value: str) -> None:
    assert Env({"X": value}).text("X", "default") == (value.strip() or "default")


@pytest.mark.parametrize(
    ("value", "periods"),
    [
        ("lease=60", {"lease": 60.0}),
        ("lease=60,pause=0.5", {"lease": 60.0, "pause": 0.5}),
        (" lease = 60 , pause = .5 ", {"lease": 60.0, "pause": 0.5}),
        ("lease=1,lease=2", {"lease": 2.0}),
        ("lease=0", {"lease": 0.0}),
        ("", {}),
        (",", {}),
    ],
)
def test_periods_are_names_with_seconds(value: str, periods: dict[str, float]) -> None:
    env = Env({"X": value})
    assert (env.seconds("X", keys=("lease", "pause")), env.problems) == (periods, [])


@pytest.mark.parametrize(
    "word",
    [
        "lease",
        "=1",
        "lease=",
        "lease=x",
        "lease=-1",
        "lease=+1",
        "lease=1e3",
        "lease=1.2.3",
        "lease=.",
        "rent=1",
        "lease=١",
        "LEASE=1",
    ],
)
def test_a_wrong_period_is_refused_and_the_right_ones_beside_it_are_read(word: str) -> None:
    env = Env({"X": f"pause=2,{word}"})
    assert env.seconds("X", keys=("lease", "pause")) == {"pause": 2.0}
    assert sentence(env) == f"X {word!r} is not name=seconds with a name among lease, pause."


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        ("redis://127.0.0.1:6379/0", True),
        ("redis://:secret@[::1]:6379/0", True),
        ("redis:", True),
        ("REDIS://host", True),
        ("rediss://host", False),
        ("redis", False),
        ("//host", False),
        ("redis://host:port", False),
        ("redis://host:70000", False),
        ("redis://host:-1", False),
        ("redis://[::1", False),
        ("", False),
    ],
)
def test_an_address_is_known_by_its_scheme_and_by_a_port_that_is_one(value: str, is_one: bool) -> None:
    assert is_url(value, schemes=("redis",)) is is_one


@pytest.mark.parametrize("value", ["postgres://me:hunter2@db:port/x", "mysql://me:hunter2@db/x", "hunter2"])
def test_an_address_that_may_hold_a_password_is_refused_without_repeating_it(value: str) -> None:
    env = Env({"X": value})
    assert env.url("X", "sqlite:", schemes=("postgres", "sqlite")) == "sqlite:"
    assert sentence(env) == "X is not an address that starts with postgres: or sqlite:."


@pytest.mark.parametrize("written", ["/var/lib/postil", "relative/folder", "./here", "a b", "~/postil"])
def test_a_path_is_absolute_whatever_was_written(written: str) -> None:
    env = Env({"X": written})
    found = env.path("X", Path("/default"))
    assert found.is_absolute()
    assert (found.name, env.problems) == (Path(written).name, [])


def test_a_path_below_the_home_of_nobody_is_refused() -> None:
    env = Env({"X": "~nobody-of-this-name/postil"})
    assert env.path("X", Path("/default")) == Path("/default")
    assert sentence(env) == "X '~nobody-of-this-name/postil' is not a folder that can be found."


@pytest.mark.parametrize(
    ("content", "secret"),
    [
        ("key", "key"),
        ("key\n", "key"),
        ("  key  \n", "key"),
        ("key\nnote\n", "key"),
        ("\nkey\n", "key"),
        ("k e y", "k e y"),
        ("", ""),
        ("\n\n", ""),
        ("ключ\n", "ключ"),
    ],
)
def test_a_secret_is_the_first_line_of_its_file(tmp_path: Path, content: str, secret: str) -> None:
    (tmp_path / "key").write_text(content, encoding="utf-8")
    env = Env({"X_FILE": str(tmp_path / "key")})
    assert (env.secret("X"), env.problems) == (secret, [])


@pytest.mark.parametrize("kind", ["missing", "folder", "not text"])
def test_a_secret_whose_file_cannot_be_read_is_refused_without_its_content(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "key"
    if kind == "folder":
        path.mkdir()
    elif kind == "not text":
        path.write_bytes(b"hunter2\xff")
    env = Env({"X_FILE": str(path)})
    assert env.secret("X") == ""
    assert sentence(env).startswith("X_FILE cannot be read: ")
    assert "hunter2" not in sentence(env)


@pytest.mark.parametrize(
    ("source", "names", "unknown"),
    [
        ({}, [], []),
        ({"OTHER": "x"}, [], []),
        ({"POSTIL_A": "x"}, ["POSTIL_A"], []),
        ({"POSTIL_A": "x"}, [], ["POSTIL_A"]),
        ({"POSTIL_A": ""}, [], ["POSTIL_A"]),
        ({"POSTIL_B": "x", "POSTIL_A": "x"}, [], ["POSTIL_A", "POSTIL_B"]),
        ({"postil_a": "x"}, [], []),
    ],
)
def test_a_name_with_our_prefix_that_nobody_asked_for_stops_the_start(
    source: dict[str, str], names: list[str], unknown: list[str]
) -> None:
    env = Env(source)
    for name in names:
        env.text(name)
    if unknown:
        with pytest.raises(ImproperlyConfigured) as stopped:
            env.close()
        assert str(stopped.value).splitlines()[1:] == [f"  {name} is not a setting of Postil." for name in unknown]
    else:
        env.close()


def test_every_name_that_was_asked_for_is_remembered() -> None:
    env = Env({})
    env.text("A")
    env.bool("B")
    env.int("C", 1, low=0, high=2)
    env.words("D")
    env.seconds("E", keys=())
    env.url("F", schemes=())
    env.path("G", Path())
    env.secret("H")
    env.secret_url("I", schemes=())
    assert env.names == {"A", "B", "C", "D", "E", "F", "G", "H", "H_FILE", "I", "I_FILE"}
