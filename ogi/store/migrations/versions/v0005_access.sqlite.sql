CREATE TABLE accounts (
    name VARCHAR(255) NOT NULL,
    password_hash TEXT,
    role VARCHAR(20) NOT NULL,
    regions JSON NOT NULL,
    organs JSON NOT NULL,
    closed_at DATETIME,
    at DATETIME NOT NULL,
    "by" VARCHAR(255) NOT NULL,
    CONSTRAINT accounts_pkey PRIMARY KEY (name),
    CONSTRAINT accounts_role CHECK (role in ('reader', 'editor', 'administrator'))
)

CREATE TABLE sign_ins (
    token_hash VARCHAR(64) NOT NULL,
    name VARCHAR(255) NOT NULL,
    kind VARCHAR(10) NOT NULL,
    title TEXT DEFAULT '' NOT NULL,
    expires_at DATETIME NOT NULL,
    ended_at DATETIME,
    at DATETIME NOT NULL,
    "by" VARCHAR(255) NOT NULL,
    CONSTRAINT sign_ins_pkey PRIMARY KEY (token_hash),
    CONSTRAINT sign_ins_kind CHECK (kind in ('browser', 'script')),
    CONSTRAINT sign_ins_name_fkey FOREIGN KEY(name) REFERENCES accounts (name)
)

CREATE INDEX sign_ins_name_index ON sign_ins (name)
