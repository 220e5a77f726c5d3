-- The instance log's blocks.
-- $1 int[]     heights
-- $2 bigint[]  indexes
SELECT n.height, n.index, n.hashes
FROM unnest($1::int[], $2::bigint[]) AS wanted (height, index)
JOIN ledger.tick_node n ON n.height = wanted.height AND n.index = wanted.index
