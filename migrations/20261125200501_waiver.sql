-- Waivers of the monthly allowance: Human Resources asks for one, the Director of Human Resources decides.
create table waiver (
    id            uuid primary key,
    placement_id  uuid not null references placement,
    reason        text not null check (length(reason) between 1 and 1000),    -- why it is asked for
    requested_by  uuid not null references person,
    requested_at  timestamptz not null,
    requested_on  date not null,                           -- the organisation's day
    due_on        date not null,                           -- to be decided by the end of this day
    decided_by    uuid references person,
    decided_at    timestamptz,
    decided_on    date,                                    -- the day it is signed on
    granted       boolean,
    decision      text check (length(decision) between 1 and 1000),           -- why it is granted or refused
    dropped_at    timestamptz,                             -- the placement was called off first
    is_open       boolean not null generated always as (decided_at is null and dropped_at is null) stored,
    constraint decided_as_a_whole check (num_nonnulls(decided_by, decided_at, decided_on, granted, decision) in (0, 5)),
    constraint decided_or_dropped check (decided_at is null or dropped_at is null),
    constraint decided_by_four_eyes check (decided_by <> requested_by),
    constraint due_after_the_request check (due_on > requested_on)
);
create unique index one_open_waiver on waiver (placement_id) where is_open;
create unique index one_granted_waiver on waiver (placement_id) where granted;
create index waiver_of_placement on waiver (placement_id, requested_at, id);
create index waiver_queue on waiver (requested_at, id) where is_open;
create index waiver_by_due on waiver (due_on, id) where is_open;
create index waiver_decided on waiver (decided_at, id) where decided_at is not null;

-- For a local intern's approved placement only, and never by somebody who has another part in it.
create function waiver_is_lawful() returns trigger language plpgsql as $$
declare
    place placement;
    candidate uuid;
begin
    select p.* into place from placement p where p.id = new.placement_id;
    select a.candidate_id into candidate from application a where a.id = place.application_id;
    if tg_op = 'INSERT' and (place.state <> 'approved' or new.requested_by = candidate
                             or not coalesce((place.terms ->> 'local')::boolean, false)) then
        raise check_violation using message = 'only for a local intern whose placement is approved',
            constraint = 'waiver_is_lawful';
    end if;
    if tg_op = 'UPDATE' and old.decided_by is not null
       and (new.decided_by, new.granted, new.decided_on) is distinct from (old.decided_by, old.granted, old.decided_on) then
        raise check_violation using message = 'a waiver is decided once', constraint = 'waiver_is_lawful';
    end if;
    if tg_op = 'UPDATE' and old.decided_by is null and new.decided_by is not null
       and (place.state <> 'approved' or new.decided_by in (place.supervisor_id, candidate)) then
        raise check_violation using message = 'decided before the offer, and by nobody who has a part in the placement',
            constraint = 'waiver_is_lawful';
    end if;
    return new;
end $$;
create trigger waiver_is_lawful before insert or update on waiver for each row execute function waiver_is_lawful();

-- No offer while a request is open; a request for a placement that is off waits for nobody any more.
create function waiver_comes_before_the_offer() returns trigger language plpgsql as $$
begin
    if new.action = 'offer' and exists (select from waiver where placement_id = new.id and is_open) then
        raise check_violation using message = 'a waiver is not decided yet', constraint = 'no_waiver_pending';
    end if;
    update waiver set dropped_at = new.state_since where placement_id = new.id and is_open;
    return new;
end $$;
create trigger waiver_comes_before_the_offer before update of state on placement
    for each row when (old.state = 'approved' and new.state <> 'approved')
    execute function waiver_comes_before_the_offer();
