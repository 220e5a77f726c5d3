-- A workspace log's blocks.
-- $1 uuid   workspace
-- $2 int[]     heights
-- $3 bigint[]  indexes
SELECT n.height, n.index, n.hashes
FROM unnest($2::int[], $3::bigint[]) AS wanted (height, index)
JOIN ledger.node n ON n.client_id = $1 AND n.height = wanted.height AND n.index = wanted.index
