"""What the grader of free text is made of: words, features, guards, and a model with its coefficients."""
