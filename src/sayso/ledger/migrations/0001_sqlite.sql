-- The ledger's schema, version 1, for SQLite: see tables.py for what the columns mean.

CREATE TABLE documents (
    "key" INTEGER NOT NULL,
    id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    text TEXT,
    exact BLOB,
    length INTEGER NOT NULL,
    path TEXT,
    title TEXT,
    outlet TEXT,
    author TEXT,
    published TEXT,
    url TEXT,
    language TEXT,
    original TEXT,
    media_type TEXT,
    extractor TEXT,
    extractor_version TEXT,
    extractor_options JSON NOT NULL,
    place TEXT,
    pages JSON NOT NULL,
    copy_of INTEGER,
    alike DOUBLE,
    read_as INTEGER,
    added_at TEXT NOT NULL,
    PRIMARY KEY ("key"),
    UNIQUE (fingerprint),
    FOREIGN KEY(copy_of) REFERENCES documents ("key"),
    FOREIGN KEY(read_as) REFERENCES documents ("key")
);

CREATE INDEX ix_documents_copy_of ON documents (copy_of);

CREATE INDEX ix_documents_id ON documents (id);

CREATE INDEX ix_documents_outlet ON documents (outlet);

CREATE INDEX ix_documents_published ON documents (published);

CREATE INDEX ix_documents_read_as ON documents (read_as);

CREATE INDEX ix_documents_url ON documents (url);

CREATE TABLE sayso_ledger (
    version INTEGER NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL
);

CREATE TABLE speakers (
    "key" INTEGER NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY ("key"),
    UNIQUE (identity)
);

CREATE INDEX ix_speakers_name ON speakers (name);

CREATE TABLE subjects (
    "key" INTEGER NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY ("key"),
    UNIQUE (identity)
);

CREATE INDEX ix_subjects_name ON subjects (name);

CREATE TABLE attributions (
    "key" INTEGER NOT NULL,
    document INTEGER NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    source TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    source_spans JSON NOT NULL,
    cue_spans JSON NOT NULL,
    content_spans JSON NOT NULL,
    kind TEXT NOT NULL,
    stance TEXT,
    score DOUBLE NOT NULL,
    voice TEXT,
    voice_score DOUBLE,
    voice_reason TEXT,
    parent TEXT,
    hedged TEXT NOT NULL,
    negated TEXT NOT NULL,
    PRIMARY KEY ("key"),
    UNIQUE (document, id),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
);

CREATE INDEX ix_attributions_voice ON attributions (document, voice);

CREATE TABLE bands (
    band BIGINT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (band, document),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE corrections (
    "key" INTEGER NOT NULL,
    verb TEXT NOT NULL,
    identity TEXT NOT NULL,
    "into" TEXT NOT NULL,
    document INTEGER,
    made_by TEXT,
    made_at TEXT NOT NULL,
    PRIMARY KEY ("key"),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
);

CREATE INDEX ix_corrections_document ON corrections (document);

CREATE INDEX ix_corrections_identity ON corrections (identity);

CREATE TABLE entities (
    document INTEGER NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    score DOUBLE NOT NULL,
    voice TEXT,
    identity TEXT,
    subject INTEGER,
    link_score DOUBLE,
    link_rule TEXT,
    PRIMARY KEY (document, id),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE,
    FOREIGN KEY(subject) REFERENCES subjects ("key")
)
 WITHOUT ROWID;

CREATE INDEX ix_entities_identity ON entities (identity);

CREATE INDEX ix_entities_name ON entities (name);

CREATE INDEX ix_entities_subject ON entities (subject);

CREATE TABLE labels (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    entity TEXT NOT NULL,
    voice TEXT,
    attribution TEXT,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    head TEXT NOT NULL,
    head_start INTEGER NOT NULL,
    head_stop INTEGER NOT NULL,
    loaded BOOLEAN NOT NULL,
    score DOUBLE NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE mentions (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    voice TEXT,
    entity TEXT,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE names (
    document INTEGER NOT NULL,
    entity TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (document, entity, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_names_name ON names (name);

CREATE TABLE narration (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE places (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    name TEXT NOT NULL,
    feature TEXT,
    country TEXT,
    lat DOUBLE,
    lon DOUBLE,
    reason TEXT,
    entity TEXT,
    attribution TEXT,
    score DOUBLE NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_places_name ON places (name);

CREATE TABLE quantities (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    low DOUBLE,
    high DOUBLE,
    approximate BOOLEAN NOT NULL,
    unit TEXT,
    counted TEXT,
    fate TEXT,
    reason TEXT,
    attribution TEXT,
    score DOUBLE NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE readings (
    document INTEGER NOT NULL,
    corrected BOOLEAN NOT NULL,
    model TEXT NOT NULL,
    made_by TEXT,
    made_at TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (document, corrected),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
);

CREATE TABLE roles (
    document INTEGER NOT NULL,
    voice TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (document, voice, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE times (
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT,
    reason TEXT,
    attribution TEXT,
    score DOUBLE NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE INDEX ix_times_value ON times (value);

CREATE TABLE via (
    document INTEGER NOT NULL,
    attribution TEXT NOT NULL,
    position INTEGER NOT NULL,
    voice TEXT NOT NULL,
    PRIMARY KEY (document, attribution, position),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE voices (
    document INTEGER NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    score DOUBLE NOT NULL,
    number BIGINT,
    affiliation TEXT,
    why TEXT,
    identity TEXT,
    speaker INTEGER,
    link_score DOUBLE,
    link_rule TEXT,
    PRIMARY KEY (document, id),
    FOREIGN KEY(document) REFERENCES documents ("key") ON DELETE CASCADE,
    FOREIGN KEY(speaker) REFERENCES speakers ("key")
)
 WITHOUT ROWID;

CREATE INDEX ix_voices_identity ON voices (identity);

CREATE INDEX ix_voices_name ON voices (name);

CREATE INDEX ix_voices_speaker ON voices (speaker);

CREATE TABLE vectors (
    attribution INTEGER NOT NULL,
    model TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (attribution),
    FOREIGN KEY(attribution) REFERENCES attributions ("key") ON DELETE CASCADE
);

-- The full text of documents and contents, in whatever case and with or without accents.
CREATE VIRTUAL TABLE document_words USING fts5(
    title, text, content='documents', content_rowid='key', tokenize='unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE content_words USING fts5(
    content, content='attributions', content_rowid='key', tokenize='unicode61 remove_diacritics 2'
);

CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
    INSERT INTO document_words (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
    INSERT INTO document_words (document_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;

CREATE TRIGGER documents_changed AFTER UPDATE OF key, title, text ON documents BEGIN
    INSERT INTO document_words (document_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO document_words (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

CREATE TRIGGER attributions_added AFTER INSERT ON attributions BEGIN
    INSERT INTO content_words (rowid, content) VALUES (new.key, new.content);
END;

CREATE TRIGGER attributions_removed AFTER DELETE ON attributions BEGIN
    INSERT INTO content_words (content_words, rowid, content) VALUES ('delete', old.key, old.content);
END;

CREATE TRIGGER attributions_changed AFTER UPDATE OF key, content ON attributions BEGIN
    INSERT INTO content_words (content_words, rowid, content) VALUES ('delete', old.key, old.content);
    INSERT INTO content_words (rowid, content) VALUES (new.key, new.content);
END;
