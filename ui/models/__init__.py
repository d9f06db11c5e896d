"""Qt item models over the program's data."""
