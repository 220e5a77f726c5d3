-- Marks one delivery as sorted and, only if it was not, writes its updates, their jobs and what is quarantined.
-- $1  uuid         delivery
-- $2  timestamptz  now
-- $3  timestamptz  received at
-- $4  uuid         intake key
-- $5  text         what was wrong with the whole delivery, or null
-- $6  uuid[]       workspace of each routed update
-- $7  uuid[]       id of each
-- $8  int[]        position of each in the delivery
-- $9  text[]       kind of each
-- $10 bytea[]      sealed body of each
-- $11 uuid[]       job id of each
-- $12 uuid         app
-- $13 uuid[]       id of each quarantined update
-- $14 int[]        position of each
-- $15 text[]       kind of each
-- $16 text[]       reason of each
-- $17 bytea[]      sealed body of each
WITH sorted AS (
    UPDATE intake.delivery SET sorted_at = $2, problem = $5, update_count = cardinality($7::uuid[]) + cardinality($13::uuid[])
    WHERE id = $1 AND sorted_at IS NULL
    RETURNING id
), routed AS (
    INSERT INTO intake.update (client_id, id, delivery_id, ordinal, kind, received_at, key_id, body_sealed)
    SELECT u.client_id, u.id, sorted.id, u.ordinal, u.kind, $3, $4, u.body
    FROM sorted, unnest($6::uuid[], $7::uuid[], $8::int[], $9::text[], $10::bytea[]) AS u (client_id, id, ordinal, kind, body)
), quarantined AS (
    INSERT INTO intake.quarantine (id, delivery_id, ordinal, app_id, kind, reason, received_at, key_id, body_sealed)
    SELECT q.id, sorted.id, q.ordinal, $12, q.kind, q.reason, $3, $4, q.body
    FROM sorted, unnest($13::uuid[], $14::int[], $15::text[], $16::text[], $17::bytea[]) AS q (id, ordinal, kind, reason, body)
)
INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at)
SELECT j.client_id, j.id, 'intake.update', j.subject, $2, $2
FROM sorted, unnest($6::uuid[], $11::uuid[], $7::uuid[]) AS j (client_id, id, subject);
