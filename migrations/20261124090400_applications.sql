-- The lifecycle of an application. The specification's table is a table: what is not here cannot happen.
create table application_transition (
    action      text not null,
    from_state  text not null,
    to_state    text not null,
    primary key (action, from_state, to_state)
);
insert into application_transition values
    ('release', 'new', 'released'),
    ('re_release', 'released', 'released'), ('re_release', 'changes_requested', 'released'),
    ('re_release', 'in_review', 'in_review'), ('re_release', 'pooled', 'pooled'),
    ('withdraw', 'released', 'withdrawn'), ('withdraw', 'changes_requested', 'withdrawn'),
    ('withdraw', 'in_review', 'withdrawn'), ('withdraw', 'pooled', 'withdrawn'),
    ('claim', 'released', 'in_review'), ('unclaim', 'in_review', 'released'),
    ('request_changes', 'in_review', 'changes_requested'),
    ('pool', 'in_review', 'pooled'), ('decline', 'in_review', 'not_selected'),
    ('reopen', 'not_selected', 'in_review'),
    ('renew', 'pooled', 'pooled'), ('renew', 'expired', 'pooled'),
    ('expire', 'pooled', 'expired'), ('expire', 'changes_requested', 'expired'),
    ('place', 'pooled', 'placed'),
    -- the effect of cancelling an accepted placement: the person is free again
    ('return_to_pool', 'placed', 'pooled');

create sequence application_number;

create table application (
    id             uuid primary key,
    reference      text not null unique,                  -- such as ST-2026-04817: what people quote
    candidate_id   uuid not null references person,
    version        int not null,                          -- one more with every step
    action         text not null,                         -- the step that led here …
    came_from      text not null,                         -- … from there (written below, judged by the key)
    state          text not null,
    state_since    timestamptz not null,
    is_open        boolean not null generated always as
                   (state in ('released', 'changes_requested', 'in_review', 'pooled', 'placed')) stored,
    waiting_since  timestamptz not null,                  -- the first release; later versions keep the place
    reviewer_id    uuid references person,                -- who has it, or had it when changes were requested
    pooled_until   date,
    -- What the queue shows, filters and searches: copied from the newest snapshot with every release.
    latest         int not null check (latest > 0),
    name           text not null,
    search_key     text not null,                         -- name and institutions, accents and case folded
    verdict        text not null check (verdict in ('eligible', 'needs_information', 'needs_review', 'other_dates',
                                                    'not_eligible')),
    tracks         text[] not null,
    languages      text[] not null,                       -- working knowledge, ISO 639-1
    areas          text[] not null,
    offices        text[] not null,
    starts_on      date not null,
    months         smallint not null,
    foreign key (action, came_from, state) references application_transition (action, from_state, to_state),
    constraint reviewed_by_somebody check (state <> 'in_review' or reviewer_id is not null),
    constraint pooled_until_a_day check (state <> 'pooled' or pooled_until is not null)
);
create unique index one_open_application on application (candidate_id) where is_open;
create index application_of_candidate on application (candidate_id, waiting_since);
-- The queue, longest wait first; the keys end in the id so that a page begins exactly where the last one ended.
create index queue_by_wait on application (state, waiting_since, id) where is_open;
create index queue_by_name on application (state, name, id) where is_open;
create index queue_by_start on application (state, starts_on, id) where is_open;
create index queue_by_reviewer on application (reviewer_id, state, waiting_since, id) where is_open;
create index queue_search on application using gin (search_key gin_trgm_ops) where is_open;
create index pool_by_end on application (pooled_until) where state = 'pooled';

-- The trigger remembers and counts, the key decides. Shared by applications and placements.
create function remember_the_way() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        new.version := 1;
        new.came_from := 'new';
    elsif new.version = old.version + 1 then
        new.came_from := old.state;
    elsif (new.version, new.action, new.came_from, new.state)
          is distinct from (old.version, old.action, old.came_from, old.state) then
        raise check_violation using message = 'a case moves one step at a time';
    end if;
    return new;
end $$;
create trigger remember_the_way before insert or update on application
    for each row execute function remember_the_way();

-- What HR reads: what the candidate released, word for word, and what was computed and consented to then.
create table snapshot (
    application_id  uuid not null references application,
    number          int not null check (number > 0),
    released_at     timestamptz not null,
    released_on     date not null,                        -- the organisation's day: the R of the rules
    profile         jsonb not null,
    assessment      jsonb not null,
    policy_version  date not null,
    privacy_version text not null,                        -- of the notice consented to
    acknowledged    boolean not null,                     -- told that the verdict is not "eligible", and went on
    primary key (application_id, number)
);
create table snapshot_document (
    application_id  uuid not null,
    number          int not null,
    document_id     uuid not null references document,
    primary key (application_id, number, document_id),
    foreign key (application_id, number) references snapshot
);
create index snapshot_document_by_document on snapshot_document (document_id);

create function never_changes() returns trigger language plpgsql as $$
begin
    raise check_violation using message = format('%s is written once', tg_table_name);
end $$;
create trigger never_changes before update or delete on snapshot
    for each row execute function never_changes();
create trigger never_changes before update or delete on snapshot_document
    for each row execute function never_changes();
