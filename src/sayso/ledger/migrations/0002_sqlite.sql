-- The ledger's schema, version 2, for SQLite: what reports have in common. See tables.py for what the columns mean.

CREATE TABLE compared (
    document INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
);

CREATE TABLE statements (
    "key" INTEGER NOT NULL,
    document INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    spans JSON NOT NULL,
    text TEXT NOT NULL,
    attribution TEXT,
    stance TEXT,
    denies BOOLEAN NOT NULL,
    hedged BOOLEAN NOT NULL,
    names JSON NOT NULL,
    quantities JSON NOT NULL,
    times JSON NOT NULL,
    PRIMARY KEY ("key"),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
);

CREATE INDEX ix_statements_document ON statements (document);

CREATE TABLE statement_vectors (
    document INTEGER NOT NULL,
    model TEXT NOT NULL,
    first BIGINT NOT NULL,
    number INTEGER NOT NULL,
    vectors BLOB NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
);

CREATE TABLE statement_words (
    word BIGINT NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY (word, statement)
)
 WITHOUT ROWID;

CREATE TABLE word_counts (
    word BIGINT NOT NULL,
    statements BIGINT NOT NULL,
    PRIMARY KEY (word)
)
 WITHOUT ROWID;

CREATE TABLE pairs (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    relation TEXT NOT NULL,
    score DOUBLE NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (one, other),
    FOREIGN KEY(one) REFERENCES statements ("key") ON DELETE CASCADE,
    FOREIGN KEY(other) REFERENCES statements ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_pairs_other ON pairs (other);

CREATE TABLE claims (
    "key" INTEGER NOT NULL,
    wording INTEGER NOT NULL,
    score DOUBLE NOT NULL,
    reports INTEGER NOT NULL,
    denials INTEGER NOT NULL,
    first TEXT,
    last TEXT,
    least INTEGER NOT NULL,
    most INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    stale BOOLEAN NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE claim_statements (
    claim INTEGER NOT NULL,
    statement INTEGER NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    denies BOOLEAN NOT NULL,
    PRIMARY KEY (claim, statement, document),
    FOREIGN KEY(claim) REFERENCES claims ("key") ON DELETE CASCADE,
    FOREIGN KEY(statement) REFERENCES statements ("key") ON DELETE CASCADE,
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_claim_statements_document ON claim_statements (document);

CREATE INDEX ix_claim_statements_statement ON claim_statements (statement);

CREATE TABLE steps (
    claim INTEGER NOT NULL,
    taker TEXT NOT NULL,
    giver TEXT NOT NULL,
    sure BOOLEAN NOT NULL,
    PRIMARY KEY (claim, taker, giver),
    FOREIGN KEY(claim) REFERENCES claims ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE origins (
    claim INTEGER NOT NULL,
    name TEXT NOT NULL,
    named BOOLEAN NOT NULL,
    circular BOOLEAN NOT NULL,
    PRIMARY KEY (claim, name),
    FOREIGN KEY(claim) REFERENCES claims ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE contradictions (
    one INTEGER NOT NULL,
    other INTEGER NOT NULL,
    difference TEXT NOT NULL,
    score DOUBLE NOT NULL,
    reason TEXT NOT NULL,
    is_update BOOLEAN NOT NULL,
    PRIMARY KEY (one, other, difference),
    FOREIGN KEY(one) REFERENCES claims ("key") ON DELETE CASCADE,
    FOREIGN KEY(other) REFERENCES claims ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_contradictions_other ON contradictions (other);
