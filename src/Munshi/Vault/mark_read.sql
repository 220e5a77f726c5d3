-- Marks what a person has seen as read, once.
-- $1 uuid    workspace
-- $2 uuid    conversation
-- $3 bigint  the customer's messages that were on the page
-- Answers with a row where anything was marked.
UPDATE vault.conversation SET read_count = $3 WHERE client_id = $1 AND id = $2 AND read_count < $3 RETURNING id;
