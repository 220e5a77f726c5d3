-- Creates what is missing of the installation's roles and pins every attribute. Run as superuser; safe to repeat.
-- Passwords are set separately, as SCRAM verifiers.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['munshi_owner', 'munshi_lookup', 'munshi_intake', 'munshi_sorter', 'munshi_app',
        'munshi_router', 'munshi_dispatch', 'munshi_audit', 'munshi_reader', 'munshi_eraser']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I', role_name);
        END IF;
        EXECUTE format('ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT NOREPLICATION NOBYPASSRLS', role_name);
        IF role_name IN ('munshi_owner', 'munshi_lookup', 'munshi_eraser') THEN
            EXECUTE format('ALTER ROLE %I NOLOGIN', role_name);
        ELSE
            EXECUTE format('ALTER ROLE %I LOGIN', role_name);
        END IF;
    END LOOP;
END
$$;
