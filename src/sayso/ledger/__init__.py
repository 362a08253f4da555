"""A body of reports and their readings in one database."""
