CREATE TRIGGER versions_never_change BEFORE UPDATE ON versions
BEGIN SELECT RAISE(ABORT, 'a version never changes'); END

CREATE TRIGGER versions_stay BEFORE DELETE ON versions
BEGIN SELECT RAISE(ABORT, 'a version is never taken away'); END

CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit never changes'); END

CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is never taken away'); END
