-- What is written in the WhatsApp Business app on the same number (an echo), and what was written there before the number was connected (history);
-- and what is said while another responder has the conversation (standby).
ALTER TABLE vault.message DROP CONSTRAINT message_source_check;
ALTER TABLE vault.message ADD CONSTRAINT message_source_check CHECK (source IN ('webhook', 'dashboard', 'responder', 'import', 'api', 'echo', 'history', 'standby'));

-- Somebody answers on the phone; who, is not told.
ALTER TABLE vault.conversation DROP CONSTRAINT conversation_owner_kind_check;
ALTER TABLE vault.conversation ADD CONSTRAINT conversation_owner_kind_check CHECK (owner_kind IN ('responder', 'waiting', 'person', 'phone'));

-- What a customer chose in WhatsApp's own settings about marketing messages of a number. Every choice is kept; the newest holds.
CREATE TABLE vault.marketing_choice (
    client_id     uuid NOT NULL,
    id            uuid NOT NULL,
    identifier_id uuid NOT NULL,
    number_id     uuid NOT NULL,
    choice        text NOT NULL CHECK (choice IN ('stop', 'resume', 'unknown')),
    at            timestamptz NOT NULL,
    received_at   timestamptz NOT NULL,
    key_id        uuid NOT NULL,
    raw_sealed    bytea NOT NULL,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, identifier_id, number_id, at, choice),
    FOREIGN KEY (client_id, identifier_id) REFERENCES vault.identifier,
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id)
);
COMMENT ON COLUMN vault.marketing_choice.choice IS 'none';
COMMENT ON COLUMN vault.marketing_choice.raw_sealed IS 'pii:identifier, the provider''s update whole, sealed under the data key of identifier and month';
ALTER TABLE vault.marketing_choice ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.marketing_choice FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.marketing_choice TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.marketing_choice FOR SELECT TO munshi_reader USING (true);
GRANT SELECT, INSERT ON vault.marketing_choice TO munshi_app;
GRANT SELECT ON vault.marketing_choice TO munshi_reader;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.marketing_choice FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.marketing_choice FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.marketing_choice ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.marketing_choice ENABLE ALWAYS TRIGGER never_emptied;

-- The customer deletes what the customer wrote, the phone what was written there: an event says something of a message of its own side alone.
CREATE OR REPLACE VIEW vault.revoked_message WITH (security_invoker = true) AS
SELECT r.client_id, r.message_id, e.direction
FROM vault.provider_reference r
JOIN vault.message e ON e.client_id = r.client_id AND e.refers_to = r.reference AND e.kind = 'revoke';
