-- Under which business account of Meta a number stands, learnt from what Meta signed: changes of an account name no number.
CREATE TABLE channel.number_account (
    client_id      uuid NOT NULL,
    number_id      uuid NOT NULL,
    account_lookup bytea NOT NULL CHECK (octet_length(account_lookup) = 32),
    display_lookup bytea NOT NULL CHECK (octet_length(display_lookup) = 32),
    learnt_at      timestamptz NOT NULL,
    PRIMARY KEY (client_id, number_id),
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number
);
CREATE INDEX number_account_lookup ON channel.number_account (account_lookup);
COMMENT ON COLUMN channel.number_account.account_lookup IS 'secret: HMAC of Meta''s id of the account under the installation''s look-up key';
COMMENT ON COLUMN channel.number_account.display_lookup IS 'secret: HMAC of the business number under the installation''s look-up key';
ALTER TABLE channel.number_account ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.number_account FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.number_account TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY lookup ON channel.number_account FOR SELECT TO munshi_lookup USING (true);
GRANT SELECT, INSERT ON channel.number_account TO munshi_app;
GRANT UPDATE (account_lookup, learnt_at) ON channel.number_account TO munshi_app;
GRANT SELECT (client_id, number_id, account_lookup, display_lookup) ON channel.number_account TO munshi_lookup;
GRANT SELECT (id) ON channel.number TO munshi_lookup;

GRANT CREATE ON SCHEMA channel TO munshi_lookup; -- to own its look-up function
-- Whom a change of an account concerns: every workspace with a number under it on the app that signed, or the one whose number it names; one after another.
CREATE FUNCTION channel.workspace_of_account(app uuid, account bytea, display bytea, behind uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
'SELECT a.client_id FROM channel.number_account a JOIN channel.number n ON n.client_id = a.client_id AND n.id = a.number_id
 WHERE a.account_lookup = account AND n.app_id = app AND (display IS NULL OR a.display_lookup = display) AND (behind IS NULL OR a.client_id > behind)
 ORDER BY a.client_id LIMIT 1';
REVOKE ALL ON FUNCTION channel.workspace_of_account(uuid, bytea, bytea, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION channel.workspace_of_account(uuid, bytea, bytea, uuid) TO munshi_router;
SET LOCAL SESSION AUTHORIZATION DEFAULT;
ALTER FUNCTION channel.workspace_of_account(uuid, bytea, bytea, uuid) OWNER TO munshi_lookup;
SET LOCAL SESSION AUTHORIZATION munshi_owner;
REVOKE CREATE ON SCHEMA channel FROM munshi_lookup;

-- What Meta told of account, number and templates, and errors that are of no one message.
CREATE TABLE channel.told (
    client_id   uuid NOT NULL REFERENCES workspace.workspace,
    id          uuid NOT NULL,
    digest      bytea NOT NULL CHECK (octet_length(digest) = 32),
    kind        text NOT NULL CHECK (kind ~ '^[a-z-]{1,48}$'),
    word        text NOT NULL CHECK (word ~ '^[A-Za-z0-9_.-]{1,64}$'),
    severity    text NOT NULL CHECK (severity IN ('info', 'warning', 'alert')),
    at          timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    body_sealed bytea NOT NULL,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, digest)
);
COMMENT ON COLUMN channel.told.digest IS 'none: HMAC of what was told under the workspace''s look-up key';
COMMENT ON COLUMN channel.told.kind IS 'none: one of our own words';
COMMENT ON COLUMN channel.told.word IS 'none: one of Meta''s words';
COMMENT ON COLUMN channel.told.severity IS 'none';
COMMENT ON COLUMN channel.told.body_sealed IS 'pii:text, the provider''s update whole, sealed under the workspace''s own key';
ALTER TABLE channel.told ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.told FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.told TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON channel.told TO munshi_app;
CREATE TRIGGER immutable BEFORE UPDATE OR DELETE ON channel.told FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON channel.told FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE channel.told ENABLE ALWAYS TRIGGER immutable;
ALTER TABLE channel.told ENABLE ALWAYS TRIGGER never_emptied;

-- How each number is, as far as it was asked or told. Rows are made and changed by whoever looks.
CREATE TABLE channel.number_health (
    client_id        uuid NOT NULL,
    number_id        uuid NOT NULL,
    asked_at         timestamptz,
    answered_at      timestamptz,
    refused_code     int,
    refused_since    timestamptz,
    inspected_at     timestamptz,
    token_expires_at timestamptz,
    quality          text CHECK (quality ~ '^[A-Za-z0-9_.-]{1,64}$'),
    messaging_limit  text CHECK (messaging_limit ~ '^[A-Za-z0-9_.-]{1,64}$'),
    throughput       text CHECK (throughput ~ '^[A-Za-z0-9_.-]{1,64}$'),
    account          text NOT NULL DEFAULT 'open' CHECK (account IN ('open', 'restricted', 'disabled')),
    account_since    timestamptz,
    competitor       text CHECK (competitor ~ '^[A-Za-z0-9_.-]{1,64}$'),
    competitor_at    timestamptz,
    heard_at         timestamptz,
    longest_silence  interval,
    PRIMARY KEY (client_id, number_id),
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number
) WITH (fillfactor = 70);
COMMENT ON COLUMN channel.number_health.quality IS 'none: one of Meta''s words';
COMMENT ON COLUMN channel.number_health.messaging_limit IS 'none: one of Meta''s words';
COMMENT ON COLUMN channel.number_health.throughput IS 'none: one of Meta''s words';
COMMENT ON COLUMN channel.number_health.account IS 'none';
COMMENT ON COLUMN channel.number_health.competitor IS 'none: the other responder, in Meta''s word';
COMMENT ON COLUMN channel.number_health.longest_silence IS 'none';
ALTER TABLE channel.number_health ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.number_health FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.number_health TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON channel.number_health TO munshi_app;
GRANT UPDATE (asked_at, answered_at, refused_code, refused_since, inspected_at, token_expires_at, quality, messaging_limit, throughput,
    account, account_since, competitor, competitor_at, heard_at, longest_silence) ON channel.number_health TO munshi_app;
