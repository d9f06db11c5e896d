"""The data file (.ita): opening, migrating, reading, editing with history."""
