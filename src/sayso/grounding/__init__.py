"""What a report talks about, tied to the world: one package or module for each sort of thing."""
