-- Marks what a person has seen as read, and tells the open pages, once.
-- $1 uuid    workspace
-- $2 uuid    conversation
-- $3 bigint  the customer's messages that were on the page
-- $4 text    channel
-- $5 text    payload
-- Answers with a row where anything was marked.
WITH marked AS (
    UPDATE vault.conversation SET read_count = $3 WHERE client_id = $1 AND id = $2 AND read_count < $3 RETURNING id
)
SELECT pg_notify($4, $5) FROM marked;
