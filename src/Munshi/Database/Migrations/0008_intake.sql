-- A delivery as received, sealed under the hour's intake key. It may hold updates of several workspaces, so it is nobody's:
-- only the sorter reads it.
CREATE TABLE intake.delivery (
    id           uuid PRIMARY KEY,
    app_id       uuid NOT NULL,
    received_at  timestamptz NOT NULL,
    key_id       uuid NOT NULL,
    body_sealed  bytea NOT NULL,
    sorted_at    timestamptz,
    update_count int,
    problem      text CHECK (problem ~ '^[a-z-]{1,48}$')
);
CREATE INDEX delivery_unsorted ON intake.delivery (received_at, id) WHERE sorted_at IS NULL;
COMMENT ON COLUMN intake.delivery.body_sealed IS 'pii:text, sealed under the hour''s intake key';
COMMENT ON COLUMN intake.delivery.problem IS 'none: one of our own reason words';
ALTER TABLE intake.delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY keep ON intake.delivery FOR INSERT TO munshi_intake WITH CHECK (true);
CREATE POLICY sort_read ON intake.delivery FOR SELECT TO munshi_sorter USING (true);
CREATE POLICY sort ON intake.delivery FOR UPDATE TO munshi_sorter USING (true) WITH CHECK (true);
GRANT INSERT (id, app_id, received_at, key_id, body_sealed) ON intake.delivery TO munshi_intake;
GRANT SELECT ON intake.delivery TO munshi_sorter;
GRANT UPDATE (sorted_at, update_count, problem) ON intake.delivery TO munshi_sorter;

CREATE FUNCTION intake.wake() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_notify('munshi_intake', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER wake AFTER INSERT ON intake.delivery FOR EACH STATEMENT EXECUTE FUNCTION intake.wake();

-- One update of one workspace, with the state it ended in.
CREATE TABLE intake.update (
    client_id   uuid NOT NULL REFERENCES workspace.workspace,
    id          uuid NOT NULL,
    delivery_id uuid NOT NULL,
    ordinal     int NOT NULL CHECK (ordinal >= 0),
    kind        text NOT NULL CHECK (kind ~ '^[a-z_]{1,48}$'),
    received_at timestamptz NOT NULL,
    key_id      uuid NOT NULL,
    body_sealed bytea NOT NULL,
    state       text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'stored', 'duplicate', 'failed')),
    reason      text CHECK (reason ~ '^[a-z-]{1,48}$'),
    settled_at  timestamptz,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, delivery_id, ordinal),
    CHECK ((state = 'pending') = (settled_at IS NULL))
) WITH (fillfactor = 80);
CREATE INDEX update_unsettled ON intake.update (client_id, received_at) WHERE state IN ('pending', 'failed');
COMMENT ON COLUMN intake.update.kind IS 'none';
COMMENT ON COLUMN intake.update.body_sealed IS 'pii:text, sealed under the hour''s intake key';
COMMENT ON COLUMN intake.update.state IS 'none';
COMMENT ON COLUMN intake.update.reason IS 'none: one of our own reason words';
ALTER TABLE intake.update ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.update FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON intake.update TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY sorted ON intake.update FOR INSERT TO munshi_sorter WITH CHECK (state = 'pending');
GRANT SELECT ON intake.update TO munshi_app;
GRANT UPDATE (state, reason, settled_at) ON intake.update TO munshi_app;
GRANT INSERT (client_id, id, delivery_id, ordinal, kind, received_at, key_id, body_sealed) ON intake.update TO munshi_sorter;

-- Updates that name no number of ours, or one of another app: kept, never guessed.
CREATE TABLE intake.quarantine (
    id          uuid PRIMARY KEY,
    delivery_id uuid NOT NULL,
    ordinal     int NOT NULL CHECK (ordinal >= 0),
    app_id      uuid NOT NULL,
    kind        text NOT NULL CHECK (kind ~ '^[a-z_]{1,48}$'),
    reason      text NOT NULL CHECK (reason ~ '^[a-z-]{1,48}$'),
    received_at timestamptz NOT NULL,
    key_id      uuid NOT NULL,
    body_sealed bytea NOT NULL,
    UNIQUE (delivery_id, ordinal)
);
COMMENT ON COLUMN intake.quarantine.kind IS 'none';
COMMENT ON COLUMN intake.quarantine.reason IS 'none: one of our own reason words';
COMMENT ON COLUMN intake.quarantine.body_sealed IS 'pii:text, sealed under the hour''s intake key';
ALTER TABLE intake.quarantine ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.quarantine FORCE ROW LEVEL SECURITY;
CREATE POLICY quarantined ON intake.quarantine FOR INSERT TO munshi_sorter WITH CHECK (true);
GRANT INSERT ON intake.quarantine TO munshi_sorter;
