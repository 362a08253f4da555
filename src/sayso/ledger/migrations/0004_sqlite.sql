-- A few bits of what each content means, a document's together: what a search by meaning looks through.

CREATE TABLE sketches (
    document INTEGER NOT NULL,
    model TEXT NOT NULL,
    attributions BLOB NOT NULL,
    bits BLOB NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_sketches_model ON sketches (model);
