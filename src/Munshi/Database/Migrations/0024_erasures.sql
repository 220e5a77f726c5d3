-- What an erasure under a case destroys, signed by the installation's key; a leaf of the log commits to it. No role writes it yet.
CREATE TABLE ledger.erasure (
    client_id uuid NOT NULL,
    id        uuid NOT NULL,
    note      text NOT NULL CHECK (octet_length(note) <= 1000000),
    at        timestamptz NOT NULL,
    PRIMARY KEY (client_id, id)
);
COMMENT ON COLUMN ledger.erasure.note IS 'none: a signed note; format in docs/data-format.md';
ALTER TABLE ledger.erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY all_workspaces ON ledger.erasure FOR SELECT TO munshi_reader USING (true);
GRANT SELECT ON ledger.erasure TO munshi_reader;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.erasure FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.erasure FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE ledger.erasure ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE ledger.erasure ENABLE ALWAYS TRIGGER never_emptied;
