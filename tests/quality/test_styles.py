"""Style sheets say start and end, never left or right, so that a page that is read from the right is its mirror."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.quality.styles import moving_in, sided_in, style_sheets


@pytest.mark.parametrize("file", style_sheets(), ids=lambda file: file.name)
def test_a_style_sheet_names_no_side(file: Path) -> None:
    assert sided_in(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", style_sheets(), ids=lambda file: file.name)
def test_nothing_moves_for_who_wants_less_motion_and_nothing_for_long(file: Path) -> None:
    assert moving_in(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("source", "moving"),
    [
        ("a { transition: color .1s; }", ["transition: color .1s"]),
        ("a { animation-name: spin; }", ["animation-name: spin"]),
        ("html { scroll-behavior: smooth }", ["scroll-behavior: smooth"]),
        ("@media (prefers-reduced-motion: no-preference) { a { transition: color .2s, top 150ms; } }", []),
        (
            "@media (prefers-reduced-motion: no-preference) { a { color: red; } b { transition: top .3s; } }",
            ["transition: top .3s"],
        ),
        ("@media (prefers-reduced-motion: reduce) { a { transition: top .1s; } }", ["transition: top .1s"]),
        ("/* a { transition: top 1s; } */ a { --transition: 1s; }", []),
    ],
)
def test_motion_is_found_wherever_it_stands(source: str, moving: list[str]) -> None:
    assert moving_in(source) == moving


@pytest.mark.parametrize(
    ("source", "sided"),
    [
        ("p { margin-left: 1rem; }", ["margin-left: 1rem"]),
        ("p { color: red; border-right: 0; }", ["border-right: 0"]),
        ("p { left: 0; }", ["left: 0"]),
        ("p { text-align: right }", ["text-align: right"]),
        ("p { float: left; clear: both; }", ["float: left"]),
        ("p { inset: 0 auto auto 1rem; }", ["inset: 0 auto auto 1rem"]),
        ("p { padding: 1rem calc(2 * (1rem + var(--x))) 0 0; }", ["padding: 1rem calc(2 * (1rem + var(--x))) 0 0"]),
        ("@media print { p { margin-right: 0; } }", ["margin-right: 0"]),
        ("p { top: anchor(--m right); }", ["top: anchor(--m right)"]),
        ("p { margin: 0 auto; padding: 1px 2px 3px; inset: 0 1px 0 1px; }", []),
        ("p { margin-inline: 1rem 0; float: inline-start; text-align: end; }", []),
        ("p { border-color: red; border-radius: 2px 0; }", []),
        ("/* left: right; */ .left { top: 0; }", []),
        ("p { --bright: 1; outline: 1px solid; }", []),
    ],
)
def test_a_side_is_found_in_whatever_names_it(source: str, sided: list[str]) -> None:
    assert sided_in(source) == sided
