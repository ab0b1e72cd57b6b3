-- Who stands in for a supervisor, or for the Director of Human Resources, who is away.
create table deputy (
    id            uuid primary key,
    principal_id  uuid not null references person,
    deputy_id     uuid not null references person,
    role          text not null check (role in ('supervisor', 'hr_director')),
    from_day      date not null,                           -- the organisation's days
    until_day     date not null,                           -- inclusive
    version       int not null default 1,                  -- one more with every change
    named_at      timestamptz not null,
    ended_at      timestamptz,                             -- by the principal, or after the last day
    constraint somebody_else check (deputy_id <> principal_id),
    constraint deputy_ends_after_it_begins check (until_day >= from_day)
);
create unique index one_deputy on deputy (principal_id, role) where ended_at is null;
create index deputy_in_charge on deputy (deputy_id, role) where ended_at is null;
create index deputy_by_end on deputy (until_day, id) where ended_at is null;

-- A deputy holds the same role as the principal.
create function deputy_is_a_peer() returns trigger language plpgsql as $$
begin
    if not exists (select from person_role r where r.person_id = new.deputy_id and r.role = new.role) then
        raise check_violation using message = 'a deputy holds the same role', constraint = 'deputy_is_a_peer';
    end if;
    return new;
end $$;
create trigger deputy_is_a_peer before insert or update of deputy_id on deputy
    for each row execute function deputy_is_a_peer();

-- For whom somebody stands in, in a role, on a day.
create function principals(reader uuid, in_role text, day date) returns table (principal_id uuid)
language sql stable as $$
    select d.principal_id from deputy d
    where d.deputy_id = reader and d.role = in_role and d.ended_at is null and day between d.from_day and d.until_day
        and exists (select from person_role r where r.person_id = reader and r.role = in_role)
$$;

-- The placements that somebody supervises on a day: one's own, and as a deputy those in which one has no other part.
-- Every list, page and action of supervisors asks this.
create function supervised(reader uuid, day date) returns table (placement_id uuid) language sql stable as $$
    select p.id from placement p where p.supervisor_id = reader
    union all
    select p.id from principals(reader, 'supervisor', day) d
        join placement p on p.supervisor_id = d.principal_id
        join application a on a.id = p.application_id
        where reader not in (p.proposed_by, a.candidate_id)
$$;

-- In whose place a waiver was decided; null: in one's own.
alter table waiver add column decided_for uuid references person;
