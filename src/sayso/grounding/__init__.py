"""What a report talks about: times."""
