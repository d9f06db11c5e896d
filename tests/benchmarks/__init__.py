"""Measurements to be run by hand; pytest collects nothing here. See docs/typesetting.md."""
