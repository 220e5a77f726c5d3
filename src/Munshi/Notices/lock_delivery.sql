-- One mail with the notice it tells, locked.
-- $1 uuid  workspace
-- $2 uuid  delivery
SELECT d.id, d.person_id, d.state, d.attempts, d.unanswered, n.severity, n.kind, n.parameters, n.raised_at
FROM notice.delivery d JOIN notice.notice n ON n.client_id = d.client_id AND n.id = d.notice_id
WHERE d.client_id = $1 AND d.id = $2
FOR UPDATE OF d;
