-- Conversations, those last written to first, in whatever state.
-- $1 uuid         workspace
-- $2 timestamptz  shown_at of the conversation before the page; NULL for the first one
-- $3 uuid         that conversation
-- $4 timestamptz  those last written to at or after this time; NULL for all
-- $5 int          how many
SELECT c.shown_at, c.id
FROM unnest(ARRAY['open', 'snoozed', 'resolved']) AS s (state)
CROSS JOIN LATERAL (
    SELECT v.shown_at, v.id FROM vault.conversation v
    WHERE v.client_id = $1 AND v.state = s.state
        AND (v.shown_at, v.id) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
        AND v.shown_at >= coalesce($4, '-infinity'::timestamptz)
    ORDER BY v.shown_at DESC, v.id DESC
    LIMIT $5) c
ORDER BY c.shown_at DESC, c.id DESC
LIMIT $5;
