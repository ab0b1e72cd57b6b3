-- What somebody does with their own account: sessions seen and ended, another address, consents, erasure.

-- A session is named to its owner without its hash, and told from the others by a few coarse words.
alter table session
    add column id     uuid not null unique default gen_random_uuid(),
    add column agent  text not null default '' check (length(agent) <= 40);   -- such as Firefox/Android

-- A letter to an address that is not the person's, or will not be any more; forgotten once it is sent.
alter table outbox add column address text;

-- Another address: it counts once somebody has opened the link sent to it.
create table email_change (
    id            uuid primary key,
    person_id     uuid not null references person on delete cascade,
    old_email     text not null,
    new_email     text not null,
    asked_at      timestamptz not null,
    confirmed_at  timestamptz,
    undone_at     timestamptz
);
create index email_change_of_person on email_change (person_id, asked_at);
create index email_change_by_age on email_change (asked_at);
alter table link_token add column about uuid;          -- the change that the link confirms or undoes
do $$
declare
    told text := (select pg_get_expr(conbin, conrelid) from pg_constraint
                  where conrelid = 'link_token'::regclass and conname = 'link_token_purpose_check');
begin
    alter table link_token drop constraint link_token_purpose_check;
    execute format('alter table link_token add constraint link_token_purpose_check check (%s or purpose in (%L, %L))',
                   told, 'new_email', 'undo_email');
end $$;

-- What somebody agreed to, in which wording and when, and when they took it back. A line is never reused.
create table consent (
    id            bigint generated always as identity primary key,
    person_id     uuid not null references person,
    purpose       text not null check (purpose in ('privacy_notice', 'pool', 'other_offices', 'health_documents')),
    version       text not null,                          -- of the privacy notice that explains it
    given_at      timestamptz not null,
    withdrawn_at  timestamptz
);
create unique index consent_in_force on consent (person_id, purpose, version) where withdrawn_at is null;
insert into consent (person_id, purpose, version, given_at)
    select a.candidate_id, 'privacy_notice', s.privacy_version, min(s.released_at)
    from snapshot s join application a on a.id = s.application_id group by 1, 3;
-- The optional ones that were in force with a release.
alter table snapshot add column consents text[] not null default '{}';

-- An erased person is a stripped placeholder: counts and the record of others stay true.
alter table person
    add column erased_at timestamptz,
    add constraint erased_is_closed check (erased_at is null or disabled_at is not null);
-- An erasure that somebody has asked for and that waits for the end of an internship.
create table erasure (
    person_id  uuid primary key references person on delete cascade,
    asked_at   timestamptz not null,
    ground     text not null check (ground in ('active_internship'))
);
-- Files whose rows are stripped, named by the transaction that strips them: what a crash leaves is removed later.
create table file_to_remove (
    id     uuid primary key,
    since  timestamptz not null
);

-- What is written once stays as it is, but for erasure: it may blank what the trigger's argument names, and only while
-- `erase_writings` runs. Nothing is deleted and no other column changes, whoever asks.
create or replace function never_changes() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and tg_nargs = 1 and current_setting('stagiaire.erasing', true) = 'on'
       and to_jsonb(new) = to_jsonb(old) || tg_argv[0]::jsonb then
        return new;
    end if;
    raise check_violation using message = format('%s is written once', tg_table_name);
end $$;
drop trigger never_changes on snapshot;
create trigger never_changes before update or delete on snapshot
    for each row execute function never_changes('{"profile": {}, "assessment": {}}');
drop trigger never_changes on audit_event;
create trigger never_changes before update or delete on audit_event
    for each row execute function never_changes('{"reason": null}');

-- Blanks what somebody wrote, and what was written about them, where it is otherwise written once. The person must
-- have been erased in this very transaction or before.
create function erase_writings(erased uuid) returns void language plpgsql set stagiaire.erasing = 'on' as $$
begin
    if not exists (select from person where id = erased and erased_at is not null) then
        raise check_violation using message = 'only of an erased person';
    end if;
    update snapshot s set profile = '{}', assessment = '{}' from application a
        where a.id = s.application_id and a.candidate_id = erased;
    update audit_event set reason = null where reason is not null and id in (
        select id from audit_event where actor_id = erased
        union all
        select e.id from application a join audit_event e on e.subject = 'application' and e.subject_id = a.id
            where a.candidate_id = erased
        union all
        select e.id from application a join placement p on p.application_id = a.id
            join audit_event e on e.subject = 'placement' and e.subject_id = p.id
            where a.candidate_id = erased);
end $$;
