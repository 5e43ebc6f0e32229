"""An encoder adds one figure, says what it lacks, and never changes what the guards and the words say."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizzes.grading import GraderFault, GradingRequest, grade
from quizzes.grading.similar import encoder as encoders
from quizzes.grading.similar.asked import asked
from quizzes.grading.similar.encoder import (
    COEFFICIENTS,
    FEATURE,
    FILES,
    IDS,
    INPUTS,
    MASK,
    MODEL,
    MOST_TOKENS,
    TOKENIZER,
    TYPES,
    Encoder,
    EncoderUnavailable,
    digest_of,
    encoder_in,
    encoder_of,
)
from quizzes.grading.similar.features import features
from quizzes.grading.similar.model import as_json, shipped
from quizzes.grading.similarity import all_features, judge
from quizzes.questions.base import Outcome
from tests.quizzes.grading.similar.tiny_encoder import (
    FRAMED,
    PADDED,
    WORDS,
    Graph,
    fitted,
    needs_packages,
    tiny_encoder,
    with_figure,
)

QUESTION = asked("Why did the ferry stay?", ("The wind was strong.", "A gale blew."))
CONTENT = {
    "stem": "Why did the ferry stay?",
    "accepted": ["the weather"],
    "references": ["The wind was strong.", "A gale blew."],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tiny_encoder(tmp_path / "encoder")


def texts() -> st.SearchStrategy[str]:
    """Of a few words, known and unknown ones; each with at least one."""
    words = st.sampled_from(["wind", "gale", "fog", "zebra", "Wind", "é", "?!"])
    return st.lists(words, min_size=1, max_size=12).map(" ".join)


def opened_once(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """The same for all examples of a law: opening a session costs more than reading a text."""
    folder = fitted(tiny_encoder(tmp_path_factory.getbasetemp() / "laws"))
    return encoder_in(str(folder), digest_of(folder))


def fake_files(folder: Path) -> Path:
    folder.mkdir()
    for name in FILES:
        (folder / name).write_text(name, encoding="utf-8")
    return folder


def graded(folder: Path, answer: str, *, digest: str = "", may_decide: bool = True) -> Outcome:
    named = {"folder": str(folder), "digest": digest or digest_of(folder)}
    told = {"automatic_accept": may_decide, "encoder": named}
    return grade(GradingRequest("short_text", CONTENT, answer, settings=told))


def test_without_a_setting_there_is_no_encoder() -> None:
    assert encoder_of({}) is None
    assert encoder_of({"encoder": {}}) is None


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    folder = fake_files(tmp_path / "encoder")
    (folder / name).unlink()
    with pytest.raises(EncoderUnavailable, match=rf"has no file {folder / name}\. Put it there, or unset"):
        encoder_in(str(folder), "0" * 64)


@pytest.mark.parametrize("name", FILES)
def test_the_digest_is_over_every_file(tmp_path: Path, name: str) -> None:
    folder = fake_files(tmp_path / "encoder")
    before = digest_of(folder)
    (folder / name).write_text("another", encoding="utf-8")
    assert (len(before), digest_of(folder) != before) == (64, True)


def test_files_of_another_digest_are_refused_before_they_are_read(tmp_path: Path) -> None:
    folder = fake_files(tmp_path / "encoder")
    with pytest.raises(EncoderUnavailable, match=f"have the digest {digest_of(folder)}, and {'0' * 64} was expected"):
        encoder_in(str(folder), "0" * 64)


@pytest.mark.parametrize("name", ["onnxruntime", "tokenizers"])
def test_a_missing_package_is_named_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def missing(wanted: str) -> Any:
        if wanted == name:
            raise ModuleNotFoundError(f"No module named {wanted}")
        return object()

    monkeypatch.setattr(encoders, "import_module", missing)
    with pytest.raises(EncoderUnavailable, match=f"needs {name}, which is not installed. Install onnxruntime and tok"):
        encoder_in(str(fake_files(tmp_path / "encoder")), digest_of(tmp_path / "encoder"))


@given(answer=st.text(max_size=40), decides=st.booleans())
def test_nothing_is_imported_and_nothing_told_while_no_encoder_is_named(answer: str, decides: bool) -> None:
    def refused(name: str) -> Any:
        raise AssertionError(name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoders, "import_module", refused)
        detail = grade(GradingRequest("short_text", CONTENT, answer, settings={"automatic_accept": decides})).detail
    assert "encoder" not in detail
    assert FEATURE not in detail.get("features", {})


def test_an_encoder_that_cannot_be_used_grades_nothing_and_says_why(tmp_path: Path) -> None:
    folder = fake_files(tmp_path / "encoder")
    with pytest.raises(GraderFault, match="was expected"):
        graded(folder, "a strong wind", digest="0" * 64)


@pytest.mark.parametrize("answer", ["the weather", "the wind was strong", "🙂"])
def test_what_needs_no_model_needs_no_encoder(tmp_path: Path, answer: str) -> None:
    folder = fake_files(tmp_path / "encoder")
    assert graded(folder, answer, digest="0" * 64).fraction is not None


@needs_packages
@pytest.mark.parametrize("name", [MODEL, TOKENIZER])
def test_a_file_that_is_none_of_its_kind_cannot_be_read(folder: Path, name: str) -> None:
    (folder / name).write_text("no model", encoding="utf-8")
    with pytest.raises(EncoderUnavailable, match=f"The encoder in {folder} cannot be read"):
        Encoder(folder)


@needs_packages
def test_coefficients_that_were_never_fitted_are_told_with_the_command(folder: Path) -> None:
    with pytest.raises(EncoderUnavailable, match=f"Fit them: manage.py fit_grader FILE.jsonl --encoder {folder}"):
        Encoder(folder).model  # noqa: B018 -- reading it is what checks it


@needs_packages
@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("no JSON", "no coefficients that can be read"),
        ("[]", "no coefficients that can be read"),
        ("{}", "no coefficients that can be read"),
        (json.dumps(as_json(shipped())), "was fitted without an encoder"),
    ],
)
def test_coefficients_of_something_else_are_refused(folder: Path, kept: str, said: str) -> None:
    (folder / COEFFICIENTS).write_text(kept, encoding="utf-8")
    with pytest.raises(EncoderUnavailable, match=said):
        encoder_in(str(folder), digest_of(folder))


@needs_packages
@pytest.mark.parametrize(
    ("answer", "references", "likeness"),
    [
        ("wind", ["wind"], 1.0),
        ("WIND", ["wind"], 1.0),
        ("wind", ["fog"], 0.0),
        ("wind", ["gale"], 0.8),
        ("wind", ["fog", "gale"], 0.8),
        ("wind fog", ["wind"], 0.5**0.5),
        ("zebra", ["wind"], 0.0),
        ("zebra", ["lion"], 1.0),
        ("", ["wind"], 0.0),
        ("wind", ["", "gale"], 0.8),
        ("wind", [""], 0.0),
        ("wind", [], 0.0),
    ],
)
def test_likeness_is_the_cosine_of_mean_vectors_and_of_the_nearest_reference(
    folder: Path, answer: str, references: list[str], likeness: float
) -> None:
    assert Encoder(folder).likeness(answer, references) == pytest.approx(likeness, abs=1e-6)


@needs_packages
@pytest.mark.parametrize("inputs", [(IDS,), (IDS, MASK), (IDS, TYPES), INPUTS])
@pytest.mark.parametrize("pooled", [False, True])
def test_a_model_is_fed_what_it_takes(tmp_path: Path, inputs: tuple[str, ...], pooled: bool) -> None:
    encoder = Encoder(tiny_encoder(tmp_path / "encoder", Graph(inputs, pooled)))
    assert encoder.likeness("wind fog", ["gale"]) == pytest.approx(1.4 * 0.5**0.5)


@needs_packages
@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        ((IDS, "pixel_values"), "this one takes input_ids, pixel_values"),
        ((*INPUTS, "position_ids"), "this one takes attention_mask, input_ids, position_ids, token_type_ids"),
    ],
)
def test_a_model_that_wants_something_else_is_refused_when_it_is_opened(
    tmp_path: Path, inputs: tuple[str, ...], said: str
) -> None:
    folder = fitted(tiny_encoder(tmp_path / "encoder", Graph(inputs)))
    with pytest.raises(EncoderUnavailable, match=f"is no encoder of sentences, which takes .*; {said}"):
        encoder_in(str(folder), digest_of(folder))


@needs_packages
@pytest.mark.parametrize(
    ("vectors", "said"),
    [
        ([(1.0, 0.0, 0.0)], "cannot read a text. Are model and tokenizer those of one encoder?"),
        ([(nan, 0.0, 0.0)] * len(WORDS), "gives vectors that are no numbers"),
        ([(inf, 0.0, 0.0)] * len(WORDS), "gives vectors that are no numbers"),
    ],
)
def test_a_model_that_fails_on_a_text_grades_nothing_and_says_why(
    tmp_path: Path, vectors: list[tuple[float, float, float]], said: str
) -> None:
    folder = fitted(tiny_encoder(tmp_path / "encoder", Graph(vectors=vectors)))
    with pytest.raises(GraderFault, match=f"The model in {folder} {re.escape(said)}"):
        graded(folder, "it was a gale")


@needs_packages
@pytest.mark.parametrize("saved", [FRAMED, PADDED, {**FRAMED, **PADDED}], ids=["framed", "padded", "both"])
@pytest.mark.parametrize("answer", ["wind", "wind fog gale", "zebra wind"])
def test_padding_is_not_averaged_with_the_words(tmp_path: Path, saved: dict[str, object], answer: str) -> None:
    plain = Encoder(tiny_encoder(tmp_path / "plain")).likeness(answer, ["gale"])
    assert Encoder(tiny_encoder(tmp_path / "saved", saved=saved)).likeness(answer, ["gale"]) == pytest.approx(plain)


@needs_packages
@pytest.mark.parametrize("answer", ["", " ", "\n\t"])
@pytest.mark.parametrize("saved", [{}, FRAMED, {**FRAMED, **PADDED}], ids=["plain", "framed", "both"])
def test_a_text_without_a_word_has_no_vector_whatever_is_set_around_it(
    tmp_path: Path, saved: dict[str, object], answer: str
) -> None:
    encoder = Encoder(tiny_encoder(tmp_path / "encoder", saved=saved))
    assert encoder.vector(answer) is None
    assert encoder.likeness(answer, [answer]) == 0.0


@needs_packages
@given(answer=texts(), other=texts())
def test_likeness_is_symmetric_bounded_and_full_for_the_same_text(
    tmp_path_factory: pytest.TempPathFactory, answer: str, other: str
) -> None:
    encoder = opened_once(tmp_path_factory)
    likeness = encoder.likeness(answer, [other])
    assert likeness == pytest.approx(encoder.likeness(other, [answer]), abs=1e-6)
    assert abs(likeness) <= 1 + 1e-6
    assert encoder.likeness(answer, [other, answer]) == pytest.approx(1.0, abs=1e-6)


@needs_packages
@settings(max_examples=20)  # Each opens a session.
@given(answer=texts())
def test_a_vector_is_the_same_bytes_in_another_session(tmp_path_factory: pytest.TempPathFactory, answer: str) -> None:
    encoder = opened_once(tmp_path_factory)
    assert Encoder(encoder.folder).vector(answer).tobytes() == encoder.vector(answer).tobytes()


@needs_packages
def test_several_threads_get_the_vectors_that_one_gets(folder: Path) -> None:
    encoder = Encoder(folder)
    asked = [" ".join(each) for each in product(WORDS, repeat=3)]
    with ThreadPoolExecutor(max_workers=4) as threads:
        together = list(threads.map(encoder.vector, asked))
    assert [each.tobytes() for each in together] == [encoder.vector(each).tobytes() for each in asked]


@needs_packages
def test_of_a_long_text_the_beginning_is_read(folder: Path) -> None:
    encoder = Encoder(folder)
    assert encoder.likeness("wind " * MOST_TOKENS + "fog " * 100, ["wind"]) == pytest.approx(1.0)
    assert encoder.likeness("wind " * 1_000_000, ["wind"]) == pytest.approx(1.0)


@needs_packages
def test_the_figure_stands_beside_the_words_and_changes_none_of_them(folder: Path) -> None:
    text = QUESTION.read("it was the gale")
    found = all_features(QUESTION, text, Encoder(folder))
    assert list(found) == [*features(QUESTION, text), FEATURE]
    assert {name: found[name] for name in features(QUESTION, text)} == features(QUESTION, text)
    assert all_features(QUESTION, text, None) == features(QUESTION, text)


@needs_packages
@pytest.mark.parametrize(("coefficient", "more"), [(2.0, True), (-2.0, False)])
def test_the_figure_counts_as_it_was_fitted(folder: Path, coefficient: float, more: bool) -> None:
    encoder = encoder_in(str(fitted(folder, with_figure(coefficient))), digest_of(folder))
    answer = "the wind was a gale"
    seen = judge(QUESTION, answer, model=encoder.model, encoder=encoder).probability
    assert (seen > judge(QUESTION, answer).probability) is more


@needs_packages
def test_a_figure_that_weighs_nothing_changes_no_grade(folder: Path) -> None:
    fitted(folder)
    for answer in ("the wind was a gale", "zebras", "The gale was a strong wind, it blew."):
        with_encoder = graded(folder, answer)
        without = grade(GradingRequest("short_text", CONTENT, answer, settings={"automatic_accept": True}))
        assert with_encoder.fraction == without.fraction
        assert with_encoder.detail["suggestion"] == without.detail["suggestion"]


@needs_packages
@pytest.mark.parametrize("answer", ["The wind was not strong.", "It is false that the wind was strong."])
def test_however_sure_the_encoder_is_the_guards_stand_before_it(folder: Path, answer: str) -> None:
    outcome = graded(fitted(folder, with_figure(50.0)), answer)
    assert (outcome.fraction, outcome.detail["guards"]) == (None, ["negation"])
    assert outcome.detail["suggestion"]["fraction"] == 1.0


@needs_packages
def test_the_figure_is_among_the_reasons_and_the_same_every_time(folder: Path) -> None:
    fitted(folder)
    first = graded(folder, "it was a gale")
    assert first.detail["features"][FEATURE] > 0
    assert graded(folder, "it was a gale") == first


@needs_packages
def test_a_grade_says_which_encoder_it_is_of_and_only_where_one_was_asked(folder: Path) -> None:
    named = {"name": "encoder", "digest": digest_of(fitted(folder))}
    assert graded(folder, "it was a gale").detail["encoder"] == named
    assert "encoder" not in graded(folder, "the weather").detail
    assert "encoder" not in grade(GradingRequest("short_text", CONTENT, "it was a gale")).detail


@needs_packages
def test_an_encoder_is_opened_once(folder: Path) -> None:
    fitted(folder)
    digest = digest_of(folder)
    assert encoder_in(str(folder), digest) is encoder_in(str(folder), digest)
