"""A document as data, composed from a dossier and written as PDF."""
