-- All that the costs of a month depend on, in one answer: its messages that are alike (those with no type are on their way), the prices set, the limit.
-- $1 uuid  workspace
-- $2 date  month
SELECT 'message', n.number_id, n.category, n.type, n.messages, NULL::date, NULL::date FROM channel.cost_count n WHERE n.client_id = $1 AND n.month = $2
UNION ALL
SELECT 'message', c.number_id, c.category, NULL, count(*), NULL, NULL FROM channel.message_cost c WHERE c.client_id = $1 AND c.month = $2 AND c.leaving
GROUP BY c.number_id, c.category
UNION ALL
SELECT 'price', NULL, p.category, NULL, p.micros, NULL, NULL FROM channel.cost_price p WHERE p.client_id = $1
UNION ALL
SELECT 'limit', NULL, NULL, NULL, k.micros, k.near_told, k.reached_told FROM channel.cost_cap k WHERE k.client_id = $1;
