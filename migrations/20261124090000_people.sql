-- Who there is, what they may do, and how they prove who they are.
create extension if not exists pg_trgm;

create table person (
    id                  uuid primary key,
    email               text not null check (length(email) between 3 and 254),
    -- one address is one person, however it is capitalised
    email_key           text not null generated always as (lower(email)) stored,
    given_names         text not null default '',
    family_names        text not null check (family_names <> ''),
    lang                text not null check (lang in ('en', 'fr', 'es')),
    password_hash       text,                     -- PHC string (argon2id); null until an invited person chose one
    email_confirmed_at  timestamptz,
    disabled_at         timestamptz,
    created_at          timestamptz not null,
    constraint person_email_key unique (email_key)
);

create table person_role (
    person_id  uuid not null references person on delete cascade,
    role       text not null check (role in ('candidate', 'hr_reviewer', 'supervisor', 'hr_director',
                                             'medical_officer', 'administrator')),
    primary key (person_id, role)
);
create index person_role_by_role on person_role (role, person_id);

-- A session is a random token in a cookie; only its SHA-256 is kept, so a copy of this table opens no door.
create table session (
    token_hash    bytea primary key check (length(token_hash) = 32),
    person_id     uuid not null references person on delete cascade,
    created_at    timestamptz not null,
    last_seen_at  timestamptz not null,
    idle_seconds  int not null check (idle_seconds > 0),   -- unused for so long, it ends
    expires_at    timestamptz not null                      -- however much used, it ends here
);
create index session_by_person on session (person_id);
create index session_by_end on session (expires_at);

-- Links in letters: used once, for one purpose, until a moment.
create table link_token (
    token_hash  bytea primary key check (length(token_hash) = 32),
    person_id   uuid not null references person on delete cascade,
    purpose     text not null check (purpose in ('confirm_email', 'reset_password', 'invitation')),
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz
);
create index link_token_by_person on link_token (person_id, purpose);

-- How often something was tried in a window of time; shared by all servers, gone by itself.
create table throttle (
    key           bytea not null,                 -- SHA-256 of what is counted: no address is kept in the clear
    window_start  timestamptz not null,
    hits          int not null check (hits > 0),
    primary key (key, window_start)
);
create index throttle_by_age on throttle (window_start);
