-- Chats imported from exports. A workspace may import before a number is connected: such a conversation waits for its number.
ALTER TABLE vault.message DROP CONSTRAINT message_source_check;
ALTER TABLE vault.message ADD CONSTRAINT message_source_check CHECK (source IN ('webhook', 'dashboard', 'responder', 'import'));
COMMENT ON COLUMN vault.message.raw_sealed IS 'pii:text, the provider''s update whole, the interactive object we composed or the lines of an export, sealed under the data key of identifier and month';

ALTER TABLE vault.conversation ALTER COLUMN number_id DROP NOT NULL;
ALTER TABLE vault.conversation DROP CONSTRAINT conversation_client_id_number_id_contact_id_key;
ALTER TABLE vault.conversation ADD CONSTRAINT conversation_client_id_number_id_contact_id_key
    UNIQUE NULLS NOT DISTINCT (client_id, number_id, contact_id);
CREATE INDEX conversation_of_contact ON vault.conversation (client_id, contact_id);

-- A conversation that waits for its number gets it once, with the first message that comes through it.
CREATE FUNCTION vault.check_number() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.number_id IS NOT NULL AND NEW.number_id IS DISTINCT FROM OLD.number_id THEN
        RAISE EXCEPTION 'a conversation keeps its number' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER number_stays BEFORE UPDATE ON vault.conversation FOR EACH ROW EXECUTE FUNCTION vault.check_number();
ALTER TABLE vault.conversation ENABLE ALWAYS TRIGGER number_stays;
GRANT UPDATE (number_id) ON vault.conversation TO munshi_app;

-- One exported file, as it was read when the first message of it was added.
CREATE TABLE vault.import (
    client_id       uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    identifier_id   uuid NOT NULL,
    file_lookup     bytea NOT NULL CHECK (octet_length(file_lookup) = 32),
    time_zone       text NOT NULL CHECK (time_zone ~ '^[A-Za-z0-9_+/-]{1,64}$'),
    date_order      text NOT NULL CHECK (date_order IN ('dmy', 'mdy', 'ymd')),
    at              timestamptz NOT NULL,
    key_id          uuid NOT NULL,
    file_sealed     bytea NOT NULL,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, file_lookup),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    FOREIGN KEY (client_id, identifier_id) REFERENCES vault.identifier,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id)
);
COMMENT ON COLUMN vault.import.file_lookup IS 'pii:file hash as HMAC under the identifier''s own key';
COMMENT ON COLUMN vault.import.time_zone IS 'none';
COMMENT ON COLUMN vault.import.date_order IS 'none';
COMMENT ON COLUMN vault.import.file_sealed IS 'pii:name of the file and its SHA-256, sealed under the data key of identifier and month';

-- What a message is in any export of its chat, as HMAC under the identifier's own key: it keeps a message from being added twice.
CREATE TABLE vault.import_reference (
    client_id  uuid NOT NULL,
    reference  bytea NOT NULL CHECK (octet_length(reference) = 32),
    message_id uuid NOT NULL,
    import_id  uuid NOT NULL,
    PRIMARY KEY (client_id, reference),
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message,
    FOREIGN KEY (client_id, import_id) REFERENCES vault.import
);
CREATE INDEX import_reference_message ON vault.import_reference (client_id, message_id);
COMMENT ON COLUMN vault.import_reference.reference IS 'pii:minute, sender and text as HMAC under the identifier''s own key';

ALTER TABLE vault.import ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.import FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.import TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.import FOR SELECT TO munshi_reader USING (true);
ALTER TABLE vault.import_reference ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.import_reference FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.import_reference TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON vault.import, vault.import_reference TO munshi_app;
GRANT SELECT ON vault.import TO munshi_reader;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.import FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.import_reference FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.import FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.import_reference FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.import ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.import_reference ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.import ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.import_reference ENABLE ALWAYS TRIGGER never_emptied;
