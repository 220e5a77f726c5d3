-- The newest checkpoints of the instance log, each with the witnesses who cosigned it.
-- $1 int  how many
SELECT c.size, c.root, c.at, ARRAY(SELECT s.witness FROM ledger.cosignature s WHERE s.size = c.size ORDER BY s.witness)
FROM ledger.instance_checkpoint c
ORDER BY c.size DESC
LIMIT $1;
