-- Every log there is or should be, whichever of the three tables knows it.
WITH RECURSIVE chained AS (
    (SELECT client_id FROM ledger.entry ORDER BY client_id LIMIT 1)
    UNION ALL
    SELECT (SELECT e.client_id FROM ledger.entry e WHERE e.client_id > chained.client_id ORDER BY e.client_id LIMIT 1)
    FROM chained
    WHERE chained.client_id IS NOT NULL
), audited AS (
    (SELECT client_id FROM audit.event ORDER BY client_id LIMIT 1)
    UNION ALL
    SELECT (SELECT v.client_id FROM audit.event v WHERE v.client_id > audited.client_id ORDER BY v.client_id LIMIT 1)
    FROM audited
    WHERE audited.client_id IS NOT NULL
)
SELECT client_id FROM workspace.workspace
UNION
SELECT client_id FROM chained WHERE client_id IS NOT NULL
UNION
SELECT client_id FROM audited WHERE client_id IS NOT NULL
