"""Archives: millions of reports → partitioned Parquet, on one machine or many, resumable.

`docs/archive.md` describes the tables.
"""

from __future__ import annotations

from sayso.extras import need

need("pyarrow", "archive", "an archive")
need("fsspec", "archive", "an archive")
need("sqlalchemy", "archive", "an archive")  # the ledger's rows are made with its tables
