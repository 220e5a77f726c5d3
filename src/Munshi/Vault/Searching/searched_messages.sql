-- Messages with what can be searched of them.
-- $1 uuid    workspace
-- $2 uuid[]  messages
SELECT m.id, m.at, m.conversation_id, m.kind, m.direction, m.author, m.source, m.key_id, m.text_sealed,
    CASE WHEN m.kind IN ('document', 'location', 'contacts', 'order', 'nfm_reply', 'reply') AND m.source <> 'import' THEN m.raw_sealed END,
    m.kind IN ('reaction', 'edit', 'revoke') AND EXISTS (
        SELECT FROM vault.provider_reference f WHERE f.client_id = $1 AND f.reference = m.refers_to)
FROM vault.message m
WHERE m.client_id = $1 AND m.id = ANY ($2);
