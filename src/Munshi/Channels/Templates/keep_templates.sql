-- Writes a number's templates as Meta holds them now; those that are known keep their ids.
-- $1 uuid         workspace
-- $2 uuid         number
-- $3 timestamptz  now
-- $4 uuid[]       ids of new ones
-- $5 text[]       names
-- $6 text[]       languages
-- $7 text[]       categories
-- $8 text[]       statuses
-- $9 text[]       components, JSON
INSERT INTO channel.template (client_id, number_id, id, name, language, category, status, components, refreshed_at)
SELECT $1, $2, t.id, t.name, t.language, t.category, t.status, t.components::jsonb, $3
FROM unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[]) AS t (id, name, language, category, status, components)
ON CONFLICT (client_id, number_id, name, language) DO UPDATE SET
    category = excluded.category, status = excluded.status, components = excluded.components, refreshed_at = excluded.refreshed_at;
