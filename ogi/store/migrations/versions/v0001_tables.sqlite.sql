CREATE TABLE shares (
	share_id INTEGER NOT NULL,
	token_hash VARCHAR(64) NOT NULL,
	"query" TEXT NOT NULL,
	title TEXT DEFAULT '' NOT NULL,
	note TEXT DEFAULT '' NOT NULL,
	expires_at DATETIME,
	passcode_hash TEXT,
	frozen BLOB,
	revoked_at DATETIME,
	revoked_by VARCHAR(255),
	opened INTEGER DEFAULT '0' NOT NULL,
	opened_at DATETIME,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT shares_pkey PRIMARY KEY (share_id),
	CONSTRAINT shares_token_hash_key UNIQUE (token_hash)
)

CREATE TABLE audit (
	audit_id INTEGER NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	action VARCHAR(40) NOT NULL,
	report_id INTEGER,
	subject VARCHAR(255) DEFAULT '' NOT NULL,
	why TEXT DEFAULT '' NOT NULL,
	detail JSON NOT NULL,
	CONSTRAINT audit_pkey PRIMARY KEY (audit_id)
)

CREATE INDEX audit_report_id_index ON audit (report_id, audit_id)

CREATE TABLE snapshot_queue (
	queue_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	report_year SMALLINT NOT NULL,
	"key" VARCHAR(255) NOT NULL,
	removed BOOLEAN DEFAULT 0 NOT NULL,
	CONSTRAINT snapshot_queue_pkey PRIMARY KEY (queue_id)
)

CREATE TABLE populations (
	region_code VARCHAR(6) NOT NULL,
	year SMALLINT NOT NULL,
	people BIGINT NOT NULL,
	source TEXT NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT populations_pkey PRIMARY KEY (region_code, year)
)

CREATE TABLE expected_organs (
	list VARCHAR(255) NOT NULL,
	organ_id VARCHAR(11) NOT NULL,
	name VARCHAR(255) NOT NULL,
	first_year SMALLINT,
	last_year SMALLINT,
	contact TEXT DEFAULT '' NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT expected_organs_pkey PRIMARY KEY (list, organ_id)
)

CREATE TABLE ingests (
	ingest_id INTEGER NOT NULL,
	source TEXT NOT NULL,
	total INTEGER DEFAULT '0' NOT NULL,
	state VARCHAR(10) DEFAULT 'running' NOT NULL,
	seen_at DATETIME NOT NULL,
	ended_at DATETIME,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT ingests_pkey PRIMARY KEY (ingest_id),
	CONSTRAINT ingests_state CHECK (state in ('running', 'finished', 'stopped'))
)

CREATE TABLE documents (
	sha256 VARCHAR(64) NOT NULL,
	name TEXT NOT NULL,
	media_type VARCHAR(255) NOT NULL,
	size BIGINT NOT NULL,
	pages INTEGER,
	address TEXT,
	published_on DATE,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT documents_pkey PRIMARY KEY (sha256)
)

CREATE TABLE organs (
	organ_id VARCHAR(11) NOT NULL,
	name VARCHAR(255) NOT NULL,
	full_name VARCHAR(255) NOT NULL,
	level VARCHAR(20) NOT NULL,
	kind VARCHAR(30) NOT NULL,
	region VARCHAR(255),
	region_code VARCHAR(6),
	parent_id VARCHAR(11),
	merged_into VARCHAR(11),
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT organs_pkey PRIMARY KEY (organ_id),
	CONSTRAINT organs_merged_into_fkey FOREIGN KEY(merged_into) REFERENCES organs (organ_id)
)

CREATE INDEX organs_merged_into_index ON organs (merged_into)

CREATE TABLE organ_links (
	before_id VARCHAR(11) NOT NULL,
	after_id VARCHAR(11) NOT NULL,
	kind VARCHAR(10) NOT NULL,
	first_year INTEGER NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT organ_links_pkey PRIMARY KEY (before_id, after_id),
	CONSTRAINT organ_links_kind CHECK (kind in ('renamed', 'merged', 'split')),
	CONSTRAINT organ_links_two_organs CHECK (before_id <> after_id)
)

CREATE TABLE ingested_files (
	ingest_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	name TEXT NOT NULL,
	part INTEGER DEFAULT '1' NOT NULL,
	sha256 VARCHAR(64),
	outcome VARCHAR(12) NOT NULL,
	error VARCHAR(60),
	params JSON,
	report_id INTEGER,
	CONSTRAINT ingested_files_pkey PRIMARY KEY (ingest_id, number),
	CONSTRAINT ingested_files_outcome CHECK (outcome in ('new', 'version', 'same', 'unplaced', 'failed', 'skipped')),
	CONSTRAINT ingested_files_ingest_id_fkey FOREIGN KEY(ingest_id) REFERENCES ingests (ingest_id)
)

CREATE INDEX ingested_files_sha256_index ON ingested_files (sha256)

CREATE TABLE document_bytes (
	sha256 VARCHAR(64) NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT document_bytes_pkey PRIMARY KEY (sha256),
	CONSTRAINT document_bytes_sha256_fkey FOREIGN KEY(sha256) REFERENCES documents (sha256)
)

CREATE TABLE organ_names (
	organ_id VARCHAR(11) NOT NULL,
	name VARCHAR(255) NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT organ_names_pkey PRIMARY KEY (organ_id, name),
	CONSTRAINT organ_names_organ_id_fkey FOREIGN KEY(organ_id) REFERENCES organs (organ_id)
)

CREATE TABLE reports (
	report_id INTEGER NOT NULL,
	organ_id VARCHAR(11) NOT NULL,
	report_year SMALLINT NOT NULL,
	scope VARCHAR(20) NOT NULL,
	current INTEGER NOT NULL,
	changes INTEGER DEFAULT '0' NOT NULL,
	deleted_at DATETIME,
	deleted_by VARCHAR(255),
	deleted_why TEXT,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT reports_pkey PRIMARY KEY (report_id),
	CONSTRAINT reports_current FOREIGN KEY(report_id, current) REFERENCES versions (report_id, number) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT reports_organ_id_fkey FOREIGN KEY(organ_id) REFERENCES organs (organ_id)
)

CREATE UNIQUE INDEX reports_identity ON reports (organ_id, report_year, scope) WHERE deleted_at IS NULL

CREATE INDEX reports_organ_id_index ON reports (organ_id, report_year)

CREATE INDEX reports_report_year_index ON reports (report_year)

CREATE TABLE corrections (
	correction_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	version INTEGER NOT NULL,
	"key" VARCHAR(120) NOT NULL,
	kind VARCHAR(10) NOT NULL,
	raw TEXT NOT NULL,
	read_value TEXT,
	read_state VARCHAR(20) NOT NULL,
	value TEXT,
	state VARCHAR(20) NOT NULL,
	why TEXT NOT NULL,
	printed_changed BOOLEAN DEFAULT 0 NOT NULL,
	confirmed_at DATETIME,
	confirmed_by VARCHAR(255),
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	undone_at DATETIME,
	undone_by VARCHAR(255),
	undone_why TEXT,
	CONSTRAINT corrections_pkey PRIMARY KEY (correction_id),
	CONSTRAINT corrections_kind CHECK (kind in ('misread', 'amended', 'keyed')),
	CONSTRAINT corrections_report_id_fkey FOREIGN KEY(report_id) REFERENCES reports (report_id)
)

CREATE UNIQUE INDEX corrections_one_per_cell ON corrections (report_id, "key", kind) WHERE undone_at IS NULL

CREATE INDEX corrections_history_index ON corrections (report_id, "key", correction_id)

CREATE TABLE decisions (
	decision_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	place VARCHAR(255) NOT NULL,
	decision VARCHAR(10) NOT NULL,
	cells TEXT NOT NULL,
	why TEXT DEFAULT '' NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	undone_at DATETIME,
	undone_by VARCHAR(255),
	undone_why TEXT,
	CONSTRAINT decisions_pkey PRIMARY KEY (decision_id),
	CONSTRAINT decisions_decision CHECK (decision in ('confirmed', 'dismissed', 'returned')),
	CONSTRAINT decisions_report_id_fkey FOREIGN KEY(report_id) REFERENCES reports (report_id)
)

CREATE UNIQUE INDEX decisions_one_per_finding ON decisions (report_id, place) WHERE undone_at IS NULL

CREATE TABLE report_facts (
	report_id INTEGER NOT NULL,
	report_year SMALLINT NOT NULL,
	"row" BLOB NOT NULL,
	made_by VARCHAR(40) NOT NULL,
	read_status VARCHAR(10) NOT NULL,
	errors INTEGER NOT NULL,
	warnings INTEGER NOT NULL,
	hints INTEGER NOT NULL,
	marked INTEGER NOT NULL,
	CONSTRAINT report_facts_pkey PRIMARY KEY (report_id),
	CONSTRAINT report_facts_report_id_fkey FOREIGN KEY(report_id) REFERENCES reports (report_id)
)

CREATE INDEX report_facts_report_year_index ON report_facts (report_year)

CREATE TABLE open_findings (
	report_id INTEGER NOT NULL,
	place VARCHAR(255) NOT NULL,
	check_id VARCHAR(60) NOT NULL,
	severity VARCHAR(10) NOT NULL,
	content BLOB NOT NULL,
	CONSTRAINT open_findings_pkey PRIMARY KEY (report_id, place),
	CONSTRAINT open_findings_report_id_fkey FOREIGN KEY(report_id) REFERENCES reports (report_id)
)

CREATE INDEX open_findings_check_id_index ON open_findings (check_id, severity)

CREATE TABLE passages (
	passage_id INTEGER NOT NULL,
	report_id INTEGER NOT NULL,
	section VARCHAR(4) NOT NULL,
	text TEXT NOT NULL,
	CONSTRAINT passages_pkey PRIMARY KEY (passage_id),
	CONSTRAINT passages_report_id_fkey FOREIGN KEY(report_id) REFERENCES reports (report_id)
)

CREATE INDEX passages_report_id_index ON passages (report_id)

CREATE TABLE versions (
	report_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	sha256 VARCHAR(64),
	part INTEGER DEFAULT '1' NOT NULL,
	origin VARCHAR(10) NOT NULL,
	reader VARCHAR(40) NOT NULL,
	format VARCHAR(20) NOT NULL,
	content BLOB NOT NULL,
	why TEXT DEFAULT '' NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT versions_pkey PRIMARY KEY (report_id, number),
	CONSTRAINT versions_origin CHECK (origin in ('upload', 'ingest', 'reread', 'keyed', 'restored')),
	CONSTRAINT versions_number CHECK (number >= 1),
	CONSTRAINT versions_report_id_fkey FOREIGN KEY(report_id) REFERENCES reports (report_id),
	CONSTRAINT versions_sha256_fkey FOREIGN KEY(sha256) REFERENCES documents (sha256)
)

CREATE INDEX versions_sha256_index ON versions (sha256)
