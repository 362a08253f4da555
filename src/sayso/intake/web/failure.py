"""Why an address could not be read, before it is known for which one a person asked."""

from __future__ import annotations


class NotFetched(Exception):
    """`reason` is the end of a sentence whose beginning is the address."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
