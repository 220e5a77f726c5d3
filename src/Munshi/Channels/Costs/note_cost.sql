-- Notes what a status says of a message's cost. A message is counted once: when its price was told and it was delivered, in whichever order.
-- $1 uuid     workspace
-- $2 uuid     message; one that did not leave through the outbox costs nothing
-- $3 uuid     the status report
-- $4 text     category; null where this status tells no price
-- $5 text     type; null where this status tells no price
-- $6 date     the month of the status
-- $7 boolean  whether it says that the message was delivered
-- $8 boolean  whether it says that the message failed
WITH noted AS (
    INSERT INTO channel.message_cost AS c (client_id, message_id, number_id, month, category, type, delivered, leaving, counted_by)
    SELECT o.client_id, o.message_id, o.number_id, $6::date, $4::text, $5::text, $7::boolean, $4::text IS NOT NULL AND NOT $7::boolean AND NOT $8::boolean, CASE WHEN $4::text IS NOT NULL AND $7::boolean THEN $3::uuid END
    FROM channel.outbox o WHERE o.client_id = $1 AND o.message_id = $2
    ON CONFLICT (client_id, message_id) DO UPDATE SET
        month = CASE WHEN c.delivered THEN c.month ELSE excluded.month END,
        category = CASE WHEN c.type IS NULL THEN coalesce(excluded.category, c.category) ELSE c.category END,
        type = coalesce(c.type, excluded.type),
        delivered = c.delivered OR excluded.delivered,
        leaving = NOT $8 AND (c.leaving OR excluded.leaving) AND NOT (coalesce(c.type, excluded.type) IS NOT NULL AND (c.delivered OR excluded.delivered)),
        counted_by = CASE WHEN coalesce(c.type, excluded.type) IS NOT NULL AND (c.delivered OR excluded.delivered) THEN $3::uuid END
    WHERE c.counted_by IS NULL
    RETURNING c.client_id, c.month, c.number_id, c.category, c.type, c.counted_by
)
INSERT INTO channel.cost_count AS n (client_id, month, number_id, category, type, messages)
SELECT noted.client_id, noted.month, noted.number_id, noted.category, noted.type, 1 FROM noted WHERE noted.counted_by IS NOT NULL
ON CONFLICT (client_id, month, number_id, category, type) DO UPDATE SET messages = n.messages + 1;
