-- What each import saw of its chat: messages that were new, those that stood already, and what had become of some. An import can be taken back as a whole.
CREATE TABLE vault.observation (
    client_id  uuid NOT NULL,
    import_id  uuid NOT NULL,
    ordinal    bigint NOT NULL CHECK (ordinal >= 0),
    message_id uuid NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('new', 'same', 'changed')),
    key_id     uuid,
    raw_sealed bytea,
    PRIMARY KEY (client_id, import_id, ordinal, message_id),
    FOREIGN KEY (client_id, import_id) REFERENCES vault.import,
    FOREIGN KEY (client_id, message_id) REFERENCES vault.message,
    FOREIGN KEY (client_id, key_id) REFERENCES vault.data_key (client_id, key_id),
    CHECK ((key_id IS NULL) = (raw_sealed IS NULL)),
    CHECK (raw_sealed IS NULL OR outcome = 'same')
);
CREATE INDEX observation_of_message ON vault.observation (client_id, message_id, import_id);
COMMENT ON COLUMN vault.observation.outcome IS 'none: new, it stood already, or an event of what had become of one';
COMMENT ON COLUMN vault.observation.raw_sealed IS 'pii:text, the lines of an export where they say it otherwise than what stood already, sealed under the data key of identifier and month';

ALTER TABLE vault.import_reference NO FORCE ROW LEVEL SECURITY;
INSERT INTO vault.observation (client_id, import_id, ordinal, message_id, outcome)
SELECT client_id, import_id, row_number() OVER (PARTITION BY client_id, import_id ORDER BY message_id) - 1, message_id, 'new' FROM vault.import_reference;
DROP TABLE vault.import_reference;
COMMENT ON COLUMN vault.provider_reference.reference IS 'pii:provider-id, or of an imported message its own id, as HMAC under the identifier''s own key';

-- Of two imports of one chat the later goes on and the earlier finds its epoch passed.
CREATE TABLE vault.import_fence (
    client_id     uuid NOT NULL,
    identifier_id uuid NOT NULL,
    epoch         bigint NOT NULL CHECK (epoch > 0),
    PRIMARY KEY (client_id, identifier_id),
    FOREIGN KEY (client_id, identifier_id) REFERENCES vault.identifier
);

-- Imports that were taken back, until they are imported again: their rows stay and are not shown.
CREATE TABLE vault.withdrawn_import (
    client_id uuid NOT NULL,
    import_id uuid NOT NULL,
    withdrawn boolean NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (client_id, import_id),
    FOREIGN KEY (client_id, import_id) REFERENCES vault.import
);

ALTER TABLE vault.observation ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.observation FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.observation TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.observation FOR SELECT TO munshi_reader USING (true);
ALTER TABLE vault.import_fence ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.import_fence FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.import_fence TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE vault.withdrawn_import ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.withdrawn_import FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.withdrawn_import TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.withdrawn_import FOR SELECT TO munshi_reader USING (true);
GRANT SELECT, INSERT ON vault.observation TO munshi_app;
GRANT SELECT, INSERT, UPDATE (epoch) ON vault.import_fence TO munshi_app;
GRANT SELECT, INSERT, UPDATE (withdrawn, at) ON vault.withdrawn_import TO munshi_app;
GRANT SELECT ON vault.observation, vault.withdrawn_import TO munshi_reader;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON vault.observation FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.observation FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.observation ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE vault.observation ENABLE ALWAYS TRIGGER never_emptied;
CREATE TRIGGER never_removed BEFORE DELETE ON vault.import_fence FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_removed BEFORE DELETE ON vault.withdrawn_import FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.import_fence FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.withdrawn_import FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.import_fence ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.import_fence ENABLE ALWAYS TRIGGER never_emptied;
ALTER TABLE vault.withdrawn_import ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.withdrawn_import ENABLE ALWAYS TRIGGER never_emptied;

-- Imported messages, and events of theirs, that no import vouches for any more.
CREATE VIEW vault.withdrawn_message WITH (security_invoker = true) AS
SELECT o.client_id, o.message_id
FROM vault.observation o
JOIN vault.withdrawn_import w ON w.client_id = o.client_id AND w.import_id = o.import_id AND w.withdrawn
JOIN vault.message m ON m.client_id = o.client_id AND m.id = o.message_id AND m.source = 'import'
WHERE NOT EXISTS (
    SELECT FROM vault.observation s
    WHERE s.client_id = o.client_id AND s.message_id = o.message_id
        AND NOT EXISTS (SELECT FROM vault.withdrawn_import x WHERE x.client_id = s.client_id AND x.import_id = s.import_id AND x.withdrawn));
GRANT SELECT ON vault.withdrawn_message TO munshi_app, munshi_reader;

CREATE OR REPLACE VIEW vault.revoked_message WITH (security_invoker = true) AS
SELECT r.client_id, r.message_id, e.direction
FROM vault.provider_reference r
JOIN vault.message e ON e.client_id = r.client_id AND e.refers_to = r.reference AND e.kind = 'revoke'
WHERE e.source <> 'import' OR NOT EXISTS (SELECT FROM vault.withdrawn_message w WHERE w.client_id = e.client_id AND w.message_id = e.id);

-- Exports that were given to be imported, until they are: the file lies encrypted with the media, under a key of its own.
CREATE TABLE vault.import_job (
    client_id      uuid NOT NULL REFERENCES workspace.workspace,
    id             uuid NOT NULL,
    person_id      uuid NOT NULL,
    state          text NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'refused', 'stopped')),
    reason         text CHECK (reason ~ '^[a-z-]{1,48}$'),
    created_at     timestamptz NOT NULL,
    settled_at     timestamptz,
    stop_asked     boolean NOT NULL DEFAULT false,
    length         bigint NOT NULL CHECK (length > 0),
    key_id         uuid NOT NULL,
    file_hash      bytea CHECK (octet_length(file_hash) = 32),
    request_sealed bytea,
    records        bigint CHECK (records >= 0),
    passed         bigint NOT NULL DEFAULT 0 CHECK (passed >= 0),
    added          bigint NOT NULL DEFAULT 0 CHECK (added >= 0),
    PRIMARY KEY (client_id, id),
    CHECK ((settled_at IS NULL) = (state IN ('waiting', 'running'))),
    CHECK ((settled_at IS NULL) = (request_sealed IS NOT NULL)),
    CHECK ((settled_at IS NULL) = (file_hash IS NOT NULL)),
    CHECK ((reason IS NOT NULL) = (state = 'refused'))
) WITH (fillfactor = 70);
CREATE INDEX import_job_file ON vault.import_job (file_hash) WHERE file_hash IS NOT NULL;
COMMENT ON COLUMN vault.import_job.state IS 'none';
COMMENT ON COLUMN vault.import_job.reason IS 'none: one of our own reason words';
COMMENT ON COLUMN vault.import_job.file_hash IS 'none: SHA-256 of the encrypted file';
COMMENT ON COLUMN vault.import_job.request_sealed IS 'pii:phone and name, what was asked for beside the file, sealed under the job''s own key';
ALTER TABLE vault.import_job ENABLE ROW LEVEL SECURITY;
ALTER TABLE vault.import_job FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON vault.import_job TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON vault.import_job FOR SELECT TO munshi_reader USING (true);
GRANT SELECT, INSERT, UPDATE (state, reason, settled_at, stop_asked, file_hash, request_sealed, records, passed, added) ON vault.import_job TO munshi_app;
GRANT SELECT (client_id, id, file_hash) ON vault.import_job TO munshi_reader;
CREATE TRIGGER never_removed BEFORE DELETE ON vault.import_job FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON vault.import_job FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE vault.import_job ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE vault.import_job ENABLE ALWAYS TRIGGER never_emptied;
