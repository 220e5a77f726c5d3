-- A key reads, as all made so far; one that may send too is made so, and stays so.
ALTER TABLE access.api_key ADD COLUMN may_send boolean NOT NULL DEFAULT false;
CREATE OR REPLACE FUNCTION access.check_api_key() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF (NEW.client_id, NEW.id, NEW.secret_hash, NEW.name_sealed, NEW.made_by, NEW.created_at, NEW.may_send)
            IS DISTINCT FROM (OLD.client_id, OLD.id, OLD.secret_hash, OLD.name_sealed, OLD.made_by, OLD.created_at, OLD.may_send)
        OR (OLD.revoked_at IS NOT NULL AND (NEW.used_at, NEW.revoked_by, NEW.revoked_at) IS DISTINCT FROM (OLD.used_at, OLD.revoked_by, OLD.revoked_at)) THEN
        RAISE EXCEPTION 'an API key stays what it was made as, and stays revoked' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
