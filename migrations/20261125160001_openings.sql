-- Openings: work that Human Resources announces beside the pool, which is always open.
create table opening_transition (
    action      text not null,
    from_state  text not null,
    to_state    text not null,
    primary key (action, from_state, to_state)
);
insert into opening_transition values
    ('draft', 'new', 'draft'), ('edit', 'draft', 'draft'), ('edit', 'published', 'published'),
    ('publish', 'draft', 'published'), ('close', 'published', 'closed');

create sequence opening_number;

create table opening (
    id              uuid primary key,
    reference       text not null unique,                  -- such as OP-2026-0007
    office_id       text not null references office,
    area            text not null,
    languages       text[] not null,                       -- working knowledge of each is asked for, ISO 639-1
    starts_on       date not null,                         -- on this day or later
    months          smallint not null check (months between 2 and 6),
    places          smallint not null check (places between 1 and 99),
    title_en        text not null,
    title_fr        text not null,
    title_es        text not null,
    description_en  text not null,
    description_fr  text not null,
    description_es  text not null,
    search_key      text not null,                         -- words of every language, accents and case folded
    created_by      uuid not null references person,
    edited_at       timestamptz not null,
    published_at    timestamptz,
    version         int not null,                          -- one more with every step
    action          text not null,
    came_from       text not null,
    state           text not null,
    state_since     timestamptz not null,
    foreign key (action, came_from, state) references opening_transition (action, from_state, to_state),
    constraint published_at_a_moment check (state = 'draft' or published_at is not null),
    constraint in_one_language_at_least check (title_en || title_fr || title_es <> ''),
    constraint titles_are_described check ((title_en <> '') = (description_en <> '')
        and (title_fr <> '') = (description_fr <> '') and (title_es <> '') = (description_es <> ''))
);
create trigger remember_the_way before insert or update on opening
    for each row execute function remember_the_way();
-- Human Resources reads them state by state, the public the published ones; the newest first.
create index openings_in_every_state on opening (state, state_since, id);
create index openings_published on opening (published_at, id) where state = 'published';
create index openings_search on opening using gin (search_key gin_trgm_ops) where state = 'published';

-- Who wants a letter when an opening fits. Nobody is here who has not asked for it.
create table opening_subscription (
    person_id  uuid primary key references person on delete cascade,
    since      timestamptz not null
);
-- Whom an opening's letter was owed to: nobody gets it twice.
create table opening_letter (
    opening_id  uuid not null references opening on delete cascade,
    person_id   uuid not null references person on delete cascade,
    primary key (opening_id, person_id)
);
create index opening_letter_of_person on opening_letter (person_id);
-- One click in a letter, however old, ends the letters (RFC 8058). Only the SHA-256 of its token is kept.
create table unsubscribe_token (
    token_hash  bytea primary key check (length(token_hash) = 32),
    person_id   uuid not null references person on delete cascade
);
create index unsubscribe_token_of_person on unsubscribe_token (person_id);

-- The openings a candidate names in the profile.
create table opening_choice (
    person_id   uuid not null references profile on delete cascade,
    opening_id  uuid not null references opening,
    chosen_at   timestamptz not null,
    primary key (person_id, opening_id)
);
create index opening_choice_by_opening on opening_choice (opening_id);

-- The record tells of openings, too; whatever else it tells of by now, it goes on telling.
do $$
declare
    told text := (select pg_get_expr(conbin, conrelid) from pg_constraint
                  where conrelid = 'audit_event'::regclass and conname = 'audit_event_subject_check');
begin
    alter table audit_event drop constraint audit_event_subject_check;
    execute format('alter table audit_event add constraint audit_event_subject_check check (%s or subject = %L)',
                   told, 'opening');
end $$;
