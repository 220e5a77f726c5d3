-- A log's recorded restores, each with what stands beside it: its workspace, the time from which on what waited is uncertain, its last row, and the first checkpoint over its rows.
-- $1 uuid  workspace
SELECT r.client_id, r.id, r.first_seq, r.last_seq, r.at, r.note,
    EXISTS (SELECT FROM workspace.workspace w WHERE w.client_id = r.client_id),
    EXISTS (SELECT FROM work.restoration d WHERE d.client_id = r.client_id AND d.at <= r.at),
    (SELECT l.row_hash FROM ledger.entry l WHERE l.client_id = r.client_id AND l.seq = r.last_seq),
    (SELECT c.tick FROM ledger.checkpoint c WHERE c.client_id = r.client_id AND c.size > r.first_seq ORDER BY c.size LIMIT 1)
FROM ledger.restore r
WHERE r.client_id = $1
ORDER BY r.first_seq
