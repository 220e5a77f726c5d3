-- Two contacts turn out to be one person: the identifiers and conversations of one go to the other, and it stays empty. Where both talked with one number,
-- one conversation goes on and the other stands beside it, superseded.
ALTER TABLE vault.conversation
    ADD COLUMN superseded_by uuid CHECK (superseded_by <> id),
    ADD COLUMN beside uuid GENERATED ALWAYS AS (nullif(id, coalesce(superseded_by, id))) STORED; -- nothing for the one that goes on
ALTER TABLE vault.conversation ADD FOREIGN KEY (client_id, superseded_by) REFERENCES vault.conversation;
ALTER TABLE vault.conversation DROP CONSTRAINT conversation_client_id_number_id_contact_id_key;
ALTER TABLE vault.conversation ADD CONSTRAINT conversation_current UNIQUE NULLS NOT DISTINCT (client_id, number_id, contact_id, beside);
CREATE INDEX conversation_superseded ON vault.conversation (client_id, superseded_by) WHERE superseded_by IS NOT NULL;
GRANT UPDATE (contact_id, superseded_by) ON vault.conversation TO munshi_app;

-- A conversation goes to another contact only after every identifier of its own has, and once superseded it stays so.
CREATE FUNCTION vault.check_contact() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF NEW.contact_id <> OLD.contact_id
        AND EXISTS (SELECT FROM vault.identifier i WHERE i.client_id = OLD.client_id AND i.contact_id = OLD.contact_id) THEN
        RAISE EXCEPTION 'a conversation stays with its contact while that has an identifier' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.superseded_by IS NOT NULL AND NEW.superseded_by IS NULL THEN
        RAISE EXCEPTION 'a superseded conversation stays superseded' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER contact_stays BEFORE UPDATE OF contact_id, superseded_by ON vault.conversation FOR EACH ROW EXECUTE FUNCTION vault.check_contact();
ALTER TABLE vault.conversation ENABLE ALWAYS TRIGGER contact_stays;
