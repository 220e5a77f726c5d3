-- One page of the imports, newest first, with what each saw.
-- $1 uuid  workspace
-- $2 uuid  the import after which the page begins; NULL at the top
-- $3 int   how many
SELECT i.id, i.conversation_id, i.at, i.key_id, i.file_sealed, o.fresh, o.same, o.changed,
    EXISTS (SELECT FROM vault.withdrawn_import w WHERE w.client_id = $1 AND w.import_id = i.id AND w.withdrawn),
    (SELECT count(*) FROM vault.media_import f WHERE f.client_id = $1 AND f.import_id = i.id)
FROM (
    SELECT * FROM vault.import
    WHERE client_id = $1 AND id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    ORDER BY id DESC
    LIMIT $3) i
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE outcome = 'new') AS fresh,
        count(DISTINCT ordinal) FILTER (WHERE outcome = 'same') AS same,
        count(*) FILTER (WHERE outcome = 'changed') AS changed
    FROM vault.observation WHERE client_id = $1 AND import_id = i.id) o
ORDER BY i.id DESC;
