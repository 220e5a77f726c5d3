-- The nodes above a log's row hashes, four levels a row: 15 hashes over 16 children (docs/data-format.md). Written once all 16 are there.
CREATE TABLE ledger.node (
    client_id uuid NOT NULL,
    height    integer NOT NULL CHECK (height BETWEEN 0 AND 15),
    index     bigint NOT NULL CHECK (index >= 0),
    hashes    bytea NOT NULL CHECK (octet_length(hashes) = 480),
    PRIMARY KEY (client_id, height, index)
);
ALTER TABLE ledger.node ALTER COLUMN hashes SET STORAGE MAIN;
COMMENT ON COLUMN ledger.node.hashes IS 'none';

-- A log's signed checkpoints. path leads from the salted commitment of (origin, size, root) to the heads of the tick with that number.
CREATE TABLE ledger.checkpoint (
    client_id uuid NOT NULL,
    size      bigint NOT NULL CHECK (size > 0),
    root      bytea NOT NULL CHECK (octet_length(root) = 32),
    note      text NOT NULL CHECK (octet_length(note) <= 4096),
    tick      bigint NOT NULL CHECK (tick >= 0),
    place     integer NOT NULL CHECK (place >= 0),
    salt      bytea NOT NULL CHECK (octet_length(salt) = 32),
    path      bytea NOT NULL CHECK (octet_length(path) % 32 = 0 AND octet_length(path) <= 1024),
    PRIMARY KEY (client_id, size),
    UNIQUE (client_id, tick)
);
COMMENT ON COLUMN ledger.checkpoint.root IS 'none';
COMMENT ON COLUMN ledger.checkpoint.note IS 'none: a signed note, C2SP tlog-checkpoint';
COMMENT ON COLUMN ledger.checkpoint.salt IS 'none: opens the commitment to this checkpoint';
COMMENT ON COLUMN ledger.checkpoint.path IS 'none';

ALTER TABLE ledger.node ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.node FORCE ROW LEVEL SECURITY;
CREATE POLICY append ON ledger.node FOR INSERT TO munshi_audit WITH CHECK (true);
CREATE POLICY all_workspaces ON ledger.node FOR SELECT TO munshi_audit, munshi_reader USING (true);
GRANT SELECT, INSERT ON ledger.node TO munshi_audit;
GRANT SELECT ON ledger.node TO munshi_reader;
ALTER TABLE ledger.checkpoint ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.checkpoint FORCE ROW LEVEL SECURITY;
CREATE POLICY append ON ledger.checkpoint FOR INSERT TO munshi_audit WITH CHECK (true);
CREATE POLICY all_workspaces ON ledger.checkpoint FOR SELECT TO munshi_audit, munshi_reader USING (true);
GRANT SELECT, INSERT ON ledger.checkpoint TO munshi_audit;
GRANT SELECT ON ledger.checkpoint TO munshi_reader;

-- Where a message's first leaf stands, so that its proof is found. Written with the checkpoint that covers the leaf.
CREATE TABLE ledger.place (
    client_id uuid NOT NULL,
    object    uuid NOT NULL,
    seq       bigint NOT NULL CHECK (seq >= 0),
    PRIMARY KEY (client_id, object)
);
ALTER TABLE ledger.place ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.place FORCE ROW LEVEL SECURITY;
CREATE POLICY append ON ledger.place FOR INSERT TO munshi_audit WITH CHECK (true);
CREATE POLICY all_workspaces ON ledger.place FOR SELECT TO munshi_audit, munshi_reader USING (true);
GRANT SELECT, INSERT ON ledger.place TO munshi_audit;
GRANT SELECT ON ledger.place TO munshi_reader;

-- Rows that a restore found no event and no record for: their leaves were put back, their contents are lost. A leaf of the log says the same.
CREATE TABLE ledger.restore (
    client_id uuid NOT NULL,
    id        uuid NOT NULL,
    first_seq bigint NOT NULL CHECK (first_seq >= 0),
    last_seq  bigint NOT NULL CHECK (last_seq >= first_seq),
    at        timestamptz NOT NULL,
    PRIMARY KEY (client_id, id)
);
ALTER TABLE ledger.restore ENABLE ROW LEVEL SECURITY;
ALTER TABLE ledger.restore FORCE ROW LEVEL SECURITY;
CREATE POLICY append ON ledger.restore FOR INSERT TO munshi_audit WITH CHECK (true);
CREATE POLICY all_workspaces ON ledger.restore FOR SELECT TO munshi_audit, munshi_reader USING (true);
GRANT SELECT, INSERT ON ledger.restore TO munshi_audit;
GRANT SELECT ON ledger.restore TO munshi_reader;

-- What each verification by the server itself came to; the first difference, where there was one.
CREATE TABLE ledger.verification (
    id       uuid PRIMARY KEY,
    at       timestamptz NOT NULL,
    scope    text NOT NULL CHECK (scope IN ('tail', 'full')),
    entries  bigint NOT NULL CHECK (entries >= 0),
    findings bigint NOT NULL CHECK (findings >= 0),
    log      uuid,
    seq      bigint,
    kind     text,
    expected text,
    found    text
);
CREATE INDEX verification_newest ON ledger.verification (scope, at DESC);
COMMENT ON COLUMN ledger.verification.scope IS 'none';
COMMENT ON COLUMN ledger.verification.kind IS 'none';
COMMENT ON COLUMN ledger.verification.expected IS 'none: a hash, a number or a plain description';
COMMENT ON COLUMN ledger.verification.found IS 'none: a hash, a number or a plain description';
GRANT SELECT, INSERT ON ledger.verification TO munshi_audit;
GRANT SELECT ON ledger.verification TO munshi_reader;

-- The instance log: one leaf a tick, over the commitments to every workspace's head. It tells nothing of any workspace.
CREATE TABLE ledger.tick (
    seq       bigint PRIMARY KEY CHECK (seq >= 0),
    leaf      text NOT NULL CHECK (octet_length(leaf) <= 2048),
    leaf_hash bytea NOT NULL CHECK (octet_length(leaf_hash) = 32)
);
CREATE TABLE ledger.tick_node (
    height integer NOT NULL CHECK (height BETWEEN 0 AND 15),
    index  bigint NOT NULL CHECK (index >= 0),
    hashes bytea NOT NULL CHECK (octet_length(hashes) = 480),
    PRIMARY KEY (height, index)
);
ALTER TABLE ledger.tick_node ALTER COLUMN hashes SET STORAGE MAIN;
CREATE TABLE ledger.instance_checkpoint (
    size bigint PRIMARY KEY CHECK (size > 0),
    root bytea NOT NULL CHECK (octet_length(root) = 32),
    note text NOT NULL CHECK (octet_length(note) <= 4096),
    at   timestamptz NOT NULL
);
-- A witness's line for a checkpoint of the instance log.
CREATE TABLE ledger.cosignature (
    size    bigint NOT NULL REFERENCES ledger.instance_checkpoint,
    witness text NOT NULL CHECK (octet_length(witness) <= 512),
    line    text NOT NULL CHECK (octet_length(line) <= 4096),
    PRIMARY KEY (size, witness)
);
-- Whose name the checkpoints bear, and whose key. Written before the first signature.
CREATE TABLE ledger.identity (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    origin   text NOT NULL CHECK (octet_length(origin) BETWEEN 1 AND 200),
    vkey     text NOT NULL CHECK (octet_length(vkey) <= 512)
);
COMMENT ON COLUMN ledger.tick.leaf IS 'none: format in docs/data-format.md';
COMMENT ON COLUMN ledger.tick.leaf_hash IS 'none';
COMMENT ON COLUMN ledger.tick_node.hashes IS 'none';
COMMENT ON COLUMN ledger.instance_checkpoint.root IS 'none';
COMMENT ON COLUMN ledger.instance_checkpoint.note IS 'none: a signed note, C2SP tlog-checkpoint';
COMMENT ON COLUMN ledger.cosignature.witness IS 'none: the name of a key';
COMMENT ON COLUMN ledger.cosignature.line IS 'none: a signature line, C2SP tlog-cosignature';
COMMENT ON COLUMN ledger.identity.origin IS 'none';
COMMENT ON COLUMN ledger.identity.vkey IS 'none: a public key';
GRANT SELECT, INSERT ON ledger.tick, ledger.tick_node, ledger.instance_checkpoint, ledger.cosignature, ledger.identity TO munshi_audit;
GRANT SELECT ON ledger.tick, ledger.tick_node, ledger.instance_checkpoint, ledger.cosignature, ledger.identity TO munshi_reader;

DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['node', 'checkpoint', 'tick', 'tick_node', 'instance_checkpoint', 'cosignature', 'identity', 'place', 'restore', 'verification'] LOOP
        EXECUTE format('CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.%I FOR EACH ROW EXECUTE FUNCTION guard.refuse_change()', one);
        EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.%I FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change()', one);
        EXECUTE format('ALTER TABLE ledger.%I ENABLE ALWAYS TRIGGER immutable', one);
        EXECUTE format('ALTER TABLE ledger.%I ENABLE ALWAYS TRIGGER never_emptied', one);
    END LOOP;
END
$$;
