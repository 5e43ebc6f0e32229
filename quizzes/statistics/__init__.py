"""What the answers to a quiz say about the quiz and its questions: the classical figures of testing. Pure Python."""
