-- Contacts that became one, and contacts that became two again: which identifiers and conversations went, and who said so. No message goes anywhere.
CREATE TABLE vault.contact_event (
    client_id        uuid NOT NULL,
    id               uuid NOT NULL,
    kind             text NOT NULL CHECK (kind IN ('merged', 'split')),
    contact_id       uuid NOT NULL, -- the one that stays
    other_contact_id uuid NOT NULL, -- the one that went into it, or came out of it
    identifier_ids   uuid[] NOT NULL CHECK (cardinality(identifier_ids) > 0),
    conversation_ids uuid[] NOT NULL,
    superseded_ids   uuid[] NOT NULL,
    resumed_ids      uuid[] NOT NULL,
    undoes           uuid, -- the merge that this split takes back
    actor            text NOT NULL CHECK (actor ~ '^(person|customer):[0-9a-f-]{36}$' OR actor ~ '^program:[a-z-]{1,32}$'),
    at               timestamptz NOT NULL,
    PRIMARY KEY (client_id, id),
    CONSTRAINT contact_event_undone UNIQUE (client_id, undoes),
    FOREIGN KEY (client_id, contact_id) REFERENCES vault.contact,
    FOREIGN KEY (client_id, other_contact_id) REFERENCES vault.contact,
    FOREIGN KEY (client_id, undoes) REFERENCES vault.contact_event,
    CHECK (kind = 'split' OR (undoes IS NULL AND resumed_ids = '{}'))
);
CREATE INDEX contact_event_of_contact ON vault.contact_event (client_id, contact_id, at DESC, id DESC);
CREATE INDEX contact_event_of_other ON vault.contact_event (client_id, other_contact_id, at DESC, id DESC);
COMMENT ON COLUMN vault.contact_event.kind IS 'none';
COMMENT ON COLUMN vault.contact_event.identifier_ids IS 'none: ids of the identifiers that went';
COMMENT ON COLUMN vault.contact_event.conversation_ids IS 'none: ids of the conversations that went';
COMMENT ON COLUMN vault.contact_event.superseded_ids IS 'none: ids of the conversations that another goes on for since';
COMMENT ON COLUMN vault.contact_event.resumed_ids IS 'none: ids of the conversations that go on again since';
COMMENT ON COLUMN vault.contact_event.actor IS 'pseudonym';

ALTER TABLE vault.contact_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.contact_event FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.contact_event TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON vault.contact_event TO munshi_app;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.contact_event FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.contact_event FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.contact_event ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.contact_event ENABLE ALWAYS TRIGGER never_emptied;

-- An identifier goes to another contact only as an event of the same transaction tells.
CREATE FUNCTION vault.check_identifier_contact() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.contact_id <> OLD.contact_id AND NOT EXISTS (
        SELECT FROM vault.contact_event e
        WHERE e.client_id = OLD.client_id AND e.contact_id IN (OLD.contact_id, NEW.contact_id) AND e.xmin = pg_current_xact_id()::xid AND OLD.id = ANY (e.identifier_ids)
            AND ((e.kind = 'merged' AND e.contact_id = NEW.contact_id AND e.other_contact_id = OLD.contact_id)
                OR (e.kind = 'split' AND e.contact_id = OLD.contact_id AND e.other_contact_id = NEW.contact_id))) THEN
        RAISE EXCEPTION 'an identifier goes to another contact in a merge or a split that names it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER contact_stays BEFORE UPDATE OF contact_id ON vault.identifier FOR EACH ROW EXECUTE FUNCTION vault.check_identifier_contact();
ALTER TABLE vault.identifier ENABLE ALWAYS TRIGGER contact_stays;

-- So does a conversation: in a merge only after every identifier of its contact has. Once superseded it goes on again only in a split that names it.
CREATE OR REPLACE FUNCTION vault.check_contact() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.contact_id <> OLD.contact_id THEN
        IF NOT EXISTS (
            SELECT FROM vault.contact_event e
            WHERE e.client_id = OLD.client_id AND e.contact_id IN (OLD.contact_id, NEW.contact_id) AND e.xmin = pg_current_xact_id()::xid AND OLD.id = ANY (e.conversation_ids)
                AND ((e.kind = 'merged' AND e.contact_id = NEW.contact_id AND e.other_contact_id = OLD.contact_id
                        AND NOT EXISTS (SELECT FROM vault.identifier i WHERE i.client_id = OLD.client_id AND i.contact_id = OLD.contact_id))
                    OR (e.kind = 'split' AND e.contact_id = OLD.contact_id AND e.other_contact_id = NEW.contact_id))) THEN
            RAISE EXCEPTION 'a conversation goes to another contact after the identifiers of its own in a merge, or in a split, that names it'
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF OLD.superseded_by IS NOT NULL AND NEW.superseded_by IS NULL AND NOT EXISTS (
        SELECT FROM vault.contact_event e
        WHERE e.client_id = OLD.client_id AND e.kind = 'split' AND e.xmin = pg_current_xact_id()::xid AND OLD.id = ANY (e.resumed_ids)
            AND NEW.contact_id IN (e.contact_id, e.other_contact_id)) THEN
        RAISE EXCEPTION 'a superseded conversation goes on again only in a split that names it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

-- When each identifier said last that it wants no automatic messages, and that it wants them again: whose word it was where one contact becomes two.
ALTER TABLE vault.identifier ADD COLUMN opted_out_at timestamptz, ADD COLUMN opted_in_at timestamptz;
GRANT UPDATE (opted_out_at, opted_in_at) ON vault.identifier TO munshi_app;
