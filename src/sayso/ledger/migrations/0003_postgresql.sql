-- What people changed in readings, step by step, so that it can be shown, exported and taken back.

CREATE TABLE edits (
    key BIGSERIAL NOT NULL,
    document BIGINT NOT NULL,
    corrections JSONB NOT NULL,
    before BYTEA,
    made_by TEXT,
    made_at TEXT NOT NULL,
    undone_at TEXT,
    PRIMARY KEY (key),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_edits_document ON edits (document);
