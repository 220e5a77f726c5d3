-- Conversations in which several wrote of whom some are gone: the 24-hour window is that of those who are left.
-- $1 uuid    workspace
-- $2 uuid[]  conversations
-- $3 uuid[]  identifiers that stay
UPDATE vault.conversation c SET window_from = (
    SELECT max(m.provider_at) FROM vault.message m
    WHERE m.client_id = $1 AND m.conversation_id = c.id AND m.direction = 'in' AND m.source IN ('webhook', 'standby') AND m.identifier_id = ANY ($3)
        AND m.kind NOT IN ('reaction', 'edit', 'revoke', 'system'))
WHERE c.client_id = $1 AND c.id = ANY ($2);
