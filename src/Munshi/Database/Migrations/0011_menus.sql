-- Menus, what customers made of automatic answers, and hand-offs with what whoever takes over needs to know.
ALTER TABLE responder.agent_run DROP CONSTRAINT agent_run_decision_check;
ALTER TABLE responder.agent_run ADD CONSTRAINT agent_run_decision_check CHECK (decision IN ('answer', 'menu', 'hand-off', 'silent'));
CREATE INDEX agent_run_conversation ON responder.agent_run (client_id, conversation_id, at DESC) WHERE reply_message_id IS NOT NULL;
COMMENT ON COLUMN vault.message.raw_sealed IS 'pii:text, the provider''s update whole or the interactive object we composed, sealed under the data key of identifier and month';

-- "Was this it?": each word of the customer on an automatic answer.
CREATE TABLE responder.answer_outcome (
    client_id        uuid NOT NULL,
    id               uuid NOT NULL,
    conversation_id  uuid NOT NULL,
    message_id       uuid NOT NULL,
    reply_message_id uuid NOT NULL,
    helped           boolean NOT NULL,
    sources          text[] NOT NULL,
    at               timestamptz NOT NULL,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, message_id, reply_message_id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message,
    FOREIGN KEY (client_id, reply_message_id) REFERENCES vault.message
);
COMMENT ON COLUMN responder.answer_outcome.sources IS 'none: handles of knowledge entries';

-- Each time Munshi gave a conversation to people: why, about what, and what had been offered.
CREATE TABLE responder.hand_off (
    client_id       uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    message_id      uuid NOT NULL,
    reason          text NOT NULL CHECK (reason ~ '^[a-z-]{1,48}$'),
    language        text NOT NULL CHECK (language IN ('en', 'hi', 'bn')),
    asked           uuid[] NOT NULL,
    offered         text[] NOT NULL,
    owner_epoch     bigint NOT NULL CHECK (owner_epoch >= 1),
    key_id          uuid NOT NULL,
    summary_sealed  bytea NOT NULL,
    at              timestamptz NOT NULL,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, message_id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id)
);
CREATE INDEX hand_off_conversation ON responder.hand_off (client_id, conversation_id, at DESC);
COMMENT ON COLUMN responder.hand_off.reason IS 'none: one of our own reason words';
COMMENT ON COLUMN responder.hand_off.language IS 'none';
COMMENT ON COLUMN responder.hand_off.asked IS 'none: ids of messages';
COMMENT ON COLUMN responder.hand_off.offered IS 'none: handles of knowledge entries';
COMMENT ON COLUMN responder.hand_off.summary_sealed IS 'pii:text, the beginnings of what was asked, sealed under the data key of identifier and month';

ALTER TABLE responder.answer_outcome ENABLE ROW LEVEL SECURITY;
ALTER TABLE responder.answer_outcome FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON responder.answer_outcome TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON responder.answer_outcome FOR SELECT TO munshi_reader USING (true);
ALTER TABLE responder.hand_off ENABLE ROW LEVEL SECURITY;
ALTER TABLE responder.hand_off FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON responder.hand_off TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON responder.hand_off FOR SELECT TO munshi_reader USING (true);

GRANT SELECT, INSERT ON responder.answer_outcome, responder.hand_off TO munshi_app;
GRANT SELECT ON responder.answer_outcome, responder.hand_off TO munshi_reader;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON responder.answer_outcome FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON responder.hand_off FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON responder.answer_outcome FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON responder.hand_off FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE responder.answer_outcome ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE responder.hand_off ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE responder.answer_outcome ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE responder.hand_off ENABLE ALWAYS TRIGGER never_emptied;
