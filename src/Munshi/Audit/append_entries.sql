-- Appends rows; the keys (client_id, seq) and event_id refuse what another sequencer has appended.
-- $1 uuid[]    workspaces
-- $2 bigint[]  sequence numbers
-- $3 bigint[]  events
-- $4 text[]    leaves
-- $5 bytea[]   row hashes, 32 bytes each
INSERT INTO ledger.entry (client_id, seq, event_id, leaf, row_hash)
SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::bytea[])
