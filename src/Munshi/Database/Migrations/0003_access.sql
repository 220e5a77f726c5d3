-- A person may belong to several workspaces; what is known of them stands in each membership.
CREATE TABLE access.person (
    id         uuid PRIMARY KEY,
    created_at timestamptz NOT NULL
);
GRANT INSERT ON access.person TO munshi_app;

CREATE TABLE access.membership (
    client_id   uuid NOT NULL REFERENCES workspace.workspace,
    person_id   uuid NOT NULL REFERENCES access.person,
    role        text NOT NULL CHECK (role IN ('owner', 'staff')),
    name_sealed bytea NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (client_id, person_id)
);
COMMENT ON COLUMN access.membership.role IS 'none';
COMMENT ON COLUMN access.membership.name_sealed IS 'pii:name of a member of staff, sealed under the workspace''s own key';

ALTER TABLE access.membership ENABLE ROW LEVEL SECURITY;
ALTER TABLE access.membership FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON access.membership TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON access.membership TO munshi_app;

-- One-time links: the token itself is never stored.
CREATE TABLE access.sign_in_link (
    client_id  uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    person_id  uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (client_id, token_hash),
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership
);
CREATE INDEX sign_in_link_token ON access.sign_in_link (token_hash);
COMMENT ON COLUMN access.sign_in_link.token_hash IS 'secret: SHA-256 of a random 256-bit token';

ALTER TABLE access.sign_in_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE access.sign_in_link FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON access.sign_in_link TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY lookup ON access.sign_in_link FOR SELECT TO munshi_lookup USING (true);
GRANT SELECT, INSERT ON access.sign_in_link TO munshi_app;
GRANT UPDATE (used_at) ON access.sign_in_link TO munshi_app;
GRANT SELECT (client_id, token_hash) ON access.sign_in_link TO munshi_lookup;

CREATE TABLE access.session (
    client_id  uuid NOT NULL,
    token_hash bytea NOT NULL CHECK (octet_length(token_hash) = 32),
    id         uuid NOT NULL,
    person_id  uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at   timestamptz,
    PRIMARY KEY (client_id, token_hash),
    UNIQUE (client_id, id),
    FOREIGN KEY (client_id, person_id) REFERENCES access.membership
);
CREATE INDEX session_token ON access.session (token_hash);
COMMENT ON COLUMN access.session.token_hash IS 'secret: SHA-256 of a random 256-bit token';

ALTER TABLE access.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE access.session FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON access.session TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY lookup ON access.session FOR SELECT TO munshi_lookup USING (true);
GRANT SELECT, INSERT ON access.session TO munshi_app;
GRANT UPDATE (ended_at) ON access.session TO munshi_app;
GRANT SELECT (client_id, token_hash) ON access.session TO munshi_lookup;

CREATE FUNCTION access.workspace_of_link(token bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
'SELECT client_id FROM access.sign_in_link WHERE token_hash = token';
CREATE FUNCTION access.workspace_of_session(token bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
'SELECT client_id FROM access.session WHERE token_hash = token';
REVOKE ALL ON FUNCTION access.workspace_of_link(bytea), access.workspace_of_session(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION access.workspace_of_link(bytea), access.workspace_of_session(bytea) TO munshi_router;
SET LOCAL SESSION AUTHORIZATION DEFAULT;
ALTER FUNCTION access.workspace_of_link(bytea) OWNER TO munshi_lookup;
ALTER FUNCTION access.workspace_of_session(bytea) OWNER TO munshi_lookup;
SET LOCAL SESSION AUTHORIZATION munshi_owner;
REVOKE CREATE ON SCHEMA access FROM munshi_lookup;
