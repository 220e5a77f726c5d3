-- Messages of an imported chat, in one statement.
-- $1 uuid           workspace
-- $2 uuid           conversation
-- $3 uuid           identifier
-- $4 timestamptz    received_at
-- $5 uuid[]         ids
-- $6 text[]         directions
-- $7 text[]         authors
-- $8 text[]         kinds
-- $9 timestamptz[]  at
-- $10 timestamptz[] provider_at
-- $11 uuid[]        keys
-- $12 bytea[]       texts, sealed; NULL where there is none
-- $13 bytea[]       records of the file, sealed
INSERT INTO vault.message (client_id, id, conversation_id, identifier_id, direction, author, kind, source, turn, at,
    provider_at, received_at, key_id, text_sealed, raw_sealed)
SELECT $1, m.id, $2, $3, m.direction, m.author, m.kind, 'import', 0, m.at, m.provider_at, $4, m.key_id, m.text_sealed, m.raw_sealed
FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[], $11::uuid[], $12::bytea[], $13::bytea[])
    AS m (id, direction, author, kind, at, provider_at, key_id, text_sealed, raw_sealed);
