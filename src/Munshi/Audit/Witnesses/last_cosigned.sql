-- The newest checkpoint that each witness cosigned.
-- $1 text[]  names
SELECT wanted.name, last.size
FROM unnest($1::text[]) AS wanted (name)
LEFT JOIN LATERAL (
    SELECT s.size FROM ledger.cosignature s WHERE s.witness = wanted.name ORDER BY s.size DESC LIMIT 1
) last ON true
