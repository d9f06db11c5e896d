"""Update files: frameworks, templates, words and lists that come between versions."""
