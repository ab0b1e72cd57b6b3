-- A second factor: an authenticator app (TOTP, RFC 6238), and recovery codes for the day the phone is lost.

create table second_factor (
    person_id     uuid primary key references person on delete cascade,
    secret        bytea not null,                    -- shared with the app
    begun_at      timestamptz not null,
    confirmed_at  timestamptz,                       -- a first code has come back; until then it counts for nothing
    last_step     bigint                             -- of thirty seconds each: no code is taken twice
);

-- Random enough (120 bits) for a plain SHA-256: nobody guesses one from this table.
create table recovery_code (
    person_id  uuid not null references second_factor on delete cascade,
    code_hash  bytea not null check (length(code_hash) = 32),
    used_at    timestamptz,
    primary key (person_id, code_hash)
);

-- The password was right, the code is still to come: it opens no page but the one that asks for the code.
create table half_sign_in (
    token_hash  bytea primary key check (length(token_hash) = 32),
    person_id   uuid not null references person on delete cascade,
    password    bytea not null,                      -- SHA-256 of the stored hash: another password ends it
    expires_at  timestamptz not null
);
create index half_sign_in_by_person on half_sign_in (person_id);
create index half_sign_in_by_end on half_sign_in (expires_at);
