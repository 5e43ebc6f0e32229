"""Why a line is not read: stable codes and what they mean in words."""

from __future__ import annotations

REASONS = {
    "donation": "This line asks readers for money or a subscription.",
    "newsletter": "This line advertises a newsletter or a podcast.",
    "cookies": "This line is a notice about cookies or privacy.",
    "navigation": "This line is part of the page's navigation, not of the article.",
    "advertisement": "This line is an advertisement.",
    "related": "This line points to other articles.",
    "share": "This line invites readers to share or follow.",
    "byline": "This line names the author or says when the article appeared.",
    "caption": "This line is the caption of a picture that is not here.",
    "tail": "This line closes the page and is not part of the article.",
    "ornament": "This line has no words.",
    "title": "This line is the article's title.",
    "pull_quote": "This line repeats words of the article; it is shown once, where they belong.",
}


def reason_in_words(code: str) -> str:
    """One sentence for a passage's `reason` code; empty for a passage that is read."""
    return REASONS.get(code, "")
