-- Each time that a conversation was saved as a file: by whom, and how many messages there were when it was asked for.
CREATE TABLE vault.transcript (
    client_id       uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    person_id       uuid NOT NULL,
    messages        bigint NOT NULL CHECK (messages >= 0),
    made_at         timestamptz NOT NULL,
    PRIMARY KEY (client_id, id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership
);
CREATE INDEX transcript_of_conversation ON vault.transcript (client_id, conversation_id, made_at DESC, id DESC);
ALTER TABLE vault.transcript ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.transcript FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.transcript TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON vault.transcript TO munshi_app;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.transcript FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.transcript FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.transcript ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.transcript ENABLE ALWAYS TRIGGER never_emptied;
