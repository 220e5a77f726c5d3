-- Counts a message as on its way, at the moment it leaves.
-- $1 uuid  workspace
-- $2 uuid  message
-- $3 uuid  number
-- $4 date  month
-- $5 text  the category expected
INSERT INTO channel.message_cost AS c (client_id, message_id, number_id, month, category, delivered, leaving) VALUES ($1, $2, $3, $4, $5, false, true)
ON CONFLICT (client_id, message_id) DO UPDATE SET month = excluded.month, category = excluded.category, leaving = true
WHERE c.counted_by IS NULL AND c.type IS NULL;
