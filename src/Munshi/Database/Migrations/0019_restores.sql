-- When the database was put back from a backup. What was open then may have been done already, after the backup was made: it is not done again.
CREATE TABLE audit.restoration (
    at timestamptz PRIMARY KEY
);
GRANT SELECT, INSERT ON audit.restoration TO munshi_audit;
GRANT SELECT ON audit.restoration TO munshi_app, munshi_reader;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON audit.restoration FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit.restoration FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE audit.restoration ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE audit.restoration ENABLE ALWAYS TRIGGER never_emptied;

-- Where leaves that were signed are gone, the ledger goes on under another name. The name it has is the one of the highest generation.
ALTER TABLE ledger.identity DROP COLUMN only_row;
ALTER TABLE ledger.identity ADD COLUMN generation integer PRIMARY KEY DEFAULT 1 CHECK (generation > 0);
