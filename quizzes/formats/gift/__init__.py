"""GIFT, a plain text for questions that many learning platforms read: in and out, with what is lost on the way."""

from quizzes.formats.gift.reading import Gift, GiftProblem, GiftQuestion, read
from quizzes.formats.gift.writing import Written, write

__all__ = ["Gift", "GiftProblem", "GiftQuestion", "Written", "read", "write"]
