-- Sets one role's password verifier. Executed after set_config of both settings in the same transaction.
DO $$
BEGIN
    EXECUTE format('ALTER ROLE %I PASSWORD %L', current_setting('munshi.role'), current_setting('munshi.verifier'));
END
$$;
