-- Notices: what the people of a workspace are told by mail, whom, and what became of each mail.
CREATE SCHEMA notice;
GRANT USAGE ON SCHEMA notice TO munshi_app, munshi_router, munshi_lookup;
GRANT CREATE ON SCHEMA notice TO munshi_lookup; -- to own its look-up function

-- What a member chose. Without a row a member has no address, and is told on the dashboard only.
CREATE TABLE notice.recipient (
    client_id     uuid NOT NULL,
    person_id     uuid NOT NULL,
    email_sealed  bytea,
    language      text NOT NULL CHECK (language IN ('en', 'hi', 'bn')),
    time_zone     text NOT NULL CHECK (time_zone ~ '^[A-Za-z0-9_+/-]{1,64}$'),
    wants_info    boolean NOT NULL,
    wants_warning boolean NOT NULL,
    wants_alert   boolean NOT NULL,
    wants_digest  boolean NOT NULL,
    quiet_from    int CHECK (quiet_from BETWEEN 0 AND 1439),
    quiet_until   int CHECK (quiet_until BETWEEN 0 AND 1439),
    digest_due_at timestamptz,
    changed_at    timestamptz NOT NULL,
    PRIMARY KEY (client_id, person_id),
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership,
    CHECK ((quiet_from IS NULL) = (quiet_until IS NULL) AND quiet_from <> quiet_until),
    CHECK (digest_due_at IS NULL OR (wants_digest AND email_sealed IS NOT NULL))
);
CREATE INDEX recipient_digest_due ON notice.recipient (digest_due_at) WHERE digest_due_at IS NOT NULL;
COMMENT ON COLUMN notice.recipient.email_sealed IS 'pii:email of a member of staff, sealed under the workspace''s own key';
COMMENT ON COLUMN notice.recipient.language IS 'none';
COMMENT ON COLUMN notice.recipient.time_zone IS 'none';

-- A notice; the key keeps the same one from being raised twice, also while it is being raised.
CREATE TABLE notice.notice (
    client_id  uuid NOT NULL REFERENCES workspace.workspace,
    id         uuid NOT NULL,
    severity   text NOT NULL CHECK (severity IN ('info', 'warning', 'alert')),
    kind       text NOT NULL CHECK (kind ~ '^[a-z][a-z-]{0,47}$'),
    subject    uuid NOT NULL,
    dedup_key  text NOT NULL CHECK (dedup_key ~ '^[A-Za-z0-9 .:,/_+=-]{1,200}$'),
    person_id  uuid,
    parameters text[] NOT NULL,
    raised_at  timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    repeats    int NOT NULL DEFAULT 0 CHECK (repeats >= 0),
    closed_at  timestamptz,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, kind, subject, dedup_key),
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership
);
CREATE INDEX notice_recent ON notice.notice (client_id, raised_at DESC, id DESC);
COMMENT ON COLUMN notice.notice.severity IS 'none';
COMMENT ON COLUMN notice.notice.kind IS 'none';
COMMENT ON COLUMN notice.notice.dedup_key IS 'none: made of ids, numbers and dates';
COMMENT ON COLUMN notice.notice.parameters IS 'none: ids, numbers, hashes and dates for the text of the kind';

-- One mail of a notice to one recipient.
CREATE TABLE notice.delivery (
    client_id  uuid NOT NULL,
    id         uuid NOT NULL,
    notice_id  uuid NOT NULL,
    person_id  uuid NOT NULL,
    state      text NOT NULL CHECK (state IN ('queued', 'held', 'sending', 'sent', 'failed', 'uncertain', 'not-sent')),
    reason     text CHECK (reason ~ '^[a-z-]{1,48}$'),
    code       int,
    attempts   int NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    unanswered int NOT NULL DEFAULT 0 CHECK (unanswered >= 0),
    created_at timestamptz NOT NULL,
    held_until timestamptz,
    settled_at timestamptz,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, notice_id, person_id),
    FOREIGN KEY (client_id, notice_id) REFERENCES notice.notice,
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership,
    CHECK ((state = 'held') = (held_until IS NOT NULL))
);
COMMENT ON COLUMN notice.delivery.state IS 'none';
COMMENT ON COLUMN notice.delivery.reason IS 'none: one of our own reason words';

-- Every state that each mail was in, written once.
CREATE TABLE notice.delivery_log (
    client_id   uuid NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    delivery_id uuid NOT NULL,
    attempt     int NOT NULL CHECK (attempt >= 0),
    state       text NOT NULL CHECK (state IN ('queued', 'held', 'sending', 'sent', 'failed', 'uncertain', 'not-sent')),
    reason      text CHECK (reason ~ '^[a-z-]{1,48}$'),
    code        int,
    at          timestamptz NOT NULL,
    PRIMARY KEY (client_id, id),
    FOREIGN KEY (client_id, delivery_id) REFERENCES notice.delivery
);
CREATE INDEX delivery_log_delivery ON notice.delivery_log (client_id, delivery_id);
COMMENT ON COLUMN notice.delivery_log.state IS 'none';
COMMENT ON COLUMN notice.delivery_log.reason IS 'none: one of our own reason words';

ALTER TABLE notice.recipient ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice.recipient FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON notice.recipient TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY lookup ON notice.recipient FOR SELECT TO munshi_lookup USING (true);
ALTER TABLE notice.notice ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice.notice FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON notice.notice TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE notice.delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice.delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON notice.delivery TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE notice.delivery_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE notice.delivery_log FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON notice.delivery_log TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);

GRANT SELECT, INSERT ON notice.recipient, notice.notice, notice.delivery, notice.delivery_log TO munshi_app;
GRANT UPDATE (email_sealed, language, time_zone, wants_info, wants_warning, wants_alert, wants_digest, quiet_from, quiet_until, digest_due_at, changed_at)
    ON notice.recipient TO munshi_app;
GRANT UPDATE (repeats, last_at, closed_at) ON notice.notice TO munshi_app;
GRANT UPDATE (state, reason, code, attempts, unanswered, held_until, settled_at) ON notice.delivery TO munshi_app;
GRANT SELECT (client_id, digest_due_at) ON notice.recipient TO munshi_lookup;

CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON notice.delivery_log FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON notice.delivery_log FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE notice.delivery_log ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE notice.delivery_log ENABLE ALWAYS TRIGGER never_emptied;

CREATE FUNCTION notice.workspace_with_digest_due(due timestamptz, after uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
'SELECT client_id FROM notice.recipient WHERE digest_due_at <= due AND client_id > after ORDER BY client_id LIMIT 1';
REVOKE ALL ON FUNCTION notice.workspace_with_digest_due(timestamptz, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION notice.workspace_with_digest_due(timestamptz, uuid) TO munshi_router;
SET LOCAL SESSION AUTHORIZATION DEFAULT;
ALTER FUNCTION notice.workspace_with_digest_due(timestamptz, uuid) OWNER TO munshi_lookup;
SET LOCAL SESSION AUTHORIZATION munshi_owner;
REVOKE CREATE ON SCHEMA notice FROM munshi_lookup;
