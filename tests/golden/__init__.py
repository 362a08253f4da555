"""Golden readings: what each model version reads in the examples."""
