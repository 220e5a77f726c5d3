-- A conversation and those in which it goes on, locked in one order until the transaction ends.
-- $1 uuid  workspace
-- $2 uuid  conversation
WITH RECURSIVE chain (id, next) AS (
    SELECT f.id, f.superseded_by FROM vault.conversation f WHERE f.client_id = $1 AND f.id = $2
    UNION
    SELECT n.id, n.superseded_by FROM chain JOIN vault.conversation n ON n.client_id = $1 AND n.id = chain.next
)
SELECT c.id, c.contact_id, c.number_id, c.last_at, c.inbound_count, c.window_from, c.owner_kind, c.owner_person_id, c.owner_epoch,
    c.greeted_at IS NOT NULL, k.opted_out_at IS NOT NULL, c.state, c.snoozed_until, c.superseded_by
FROM vault.conversation c
JOIN vault.contact k ON k.client_id = c.client_id AND k.id = c.contact_id
WHERE c.client_id = $1 AND c.id = ANY (ARRAY(SELECT id FROM chain))
ORDER BY c.id
FOR UPDATE OF c;
