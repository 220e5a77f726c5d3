-- Conversations of an archive, none of which has a number. Where the customer has another one that goes on, the one last written to does, and the other stands beside it.
-- $1 uuid           workspace
-- $2 uuid[]         conversations that stood, and are passed by new ones
-- $3 uuid[]         those new ones
-- $4 uuid[]         ids
-- $5 uuid[]         contacts
-- $6 timestamptz[]  opened_at
-- $7 timestamptz[]  last_at
-- $8 bigint[]       inbound_count
-- $9 bigint[]       read_count
-- $10 text[]        owner_kind
-- $11 uuid[]        owner_person_id
-- $12 timestamptz[] greeted_at
-- $13 text[]        state
-- $14 timestamptz[] snoozed_until
-- $15 text[]        label_ids, each an array as text
-- $16 uuid[]        superseded_by
WITH passed AS (
    UPDATE vault.conversation c SET superseded_by = p.winner
    FROM unnest($2::uuid[], $3::uuid[]) AS p (id, winner)
    WHERE c.client_id = $1 AND c.id = p.id
    RETURNING c.id
)
INSERT INTO vault.conversation (client_id, id, contact_id, opened_at, last_at, last_message_id, inbound_count, read_count, owner_kind, owner_person_id, owner_epoch,
    greeted_at, state, snoozed_until, label_ids, superseded_by)
SELECT $1, n.id, n.contact_id, n.opened_at, n.last_at, n.id, n.inbound_count, n.read_count, n.owner_kind, n.owner_person_id, 0,
    n.greeted_at, n.state, n.snoozed_until, n.label_ids::uuid[], n.superseded_by
FROM (SELECT count(*) AS before FROM passed) done -- first, so that the customer has none that goes on when the new one comes
CROSS JOIN unnest($4::uuid[], $5::uuid[], $6::timestamptz[], $7::timestamptz[], $8::bigint[], $9::bigint[], $10::text[], $11::uuid[], $12::timestamptz[], $13::text[],
    $14::timestamptz[], $15::text[], $16::uuid[])
    AS n (id, contact_id, opened_at, last_at, inbound_count, read_count, owner_kind, owner_person_id, greeted_at, state, snoozed_until, label_ids, superseded_by)
WHERE done.before >= 0;
