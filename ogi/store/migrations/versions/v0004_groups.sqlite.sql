CREATE TABLE organ_groups (
	group_id VARCHAR(11) NOT NULL,
	name VARCHAR(255) DEFAULT '' NOT NULL,
	organs TEXT NOT NULL,
	at DATETIME NOT NULL,
	"by" VARCHAR(255) NOT NULL,
	CONSTRAINT organ_groups_pkey PRIMARY KEY (group_id)
)
