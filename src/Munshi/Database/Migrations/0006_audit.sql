-- What happened, written in the act's own transaction; the ledger is chained from it.
CREATE TABLE audit.event (
    client_id       uuid NOT NULL REFERENCES workspace.workspace,
    id              bigint GENERATED ALWAYS AS IDENTITY,
    xid             xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at              timestamptz NOT NULL CHECK (at >= '2000-01-01Z' AND at < '9999-01-01Z'), -- what the leaf can write
    actor           text NOT NULL CHECK (actor ~ '^(person|customer):[0-9a-f-]{36}$' OR actor ~ '^program:[a-z-]{1,32}$'),
    action          text NOT NULL CHECK (action ~ '^[a-z-]{1,32}\.[a-z-]{1,32}$'),
    object          text NOT NULL CHECK (object ~ '^[a-z-]{1,32}:[0-9a-f-]{36}$'),
    commitment      bytea CHECK (octet_length(commitment) = 32),
    ciphertext_hash bytea CHECK (octet_length(ciphertext_hash) = 32),
    PRIMARY KEY (client_id, id)
);
CREATE INDEX event_commit_order ON audit.event (xid, id);
COMMENT ON COLUMN audit.event.actor IS 'pseudonym';
COMMENT ON COLUMN audit.event.action IS 'none';
COMMENT ON COLUMN audit.event.object IS 'pseudonym';
COMMENT ON COLUMN audit.event.commitment IS 'none: salted, untestable once the salt is destroyed';
COMMENT ON COLUMN audit.event.ciphertext_hash IS 'none: hash of ciphertext';

ALTER TABLE audit.event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit.event FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON audit.event FOR INSERT TO munshi_app
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON audit.event FOR SELECT TO munshi_audit, munshi_reader USING (true);
GRANT INSERT (client_id, at, actor, action, object, commitment, ciphertext_hash) ON audit.event TO munshi_app;
GRANT SELECT ON audit.event TO munshi_audit, munshi_reader;

-- One log a workspace: gapless sequence, each leaf names the hash of the one before.
CREATE TABLE ledger.entry (
    client_id uuid NOT NULL REFERENCES workspace.workspace,
    seq       bigint NOT NULL CHECK (seq >= 0),
    event_id  bigint NOT NULL UNIQUE,
    leaf      text NOT NULL CHECK (octet_length(leaf) <= 2048),
    row_hash  bytea NOT NULL CHECK (octet_length(row_hash) = 32),
    PRIMARY KEY (client_id, seq)
);
COMMENT ON COLUMN ledger.entry.leaf IS 'pseudonym: names no person; format in docs/data-format.md';
COMMENT ON COLUMN ledger.entry.row_hash IS 'none';

ALTER TABLE ledger.entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.entry FORCE ROW LEVEL SECURITY;
CREATE POLICY append ON ledger.entry FOR INSERT TO munshi_audit WITH CHECK (true);
CREATE POLICY all_workspaces ON ledger.entry FOR SELECT TO munshi_audit, munshi_reader USING (true);
GRANT SELECT, INSERT ON ledger.entry TO munshi_audit;
GRANT SELECT ON ledger.entry TO munshi_reader;

-- Where the sequencer's scan starts. A bound only: completeness rests on the anti-join and on UNIQUE (event_id).
CREATE TABLE audit.sequencer_cursor (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    xid      xid8 NOT NULL,
    id       bigint NOT NULL
);
INSERT INTO audit.sequencer_cursor (xid, id) VALUES ('0', 0);
GRANT SELECT, UPDATE (xid, id) ON audit.sequencer_cursor TO munshi_audit;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON audit.event FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit.event FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.entry FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.entry FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE audit.event ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE audit.event ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER never_emptied;
