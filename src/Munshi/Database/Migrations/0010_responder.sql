-- Every turn the responder looked at, once, with what it decided and why.
CREATE TABLE responder.agent_run (
    client_id        uuid NOT NULL,
    id               uuid NOT NULL,
    conversation_id  uuid NOT NULL,
    message_id       uuid NOT NULL,
    provider         text NOT NULL CHECK (provider ~ '^[a-z-]{1,32}$'),
    decision         text NOT NULL CHECK (decision IN ('answer', 'hand-off', 'silent')),
    reason           text NOT NULL CHECK (reason ~ '^[a-z-]{1,48}$'),
    prompt_hash      bytea NOT NULL CHECK (octet_length(prompt_hash) = 32),
    sources          text[] NOT NULL,
    score            double precision,
    reply_message_id uuid,
    latency_ms       int NOT NULL CHECK (latency_ms >= 0),
    at               timestamptz NOT NULL,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, message_id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message,
    FOREIGN KEY (client_id, reply_message_id) REFERENCES vault.message
);
CREATE INDEX agent_run_reply ON responder.agent_run (client_id, reply_message_id) WHERE reply_message_id IS NOT NULL;
COMMENT ON COLUMN responder.agent_run.provider IS 'none';
COMMENT ON COLUMN responder.agent_run.decision IS 'none';
COMMENT ON COLUMN responder.agent_run.reason IS 'none: one of our own reason words';
COMMENT ON COLUMN responder.agent_run.prompt_hash IS 'none: HMAC under a key derived from the identifier''s data key';
COMMENT ON COLUMN responder.agent_run.sources IS 'none: handles of knowledge entries';
ALTER TABLE responder.agent_run ENABLE ROW LEVEL SECURITY;
ALTER TABLE responder.agent_run FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON responder.agent_run TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON responder.agent_run FOR SELECT TO munshi_reader USING (true);
GRANT SELECT, INSERT ON responder.agent_run TO munshi_app;
GRANT SELECT ON responder.agent_run TO munshi_reader;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON responder.agent_run FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON responder.agent_run FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE responder.agent_run ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE responder.agent_run ENABLE ALWAYS TRIGGER never_emptied;
