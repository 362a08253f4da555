"""How the shipped weights are made: corpus → examples → model → train → export. Nothing under `src/` imports this."""
