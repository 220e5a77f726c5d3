-- The conversations of a contact that is split, and who wrote in them.
-- $1 uuid    workspace
-- $2 uuid    contact
-- $3 uuid[]  identifiers that stay
-- $4 uuid[]  identifiers that go
-- Answers with whether one that stays is in it, whether one that goes is, and whether one that goes has asked what nothing has left in answer to.
SELECT c.id,
    EXISTS (SELECT FROM vault.message m WHERE m.client_id = $1 AND m.conversation_id = c.id AND m.identifier_id = ANY ($3)),
    EXISTS (SELECT FROM vault.message m WHERE m.client_id = $1 AND m.conversation_id = c.id AND m.identifier_id = ANY ($4)),
    EXISTS (
        SELECT FROM vault.message m
        WHERE m.client_id = $1 AND m.conversation_id = c.id AND m.direction = 'in' AND m.identifier_id = ANY ($4)
            AND m.kind NOT IN ('reaction', 'edit', 'revoke', 'system', 'request_welcome') AND m.turn > coalesce((
                SELECT max(o.turn) FROM vault.message o
                WHERE o.client_id = $1 AND o.conversation_id = c.id AND o.direction = 'out' AND o.kind <> 'reaction'
                    AND (o.source IN ('echo', 'standby') OR EXISTS (
                        SELECT FROM vault.message_status s
                        WHERE s.client_id = $1 AND s.message_id = o.id AND s.status IN ('accepted', 'sent', 'delivered', 'read', 'played', 'uncertain')))), 0))
FROM vault.conversation c
WHERE c.client_id = $1 AND c.contact_id = $2;
