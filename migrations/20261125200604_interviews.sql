-- An interview before the offer: the office proposes times, the candidate chooses one of them.
alter table person add column time_zone text;              -- IANA name; null: nobody has said

create table interview (
    placement_id  uuid primary key references placement,
    proposed_by   uuid not null references person,
    proposed_at   timestamptz not null,
    minutes       smallint not null check (minutes between 10 and 180),
    meeting       text not null check (length(meeting) between 1 and 500),  -- a link, a number, a room
    sequence      int not null check (sequence > 0),       -- one more with every change (RFC 5545, 3.8.7.4)
    starts_at     timestamptz,                             -- the time chosen
    chosen_at     timestamptz,
    refused_at    timestamptz,                             -- none of the times suits the candidate
    cancelled_at  timestamptz,
    reminded_at   timestamptz,
    constraint chosen_at_a_moment check ((starts_at is null) = (chosen_at is null)),
    constraint refused_or_chosen check (refused_at is null or chosen_at is null)
);
create table interview_slot (
    placement_id  uuid not null references interview on delete cascade,
    starts_at     timestamptz not null,
    primary key (placement_id, starts_at)
);
create index interview_to_come on interview (starts_at) where cancelled_at is null;
create index interview_to_be_chosen on interview (placement_id) where cancelled_at is null and starts_at is null;
