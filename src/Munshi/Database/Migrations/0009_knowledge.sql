-- A workspace's FAQ: each change of an entry is a new revision; the newest counts, unless it retires the entry.
CREATE TABLE knowledge.entry (
    client_id    uuid NOT NULL REFERENCES workspace.workspace,
    entry_id     text NOT NULL CHECK (entry_id ~ '^[A-Za-z0-9._-]{1,64}$'),
    revision     int NOT NULL CHECK (revision >= 1),
    row_id       uuid NOT NULL,
    retired      boolean NOT NULL,
    entry_sealed bytea,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (client_id, entry_id, revision),
    UNIQUE (client_id, row_id),
    CHECK (retired = (entry_sealed IS NULL))
);
COMMENT ON COLUMN knowledge.entry.entry_id IS 'none: handle chosen by the owner';
COMMENT ON COLUMN knowledge.entry.entry_sealed IS 'none: the business''s own words, sealed under the workspace''s own key';
ALTER TABLE knowledge.entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE knowledge.entry FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON knowledge.entry TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON knowledge.entry TO munshi_app;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON knowledge.entry FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON knowledge.entry FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE knowledge.entry ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE knowledge.entry ENABLE ALWAYS TRIGGER never_emptied;
