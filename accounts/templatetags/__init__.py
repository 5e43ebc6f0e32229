"""Template tags that every door's pages use."""
