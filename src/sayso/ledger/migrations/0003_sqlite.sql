-- What people changed in readings, step by step, so that it can be shown, exported and taken back.

CREATE TABLE edits (
    "key" INTEGER NOT NULL,
    document INTEGER NOT NULL,
    corrections JSON NOT NULL,
    before BLOB,
    made_by TEXT,
    made_at TEXT NOT NULL,
    undone_at TEXT,
    PRIMARY KEY ("key"),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
);

CREATE INDEX ix_edits_document ON edits (document);
