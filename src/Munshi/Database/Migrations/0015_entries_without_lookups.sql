-- An entry's workspace is its event's, which was looked up when the event was written; a second look-up for each entry
-- locks the workspace's row beside every writer.
ALTER TABLE ledger.entry DROP CONSTRAINT entry_client_id_fkey;
