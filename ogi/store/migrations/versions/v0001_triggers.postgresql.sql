CREATE FUNCTION ogi_never_changes() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN RAISE EXCEPTION ''rows of % never change and are never taken away'', TG_TABLE_NAME; END'

CREATE TRIGGER versions_never_change BEFORE UPDATE OR DELETE ON versions
FOR EACH ROW EXECUTE FUNCTION ogi_never_changes()

CREATE TRIGGER audit_never_changes BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION ogi_never_changes()
