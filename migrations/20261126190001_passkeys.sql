-- Passkeys (WebAuthn) beside the authenticator app. What the server keeps of one is public: whoever reads this table can
-- sign in as nobody.

create table passkey (
    id             uuid primary key,
    person_id      uuid not null references person on delete cascade,
    name           text not null check (length(name) between 1 and 60),
    credential_id  bytea not null,
    credential     jsonb not null,                   -- the public key, and what is known of the device that has the other
    counter        bigint not null default 0 check (counter between 0 and 4294967295),  -- as the device has last told it
    added_at       timestamptz not null,
    last_used_at   timestamptz
);
create index passkey_by_person on passkey (person_id);
-- one key, one person
create unique index passkey_once on passkey (credential_id);

-- A challenge that waits for its answer: bound to the browser that was asked, which is known by the digest of its session
-- or of its half sign-in, and taken once.
create table passkey_challenge (
    asker       bytea not null check (length(asker) = 32),
    purpose     text not null check (purpose in ('add', 'prove')),
    person_id   uuid not null references person on delete cascade,
    name        text check ((name is not null) = (purpose = 'add')),  -- of the passkey that will be
    asked       jsonb not null,                      -- as the page hands it to the browser
    state       jsonb not null,                      -- what the answer is compared with; leaves the server for nobody
    expires_at  timestamptz not null,
    primary key (asker, purpose)
);
create index passkey_challenge_by_person on passkey_challenge (person_id);
create index passkey_challenge_by_end on passkey_challenge (expires_at);

-- Recovery codes stand in for either kind, and go with the last of them.
alter table recovery_code drop constraint recovery_code_person_id_fkey,
    add constraint recovery_code_person_id_fkey foreign key (person_id) references person on delete cascade;

-- Either kind is one.
create function has_second_factor(who uuid) returns boolean language sql stable parallel safe as $$
    select exists (select from second_factor f where f.person_id = who and f.confirmed_at is not null)
        or exists (select from passkey k where k.person_id = who)
$$;

-- Nobody behind a wall meets them.
revoke all on passkey, passkey_challenge from stagiaire_candidate, stagiaire_supervisor, stagiaire_medical;
