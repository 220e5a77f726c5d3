-- The row hashes at given places, null where there is no row.
-- $1 uuid[]    workspaces
-- $2 bigint[]  sequence numbers
SELECT wanted.place, l.row_hash
FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS wanted (client_id, seq, place)
LEFT JOIN ledger.entry l ON l.client_id = wanted.client_id AND l.seq = wanted.seq
ORDER BY wanted.place
