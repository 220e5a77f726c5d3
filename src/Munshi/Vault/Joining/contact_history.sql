-- What a contact was merged with or split from, the newest first.
-- $1 uuid  workspace
-- $2 uuid  contact
-- $3 int   how many
SELECT e.id, e.kind, e.actor, e.at, e.identifier_ids, e.contact_id = $2,
    EXISTS (SELECT FROM vault.contact_event u WHERE u.client_id = $1 AND u.undoes = e.id)
FROM (
    (SELECT * FROM vault.contact_event f WHERE f.client_id = $1 AND f.contact_id = $2 ORDER BY f.at DESC, f.id DESC LIMIT $3)
    UNION ALL
    (SELECT * FROM vault.contact_event g WHERE g.client_id = $1 AND g.other_contact_id = $2 ORDER BY g.at DESC, g.id DESC LIMIT $3)) e
ORDER BY e.at DESC, e.id DESC
LIMIT $3;
