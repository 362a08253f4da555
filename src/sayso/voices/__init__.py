"""Who is speaking: sources → voices."""
