-- A file that came in an export stands with its message, also while no number is connected.
ALTER TABLE vault.media
    ALTER COLUMN number_id DROP NOT NULL,
    ADD COLUMN from_export boolean NOT NULL DEFAULT false,
    ADD CONSTRAINT media_fetched_by_a_number CHECK (state <> 'wanted' OR number_id IS NOT NULL);

-- Which imports brought a file; it is shown as long as one of them stands.
CREATE TABLE vault.media_import (
    client_id uuid NOT NULL,
    media_id  uuid NOT NULL,
    import_id uuid NOT NULL,
    PRIMARY KEY (client_id, media_id, import_id),
    FOREIGN KEY (client_id, media_id) REFERENCES vault.media,
    FOREIGN KEY (client_id, import_id) REFERENCES vault.import
);
CREATE INDEX media_import_of_import ON vault.media_import (client_id, import_id);
ALTER TABLE vault.media_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.media_import FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.media_import TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON vault.media_import TO munshi_app;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.media_import FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.media_import FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.media_import ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.media_import ENABLE ALWAYS TRIGGER never_emptied;

-- What fetching or sending brought is no import's, whatever is said of it.
CREATE OR REPLACE FUNCTION vault.check_media() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.client_id, NEW.id, NEW.message_id, NEW.number_id, NEW.key_id, NEW.created_at, NEW.told_at, NEW.from_export)
        IS DISTINCT FROM (OLD.client_id, OLD.id, OLD.message_id, OLD.number_id, OLD.key_id, OLD.created_at, OLD.told_at, OLD.from_export) THEN
        RAISE EXCEPTION 'a file keeps its message, number, key and origin' USING ERRCODE = 'check_violation';
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
CREATE FUNCTION vault.check_media_import() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM vault.media f WHERE f.client_id = NEW.client_id AND f.id = NEW.media_id AND f.from_export) THEN
        RAISE EXCEPTION 'a file that no import brought stays so' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER brought_by_an_import BEFORE INSERT ON vault.media_import FOR EACH ROW EXECUTE FUNCTION vault.check_media_import();
ALTER TABLE vault.media_import ENABLE ALWAYS TRIGGER brought_by_an_import;

CREATE VIEW vault.shown_media WITH (security_invoker = true) AS
SELECT f.client_id, f.id, f.message_id, f.key_id, f.state, f.reason, f.type, f.length, f.hash_was_told, f.file_hash, f.hash_sealed,
    f.duration_ms, f.levels_sealed, f.preview_sealed,
    f.from_export
FROM vault.media f
WHERE NOT f.from_export
    OR EXISTS (
        SELECT FROM vault.media_import i
        WHERE i.client_id = f.client_id AND i.media_id = f.id
            AND NOT EXISTS (SELECT FROM vault.withdrawn_import w WHERE w.client_id = i.client_id AND w.import_id = i.import_id AND w.withdrawn));
GRANT SELECT ON vault.shown_media TO munshi_app;

-- What became of the files of an uploaded export.
ALTER TABLE vault.import_job
    ADD COLUMN files bigint NOT NULL DEFAULT 0 CHECK (files >= 0),
    ADD COLUMN files_refused bigint NOT NULL DEFAULT 0 CHECK (files_refused >= 0);
GRANT UPDATE (files, files_refused) ON vault.import_job TO munshi_app;
