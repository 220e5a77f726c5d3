-- Many messages in one statement.
-- $1 uuid           workspace
-- $2 uuid[]         ids
-- $3 uuid[]         conversations
-- $4 uuid[]         identifiers
-- $5 text[]         directions
-- $6 text[]         authors
-- $7 text[]         kinds
-- $8 text[]         sources
-- $9 bigint[]       turns
-- $10 timestamptz[] at
-- $11 timestamptz[] provider_at; NULL where nothing plausible was told
-- $12 timestamptz[] received_at
-- $13 uuid[]        keys
-- $14 bytea[]       texts, sealed; NULL where there is none
-- $15 bytea[]       what the provider or the file told, sealed; NULL where there is none
-- $16 bytea[]       references of the messages quoted; NULL where there is none
INSERT INTO vault.message (client_id, id, conversation_id, identifier_id, direction, author, kind, source, turn, at,
    provider_at, received_at, key_id, text_sealed, raw_sealed, refers_to)
SELECT $1, m.* FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::timestamptz[],
    $11::timestamptz[], $12::timestamptz[], $13::uuid[], $14::bytea[], $15::bytea[], $16::bytea[]) AS m;
