"""Tables that offices have (sheets, pasted tables, Word files) as data of the program."""
