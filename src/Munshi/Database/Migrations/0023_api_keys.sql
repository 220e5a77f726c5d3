-- Keys with which a program reads one workspace through the API: the secret itself is never stored.
CREATE TABLE access.api_key (
    client_id   uuid NOT NULL,
    id          uuid NOT NULL,
    secret_hash bytea NOT NULL CHECK (octet_length(secret_hash) = 32),
    name_sealed bytea NOT NULL,
    made_by     uuid NOT NULL,
    created_at  timestamptz NOT NULL,
    used_at     timestamptz,
    revoked_by  uuid,
    revoked_at  timestamptz,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, secret_hash),
    FOREIGN KEY (client_id, made_by) REFERENCES access.membership,
    FOREIGN KEY (client_id, revoked_by) REFERENCES access.membership,
    CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE INDEX api_key_secret ON access.api_key (secret_hash);
COMMENT ON COLUMN access.api_key.secret_hash IS 'secret: SHA-256 of a random 256-bit secret';
COMMENT ON COLUMN access.api_key.name_sealed IS 'pii:text, what an owner called the key, sealed under the workspace''s own key';

ALTER TABLE access.api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE access.api_key FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON access.api_key TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY lookup ON access.api_key FOR SELECT TO munshi_lookup USING (true);
GRANT SELECT, INSERT ON access.api_key TO munshi_app;
GRANT UPDATE (used_at, revoked_by, revoked_at) ON access.api_key TO munshi_app;
GRANT SELECT (client_id, secret_hash) ON access.api_key TO munshi_lookup;

-- A key stays what it was made as, and once revoked it stays revoked.
CREATE FUNCTION access.check_api_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.client_id, NEW.id, NEW.secret_hash, NEW.name_sealed, NEW.made_by, NEW.created_at)
            IS DISTINCT FROM (OLD.client_id, OLD.id, OLD.secret_hash, OLD.name_sealed, OLD.made_by, OLD.created_at)
        OR (OLD.revoked_at IS NOT NULL AND (NEW.used_at, NEW.revoked_by, NEW.revoked_at) IS DISTINCT FROM (OLD.used_at, OLD.revoked_by, OLD.revoked_at)) THEN
        RAISE EXCEPTION 'an API key stays what it was made as, and stays revoked' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER key_stays BEFORE UPDATE ON access.api_key FOR EACH ROW EXECUTE FUNCTION access.check_api_key();
CREATE TRIGGER never_removed BEFORE DELETE ON access.api_key FOR EACH ROW EXECUTE FUNCTION guard.refuse_change();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON access.api_key FOR EACH STATEMENT EXECUTE FUNCTION guard.refuse_change();
ALTER TABLE access.api_key ENABLE ALWAYS TRIGGER key_stays;
ALTER TABLE access.api_key ENABLE ALWAYS TRIGGER never_removed;
ALTER TABLE access.api_key ENABLE ALWAYS TRIGGER never_emptied;

GRANT CREATE ON SCHEMA access TO munshi_lookup; -- to own its look-up function
CREATE FUNCTION access.workspace_of_api_key(secret bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
'SELECT client_id FROM access.api_key WHERE secret_hash = secret';
REVOKE ALL ON FUNCTION access.workspace_of_api_key(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.workspace_of_api_key(bytea) TO munshi_router;
SET LOCAL SESSION AUTHORIZATION DEFAULT;
ALTER FUNCTION access.workspace_of_api_key(bytea) OWNER TO munshi_lookup;
SET LOCAL SESSION AUTHORIZATION munshi_owner;
REVOKE CREATE ON SCHEMA access FROM munshi_lookup;
