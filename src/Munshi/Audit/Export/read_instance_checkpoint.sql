-- A checkpoint of the instance log that holds a tick, with its cosignatures: of the newest that were cosigned the one with the most,
-- of those rather one that is time-stamped; otherwise the newest time-stamped, otherwise the newest. Its time stamp, where it has one.
-- $1 bigint  the tick
WITH cosigned AS (
    SELECT newest.size, count(*) AS witnesses
    FROM (SELECT s.size FROM ledger.cosignature s WHERE s.size > $1 ORDER BY s.size DESC LIMIT 1000) newest
    GROUP BY newest.size
)
SELECT i.note, ARRAY(SELECT s.line FROM ledger.cosignature s WHERE s.size = i.size ORDER BY s.witness), (SELECT t.token FROM ledger.time_stamp t WHERE t.size = i.size)
FROM ledger.instance_checkpoint i
WHERE i.size = coalesce(
    (SELECT c.size FROM cosigned c ORDER BY c.witnesses DESC, EXISTS (SELECT FROM ledger.time_stamp t WHERE t.size = c.size) DESC, c.size DESC LIMIT 1),
    (SELECT max(t.size) FROM ledger.time_stamp t WHERE t.size > $1),
    (SELECT max(l.size) FROM ledger.instance_checkpoint l))
