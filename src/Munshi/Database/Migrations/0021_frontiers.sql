-- The complete subtrees of a signed tree, the largest first: they fold to its root, and spare a proof the unfinished edge. None of older checkpoints.
ALTER TABLE ledger.checkpoint ADD COLUMN frontier bytea CHECK (octet_length(frontier) % 32 = 0 AND octet_length(frontier) BETWEEN 32 AND 2048);
ALTER TABLE ledger.instance_checkpoint ADD COLUMN frontier bytea CHECK (octet_length(frontier) % 32 = 0 AND octet_length(frontier) BETWEEN 32 AND 2048);
COMMENT ON COLUMN ledger.checkpoint.frontier IS 'none';
COMMENT ON COLUMN ledger.instance_checkpoint.frontier IS 'none';
