-- What an import decided of each record, a page in the order of its file: the message that it is, or the event that it shows.
-- $1 uuid    workspace
-- $2 uuid    import
-- $3 bigint  the record after which the page begins
-- $4 uuid    and of that record the message
-- $5 int     how many
SELECT o.ordinal, o.message_id, o.outcome, o.raw_sealed IS NOT NULL, m.kind, m.at
FROM vault.observation o
JOIN vault.message m ON m.client_id = $1 AND m.id = o.message_id
WHERE o.client_id = $1 AND o.import_id = $2 AND (o.ordinal, o.message_id) > ($3, $4)
ORDER BY o.ordinal, o.message_id
LIMIT $5;
