"""Django's own SQLite, told how many values the library it runs on really takes."""
