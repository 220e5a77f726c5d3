-- Who wants no automatic messages, or no marketing of a number, newest first: what each is called by, and the conversation that goes on.
-- $1 uuid         workspace
-- $2 timestamptz  when the row above the page was asked for; NULL at the top
-- $3 uuid         id of that row
-- $4 int          how many
WITH page AS (
    (SELECT k.opted_out_at AS at, k.id, k.id AS contact_id, NULL::uuid AS number_id
    FROM vault.contact k
    WHERE k.client_id = $1 AND k.opted_out_at IS NOT NULL
        AND (k.opted_out_at, k.id) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
        AND EXISTS (SELECT FROM vault.identifier i WHERE i.client_id = $1 AND i.contact_id = k.id) -- one that became another's is empty
    ORDER BY k.opted_out_at DESC, k.id DESC
    LIMIT $4)
    UNION ALL
    (SELECT c.at, c.id, i.contact_id, c.number_id
    FROM vault.marketing_choice c
    JOIN vault.identifier i ON i.client_id = $1 AND i.id = c.identifier_id
    WHERE c.client_id = $1 AND c.choice = 'stop'
        AND (c.at, c.id) < (coalesce($2, 'infinity'::timestamptz), coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid))
        AND NOT EXISTS (
            SELECT FROM vault.identifier j
            JOIN vault.marketing_choice n ON n.client_id = $1 AND n.identifier_id = j.id AND n.number_id = c.number_id AND n.choice <> 'unknown'
            WHERE j.client_id = $1 AND j.contact_id = i.contact_id AND (n.at, n.choice, n.id) > (c.at, c.choice, c.id))
    ORDER BY c.at DESC, c.id DESC
    LIMIT $4)
    ORDER BY at DESC, id DESC
    LIMIT $4
)
SELECT n.id, n.name_sealed, n.key_id, p.id, p.value_sealed, p.key_id, page.at, page.id, page.number_id, v.id
FROM page
LEFT JOIN LATERAL (
    SELECT i.id, i.name_sealed, d.key_id FROM vault.identifier i
    JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
    WHERE i.client_id = $1 AND i.contact_id = page.contact_id AND i.name_sealed IS NOT NULL
    ORDER BY i.created_at DESC, i.id DESC LIMIT 1) n ON true
LEFT JOIN LATERAL (
    SELECT i.id, i.value_sealed, d.key_id FROM vault.identifier i
    JOIN vault.data_key d ON d.client_id = $1 AND d.identifier_id = i.id AND d.period = 0
    WHERE i.client_id = $1 AND i.contact_id = page.contact_id AND i.kind = 'phone'
    ORDER BY i.created_at DESC, i.id DESC LIMIT 1) p ON true
LEFT JOIN LATERAL (
    SELECT c.id FROM vault.conversation c
    WHERE c.client_id = $1 AND c.contact_id = page.contact_id AND c.superseded_by IS NULL
        AND c.number_id IS NOT DISTINCT FROM coalesce(page.number_id, c.number_id)
    ORDER BY c.last_at DESC, c.id DESC LIMIT 1) v ON true
ORDER BY page.at DESC, page.id DESC;
