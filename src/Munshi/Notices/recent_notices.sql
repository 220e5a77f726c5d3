-- Notices, newest first, each with its mails, oldest first.
-- $1 uuid         workspace
-- $2 timestamptz  of the row above the page; null for the newest
-- $3 uuid         id of that row
-- $4 int          how many notices
WITH page AS (
    SELECT * FROM notice.notice
    WHERE client_id = $1 AND ($2::timestamptz IS NULL OR (raised_at, id) < ($2, $3))
    ORDER BY raised_at DESC, id DESC
    LIMIT $4
)
SELECT n.id, n.severity, n.kind, n.parameters, n.raised_at, n.last_at, n.repeats,
    d.person_id, d.state, d.reason, d.code, d.held_until
FROM page n LEFT JOIN notice.delivery d ON d.client_id = n.client_id AND d.notice_id = n.id
ORDER BY n.raised_at DESC, n.id DESC, d.created_at, d.id;
