-- The other way to chain: a trigger that takes the log's head, hashes the row and moves the head on, row by row, in the act's own transaction.
CREATE TABLE head (
    log      uuid PRIMARY KEY,
    seq      bigint NOT NULL,
    row_hash bytea NOT NULL
);
INSERT INTO head VALUES ('00000000-0000-0000-0000-000000000001', -1, '\x0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE entry (
    log             uuid NOT NULL,
    seq             bigint NOT NULL,
    at              timestamptz NOT NULL,
    actor           text NOT NULL DEFAULT 'program:intake', -- a colon in its script is a variable to pgbench
    action          text NOT NULL,
    object          text NOT NULL,
    commitment      bytea NOT NULL,
    ciphertext_hash bytea NOT NULL,
    row_hash        bytea NOT NULL,
    PRIMARY KEY (log, seq)
);

CREATE FUNCTION chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    previous head;
BEGIN
    SELECT * INTO previous FROM head WHERE log = NEW.log FOR UPDATE;
    NEW.seq := previous.seq + 1;
    NEW.row_hash := sha256('\x00' || convert_to(
        concat_ws(E'\n', 'munshi-leaf/1', NEW.log, NEW.seq, NEW.at, NEW.actor, NEW.action, NEW.object,
            encode(NEW.commitment, 'hex'), encode(NEW.ciphertext_hash, 'hex'), encode(previous.row_hash, 'hex')), 'UTF8'));
    UPDATE head SET seq = NEW.seq, row_hash = NEW.row_hash WHERE log = NEW.log;
    RETURN NEW;
END
$$;
CREATE TRIGGER chain BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION chain();
