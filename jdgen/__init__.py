"""One reviewed role spec in, a complete hiring kit out."""

__version__ = "0.1.0"
