"""What can be asked: one file for each kind of question. A file dropped in here registers itself."""

from __future__ import annotations

from quizzes.questions.registry import MisnamedKind, UnknownKind, kinds, question_type, registry

__all__ = ["MisnamedKind", "UnknownKind", "kinds", "question_type", "registry"]
