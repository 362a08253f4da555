"""Places that a report names, put on the map: names → candidates of the gazetteer → those that fit each other.

Everything is offline and deterministic. A place that no gazetteer has stays unlocated, and so does one whose candidates
the report does not tell apart.
"""

from __future__ import annotations

from sayso.grounding.places.locate import Toponym, places
from sayso.grounding.places.metonymy import is_actor

__all__ = ["Toponym", "is_actor", "places"]
