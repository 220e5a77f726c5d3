-- Those of many messages that a filter takes, with what can be searched of them.
-- $1 uuid         workspace
-- $2 uuid[]       messages
-- $3 uuid         the contact; NULL for all
-- $4 uuid         the number; NULL for all
-- $5 text[]       the kinds; NULL for all
-- $6 text         the direction; NULL for both
-- $7 timestamptz  from; NULL for all
-- $8 timestamptz  until, not with it; NULL for all
-- $9 uuid         a label of the conversation; NULL for all
SELECT m.id, m.at, m.conversation_id, m.kind, m.direction, m.author, m.source, m.key_id, m.text_sealed,
    CASE WHEN m.kind IN ('document', 'location', 'contacts', 'order', 'nfm_reply', 'reply') AND m.source <> 'import' THEN m.raw_sealed END,
    m.kind IN ('reaction', 'edit', 'revoke') AND EXISTS (
        SELECT FROM vault.provider_reference f WHERE f.client_id = $1 AND f.reference = m.refers_to)
FROM vault.message m
JOIN vault.conversation c ON c.client_id = $1 AND c.id = m.conversation_id
WHERE m.client_id = $1 AND m.id = ANY ($2)
    AND (m.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = $1 AND w.message_id = m.id))
    AND ($3::uuid IS NULL OR c.contact_id = $3)
    AND ($4::uuid IS NULL OR c.number_id = $4)
    AND ($5::text[] IS NULL OR m.kind = ANY ($5))
    AND ($6::text IS NULL OR m.direction = $6)
    AND ($7::timestamptz IS NULL OR m.at >= $7)
    AND ($8::timestamptz IS NULL OR m.at < $8)
    AND ($9::uuid IS NULL OR $9 = ANY (c.label_ids));
