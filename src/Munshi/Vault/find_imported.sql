-- Which of these references stand already.
-- $1 uuid     workspace
-- $2 bytea[]  references, 32 bytes each
SELECT reference FROM vault.import_reference WHERE client_id = $1 AND reference = ANY ($2);
