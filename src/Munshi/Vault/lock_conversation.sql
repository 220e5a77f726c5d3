-- One conversation, locked until the transaction ends.
-- $1 uuid  workspace
-- $2 uuid  conversation
SELECT c.id, c.contact_id, c.number_id, c.last_at, c.inbound_count, c.window_from, c.owner_kind, c.owner_person_id, c.owner_epoch,
    c.greeted_at IS NOT NULL, k.opted_out_at IS NOT NULL, c.state, c.snoozed_until, c.superseded_by
FROM vault.conversation c
JOIN vault.contact k ON k.client_id = c.client_id AND k.id = c.contact_id
WHERE c.client_id = $1 AND c.id = $2
FOR UPDATE OF c;
