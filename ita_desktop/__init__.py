"""ITA Desktop: records, analyses and reports a Thai local office's ITA results, offline."""

VERSION = "0.1.0"
"""The program's version, as files that leave it tell."""
