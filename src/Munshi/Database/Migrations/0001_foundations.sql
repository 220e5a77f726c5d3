-- Schemas, one a capability, and the guards that every table uses.
CREATE SCHEMA guard;
CREATE SCHEMA workspace;
CREATE SCHEMA access;
CREATE SCHEMA channel;
CREATE SCHEMA work;
CREATE SCHEMA audit;
CREATE SCHEMA ledger;
CREATE SCHEMA vault;
CREATE SCHEMA intake;
CREATE SCHEMA knowledge;
CREATE SCHEMA responder;

GRANT USAGE ON SCHEMA guard TO munshi_lookup;
GRANT USAGE ON SCHEMA workspace, access, channel, work, audit, vault, intake, knowledge, responder TO munshi_app;
GRANT USAGE ON SCHEMA workspace, access, channel TO munshi_router;
GRANT USAGE ON SCHEMA workspace, access, channel TO munshi_lookup;
GRANT CREATE ON SCHEMA access, channel TO munshi_lookup; -- to own its look-up functions
GRANT USAGE ON SCHEMA intake TO munshi_intake;
GRANT USAGE ON SCHEMA intake, work TO munshi_sorter;
GRANT USAGE ON SCHEMA work TO munshi_dispatch;
GRANT USAGE ON SCHEMA audit, ledger TO munshi_audit;
GRANT USAGE ON SCHEMA workspace, audit, ledger, vault, intake, responder TO munshi_reader;

-- The trigger of every table whose rows, once written, stay: no role may change, remove or empty them.
CREATE FUNCTION guard.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'rows of %.% are never changed or removed', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END
$$;
