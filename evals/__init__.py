"""The quality gate: corpora → figures → floors."""
