-- What the ceremony says of a restore, signed by the installation's key: who can write to the table alone can make none.
ALTER TABLE ledger.restore ADD COLUMN note text CHECK (octet_length(note) <= 4096);
COMMENT ON COLUMN ledger.restore.note IS 'none: a signed note; format in docs/data-format.md';

-- Verification holds a recorded restore against the time from which on nothing that waited was done.
CREATE POLICY all_workspaces ON work.restoration FOR SELECT TO munshi_reader USING (true);
GRANT USAGE ON SCHEMA work TO munshi_reader;
GRANT SELECT ON work.restoration TO munshi_reader;

-- The few rows that a ceremony looks for among all.
CREATE INDEX event_of_restore ON audit.event (client_id, object) WHERE action IN ('ledger.restored', 'ledger.begun-anew');
CREATE INDEX tick_that_names ON ledger.tick (seq) WHERE leaf LIKE 'munshi-origin/1%';
