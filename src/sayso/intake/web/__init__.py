"""Addresses on the web → originals, politely, and never from the inside of a network.

`visit` goes from an address to what stands there: robots.txt, pauses, redirects. `wire` makes the requests and is the
only file that knows httpx2 and sockets; it connects to the very number it has checked, and `public` says which it may.
"""

from sayso.intake.web.addresses import is_address
from sayso.intake.web.limits import Limits
from sayso.intake.web.visit import Web, fetch

__all__ = ["Limits", "Web", "fetch", "is_address"]
