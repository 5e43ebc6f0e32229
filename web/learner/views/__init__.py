"""Pages of the learner's door."""
