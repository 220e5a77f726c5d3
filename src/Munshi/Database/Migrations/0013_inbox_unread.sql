-- The inbox tells how many conversations of each view hold something that nobody has read.
CREATE INDEX conversation_unread ON vault.conversation (client_id, owner_kind, owner_person_id) WHERE inbound_count > read_count;
