-- A few bits of what each content means, a document's together: what a search by meaning looks through.

CREATE TABLE sketches (
    document BIGINT NOT NULL,
    model TEXT NOT NULL,
    attributions BYTEA NOT NULL,
    bits BYTEA NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_sketches_model ON sketches (model);
