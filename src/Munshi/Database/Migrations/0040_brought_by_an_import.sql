-- A row of another workspace is refused before it is asked what brought it.
DROP TRIGGER brought_by_an_import ON vault.media_import;
CREATE TRIGGER brought_by_an_import AFTER INSERT ON vault.media_import FOR EACH ROW EXECUTE FUNCTION vault.check_media_import();
ALTER TABLE vault.media_import ENABLE ALWAYS TRIGGER brought_by_an_import;
