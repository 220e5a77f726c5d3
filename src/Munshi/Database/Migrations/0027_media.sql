-- A customer's file: wanted from the message that names it on, then stored, gone at Meta, or refused. The bytes lie encrypted outside the database, under file_hash.
CREATE TABLE vault.media (
    client_id      uuid NOT NULL,
    id             uuid NOT NULL,
    message_id     uuid NOT NULL,
    number_id      uuid NOT NULL,
    key_id         uuid NOT NULL,
    created_at     timestamptz NOT NULL,
    told_at        timestamptz NOT NULL,
    state          text NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'stored', 'expired', 'refused')),
    reason         text CHECK (reason ~ '^[a-z-]{1,48}$'),
    attempts       int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    settled_at     timestamptz,
    type           text CHECK (type ~ '^[a-z]+/[a-z0-9.+-]{1,80}$'),
    length         bigint CHECK (length >= 0),
    hash_was_told  boolean,
    file_hash      bytea CHECK (octet_length(file_hash) = 32),
    hash_sealed    bytea,
    looked_at      timestamptz,
    duration_ms    int CHECK (duration_ms >= 0),
    levels_sealed  bytea,
    preview_sealed bytea,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, message_id),
    UNIQUE (client_id, file_hash),
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message,
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id),
    CHECK ((state = 'wanted') = (settled_at IS NULL)),
    CHECK (state IN ('wanted', 'stored') OR reason IS NOT NULL),
    CHECK (state <> 'stored' OR (reason IS NULL AND num_nulls(type, length, hash_was_told, file_hash, hash_sealed) = 0)),
    CHECK (state = 'stored' OR num_nonnulls(type, length, hash_was_told, file_hash, hash_sealed, looked_at, duration_ms, levels_sealed, preview_sealed) = 0)
) WITH (fillfactor = 80);
CREATE INDEX media_file ON vault.media (file_hash) WHERE file_hash IS NOT NULL;
COMMENT ON COLUMN vault.media.state IS 'none';
COMMENT ON COLUMN vault.media.reason IS 'none: one of our own reason words';
COMMENT ON COLUMN vault.media.type IS 'none: read from the first bytes, one of our own list';
COMMENT ON COLUMN vault.media.file_hash IS 'none: SHA-256 of the encrypted file, under a salt of its own';
COMMENT ON COLUMN vault.media.hash_sealed IS 'pii:file hash, SHA-256 of the file, sealed under the data key of identifier and month';
COMMENT ON COLUMN vault.media.levels_sealed IS 'pii:voice, how loud it is over time, sealed under the data key of identifier and month';
COMMENT ON COLUMN vault.media.preview_sealed IS 'pii:picture, a small one of the file, sealed under the data key of identifier and month';

ALTER TABLE vault.media ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.media FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.media TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.media FOR SELECT TO munshi_reader USING (true);
GRANT SELECT, INSERT ON vault.media TO munshi_app;
GRANT UPDATE (state, reason, attempts, settled_at, type, length, hash_was_told, file_hash, hash_sealed, looked_at, duration_ms, levels_sealed, preview_sealed)
    ON vault.media TO munshi_app;
GRANT SELECT ON vault.media TO munshi_reader;

-- What a file is settled as stays; what is looked at in it is written once, beside it.
CREATE FUNCTION vault.check_media() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.client_id, NEW.id, NEW.message_id, NEW.number_id, NEW.key_id, NEW.created_at, NEW.told_at)
        IS DISTINCT FROM (OLD.client_id, OLD.id, OLD.message_id, OLD.number_id, OLD.key_id, OLD.created_at, OLD.told_at) THEN
        RAISE EXCEPTION 'a file keeps its message, number and key' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state <> 'wanted' AND (NEW.state, NEW.reason, NEW.attempts, NEW.settled_at, NEW.type, NEW.length, NEW.hash_was_told, NEW.file_hash, NEW.hash_sealed)
        IS DISTINCT FROM (OLD.state, OLD.reason, OLD.attempts, OLD.settled_at, OLD.type, OLD.length, OLD.hash_was_told, OLD.file_hash, OLD.hash_sealed) THEN
        RAISE EXCEPTION 'what a file was settled as stays' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.looked_at IS NOT NULL AND (NEW.looked_at, NEW.duration_ms, NEW.levels_sealed, NEW.preview_sealed)
        IS DISTINCT FROM (OLD.looked_at, OLD.duration_ms, OLD.levels_sealed, OLD.preview_sealed) THEN
        RAISE EXCEPTION 'a file is looked at once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER settled_stays BEFORE UPDATE ON vault.media FOR EACH ROW EXECUTE FUNCTION vault.check_media();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.media FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.media FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.media ENABLE ALWAYS TRIGGER settled_stays;
ALTER TABLE vault.media ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.media ENABLE ALWAYS TRIGGER never_emptied;
