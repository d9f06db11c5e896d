"""Other typesetters, given the same text: one script each, run as a process of its own."""
