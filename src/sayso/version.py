"""The version of Sayso."""

__version__ = "0.1.0"
