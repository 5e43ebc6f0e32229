"""Figures as plain values: what a template needs to draw an SVG with classes only. Pure."""
