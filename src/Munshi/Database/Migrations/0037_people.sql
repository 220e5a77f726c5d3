-- A conversation is open, put off until a time, or resolved; what its customer writes opens it again. It wears labels in the business's own words, and notes that never leave.
ALTER TABLE vault.conversation
    ADD COLUMN state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'snoozed', 'resolved')),
    ADD COLUMN snoozed_until timestamptz,
    ADD COLUMN woken_at timestamptz, -- when it last came back by itself
    ADD COLUMN shown_at timestamptz GENERATED ALWAYS AS (greatest(last_at, woken_at)) STORED, -- what the inbox sorts by
    ADD COLUMN label_ids uuid[] NOT NULL DEFAULT '{}' CHECK (cardinality(label_ids) <= 20),
    ADD CHECK ((state = 'snoozed') = (snoozed_until IS NOT NULL));
COMMENT ON COLUMN vault.conversation.state IS 'none';
COMMENT ON COLUMN vault.conversation.label_ids IS 'none: ids of the labels that it wears, in the order in which they were put on';
GRANT UPDATE (state, snoozed_until, woken_at, label_ids) ON vault.conversation TO munshi_app;

-- Each list of the inbox holds the conversations of one state.
DROP INDEX vault.conversation_recent;
DROP INDEX vault.conversation_waiting;
DROP INDEX vault.conversation_of_person;
DROP INDEX vault.conversation_unread;
CREATE INDEX conversation_recent ON vault.conversation (client_id, state, shown_at DESC, id DESC);
CREATE INDEX conversation_waiting ON vault.conversation (client_id, state, shown_at DESC, id DESC) WHERE owner_kind = 'waiting';
CREATE INDEX conversation_of_person ON vault.conversation (client_id, owner_person_id, state, shown_at DESC, id DESC) WHERE owner_kind = 'person';
CREATE INDEX conversation_unread ON vault.conversation (client_id, state, owner_kind, owner_person_id) WHERE inbound_count > read_count;

-- What was done with a conversation as a whole: its thread tells it.
CREATE TABLE vault.conversation_event (
    client_id       uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('snoozed', 'resolved', 'reopened', 'woken')),
    actor           text NOT NULL CHECK (actor ~ '^(person|customer):[0-9a-f-]{36}$' OR actor ~ '^program:[a-z-]{1,32}$'),
    at              timestamptz NOT NULL,
    until           timestamptz,
    PRIMARY KEY (client_id, id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    CHECK ((kind = 'snoozed') = (until IS NOT NULL))
);
CREATE INDEX conversation_event_at ON vault.conversation_event (client_id, conversation_id, at DESC, id DESC);
COMMENT ON COLUMN vault.conversation_event.kind IS 'none';
COMMENT ON COLUMN vault.conversation_event.actor IS 'pseudonym';

-- A label of the workspace. One that is retired gives its name back.
CREATE TABLE vault.label (
    client_id   uuid NOT NULL REFERENCES workspace.workspace,
    id          uuid NOT NULL,
    name_sealed bytea NOT NULL,
    lookup      bytea CHECK (octet_length(lookup) = 32),
    colour      text NOT NULL CHECK (colour IN ('grey', 'blue', 'green', 'amber', 'red', 'violet')),
    created_at  timestamptz NOT NULL,
    retired_at  timestamptz,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, lookup),
    CHECK ((lookup IS NULL) = (retired_at IS NOT NULL))
);
COMMENT ON COLUMN vault.label.name_sealed IS 'pii:text, the business''s own word, sealed under the workspace''s own key';
COMMENT ON COLUMN vault.label.lookup IS 'pii:text as HMAC under the workspace''s look-up key';
COMMENT ON COLUMN vault.label.colour IS 'none';

-- Which conversation wears which label, with what the inbox sorts by: a trigger carries it along, so that the conversations of a label are read in their order.
CREATE TABLE vault.conversation_label (
    client_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    label_id        uuid NOT NULL,
    state           text NOT NULL CHECK (state IN ('open', 'snoozed', 'resolved')),
    shown_at        timestamptz NOT NULL,
    added_at        timestamptz NOT NULL,
    removed_at      timestamptz,
    PRIMARY KEY (client_id, conversation_id, label_id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    FOREIGN KEY (client_id, label_id) REFERENCES vault.label
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX conversation_label_recent ON vault.conversation_label (client_id, label_id, state, shown_at DESC, conversation_id DESC) WHERE removed_at IS NULL;
COMMENT ON COLUMN vault.conversation_label.state IS 'none';

CREATE FUNCTION vault.carry_labels() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    UPDATE vault.conversation_label l SET state = NEW.state, shown_at = NEW.shown_at
    WHERE l.client_id = NEW.client_id AND l.conversation_id = NEW.id AND l.removed_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER labels_follow AFTER UPDATE OF state, last_at, woken_at ON vault.conversation FOR EACH ROW
    WHEN (NEW.label_ids <> '{}' AND (NEW.state <> OLD.state OR NEW.shown_at <> OLD.shown_at)) EXECUTE FUNCTION vault.carry_labels();
ALTER TABLE vault.conversation ENABLE ALWAYS TRIGGER labels_follow;

-- What people write about a conversation for each other. A note is written once; one that is deleted is shown no more.
CREATE TABLE vault.note (
    client_id       uuid NOT NULL,
    id              uuid NOT NULL,
    conversation_id uuid NOT NULL,
    identifier_id   uuid NOT NULL,
    person_id       uuid NOT NULL,
    at              timestamptz NOT NULL,
    key_id          uuid NOT NULL,
    text_sealed     bytea NOT NULL,
    PRIMARY KEY (client_id, id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation,
    FOREIGN KEY (client_id, identifier_id) REFERENCES vault.identifier,
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id)
);
CREATE INDEX note_of_conversation ON vault.note (client_id, conversation_id, at DESC, id DESC);
COMMENT ON COLUMN vault.note.text_sealed IS 'pii:text, sealed under the data key of the customer''s identifier and month';

CREATE TABLE vault.note_removal (
    client_id uuid NOT NULL,
    note_id   uuid NOT NULL,
    person_id uuid NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (client_id, note_id),
    FOREIGN KEY (client_id, note_id) REFERENCES vault.note,
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership
);

-- What a member lists again and again, by a name of their own. One that is removed gives its name back.
CREATE TABLE vault.saved_view (
    client_id   uuid NOT NULL,
    id          uuid NOT NULL,
    person_id   uuid NOT NULL,
    name_sealed bytea NOT NULL,
    lookup      bytea CHECK (octet_length(lookup) = 32),
    tab         text NOT NULL CHECK (tab IN ('all', 'waiting', 'mine')),
    state       text NOT NULL CHECK (state IN ('open', 'snoozed', 'resolved')),
    label_id    uuid,
    created_at  timestamptz NOT NULL,
    removed_at  timestamptz,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, person_id, lookup),
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership,
    FOREIGN KEY (client_id, label_id) REFERENCES vault.label,
    CHECK ((lookup IS NULL) = (removed_at IS NOT NULL))
);
COMMENT ON COLUMN vault.saved_view.name_sealed IS 'pii:text, a member''s own word, sealed under the workspace''s own key';
COMMENT ON COLUMN vault.saved_view.lookup IS 'pii:text as HMAC under the workspace''s look-up key';
COMMENT ON COLUMN vault.saved_view.tab IS 'none';
COMMENT ON COLUMN vault.saved_view.state IS 'none';

-- What the workspace notes of each of its customers. A field that is retired gives its name back.
CREATE TABLE vault.field (
    client_id   uuid NOT NULL REFERENCES workspace.workspace,
    id          uuid NOT NULL,
    name_sealed bytea NOT NULL,
    lookup      bytea CHECK (octet_length(lookup) = 32),
    created_at  timestamptz NOT NULL,
    retired_at  timestamptz,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, lookup),
    CHECK ((lookup IS NULL) = (retired_at IS NOT NULL))
);
COMMENT ON COLUMN vault.field.name_sealed IS 'pii:text, the business''s own word, sealed under the workspace''s own key';
COMMENT ON COLUMN vault.field.lookup IS 'pii:text as HMAC under the workspace''s look-up key';

-- A value hangs on an identifier, and goes where that goes; the newest of a contact counts. Without a value it was taken away.
CREATE TABLE vault.field_value (
    client_id     uuid NOT NULL,
    id            uuid NOT NULL,
    field_id      uuid NOT NULL,
    identifier_id uuid NOT NULL,
    person_id     uuid NOT NULL,
    at            timestamptz NOT NULL,
    key_id        uuid NOT NULL,
    value_sealed  bytea,
    PRIMARY KEY (client_id, id),
    FOREIGN KEY (client_id, field_id) REFERENCES vault.field,
    FOREIGN KEY (client_id, identifier_id) REFERENCES vault.identifier,
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id)
);
CREATE INDEX field_value_of_identifier ON vault.field_value (client_id, identifier_id, field_id, at DESC, id DESC);
COMMENT ON COLUMN vault.field_value.value_sealed IS 'pii:text, sealed under the identifier''s identity key';

ALTER TABLE vault.field ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.field FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.field TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE vault.field_value ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.field_value FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.field_value TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.field_value FOR SELECT TO munshi_reader USING (true);
GRANT SELECT, INSERT ON vault.field, vault.field_value TO munshi_app;
GRANT UPDATE (name_sealed, lookup, retired_at) ON vault.field TO munshi_app;
GRANT SELECT ON vault.field_value TO munshi_reader;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.field_value FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.field FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.field_value FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.field FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.field_value ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.field ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.field_value ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.field ENABLE ALWAYS TRIGGER never_emptied;

ALTER TABLE vault.conversation_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.conversation_event FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.conversation_event TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE vault.label ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.label FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.label TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE vault.conversation_label ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.conversation_label FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.conversation_label TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE vault.note ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.note FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.note TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.note FOR SELECT TO munshi_reader USING (true);
ALTER TABLE vault.note_removal ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.note_removal FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.note_removal TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);

ALTER TABLE vault.saved_view ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.saved_view FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.saved_view TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);

GRANT SELECT, INSERT ON vault.conversation_event, vault.label, vault.conversation_label, vault.note, vault.note_removal, vault.saved_view TO munshi_app;
GRANT UPDATE (name_sealed, lookup, colour, retired_at) ON vault.label TO munshi_app;
GRANT UPDATE (state, shown_at, added_at, removed_at) ON vault.conversation_label TO munshi_app;
GRANT UPDATE (lookup, removed_at) ON vault.saved_view TO munshi_app;
GRANT SELECT ON vault.note TO munshi_reader;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.conversation_event FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.note FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.note_removal FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.label FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.conversation_label FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.saved_view FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.saved_view FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.conversation_event FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.note FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.note_removal FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.label FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.conversation_label FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.conversation_event ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.note ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.note_removal ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.label ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.conversation_label ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.conversation_event ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.note ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.note_removal ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.label ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.conversation_label ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.saved_view ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.saved_view ENABLE ALWAYS TRIGGER never_emptied;
