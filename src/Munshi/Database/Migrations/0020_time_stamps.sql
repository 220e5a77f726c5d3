-- Time stamps (RFC 3161) of checkpoints of the instance log, by an authority outside.
CREATE TABLE ledger.time_stamp (
    size  bigint PRIMARY KEY REFERENCES ledger.instance_checkpoint,
    at    timestamptz NOT NULL,
    token bytea NOT NULL CHECK (octet_length(token) <= 65536)
);
COMMENT ON COLUMN ledger.time_stamp.token IS 'none: a token over a signed note, RFC 3161';
GRANT SELECT, INSERT ON ledger.time_stamp TO munshi_audit;
GRANT SELECT ON ledger.time_stamp TO munshi_reader;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON ledger.time_stamp FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON ledger.time_stamp FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE ledger.time_stamp ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE ledger.time_stamp ENABLE ALWAYS TRIGGER never_emptied;
