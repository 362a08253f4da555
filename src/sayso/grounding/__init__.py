"""What a report talks about, tied to the world: one package or module a concept."""
