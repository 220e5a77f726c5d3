-- The newest verifications of each scope, newest first. What was found in another workspace's log is told without its place.
-- $1 uuid  the reader's log
-- $2 int   how many of each scope
SELECT at, scope, findings > 0, coalesce(log <> $1, false),
    CASE WHEN log = $1 THEN seq END,
    CASE WHEN log IS NULL OR log = $1 THEN kind END,
    CASE WHEN log = $1 THEN expected END,
    CASE WHEN log = $1 THEN found END
FROM (
    (SELECT * FROM ledger.verification WHERE scope = 'tail' ORDER BY at DESC LIMIT $2)
    UNION ALL
    (SELECT * FROM ledger.verification WHERE scope = 'full' ORDER BY at DESC LIMIT $2)
) newest
ORDER BY at DESC, scope;
