-- The ledger's schema, version 2, for PostgreSQL: what reports have in common. See tables.py for what the columns mean.

CREATE TABLE compared (
    document BIGINT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE statements (
    key BIGINT NOT NULL,
    document BIGINT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    spans JSONB NOT NULL,
    text TEXT NOT NULL,
    attribution TEXT,
    stance TEXT,
    denies BOOLEAN NOT NULL,
    hedged BOOLEAN NOT NULL,
    names JSONB NOT NULL,
    quantities JSONB NOT NULL,
    times JSONB NOT NULL,
    PRIMARY KEY (key),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_statements_document ON statements (document);

CREATE TABLE statement_vectors (
    document BIGINT NOT NULL,
    model TEXT NOT NULL,
    first BIGINT NOT NULL,
    number INTEGER NOT NULL,
    vectors BYTEA NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE statement_words (
    word BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    PRIMARY KEY (word, statement)
);

CREATE TABLE word_counts (
    word BIGINT NOT NULL,
    statements BIGINT NOT NULL,
    PRIMARY KEY (word)
);

CREATE TABLE pairs (
    one BIGINT NOT NULL,
    other BIGINT NOT NULL,
    relation TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (one, other),
    FOREIGN KEY(one) REFERENCES statements (key) ON DELETE CASCADE,
    FOREIGN KEY(other) REFERENCES statements (key) ON DELETE CASCADE
);

CREATE INDEX ix_pairs_other ON pairs (other);

CREATE TABLE claims (
    key BIGSERIAL NOT NULL,
    wording BIGINT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    reports INTEGER NOT NULL,
    denials INTEGER NOT NULL,
    first TEXT,
    last TEXT,
    least INTEGER NOT NULL,
    most INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    stale BOOLEAN NOT NULL,
    PRIMARY KEY (key)
);

CREATE TABLE claim_statements (
    claim BIGINT NOT NULL,
    statement BIGINT NOT NULL,
    document BIGINT NOT NULL,
    position INTEGER NOT NULL,
    denies BOOLEAN NOT NULL,
    PRIMARY KEY (claim, statement, document),
    FOREIGN KEY(claim) REFERENCES claims (key) ON DELETE CASCADE,
    FOREIGN KEY(statement) REFERENCES statements (key) ON DELETE CASCADE,
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_claim_statements_document ON claim_statements (document);

CREATE INDEX ix_claim_statements_statement ON claim_statements (statement);

CREATE TABLE steps (
    claim BIGINT NOT NULL,
    taker TEXT NOT NULL,
    giver TEXT NOT NULL,
    sure BOOLEAN NOT NULL,
    PRIMARY KEY (claim, taker, giver),
    FOREIGN KEY(claim) REFERENCES claims (key) ON DELETE CASCADE
);

CREATE TABLE origins (
    claim BIGINT NOT NULL,
    name TEXT NOT NULL,
    named BOOLEAN NOT NULL,
    circular BOOLEAN NOT NULL,
    PRIMARY KEY (claim, name),
    FOREIGN KEY(claim) REFERENCES claims (key) ON DELETE CASCADE
);

CREATE TABLE contradictions (
    one BIGINT NOT NULL,
    other BIGINT NOT NULL,
    difference TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    reason TEXT NOT NULL,
    is_update BOOLEAN NOT NULL,
    PRIMARY KEY (one, other, difference),
    FOREIGN KEY(one) REFERENCES claims (key) ON DELETE CASCADE,
    FOREIGN KEY(other) REFERENCES claims (key) ON DELETE CASCADE
);

CREATE INDEX ix_contradictions_other ON contradictions (other);
