"""ITA Desktop: records, analyses and reports a Thai local office's ITA results, offline."""
