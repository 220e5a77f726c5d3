-- How many conversations of a state each view holds, and how many of them hold something unread, counted no further than the most that is shown.
-- $1 uuid  workspace
-- $2 uuid  the viewer
-- $3 int   counted at most
-- $4 text  open, snoozed or resolved
SELECT
    (SELECT count(*) FROM (SELECT FROM vault.conversation WHERE client_id = $1 AND state = $4 LIMIT $3) counted)::int,
    (SELECT count(*) FROM (SELECT FROM vault.conversation WHERE client_id = $1 AND state = $4 AND owner_kind = 'waiting' LIMIT $3) counted)::int,
    (SELECT count(*) FROM (
        SELECT FROM vault.conversation WHERE client_id = $1 AND state = $4 AND owner_kind = 'person' AND owner_person_id = $2 LIMIT $3) counted)::int,
    (SELECT count(*) FROM (SELECT FROM vault.conversation WHERE client_id = $1 AND state = $4 AND inbound_count > read_count LIMIT $3) counted)::int,
    (SELECT count(*) FROM (
        SELECT FROM vault.conversation WHERE client_id = $1 AND state = $4 AND inbound_count > read_count AND owner_kind = 'waiting' LIMIT $3) counted)::int,
    (SELECT count(*) FROM (
        SELECT FROM vault.conversation
        WHERE client_id = $1 AND state = $4 AND inbound_count > read_count AND owner_kind = 'person' AND owner_person_id = $2 LIMIT $3) counted)::int;
