-- When the database was put back from a backup. What was open then may have been done already, after the backup was made: it is not done again.
CREATE TABLE work.restoration (
    client_id uuid NOT NULL REFERENCES workspace.workspace,
    at        timestamptz NOT NULL,
    PRIMARY KEY (client_id, at)
);
ALTER TABLE work.restoration ENABLE ROW LEVEL SECURITY;
ALTER TABLE work.restoration FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON work.restoration TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON work.restoration TO munshi_app;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON work.restoration FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON work.restoration FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE work.restoration ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE work.restoration ENABLE ALWAYS TRIGGER never_emptied;

-- Where leaves that were signed are gone, the ledger goes on under another name. The name it has is the one of the highest generation.
ALTER TABLE ledger.identity DROP COLUMN only_row;
ALTER TABLE ledger.identity ADD COLUMN generation integer PRIMARY KEY DEFAULT 1 CHECK (generation > 0);
