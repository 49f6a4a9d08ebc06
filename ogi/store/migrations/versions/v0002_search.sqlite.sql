CREATE VIRTUAL TABLE passage_index USING fts5(
	text, content='passages', content_rowid='passage_id', tokenize='trigram', detail='none'
)

CREATE TRIGGER passage_index_forgets AFTER DELETE ON passages
WHEN EXISTS (SELECT 1 FROM passage_index_docsize WHERE id = old.passage_id)
BEGIN INSERT INTO passage_index (passage_index, rowid, text) VALUES ('delete', old.passage_id, old.text); END

CREATE TRIGGER passage_index_follows AFTER UPDATE OF text ON passages
WHEN EXISTS (SELECT 1 FROM passage_index_docsize WHERE id = old.passage_id)
BEGIN
	INSERT INTO passage_index (passage_index, rowid, text) VALUES ('delete', old.passage_id, old.text);
	INSERT INTO passage_index (rowid, text) VALUES (new.passage_id, new.text);
END
