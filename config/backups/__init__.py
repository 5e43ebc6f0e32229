"""Everything the database holds as one file, and that file as a database again, on SQLite and PostgreSQL alike."""
