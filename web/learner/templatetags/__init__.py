"""Words for numbers, for the learner's templates."""
