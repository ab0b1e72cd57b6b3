-- Who supervises interns where.
create table supervisor_office (
    person_id  uuid not null references person on delete cascade,
    office_id  text not null references office,
    primary key (person_id, office_id)
);
create index supervisor_office_by_office on supervisor_office (office_id, person_id);

-- The lifecycle of a placement.
create table placement_transition (
    action      text not null,
    from_state  text not null,
    to_state    text not null,
    primary key (action, from_state, to_state)
);
insert into placement_transition values
    ('propose', 'new', 'proposed'),
    ('approve', 'proposed', 'approved'), ('decline', 'proposed', 'declined'),
    ('request_waiver', 'approved', 'approved'), ('decide_waiver', 'approved', 'approved'),
    ('offer', 'approved', 'offered'),
    ('accept', 'offered', 'accepted'), ('refuse', 'offered', 'refused'), ('lapse', 'offered', 'lapsed'),
    ('rescind', 'offered', 'rescinded'),
    ('submit_document', 'accepted', 'accepted'), ('verify_document', 'accepted', 'accepted'),
    ('return_document', 'accepted', 'accepted'),
    ('ready', 'accepted', 'ready'), ('unready', 'ready', 'accepted'),
    ('start', 'ready', 'started'), ('extend', 'started', 'started'), ('evaluate', 'started', 'started'),
    ('complete', 'started', 'completed'), ('end_early', 'started', 'ended_early'),
    ('no_show', 'ready', 'no_show'), ('no_show', 'accepted', 'no_show'),
    ('cancel', 'proposed', 'cancelled'), ('cancel', 'approved', 'cancelled'), ('cancel', 'accepted', 'cancelled'),
    ('cancel', 'ready', 'cancelled'),
    -- the effect of a withdrawal, or of accepting another offer
    ('close', 'proposed', 'cancelled'), ('close', 'approved', 'cancelled'), ('close', 'offered', 'cancelled');

create sequence placement_number;

create table placement (
    id                  uuid primary key,
    reference           text not null unique,              -- such as PL-2026-0931
    application_id      uuid not null references application,
    office_id           text not null references office,
    supervisor_id       uuid not null references person,
    area                text not null,
    starts_on           date not null,
    ends_on             date not null,                     -- inclusive
    terms               jsonb not null,                    -- as computed when proposed
    proposed_by         uuid not null references person,
    version             int not null,
    action              text not null,
    came_from           text not null,
    state               text not null,
    state_since         timestamptz not null,
    is_open             boolean not null generated always as
                        (state in ('proposed', 'approved', 'offered', 'accepted', 'ready', 'started')) stored,
    approved_by         uuid references person,
    terms_of_reference  text,
    tasks               text,
    learning_goals      text,
    foreign key (action, came_from, state) references placement_transition (action, from_state, to_state),
    constraint ends_after_it_starts check (ends_on >= starts_on),
    constraint four_eyes check (approved_by <> proposed_by),
    constraint supervised_by_another check (supervisor_id <> proposed_by),
    constraint approved_in_writing check (state in ('proposed', 'declined', 'cancelled')
        or (approved_by is not null and terms_of_reference <> '' and tasks <> '' and learning_goals <> ''))
);
create trigger remember_the_way before insert or update on placement
    for each row execute function remember_the_way();
create index placement_of_application on placement (application_id);
create index placement_of_supervisor on placement (supervisor_id, state, state_since, id) where is_open;
create index placement_decided on placement (supervisor_id, state_since, id) where state not in ('proposed');
create index placement_by_state on placement (state, state_since, id) where is_open;
-- one open proposal for an office and a person at a time: pressing twice proposes once
create unique index one_open_proposal on placement (application_id, office_id) where is_open;
