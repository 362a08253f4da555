"""How reports come in: one file a format."""
