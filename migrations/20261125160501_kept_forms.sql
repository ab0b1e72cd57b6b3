-- Forms that arrived after their sender's session had ended: kept for a day, for the same person in the same browser.
create table kept_form (
    token_hash  bytea not null check (length(token_hash) = 32),   -- SHA-256 of the browser's cookie
    person_id   uuid not null references person on delete cascade,
    path        text not null,                                     -- where the form was sent, with its query
    answers     jsonb not null,                                    -- names and answers as sent: [["name", "…"], …]
    kept_at     timestamptz not null,
    -- sent twice, kept once: what was typed last
    primary key (token_hash, person_id, path)
);
create index kept_form_of_person on kept_form (person_id);
create index kept_form_by_age on kept_form (kept_at);
