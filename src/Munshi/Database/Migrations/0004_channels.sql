-- A Meta app signs webhooks; it belongs to one workspace and, when shared, carries the numbers of others too (an agency).
CREATE TABLE channel.meta_app (
    client_id         uuid NOT NULL REFERENCES workspace.workspace,
    id                uuid NOT NULL UNIQUE,
    shared            boolean NOT NULL DEFAULT false,
    secret_sealed     bytea NOT NULL,
    verify_token_hash bytea NOT NULL CHECK (octet_length(verify_token_hash) = 32),
    created_at        timestamptz NOT NULL,
    PRIMARY KEY (client_id, id)
);
COMMENT ON COLUMN channel.meta_app.secret_sealed IS 'secret: Meta''s app secret, sealed under the workspace''s own key (it must be replayed)';
COMMENT ON COLUMN channel.meta_app.verify_token_hash IS 'secret: SHA-256 of the verify token';

ALTER TABLE channel.meta_app ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.meta_app FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.meta_app TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY lookup ON channel.meta_app FOR SELECT TO munshi_lookup USING (true);
GRANT SELECT, INSERT ON channel.meta_app TO munshi_app;
GRANT UPDATE (shared, secret_sealed, verify_token_hash) ON channel.meta_app TO munshi_app;
GRANT SELECT (client_id, id, shared) ON channel.meta_app TO munshi_lookup;

-- A business phone number. Its provider id is unique across the installation, kept only as an HMAC and sealed.
CREATE TABLE channel.number (
    client_id              uuid NOT NULL REFERENCES workspace.workspace,
    id                     uuid NOT NULL,
    app_id                 uuid NOT NULL REFERENCES channel.meta_app (id),
    phone_number_id_lookup bytea NOT NULL UNIQUE CHECK (octet_length(phone_number_id_lookup) = 32),
    phone_number_id_sealed bytea NOT NULL,
    display_number_sealed  bytea NOT NULL,
    token_sealed           bytea NOT NULL,
    created_at             timestamptz NOT NULL,
    PRIMARY KEY (client_id, id)
);
COMMENT ON COLUMN channel.number.phone_number_id_lookup IS 'secret: HMAC of Meta''s phone_number_id under the installation''s look-up key';
COMMENT ON COLUMN channel.number.phone_number_id_sealed IS 'pii:provider-id, sealed under the workspace''s own key';
COMMENT ON COLUMN channel.number.display_number_sealed IS 'pii:phone of the business, sealed under the workspace''s own key';
COMMENT ON COLUMN channel.number.token_sealed IS 'secret: access token, sealed under the workspace''s own key';

ALTER TABLE channel.number ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.number FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.number TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY lookup ON channel.number FOR SELECT TO munshi_lookup USING (true);
GRANT SELECT, INSERT ON channel.number TO munshi_app;
GRANT UPDATE (token_sealed) ON channel.number TO munshi_app;
GRANT SELECT (client_id, app_id, phone_number_id_lookup) ON channel.number TO munshi_lookup;

CREATE FUNCTION channel.workspace_of_app(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
'SELECT client_id FROM channel.meta_app WHERE id = wanted';
CREATE FUNCTION channel.workspace_of_number(app uuid, lookup bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
'SELECT client_id FROM channel.number WHERE phone_number_id_lookup = lookup AND app_id = app';

-- A number may hang on its own workspace's app or on one that its owner shares.
CREATE FUNCTION channel.check_app_of_number() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM channel.meta_app a WHERE a.id = NEW.app_id AND (a.client_id = NEW.client_id OR a.shared)) THEN
        RAISE EXCEPTION 'the app is neither this workspace''s nor shared' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION channel.workspace_of_app(uuid), channel.workspace_of_number(uuid, bytea), channel.check_app_of_number() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION channel.workspace_of_app(uuid), channel.workspace_of_number(uuid, bytea) TO munshi_router;
CREATE TRIGGER app_is_allowed BEFORE INSERT ON channel.number FOR EACH ROW EXECUTE FUNCTION channel.check_app_of_number();
ALTER TABLE channel.number ENABLE ALWAYS TRIGGER app_is_allowed;
SET LOCAL SESSION AUTHORIZATION DEFAULT;
ALTER FUNCTION channel.workspace_of_app(uuid) OWNER TO munshi_lookup;
ALTER FUNCTION channel.workspace_of_number(uuid, bytea) OWNER TO munshi_lookup;
ALTER FUNCTION channel.check_app_of_number() OWNER TO munshi_lookup;
SET LOCAL SESSION AUTHORIZATION munshi_owner;
REVOKE CREATE ON SCHEMA channel FROM munshi_lookup;

-- Outbound calls, counted by day and subprocessor: the observed side of the subprocessor list. Holds no workspace's data.
CREATE TABLE channel.egress_count (
    day          date NOT NULL,
    subprocessor text NOT NULL,
    host         text NOT NULL,
    allowed      bigint NOT NULL CHECK (allowed >= 0),
    refused      bigint NOT NULL CHECK (refused >= 0),
    PRIMARY KEY (day, subprocessor, host)
);
COMMENT ON COLUMN channel.egress_count.subprocessor IS 'none';
COMMENT ON COLUMN channel.egress_count.host IS 'none: a configured host';
GRANT SELECT, INSERT ON channel.egress_count TO munshi_app;
GRANT UPDATE (allowed, refused) ON channel.egress_count TO munshi_app;
