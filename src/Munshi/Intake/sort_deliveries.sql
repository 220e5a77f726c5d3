-- Marks deliveries as sorted and, only of those that were not, writes their updates, the jobs and what is quarantined.
-- $1  timestamptz  now
-- $2  uuid[]       deliveries
-- $3  text[]       what was wrong with each as a whole, or null
-- $4  int[]        how many updates each has
-- $5  uuid[]       delivery of each routed update
-- $6  uuid[]       its workspace
-- $7  uuid[]       its id
-- $8  int[]        its position in the delivery
-- $9  text[]       its kind
-- $10 bytea[]      its sealed body
-- $11 uuid[]       the id of its job
-- $12 uuid[]       delivery of each quarantined update
-- $13 uuid[]       its id
-- $14 int[]        its position
-- $15 text[]       its kind
-- $16 text[]       its reason
-- $17 bytea[]      its sealed body
-- $18 bytea[]      reference of each routed update's provider id, NULL where it has none
-- $19 uuid[]       delivery of each problem
-- $20 uuid[]       the workspace whose app signed it
-- $21 text[]       its reason
-- $22 int[]        how many updates it is about
WITH sorted AS (
    UPDATE intake.delivery d SET sorted_at = $1, problem = given.problem, update_count = given.update_count
    FROM unnest($2::uuid[], $3::text[], $4::int[]) AS given (id, problem, update_count)
    WHERE d.id = given.id AND coalesce(d.sorted_at, 'infinity') = 'infinity' -- IS NULL invites a walk through all that is unsorted
    RETURNING d.id, d.app_id, d.received_at, d.key_id
), routed AS (
    INSERT INTO intake.update (client_id, id, delivery_id, ordinal, kind, received_at, key_id, body_sealed, sorted_at, reference)
    SELECT u.client_id, u.id, sorted.id, u.ordinal, u.kind, sorted.received_at, sorted.key_id, u.body, $1, u.reference
    FROM sorted
    JOIN unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::int[], $9::text[], $10::bytea[], $18::bytea[]) AS u (delivery_id, client_id, id, ordinal, kind, body, reference)
        ON u.delivery_id = sorted.id
), quarantined AS (
    INSERT INTO intake.quarantine (id, delivery_id, ordinal, app_id, kind, reason, received_at, key_id, body_sealed)
    SELECT q.id, sorted.id, q.ordinal, sorted.app_id, q.kind, q.reason, sorted.received_at, sorted.key_id, q.body
    FROM sorted
    JOIN unnest($12::uuid[], $13::uuid[], $14::int[], $15::text[], $16::text[], $17::bytea[]) AS q (delivery_id, id, ordinal, kind, reason, body)
        ON q.delivery_id = sorted.id
), told AS (
    INSERT INTO intake.delivery_problem (client_id, delivery_id, reason, update_count, received_at, sorted_at)
    SELECT p.client_id, sorted.id, p.reason, p.update_count, sorted.received_at, $1
    FROM sorted
    JOIN unnest($19::uuid[], $20::uuid[], $21::text[], $22::int[]) AS p (delivery_id, client_id, reason, update_count) ON p.delivery_id = sorted.id
)
INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at)
SELECT j.client_id, j.id, 'intake.update', j.subject, $1, $1 - (cardinality($7::uuid[]) - j.place) * interval '1 microsecond' -- claimed in their order
FROM sorted
JOIN unnest($5::uuid[], $6::uuid[], $11::uuid[], $7::uuid[]) WITH ORDINALITY AS j (delivery_id, client_id, id, subject, place) ON j.delivery_id = sorted.id;
