-- Keeps what a member chose. A digest that is due already stays due.
-- $1 uuid         workspace
-- $2 uuid         member
-- $3 bytea        e-mail address, sealed
-- $4 text         language
-- $5 text         IANA time zone
-- $6 boolean      wants info
-- $7 boolean      wants warnings
-- $8 boolean      wants alerts
-- $9 boolean      wants the digest
-- $10 int         quiet from, minutes after midnight
-- $11 int         quiet until
-- $12 timestamptz when the next digest is due; null for none
-- $13 timestamptz now
INSERT INTO notice.recipient AS r (
    client_id, person_id, email_sealed, language, time_zone, wants_info, wants_warning, wants_alert, wants_digest, quiet_from, quiet_until, digest_due_at, changed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (client_id, person_id) DO UPDATE SET
    email_sealed = excluded.email_sealed,
    language = excluded.language,
    time_zone = excluded.time_zone,
    wants_info = excluded.wants_info,
    wants_warning = excluded.wants_warning,
    wants_alert = excluded.wants_alert,
    wants_digest = excluded.wants_digest,
    quiet_from = excluded.quiet_from,
    quiet_until = excluded.quiet_until,
    digest_due_at = CASE WHEN r.digest_due_at <= $13 AND excluded.digest_due_at IS NOT NULL THEN r.digest_due_at ELSE excluded.digest_due_at END,
    changed_at = excluded.changed_at;
