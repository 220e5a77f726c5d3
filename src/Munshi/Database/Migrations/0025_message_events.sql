-- What a customer did to a message afterwards stands beside it: the original never changes.
CREATE INDEX message_change ON vault.message (client_id, refers_to) WHERE kind IN ('edit', 'revoke');

-- Messages that were deleted for everyone. The reference is under the customer's own key, so nobody else's can be named; it says something of what the customer wrote alone.
CREATE VIEW vault.revoked_message WITH (security_invoker = true) AS
SELECT r.client_id, r.message_id
FROM vault.provider_reference r
JOIN vault.message e ON e.client_id = r.client_id AND e.refers_to = r.reference AND e.kind = 'revoke';
GRANT SELECT ON vault.revoked_message TO munshi_app;
