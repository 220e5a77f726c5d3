-- Stores a batch of deliveries; one commit for all of them.
-- $1 uuid[]         id
-- $2 uuid[]         app
-- $3 timestamptz[]  received at
-- $4 uuid[]         intake key
-- $5 bytea[]        sealed body
INSERT INTO intake.delivery (id, app_id, received_at, key_id, body_sealed)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::uuid[], $5::bytea[]);
