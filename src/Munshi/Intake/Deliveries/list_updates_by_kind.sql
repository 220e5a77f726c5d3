-- As list_updates.sql, of a kind that is not one of the common two.
-- $1 uuid     workspace
-- $2 uuid     ids below this one
-- $3 uuid     and not below this one
-- $4 int      how many are looked at
-- $5 int      how many are wanted
-- $6 text     state, or null
-- $7 boolean  given up or not, or null
-- $8 text     kind, or null
WITH looked AS MATERIALIZED (
    SELECT id, kind, state, reason, received_at, settled_at, replays, replayed_at, became
    FROM intake.update
    WHERE client_id = $1 AND id < $2 AND id >= $3
        AND kind = $8 AND kind NOT IN ('message', 'status')
    ORDER BY id DESC
    LIMIT $4
), page AS (
    SELECT * FROM looked
    WHERE ($6::text IS NULL OR state = $6) AND ($7::boolean IS NULL OR (reason IS NOT DISTINCT FROM 'given-up') = $7) AND ($8::text IS NULL OR kind = $8)
    ORDER BY id DESC
    LIMIT $5
)
SELECT ends.looked, ends.lowest, page.*
FROM (SELECT count(*)::int AS looked, (SELECT id FROM looked ORDER BY id LIMIT 1) AS lowest FROM looked) AS ends
LEFT JOIN page ON true
ORDER BY page.id DESC;
