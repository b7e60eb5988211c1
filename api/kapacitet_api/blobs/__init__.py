"""Content-addressed store in the database."""
