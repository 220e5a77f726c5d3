-- A workspace that was made of an archive of another: of which one, and whether all of it is here. Until it is, an imported message may stand before what an import saw of it.
CREATE TABLE workspace.archive_import (
    client_id     uuid PRIMARY KEY REFERENCES workspace.workspace,
    origin        uuid NOT NULL,
    manifest_hash bytea NOT NULL CHECK (octet_length(manifest_hash) = 32),
    exported_at   timestamptz NOT NULL,
    begun_at      timestamptz NOT NULL,
    completed_at  timestamptz
);
COMMENT ON COLUMN workspace.archive_import.manifest_hash IS 'none: SHA-256 of the archive''s list of files';

ALTER TABLE workspace.archive_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspace.archive_import FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON workspace.archive_import TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON workspace.archive_import FOR SELECT TO munshi_reader USING (true);
GRANT SELECT, INSERT, UPDATE (completed_at) ON workspace.archive_import TO munshi_app;
GRANT SELECT ON workspace.archive_import TO munshi_reader;

-- Whatever is read in is read in once.
CREATE FUNCTION workspace.check_archive_import() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.completed_at IS NOT NULL AND NEW.completed_at IS DISTINCT FROM OLD.completed_at THEN
        RAISE EXCEPTION 'an import that is complete stays so' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER completed_stays BEFORE UPDATE ON workspace.archive_import FOR EACH ROW EXECUTE FUNCTION workspace.check_archive_import();
CREATE TRIGGER never_removed BEFORE DELETE ON workspace.archive_import FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON workspace.archive_import FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE workspace.archive_import ENABLE ALWAYS TRIGGER completed_stays;
ALTER TABLE workspace.archive_import ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE workspace.archive_import ENABLE ALWAYS TRIGGER never_emptied;

-- Nobody is let in and no number is connected before all of an archive is there: what people or Meta write meanwhile would meet what is still to come.
CREATE FUNCTION workspace.refuse_unfinished() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF EXISTS (SELECT FROM workspace.archive_import a WHERE a.client_id = NEW.client_id AND a.completed_at IS NULL) THEN
        RAISE EXCEPTION 'an archive is still read into this workspace' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER workspace_is_whole BEFORE INSERT ON access.sign_in_link FOR EACH ROW EXECUTE FUNCTION workspace.refuse_unfinished();
CREATE TRIGGER workspace_is_whole BEFORE INSERT ON channel.number FOR EACH ROW EXECUTE FUNCTION workspace.refuse_unfinished();
ALTER TABLE access.sign_in_link ENABLE ALWAYS TRIGGER workspace_is_whole;
ALTER TABLE channel.number ENABLE ALWAYS TRIGGER workspace_is_whole;
