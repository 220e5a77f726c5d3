-- The system of record. A contact is a set of identifiers; messages are written once.
CREATE TABLE vault.contact (
    client_id    uuid NOT NULL REFERENCES workspace.workspace,
    id           uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    opted_out_at timestamptz,
    PRIMARY KEY (client_id, id)
);

CREATE TABLE vault.identifier (
    client_id    uuid NOT NULL,
    id           uuid NOT NULL,
    contact_id   uuid NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('phone', 'bsuid')),
    lookup       bytea NOT NULL CHECK (octet_length(lookup) = 32),
    value_sealed bytea NOT NULL,
    name_sealed  bytea,
    created_at   timestamptz NOT NULL,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, kind, lookup),
    FOREIGN KEY (client_id, contact_id) REFERENCES vault.contact
);
CREATE INDEX identifier_contact ON vault.identifier (client_id, contact_id);
COMMENT ON COLUMN vault.identifier.kind IS 'none';
COMMENT ON COLUMN vault.identifier.lookup IS 'pii:identifier as HMAC under the workspace''s look-up key';
COMMENT ON COLUMN vault.identifier.value_sealed IS 'pii:phone or business-scoped user id, sealed under the identifier''s identity key';
COMMENT ON COLUMN vault.identifier.name_sealed IS 'pii:name from the profile, sealed under the identifier''s identity key';

-- Which key of the keyring is the data key of an identifier for a calendar month (yyyymm), or its identity key (0).
CREATE TABLE vault.data_key (
    client_id     uuid NOT NULL,
    identifier_id uuid NOT NULL,
    period        int NOT NULL CHECK (period = 0 OR (period BETWEEN 200001 AND 999912 AND period % 100 BETWEEN 1 AND 12)),
    key_id        uuid NOT NULL,
    created_at    timestamptz NOT NULL,
    PRIMARY KEY (client_id, identifier_id, period),
    UNIQUE (client_id, key_id),
    FOREIGN KEY (client_id, identifier_id) REFERENCES vault.identifier
);

CREATE TABLE vault.conversation (
    client_id       uuid NOT NULL,
    id              uuid NOT NULL,
    contact_id      uuid NOT NULL,
    number_id       uuid NOT NULL,
    opened_at       timestamptz NOT NULL,
    last_at         timestamptz NOT NULL,
    last_message_id uuid NOT NULL,
    inbound_count   bigint NOT NULL CHECK (inbound_count >= 0),
    read_count      bigint NOT NULL CHECK (read_count >= 0 AND read_count <= inbound_count),
    window_from     timestamptz,
    owner_kind      text NOT NULL CHECK (owner_kind IN ('responder', 'waiting', 'person')),
    owner_person_id uuid,
    owner_epoch     bigint NOT NULL CHECK (owner_epoch >= 0),
    greeted_at      timestamptz,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, number_id, contact_id),
    FOREIGN KEY (client_id, contact_id) REFERENCES vault.contact,
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number,
    FOREIGN KEY (client_id, owner_person_id) REFERENCES access.membership (client_id, person_id),
    CHECK ((owner_kind = 'person') = (owner_person_id IS NOT NULL))
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX conversation_recent ON vault.conversation (client_id, last_at DESC, id DESC);
CREATE INDEX conversation_waiting ON vault.conversation (client_id, last_at DESC, id DESC) WHERE owner_kind = 'waiting';
CREATE INDEX conversation_of_person ON vault.conversation (client_id, owner_person_id, last_at DESC, id DESC) WHERE owner_kind = 'person';
COMMENT ON COLUMN vault.conversation.owner_kind IS 'none';

-- The fence of ownership: a change of owner raises the epoch by exactly one, and nothing else changes it.
CREATE FUNCTION vault.check_owner_epoch() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.owner_kind, NEW.owner_person_id) IS DISTINCT FROM (OLD.owner_kind, OLD.owner_person_id) THEN
        IF NEW.owner_epoch <> OLD.owner_epoch + 1 THEN
            RAISE EXCEPTION 'a change of owner raises the epoch by one' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.owner_epoch <> OLD.owner_epoch THEN
        RAISE EXCEPTION 'the epoch changes with the owner only' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER owner_epoch BEFORE UPDATE ON vault.conversation FOR EACH ROW EXECUTE FUNCTION vault.check_owner_epoch();
ALTER TABLE vault.conversation ENABLE ALWAYS TRIGGER owner_epoch;

CREATE TABLE vault.message (
    client_id       uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    identifier_id   uuid NOT NULL,
    direction       text NOT NULL CHECK (direction IN ('in', 'out')),
    author          text NOT NULL CHECK (author ~ '^(person|customer):[0-9a-f-]{36}$' OR author ~ '^program:[a-z-]{1,32}$'),
    kind            text NOT NULL CHECK (kind ~ '^[a-z0-9_]{1,64}$'),
    source          text NOT NULL CHECK (source IN ('webhook', 'dashboard', 'responder')),
    turn            bigint NOT NULL CHECK (turn >= 0),
    at              timestamptz NOT NULL,
    provider_at     timestamptz,
    received_at     timestamptz NOT NULL,
    key_id          uuid NOT NULL,
    text_sealed     bytea,
    raw_sealed      bytea,
    refers_to       bytea CHECK (octet_length(refers_to) = 32),
    PRIMARY KEY (client_id, id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (client_id, identifier_id) REFERENCES vault.identifier,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id)
);
CREATE INDEX message_of_conversation ON vault.message (client_id, conversation_id, at DESC, id DESC);
CREATE INDEX message_reaction ON vault.message (client_id, refers_to) WHERE kind = 'reaction';
COMMENT ON COLUMN vault.message.direction IS 'none';
COMMENT ON COLUMN vault.message.author IS 'pseudonym';
COMMENT ON COLUMN vault.message.kind IS 'none';
COMMENT ON COLUMN vault.message.source IS 'none';
COMMENT ON COLUMN vault.message.text_sealed IS 'pii:text, sealed under the data key of identifier and month';
COMMENT ON COLUMN vault.message.raw_sealed IS 'pii:text, the provider''s update whole, sealed under the data key of identifier and month';
COMMENT ON COLUMN vault.message.refers_to IS 'pii:provider-id of the quoted message, as HMAC under the identifier''s own key';

-- Meta's message ids, as HMACs under the identifier's own key; the key that keeps any message from standing twice.
CREATE TABLE vault.provider_reference (
    client_id  uuid NOT NULL,
    reference  bytea NOT NULL CHECK (octet_length(reference) = 32),
    message_id uuid NOT NULL,
    PRIMARY KEY (client_id, reference),
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX provider_reference_message ON vault.provider_reference (client_id, message_id);
COMMENT ON COLUMN vault.provider_reference.reference IS 'pii:provider-id as HMAC under the identifier''s own key';

-- What became of a message we sent. Every report is kept; the highest rank is shown.
CREATE TABLE vault.message_status (
    client_id   uuid NOT NULL,
    id          uuid NOT NULL,
    message_id  uuid NOT NULL,
    status      text NOT NULL CHECK (status IN
        ('uncertain', 'accepted', 'sent', 'failed', 'delivered', 'read', 'played', 'cancelled', 'unknown')),
    error_code  int,
    reason      text CHECK (reason ~ '^[a-z-]{1,48}$'),
    at          timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    key_id      uuid NOT NULL,
    raw_sealed  bytea,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, message_id, status),
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id)
);
COMMENT ON COLUMN vault.message_status.status IS 'none';
COMMENT ON COLUMN vault.message_status.reason IS 'none: one of our own reason words';
COMMENT ON COLUMN vault.message_status.raw_sealed IS 'pii:provider-id, the provider''s update whole, sealed under the data key of identifier and month';

CREATE FUNCTION vault.status_rank(status text) RETURNS int
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE status
    WHEN 'unknown' THEN 1 WHEN 'uncertain' THEN 5 WHEN 'accepted' THEN 10 WHEN 'sent' THEN 20
    WHEN 'failed' THEN 25 WHEN 'delivered' THEN 30 WHEN 'read' THEN 40 WHEN 'played' THEN 50 WHEN 'cancelled' THEN 90
END
$$;
CREATE VIEW vault.current_status WITH (security_invoker = true) AS
SELECT DISTINCT ON (client_id, message_id) client_id, message_id, status, error_code, reason, at
FROM vault.message_status
ORDER BY client_id, message_id, vault.status_rank(status) DESC;

ALTER TABLE vault.contact ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.contact FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.contact TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.contact FOR SELECT TO munshi_reader USING (true);
ALTER TABLE vault.identifier ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.identifier FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.identifier TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.identifier FOR SELECT TO munshi_reader USING (true);
ALTER TABLE vault.data_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.data_key FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.data_key TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.data_key FOR SELECT TO munshi_reader USING (true);
ALTER TABLE vault.conversation ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.conversation FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.conversation TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.conversation FOR SELECT TO munshi_reader USING (true);
ALTER TABLE vault.message ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.message FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.message TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.message FOR SELECT TO munshi_reader USING (true);
ALTER TABLE vault.provider_reference ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.provider_reference FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.provider_reference TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE vault.message_status ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.message_status FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.message_status TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.message_status FOR SELECT TO munshi_reader USING (true);

GRANT SELECT, INSERT ON vault.contact, vault.identifier, vault.data_key, vault.conversation, vault.message,
    vault.provider_reference, vault.message_status TO munshi_app;
GRANT SELECT ON vault.current_status TO munshi_app;
GRANT UPDATE (opted_out_at) ON vault.contact TO munshi_app;
GRANT UPDATE (contact_id, name_sealed) ON vault.identifier TO munshi_app;
GRANT UPDATE (last_at, last_message_id, inbound_count, read_count, window_from, owner_kind, owner_person_id, owner_epoch, greeted_at)
    ON vault.conversation TO munshi_app;
GRANT SELECT ON vault.contact, vault.identifier, vault.data_key, vault.conversation, vault.message, vault.message_status
    TO munshi_reader;

-- Messages and their reports are written once. Contacts, identifiers and conversations live on, but are not removed.
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.message FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.message_status FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.data_key FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.provider_reference FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.contact FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.identifier FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.conversation FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.message FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.message_status FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.data_key FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.provider_reference FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.contact FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.identifier FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.conversation FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.message ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.message_status ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.data_key ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.provider_reference ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.contact ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.identifier ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.conversation ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.message ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.message_status ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.data_key ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.provider_reference ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.contact ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.identifier ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.conversation ENABLE ALWAYS TRIGGER never_emptied;

-- The outbox: what is to leave, and how far it got. The message's own record never changes.
CREATE TABLE channel.outbox (
    client_id       uuid NOT NULL,
    message_id      uuid NOT NULL,
    conversation_id uuid NOT NULL,
    number_id       uuid NOT NULL,
    withdrawable       boolean NOT NULL,
    owner_epoch     bigint NOT NULL,
    turn            bigint,
    state           text NOT NULL CHECK (state IN ('queued', 'sending', 'accepted', 'failed', 'uncertain', 'cancelled')),
    attempts        int NOT NULL DEFAULT 0,
    created_at      timestamptz NOT NULL,
    settled_at      timestamptz,
    PRIMARY KEY (client_id, message_id),
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message,
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number
) WITH (fillfactor = 80);
CREATE INDEX outbox_unsettled ON channel.outbox (client_id, conversation_id) WHERE state IN ('queued', 'sending');
COMMENT ON COLUMN channel.outbox.state IS 'none';
ALTER TABLE channel.outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.outbox TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON channel.outbox TO munshi_app;
GRANT UPDATE (state, attempts, settled_at) ON channel.outbox TO munshi_app;

-- A reply form or an API call carries a key; the same key sends once.
CREATE TABLE channel.idempotency_key (
    client_id  uuid NOT NULL,
    key        uuid NOT NULL,
    message_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, key),
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message
);
ALTER TABLE channel.idempotency_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.idempotency_key FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.idempotency_key TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON channel.idempotency_key TO munshi_app;
