-- Adds what was seen at an app's callback to what was seen before.
-- $1 uuid         workspace
-- $2 uuid         app
-- $3 timestamptz  handshake, or null
-- $4 bigint       handshakes refused
-- $5 timestamptz  the last of them, or null
-- $6 timestamptz  delivery, or null
-- $7 bigint       deliveries refused for their signature
-- $8 timestamptz  the last of them, or null
INSERT INTO channel.callback_state AS known
    (client_id, app_id, handshake_at, refused_handshakes, refused_handshake_at, delivery_at, bad_signatures, bad_signature_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT (client_id, app_id) DO UPDATE SET
    handshake_at = coalesce(excluded.handshake_at, known.handshake_at),
    refused_handshakes = known.refused_handshakes + excluded.refused_handshakes,
    refused_handshake_at = coalesce(excluded.refused_handshake_at, known.refused_handshake_at),
    delivery_at = coalesce(excluded.delivery_at, known.delivery_at),
    bad_signatures = known.bad_signatures + excluded.bad_signatures,
    bad_signature_at = coalesce(excluded.bad_signature_at, known.bad_signature_at);
