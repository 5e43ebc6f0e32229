"""`bench grading` measures the shipped model without fitting, and a fitted one only on questions it has not seen."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config.benchmarks import fitting
from config.benchmarks.attacks import ATTACKS, MIXED, OFFERED, VERBATIM
from config.benchmarks.fitting import (
    NEVER_ACCEPT,
    NEVER_REJECT,
    OUTER_FOLDS,
    OWN_LEVEL,
    cross_validated,
    fitted,
    folds,
    weighed,
)
from config.benchmarks.measures import measured, predicted, rounded
from config.benchmarks.report import Report
from config.benchmarks.short_answers import Corpus, corpora
from config.benchmarks.suite import grading
from quizzes.grading.similar.encoder import FEATURE, digest_of, encoder_in
from quizzes.grading.similar.model import COEFFICIENTS, model_of, shipped
from tests.config.benchmarks.short_answers import THINGS, written
from tests.quizzes.grading.similar.tiny_encoder import needs_packages, tiny_encoder


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpora([written(tmp_path_factory.mktemp("answers") / "town.jsonl")])[0]


@pytest.fixture(scope="module")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Where nothing is fitted, and each answer is judged some thirty times."""
    return corpora([written(tmp_path_factory.mktemp("answers") / "town.jsonl", 8)])[0]


@pytest.fixture
def few_folds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three models of other questions show as well as ten that each answer is judged by one of them."""
    monkeypatch.setattr(fitting, "OUTER_FOLDS", 3)


def benched(*arguments: Any) -> dict[str, Any]:
    out = StringIO()
    call_command("bench", "grading", "--json", *arguments, stdout=out, stderr=StringIO())
    report: dict[str, Any] = json.loads(out.getvalue())
    return report


def test_with_files_the_shipped_model_is_measured_on_each(tmp_path: Path, small_corpus: Corpus) -> None:
    paths = [written(tmp_path / "town.jsonl", 8), written(tmp_path / "village.jsonl", 4, references=1)]
    report = benched("--data", *map(str, paths))
    assert list(report["figures"]) == ["town", "village"]
    found = report["figures"]["town"]
    expected = rounded(measured(predicted(shipped(), small_corpus.answers)))
    assert {name: found[name] for name in expected} == expected
    assert (found["n"], report["figures"]["village"]["n"]) == (56, 28)
    assert set(found["attacks"]) == set(ATTACKS)
    assert report["not_run"] == []


def test_each_file_is_held_against_what_is_asked_of_it(tmp_path: Path) -> None:
    report = benched("--data", str(written(tmp_path / "town.jsonl", 3)))
    assert [(each["name"], each.get("least", each.get("limit"))) for each in report["gates"]] == [
        ("town: weighted F1", 0.71),
        ("town: share it is sure of", 0.1),
        ("town: right where sure", 0.9),
        ("town: right among accepts", 0.9),
        ("town: right answers the guards hold back", 0.05),
        ("town: references accepted word for word", 0.95),
        ("town: attacks accepted", 0.0),
        ("town: shuffled among foreign words, accepted", 0.02),
        ("town: offered with another question's, accepted", 0.1),
        ("town: milliseconds for an answer", 2.0),
    ]


@pytest.mark.parametrize(
    ("name", "f1", "coverage"),
    [
        ("beetle-train", 0.77, 0.35),
        ("scientsbank-test", 0.71, 0.10),
        ("unseen-questions-Beetle", 0.77, 0.35),
        ("town", 0.71, 0.10),
    ],
)
def test_more_is_asked_of_the_files_that_are_easier(name: str, f1: float, coverage: float) -> None:
    assert grading.least_of(grading.LEAST_F1, name) == f1
    assert grading.least_of(grading.LEAST_COVERAGE, name) == coverage


def agreement(**found: Any) -> dict[str, bool]:
    figures = {
        "weighted_f1": 0.77, "coverage": 0.35, "accuracy_where_sure": 0.9, "precision_of_accepts": 0.9,
        "guard_cost": 0.05,
    }  # fmt: skip
    report = Report("grading")
    grading.hold_agreement(report, "beetle-train", figures | found)
    return {gate.name.partition(": ")[2]: gate.holds for gate in report.gates}


def test_what_just_reaches_its_limits_holds() -> None:
    assert set(agreement().values()) == {True}


@pytest.mark.parametrize(
    ("name", "value", "gate"),
    [
        ("weighted_f1", 0.76999, "weighted F1"),
        ("coverage", 0.34999, "share it is sure of"),
        ("accuracy_where_sure", 0.8999, "right where sure"),
        ("precision_of_accepts", 0.8991, "right among accepts"),
        ("guard_cost", 0.0507, "right answers the guards hold back"),
    ],
)
def test_what_misses_by_less_than_a_hundredth_is_missed(name: str, value: float, gate: str) -> None:
    assert [missed for missed, holds in agreement(**{name: value}).items() if not holds] == [gate]


def test_a_grader_that_accepts_nothing_accepts_nothing_wrong() -> None:
    assert agreement(precision_of_accepts=None)["right among accepts"] is True


def test_what_people_read_has_the_same_figures(tmp_path: Path) -> None:
    out = StringIO()
    call_command("bench", "grading", "--data", str(written(tmp_path / "town.jsonl", 3)), stdout=out, stderr=StringIO())
    text = out.getvalue()
    assert "town: 21 answers, accuracy " in text
    assert "reference verbatim                          6 answers: 100.0% accepted" in text
    assert "answers graded per second on one core" in text


def test_no_attack_on_the_shipped_model_succeeds(small_corpus: Corpus) -> None:
    judged = grading.as_shipped(small_corpus)
    held = [row for row in ATTACKS if row not in (VERBATIM, MIXED, OFFERED)]
    assert {row: grading.fooled(judged, row)["accepted"] for row in held} == dict.fromkeys(held, 0.0)
    assert grading.fooled(judged, VERBATIM)["accepted"] == 1.0


def test_files_that_cannot_be_read_are_told_and_nothing_is_measured(tmp_path: Path) -> None:
    report = benched("--data", str(tmp_path / "none.jsonl"))
    assert report["figures"] == {}
    assert "none.jsonl cannot be read" in report["not_run"][0]


def test_without_files_and_training_data_it_says_what_to_pass(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading, "BESIDE_THE_PROJECT", tmp_path)
    report = benched()
    assert report["not_run"] == [
        f"not run: the grader of free text because there are no graded answers in {tmp_path}; name files with --data"
    ]


def test_without_what_fits_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ModuleNotFoundError(f"No module named {name}", name="sklearn")

    monkeypatch.setattr(grading, "import_module", missing)
    with pytest.raises(grading.NoFitting, match=r"sklearn is not installed; it comes with requirements/dev\.txt"):
        grading.fitting()


def test_no_fold_tests_on_a_question_it_was_fitted_on(corpus: Corpus) -> None:
    tested: list[int] = []
    for train, test in folds(corpus.answers, OUTER_FOLDS):
        groups = [{corpus.answers[place].group for place in places} for places in (train, test)]
        assert groups[0] & groups[1] == set()
        tested += test
    assert sorted(tested) == list(range(len(corpus.answers)))


def test_a_model_without_thresholds_is_never_sure(corpus: Corpus) -> None:
    model = weighed(corpus.answers)
    assert {(side.accept, side.reject) for side in (model.single, model.several)} == {(NEVER_ACCEPT, NEVER_REJECT)}
    assert measured(predicted(model, corpus.answers))["coverage"] == 0.0


def test_how_easy_a_question_is_teaches_the_less_the_freer_its_own_level_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All answers to one question are alike right or wrong, and those that are right are longer: by chance, it says."""
    said = {"correct": "it was a storm of many long days", "incorrect": "a storm"}
    rows = [
        {
            "question": f"Why was the {thing} closed?",
            "references": [{"text": "The storm closed it."}],
            "answers": [{"text": f"{words} {number}", "label": label} for number in range(4)],
        }
        for label, words in said.items()
        for thing in THINGS
    ]
    path = tmp_path / "levels.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    answers = corpora([path])[0].answers
    taught = []
    for deviation in (0.0, 0.5, 2.0):
        monkeypatch.setitem(OWN_LEVEL, "single", deviation)
        taught.append(sum(map(abs, weighed(answers).single.coefficients)))
    assert taught[0] > taught[1] > taught[2]
    assert taught[2] < 0.6 * taught[0]


def test_a_fitted_model_has_learnt_and_is_sure_of_something(corpus: Corpus) -> None:
    model = fitted(corpus.answers)
    found = measured(predicted(model, corpus.answers))
    assert found["weighted_f1"] > 0.9
    assert found["coverage"] > 0.5
    assert fitted(corpus.answers) == model


def test_every_answer_is_judged_once_by_a_model_of_other_questions(corpus: Corpus, few_folds: None) -> None:
    judged = [place for _, test in cross_validated(corpus.answers) for place in test]
    assert sorted(judged) == list(range(len(corpus.answers)))


@pytest.mark.full
def test_cross_validation_and_transfer_are_told_for_each_file(
    tmp_path: Path, few_folds: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grading, "BESIDE_THE_PROJECT", tmp_path)
    written(tmp_path / "town.jsonl", 12)
    written(tmp_path / "village.jsonl", 9, references=1)
    assert list(benched()["figures"]) == [
        "town", "village", "town, fitted on the others only", "village, fitted on the others only",
    ]  # fmt: skip


def test_coefficients_are_written_and_read_again(tmp_path: Path, corpus: Corpus) -> None:
    data, output, out = written(tmp_path / "town.jsonl"), tmp_path / "coefficients.json", StringIO()
    call_command("fit_grader", str(data), output=output, stdout=out)
    assert out.getvalue() == f"Fitted to 210 answers: {output}\n"
    assert model_of(json.loads(output.read_text(encoding="utf-8"))) == fitted(corpus.answers)


@needs_packages
def test_with_an_encoder_its_figure_is_fitted_beside_it_and_the_settings_are_printed(tmp_path: Path) -> None:
    data, folder, out = written(tmp_path / "town.jsonl", 15), tiny_encoder(tmp_path / "encoder"), StringIO()
    call_command("fit_grader", str(data), encoder=folder, stdout=out)
    digest = digest_of(folder)
    assert out.getvalue().splitlines()[1:] == [f"POSTIL_ENCODER={folder}", f"POSTIL_ENCODER_DIGEST={digest}"]
    assert FEATURE in encoder_in(str(folder), digest).model.scales
    report = benched("--data", str(data), "--encoder", str(folder))
    assert report["not_run"] == []
    assert report["figures"]["town"]["weighted_f1"] > 0.9
    assert COEFFICIENTS.read_bytes().count(FEATURE.encode()) == 0


def test_an_encoder_without_its_files_is_told_and_nothing_is_fitted_or_measured(tmp_path: Path) -> None:
    data = written(tmp_path / "town.jsonl", 3)
    with pytest.raises(CommandError, match=r"The encoder (has no file|needs)") as refused:
        call_command("fit_grader", str(data), encoder=tmp_path / "none")
    assert refused.value.returncode == 2
    assert (
        "the grader of free text because The encoder" in benched("--data", str(data), "--encoder", "none")["not_run"][0]
    )


def test_nothing_is_written_where_there_is_nothing_to_fit(tmp_path: Path) -> None:
    before = COEFFICIENTS.read_bytes()
    with pytest.raises(CommandError, match="cannot be read") as refused:
        call_command("fit_grader", str(tmp_path / "none.jsonl"))
    assert refused.value.returncode == 2
    assert COEFFICIENTS.read_bytes() == before
