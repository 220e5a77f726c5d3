-- Raises a notice, or counts it where it was raised before or an open one of its kind and subject takes it in.
-- The caller holds the lock of kind and subject.
-- $1 uuid         workspace
-- $2 uuid         a fresh id
-- $3 text         severity
-- $4 text         kind
-- $5 uuid         subject
-- $6 text         which occurrence
-- $7 uuid         the one member it is for; null for all owners
-- $8 text[]       parameters of its text
-- $9 timestamptz  now
-- $10 timestamptz an open one raised after this takes it in, but nothing less than an alert takes in an alert
WITH earlier AS (
    SELECT id FROM notice.notice
    WHERE client_id = $1 AND kind = $4 AND subject = $5 AND (dedup_key = $6 OR (closed_at IS NULL AND raised_at > $10 AND (severity = 'alert' OR $3 <> 'alert')))
    ORDER BY (dedup_key = $6) DESC, raised_at DESC
    LIMIT 1
), counted AS (
    UPDATE notice.notice n SET repeats = n.repeats + 1, last_at = $9
    FROM earlier
    WHERE n.client_id = $1 AND n.id = earlier.id
)
INSERT INTO notice.notice (client_id, id, severity, kind, subject, dedup_key, person_id, parameters, raised_at, last_at)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $9
WHERE NOT EXISTS (SELECT FROM earlier);
