-- What is kept beside a placement once it is agreed: evaluations, the wish for a longer stay, the certificate.

-- The terms as they stand since the first day moved, or the last one; null until then.
alter table placement add column current_terms jsonb;

-- The supervisor's words, once at half-time and once at the end; the intern may answer each with one comment.
create table evaluation (
    placement_id  uuid not null references placement,
    which         text not null check (which in ('mid_term', 'final')),
    work          text not null check (length(work) between 1 and 4000),
    strengths     text not null check (length(strengths) between 1 and 4000),
    improve       text not null check (length(improve) between 1 and 4000),
    goals         text not null check (length(goals) between 1 and 4000),
    advice        text not null check (length(advice) <= 4000),
    revision      int not null,                            -- one more with every change of the supervisor's words
    written_at    timestamptz not null,                    -- the first time
    comment       text check (length(comment) between 1 and 4000),
    commented_at  timestamptz,
    primary key (placement_id, which),
    constraint commented_at_a_moment check ((comment is null) = (commented_at is null))
);

-- The supervisor asks, the intern agrees, Human Resources confirms.
create table extension (
    id             uuid primary key,
    placement_id   uuid not null references placement,
    new_end        date not null,                          -- inclusive
    reason         text not null check (length(reason) between 1 and 2000),
    asked_by       uuid not null references person,
    asked_at       timestamptz not null,
    asked_on       date not null,                          -- the organisation's day: the notice counts from it
    agreed_at      timestamptz,
    refused_at     timestamptz,
    decided_by     uuid references person,
    confirmed_at   timestamptz,
    covered_until  date,                                   -- by the insurance that was shown
    declined_at    timestamptz,
    decline_reason text check (length(decline_reason) between 1 and 2000),
    is_open        boolean not null generated always as
                   (refused_at is null and confirmed_at is null and declined_at is null) stored,
    constraint answered_once check (agreed_at is null or refused_at is null),
    constraint decided_once check (confirmed_at is null or declined_at is null),
    constraint confirmed_when_agreed_and_insured
        check (confirmed_at is null or (agreed_at is not null and covered_until >= new_end)),
    constraint decided_by_another check (decided_by <> asked_by),
    constraint decided_by_somebody check ((confirmed_at is null and declined_at is null) or decided_by is not null)
);
create unique index one_open_extension on extension (placement_id) where is_open;
create index extension_of_placement on extension (placement_id, id);

-- What anybody may have confirmed who is shown the code.
create table certificate (
    code          text primary key check (code ~ '^[0-9A-HJKMNP-TV-Z]{16}$'),  -- Crockford's base 32
    placement_id  uuid not null unique references placement,
    issued_on     date not null,
    name          text not null,
    office_id     text not null references office,
    area          text not null,
    starts_on     date not null,
    ends_on       date not null
);
create trigger written_once before update on certificate for each row execute function never_changes();
