"""Building parts that the pages share."""
