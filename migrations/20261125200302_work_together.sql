-- A case is given to a colleague: out of the queue, or from one to another.
insert into application_transition values ('assign', 'released', 'in_review'), ('assign', 'in_review', 'in_review');

-- How many open cases a reviewer is given at most; one row.
create table review_setting (
    only_row   boolean primary key default true check (only_row),
    most_open  smallint not null check (most_open between 1 and 1000)
);
insert into review_setting (most_open) values (40);

-- Who has which case open, so that nobody reviews twice; and the list they came from, which next and previous follow.
create table review_presence (
    person_id       uuid not null references person on delete cascade,
    application_id  uuid not null references application,
    query           text not null,                         -- of the queue's address
    since           timestamptz not null,
    seen_at         timestamptz not null,
    primary key (person_id, application_id)
);
create index review_presence_of_application on review_presence (application_id, seen_at);
create index review_presence_by_age on review_presence (seen_at);

-- Passed over for now, by one person and until a moment.
create table review_skip (
    person_id       uuid not null references person on delete cascade,
    application_id  uuid not null references application,
    until           timestamptz not null,
    primary key (person_id, application_id)
);
create index review_skip_by_end on review_skip (until);

-- Decisions taken and not told yet: nothing has happened to the case, and no letter is owed.
create table drafted_decision (
    application_id  uuid primary key references application,
    reviewer_id     uuid not null references person on delete cascade,
    decision        text not null check (decision in ('pool', 'decline')),
    seen            int not null,                          -- the version it was taken on
    why             text not null,                         -- of the list; empty for the pool
    words           text not null check (length(words) <= 4000),
    drafted_at      timestamptz not null
);
create index drafted_decision_of_reviewer on drafted_decision (reviewer_id, drafted_at, application_id);
