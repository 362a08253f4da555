"""A body of reports and their readings, kept in one database.

>>> with sayso.Ledger("strait.sayso") as ledger:
...     ledger.add(["reports/"], outlet="Harbour Wire")
...     for entry in ledger.documents():
...         print(entry.title, len(ledger.reading(entry.key).attributions))
"""

from __future__ import annotations

from sayso.extras import need

need("sqlalchemy", "ledger", "a ledger")

from sayso.ledger.ledger import Ledger  # noqa: E402 (what is missing is named before it is missed)

__all__ = ["Ledger"]
