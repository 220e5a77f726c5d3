-- The conversation of a number with a contact, locked until the transaction ends; none where the identifier is another contact's by now.
-- $1 uuid  workspace
-- $2 uuid  number
-- $3 uuid  contact
-- $4 uuid  identifier
SELECT c.id, c.contact_id, c.number_id, c.last_at, c.inbound_count, c.window_from, c.owner_kind, c.owner_person_id, c.owner_epoch,
    c.greeted_at IS NOT NULL, k.opted_out_at IS NOT NULL, c.state, c.snoozed_until, c.superseded_by
FROM vault.conversation c
JOIN vault.contact k ON k.client_id = c.client_id AND k.id = c.contact_id
WHERE c.client_id = $1 AND c.number_id = $2 AND c.contact_id = $3 AND c.superseded_by IS NULL
    AND EXISTS (SELECT FROM vault.identifier i WHERE i.client_id = $1 AND i.id = $4 AND i.contact_id = $3)
FOR UPDATE OF c;
