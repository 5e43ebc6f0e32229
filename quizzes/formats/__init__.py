"""Exchange formats: one package or module each, all pure. They know text and values, never the database."""
