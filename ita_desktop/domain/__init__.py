"""What the program knows: plain data and rules, with no screen, file format or database."""
