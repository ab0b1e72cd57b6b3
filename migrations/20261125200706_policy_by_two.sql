-- A new version of the policy is proposed by one administrator, tried against the pool, and confirmed by another.
create table policy_proposal (
    id              uuid primary key,
    effective_from  date not null,
    eligibility     jsonb not null,
    terms           jsonb not null,
    proposed_by     uuid not null references person,
    proposed_at     timestamptz not null,
    tried_at        timestamptz not null,
    tried           int not null check (tried >= 0),          -- how many in the pool it was tried against
    confirmed_by    uuid references person,
    confirmed_at    timestamptz,
    dropped_at      timestamptz,
    constraint confirmed_by_another check (confirmed_by <> proposed_by),
    constraint confirmed_or_dropped check (confirmed_at is null or dropped_at is null),
    constraint confirmed_by_somebody check ((confirmed_at is null) = (confirmed_by is null))
);
create unique index one_proposal_a_day on policy_proposal (effective_from)
    where confirmed_at is null and dropped_at is null;

-- Whose verdict would be another one.
create table policy_trial (
    proposal_id     uuid not null references policy_proposal,
    application_id  uuid not null references application,
    was             text not null,
    becomes         text not null check (becomes <> was),
    primary key (proposal_id, application_id)
);
create index policy_trial_by_change on policy_trial (proposal_id, was, becomes, application_id);
