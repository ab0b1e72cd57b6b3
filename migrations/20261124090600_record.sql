-- One line per change, written in the transaction of the change and never touched again.
create table audit_event (
    id          bigint generated always as identity primary key,
    at          timestamptz not null,
    actor_id    uuid references person,                    -- null: the system, or somebody not signed in
    actor_role  text not null,
    subject     text not null check (subject in ('application', 'placement', 'person', 'profile', 'document')),
    subject_id  uuid not null,
    version     int,                                       -- the step told here; null where nothing moved
    action      text not null,
    from_state  text,
    to_state    text,
    reason      text,
    facts       jsonb not null default '{}',
    constraint a_step_is_told_once unique (subject, subject_id, version)
);
create index audit_of_subject on audit_event (subject, subject_id, id);
create index audit_of_actor on audit_event (actor_id, id);
create trigger never_changes before update or delete on audit_event
    for each row execute function never_changes();

-- Letters owed, written in the transaction of the change; the postman sends them at least once.
create table outbox (
    id               uuid primary key,                     -- also the Message-ID, so that a second copy can be told
    recipient_id     uuid not null references person on delete cascade,
    letter           text not null,
    about            uuid,                                 -- the application or placement
    event_id         bigint references audit_event,
    created_at       timestamptz not null,
    attempts         int not null default 0,
    next_attempt_at  timestamptz not null,
    last_error       text,                                 -- of the mail server; never what the letter says
    sent_at          timestamptz
);
create index outbox_due on outbox (next_attempt_at) where sent_at is null;

-- Try-out mode only: letters as they would have been sent, shown at /mailbox.
create table mailbox (
    id         uuid primary key,
    sent_at    timestamptz not null,
    recipient  text not null,
    subject    text not null,
    plain      text not null,
    html       text not null
);
create index mailbox_by_time on mailbox (sent_at, id);
