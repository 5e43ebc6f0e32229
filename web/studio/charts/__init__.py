"""Charts of the studio: numbers in, shapes of an SVG out. Pure."""
