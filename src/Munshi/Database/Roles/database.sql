-- Closes the database to everyone but the product's roles, and makes room for the record of migrations. Safe to repeat.
DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO munshi_intake, munshi_sorter, munshi_app, munshi_router, munshi_dispatch, munshi_audit, munshi_reader',
        current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO munshi_owner', current_database());
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    CREATE SCHEMA IF NOT EXISTS migration AUTHORIZATION munshi_owner;
    CREATE TABLE IF NOT EXISTS migration.applied (
        number     int PRIMARY KEY,
        name       text NOT NULL,
        checksum   bytea NOT NULL CHECK (octet_length(checksum) = 32),
        applied_at timestamptz NOT NULL
    );
    ALTER TABLE migration.applied OWNER TO munshi_owner;
    COMMENT ON COLUMN migration.applied.name IS 'none';
    COMMENT ON COLUMN migration.applied.checksum IS 'none';
    GRANT USAGE ON SCHEMA migration TO munshi_reader;
    GRANT SELECT ON migration.applied TO munshi_reader;
END
$$;
