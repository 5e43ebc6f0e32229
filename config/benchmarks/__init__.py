"""Measured figures: what an answer, a build and a page cost, beside what they may cost.

A benchmark is one module in `config/benchmarks/suite/`; dropping the file in adds it to `manage.py bench`.
"""
