-- Staff sign in at the organisation's own identity provider (OpenID Connect). Somebody linked to it has no password here.

create table organisation_identity (
    person_id  uuid primary key references person on delete cascade,
    issuer     text not null check (length(issuer) between 1 and 2000),
    subject    text not null check (length(subject) between 1 and 255),   -- OpenID Connect Core 1.0, 2
    linked_at  timestamptz not null,
    unique (issuer, subject)
);

-- Sessions that began there, and end when those there do. A second factor was proved there.
create table organisation_session (
    token_hash  bytea primary key references session on delete cascade,
    issuer      text not null,
    subject     text not null,
    sid         text,               -- the session there, if it tells
    id_token    text not null       -- which it recognises when somebody leaves
);
create index organisation_session_by_subject on organisation_session (issuer, subject);

-- Nobody behind a wall meets them.
revoke all on organisation_identity, organisation_session from stagiaire_candidate, stagiaire_supervisor, stagiaire_medical;

-- Whoever was invited has neither chosen a password nor come from there.
create function signs_in(who person) returns boolean language sql stable parallel safe as $$
    select who.password_hash is not null
        or exists (select from organisation_identity i where i.person_id = who.id)
$$;
