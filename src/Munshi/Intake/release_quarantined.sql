-- Lets in quarantined updates, each once: as an update of its workspaces, with its job; and notes it for the owner of the app.
-- $1  timestamptz  now
-- $2  uuid         the workspace whose app signed them
-- $3  uuid[]       delivery of each update
-- $4  uuid[]       its workspace
-- $5  uuid[]       its id
-- $6  int[]        its position in the delivery
-- $7  text[]       its kind
-- $8  bytea[]      its sealed body
-- $9  bytea[]      reference of its provider id, NULL where it has none
-- $10 uuid[]       the id of its job
WITH given AS (
    SELECT * FROM unnest($3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::bytea[], $9::bytea[], $10::uuid[])
        WITH ORDINALITY AS u (delivery_id, client_id, id, ordinal, kind, body, reference, job_id, place)
), released AS (
    UPDATE intake.quarantine q SET released_at = $1::timestamptz
    FROM (SELECT DISTINCT delivery_id, ordinal FROM given) g
    WHERE q.delivery_id = g.delivery_id AND q.ordinal = g.ordinal AND coalesce(q.released_at, 'infinity') = 'infinity'
    RETURNING q.delivery_id, q.ordinal, q.reason, q.received_at, q.key_id
), routed AS (
    INSERT INTO intake.update (client_id, id, delivery_id, ordinal, kind, received_at, key_id, body_sealed, sorted_at, reference)
    SELECT g.client_id, g.id, g.delivery_id, g.ordinal, g.kind, r.received_at, r.key_id, g.body, $1::timestamptz, g.reference
    FROM given g JOIN released r ON r.delivery_id = g.delivery_id AND r.ordinal = g.ordinal
), told AS (
    UPDATE intake.delivery_problem p SET released_count = p.released_count + r.let_in
    FROM (SELECT delivery_id, reason, count(*)::int AS let_in FROM released GROUP BY delivery_id, reason) r
    WHERE p.client_id = $2::uuid AND p.delivery_id = r.delivery_id AND p.reason = r.reason
)
INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at)
SELECT g.client_id, g.job_id, 'intake.update', g.id, $1::timestamptz, $1::timestamptz - (cardinality($3::uuid[]) - g.place) * interval '1 microsecond'
FROM given g JOIN released r ON r.delivery_id = g.delivery_id AND r.ordinal = g.ordinal;
