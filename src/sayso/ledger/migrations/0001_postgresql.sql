-- The ledger's schema, version 1, for PostgreSQL: see tables.py for what the columns mean.

CREATE TABLE documents (
    key BIGSERIAL NOT NULL,
    id TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    text TEXT,
    exact BYTEA,
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
    extractor_options JSONB NOT NULL,
    place TEXT,
    pages JSONB NOT NULL,
    copy_of BIGINT,
    alike DOUBLE PRECISION,
    read_as BIGINT,
    added_at TEXT NOT NULL,
    PRIMARY KEY (key),
    UNIQUE (fingerprint),
    FOREIGN KEY(copy_of) REFERENCES documents (key),
    FOREIGN KEY(read_as) REFERENCES documents (key)
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
    key BIGSERIAL NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (key),
    UNIQUE (identity)
);

CREATE INDEX ix_speakers_name ON speakers (name);

CREATE TABLE subjects (
    key BIGSERIAL NOT NULL,
    identity TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    PRIMARY KEY (key),
    UNIQUE (identity)
);

CREATE INDEX ix_subjects_name ON subjects (name);

CREATE TABLE attributions (
    key BIGSERIAL NOT NULL,
    document BIGINT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    source TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    source_spans JSONB NOT NULL,
    cue_spans JSONB NOT NULL,
    content_spans JSONB NOT NULL,
    kind TEXT NOT NULL,
    stance TEXT,
    score DOUBLE PRECISION NOT NULL,
    voice TEXT,
    voice_score DOUBLE PRECISION,
    voice_reason TEXT,
    parent TEXT,
    hedged TEXT NOT NULL,
    negated TEXT NOT NULL,
    PRIMARY KEY (key),
    UNIQUE (document, id),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_attributions_voice ON attributions (document, voice);

CREATE TABLE bands (
    band BIGINT NOT NULL,
    document BIGINT NOT NULL,
    PRIMARY KEY (band, document),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE corrections (
    key BIGSERIAL NOT NULL,
    verb TEXT NOT NULL,
    identity TEXT NOT NULL,
    "into" TEXT NOT NULL,
    document BIGINT,
    made_by TEXT,
    made_at TEXT NOT NULL,
    PRIMARY KEY (key),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_corrections_document ON corrections (document);

CREATE INDEX ix_corrections_identity ON corrections (identity);

CREATE TABLE entities (
    document BIGINT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    voice TEXT,
    identity TEXT,
    subject BIGINT,
    link_score DOUBLE PRECISION,
    link_rule TEXT,
    PRIMARY KEY (document, id),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE,
    FOREIGN KEY(subject) REFERENCES subjects (key)
);

CREATE INDEX ix_entities_identity ON entities (identity);

CREATE INDEX ix_entities_name ON entities (name);

CREATE INDEX ix_entities_subject ON entities (subject);

CREATE TABLE labels (
    document BIGINT NOT NULL,
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
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE mentions (
    document BIGINT NOT NULL,
    position INTEGER NOT NULL,
    voice TEXT,
    entity TEXT,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE names (
    document BIGINT NOT NULL,
    entity TEXT NOT NULL,
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (document, entity, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_names_name ON names (name);

CREATE TABLE narration (
    document BIGINT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE places (
    document BIGINT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    name TEXT NOT NULL,
    feature TEXT,
    country TEXT,
    lat DOUBLE PRECISION,
    lon DOUBLE PRECISION,
    reason TEXT,
    entity TEXT,
    attribution TEXT,
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_places_name ON places (name);

CREATE TABLE quantities (
    document BIGINT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    low DOUBLE PRECISION,
    high DOUBLE PRECISION,
    approximate BOOLEAN NOT NULL,
    unit TEXT,
    counted TEXT,
    fate TEXT,
    reason TEXT,
    attribution TEXT,
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE readings (
    document BIGINT NOT NULL,
    corrected BOOLEAN NOT NULL,
    model TEXT NOT NULL,
    made_by TEXT,
    made_at TEXT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (document, corrected),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE roles (
    document BIGINT NOT NULL,
    voice TEXT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (document, voice, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE times (
    document BIGINT NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    type TEXT NOT NULL,
    value TEXT,
    reason TEXT,
    attribution TEXT,
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (document, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE INDEX ix_times_value ON times (value);

CREATE TABLE via (
    document BIGINT NOT NULL,
    attribution TEXT NOT NULL,
    position INTEGER NOT NULL,
    voice TEXT NOT NULL,
    PRIMARY KEY (document, attribution, position),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE
);

CREATE TABLE voices (
    document BIGINT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    number BIGINT,
    affiliation TEXT,
    why TEXT,
    identity TEXT,
    speaker BIGINT,
    link_score DOUBLE PRECISION,
    link_rule TEXT,
    PRIMARY KEY (document, id),
    FOREIGN KEY(document) REFERENCES documents (key) ON DELETE CASCADE,
    FOREIGN KEY(speaker) REFERENCES speakers (key)
);

CREATE INDEX ix_voices_identity ON voices (identity);

CREATE INDEX ix_voices_name ON voices (name);

CREATE INDEX ix_voices_speaker ON voices (speaker);

CREATE TABLE vectors (
    attribution BIGINT NOT NULL,
    model TEXT NOT NULL,
    vector BYTEA NOT NULL,
    PRIMARY KEY (attribution),
    FOREIGN KEY(attribution) REFERENCES attributions (key) ON DELETE CASCADE
);

-- The full text of documents and contents, in whatever case and with or without accents: its words are cut as SQLite
-- cuts them. What is looked for goes through the same function: to_tsquery('simple', sayso_folded('Varrin')).
CREATE FUNCTION sayso_folded(words TEXT) RETURNS TEXT LANGUAGE SQL IMMUTABLE PARALLEL SAFE RETURNS NULL ON NULL INPUT
AS $$
    SELECT regexp_replace(
        regexp_replace(lower(normalize(words, NFKD) COLLATE "und-x-icu"), '[\u0300-\u036F]', '', 'g') COLLATE "und-x-icu",
        '[^[:alnum:]]+', ' ', 'g'
    )
$$;

-- PostgreSQL keeps no positions beyond 16,383 words and no vector beyond a megabyte, so a long text is kept in parts;
-- they overlap, so that a phrase is found where two meet.
CREATE FUNCTION sayso_parts(words TEXT) RETURNS TABLE (part INTEGER, vector TSVECTOR) LANGUAGE SQL IMMUTABLE
AS $$
    SELECT part, to_tsvector('simple', sayso_folded(substr(words, part * 30000 + 1, 30200)))
    FROM generate_series(0, length(words) / 30000) AS part
$$;

CREATE TABLE document_words (
    document BIGINT NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (document, part)
);

CREATE INDEX ix_document_words_words ON document_words USING gin (words);

CREATE TABLE content_words (
    attribution BIGINT NOT NULL REFERENCES attributions (key) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    words TSVECTOR NOT NULL,
    PRIMARY KEY (attribution, part)
);

CREATE INDEX ix_content_words_words ON content_words USING gin (words);

-- The title is a part of its own, numbered -1.
CREATE FUNCTION sayso_document_words() RETURNS TRIGGER LANGUAGE plpgsql
AS $$
BEGIN
    DELETE FROM document_words WHERE document = new.key;
    INSERT INTO document_words SELECT new.key, part, vector FROM sayso_parts(new.text);
    IF new.title IS NOT NULL THEN
        INSERT INTO document_words VALUES (new.key, -1, to_tsvector('simple', sayso_folded(left(new.title, 30000))));
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION sayso_content_words() RETURNS TRIGGER LANGUAGE plpgsql
AS $$
BEGIN
    DELETE FROM content_words WHERE attribution = new.key;
    INSERT INTO content_words SELECT new.key, part, vector FROM sayso_parts(new.content);
    RETURN NULL;
END
$$;

CREATE TRIGGER documents_changed AFTER INSERT OR UPDATE OF title, text ON documents
FOR EACH ROW EXECUTE FUNCTION sayso_document_words();

CREATE TRIGGER attributions_changed AFTER INSERT OR UPDATE OF content ON attributions
FOR EACH ROW EXECUTE FUNCTION sayso_content_words();
