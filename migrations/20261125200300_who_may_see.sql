-- Whoever has a conflict of interest says so, and the case is closed to that person from then on.
create table conflict_of_interest (
    person_id       uuid not null references person on delete cascade,
    application_id  uuid not null references application,
    declared_at     timestamptz not null,
    primary key (person_id, application_id)
);
create index conflict_of_application on conflict_of_interest (application_id);

-- The one predicate: which applications a reviewer may see. Every list, count, search, page and export of Human
-- Resources reads from here and never from the table, so that none tells of a case that another hides. PostgreSQL
-- puts its text into the query that uses it: it costs what its conditions cost, and indexes serve it.
create function cases_open_to(reviewer uuid) returns setof application language sql stable as $$
    select a.* from application a
    where a.state <> 'withdrawn' and a.candidate_id <> reviewer
        and not exists (select from conflict_of_interest c
            where c.person_id = reviewer and c.application_id = a.id)
$$;

-- A case is not decided by whoever has closed it to themselves, whatever a page forgot to ask.
create function no_conflict_of_interest() returns trigger language plpgsql as $$
begin
    if new.subject = 'application' and new.version is not null and exists (select from conflict_of_interest c
            where c.person_id = new.actor_id and c.application_id = new.subject_id) then
        raise check_violation using message = 'a declared conflict of interest closes the case',
            constraint = 'no_conflict_of_interest';
    end if;
    return new;
end $$;
create trigger no_conflict_of_interest before insert on audit_event
    for each row execute function no_conflict_of_interest();
