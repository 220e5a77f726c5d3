-- A workspace is one business; its id, client_id, leads every key of every table that holds its rows.
CREATE TABLE workspace.workspace (
    client_id   uuid PRIMARY KEY,
    slug        text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,47}$'),
    name_sealed bytea NOT NULL,
    created_at  timestamptz NOT NULL
);
COMMENT ON COLUMN workspace.workspace.slug IS 'none: handle chosen by the operator';
COMMENT ON COLUMN workspace.workspace.name_sealed IS 'pii:name of the business, sealed under the workspace''s own key';

ALTER TABLE workspace.workspace ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspace.workspace FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON workspace.workspace TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY all_workspaces ON workspace.workspace FOR SELECT TO munshi_reader, munshi_lookup USING (true);
GRANT SELECT, INSERT ON workspace.workspace TO munshi_app;
GRANT UPDATE (name_sealed) ON workspace.workspace TO munshi_app;
GRANT SELECT (client_id, slug, created_at) ON workspace.workspace TO munshi_reader;
GRANT SELECT (client_id, slug) ON workspace.workspace TO munshi_lookup;

-- Which keys of the keyring are the workspace's own.
CREATE TABLE workspace.workspace_key (
    client_id  uuid NOT NULL REFERENCES workspace.workspace,
    purpose    text NOT NULL CHECK (purpose IN ('lookup', 'secret')),
    key_id     uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, purpose)
);
COMMENT ON COLUMN workspace.workspace_key.purpose IS 'none';

ALTER TABLE workspace.workspace_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE workspace.workspace_key FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON workspace.workspace_key TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON workspace.workspace_key TO munshi_app;

GRANT CREATE ON SCHEMA workspace TO munshi_lookup;
CREATE FUNCTION workspace.workspace_of_slug(wanted text) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog AS
'SELECT client_id FROM workspace.workspace WHERE slug = wanted';
REVOKE ALL ON FUNCTION workspace.workspace_of_slug(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION workspace.workspace_of_slug(text) TO munshi_router;
SET LOCAL SESSION AUTHORIZATION DEFAULT;
ALTER FUNCTION workspace.workspace_of_slug(text) OWNER TO munshi_lookup;
SET LOCAL SESSION AUTHORIZATION munshi_owner;
REVOKE CREATE ON SCHEMA workspace FROM munshi_lookup;
