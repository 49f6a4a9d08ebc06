"""Who may do what: the mode of a server, the roles of people, passwords and secrets. Decisions only; nothing is stored here."""
