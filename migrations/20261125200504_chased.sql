-- What was chased: once so many days before it is due, never twice.
create table chased (
    placement_id  uuid not null references placement,
    what          text not null check (what in ('approval', 'waiver', 'mid_term', 'final', 'insurance')),
    due_on        date not null,                           -- a new day counts anew
    days_before   smallint not null check (days_before > 0),
    sent_at       timestamptz not null,
    primary key (placement_id, what, due_on, days_before)
);

-- Who answers for a placement on a day: its supervisor, and whoever stands in.
create function supervisors(placement uuid, day date) returns table (person_id uuid) language sql stable as $$
    select p.supervisor_id from placement p where p.id = placement
    union
    select d.deputy_id from placement p
        join deputy d on d.principal_id = p.supervisor_id and d.role = 'supervisor' and d.ended_at is null
            and day between d.from_day and d.until_day
        where p.id = placement and exists (select from supervised(d.deputy_id, day) s where s.placement_id = p.id)
$$;

-- What is due of placements on a day or later, since when it could be done, and whose it is. Days are those of `zone`.
create function due(day date, zone text, approve_days int)
returns table (what text, placement_id uuid, since date, due_on date, person_id uuid) language sql stable as $$
    with open_of_interns as (
        select p.*, p.starts_on + (p.ends_on - p.starts_on) / 2 as half from placement p
        where p.state = 'started' and p.is_open and p.ends_on >= day)
    select 'approval', p.id, asked.on_day, asked.on_day + approve_days, s.person_id
        from placement p, lateral (select (p.state_since at time zone zone)::date as on_day) asked,
             lateral supervisors(p.id, day) s
        where p.state = 'proposed' and p.is_open
            and p.state_since >= (day - approve_days)::timestamp at time zone zone
    union all
    select 'waiver', w.placement_id, w.requested_on, w.due_on, r.person_id
        from waiver w join placement p on p.id = w.placement_id join application a on a.id = p.application_id
        join person_role r on r.role = 'hr_director'
            and r.person_id not in (w.requested_by, p.supervisor_id, a.candidate_id)
        join person d on d.id = r.person_id and d.disabled_at is null
        where w.is_open and w.due_on >= day
    union all
    select 'mid_term', p.id, p.starts_on, p.half, s.person_id
        from open_of_interns p, lateral supervisors(p.id, day) s
        where p.half >= day and not exists (select from evaluation e where e.placement_id = p.id)
    union all
    select 'final', p.id, p.starts_on, p.ends_on, s.person_id
        from open_of_interns p, lateral supervisors(p.id, day) s
        where not exists (select from evaluation e where e.placement_id = p.id and e.which = 'final')
    union all
    -- the longest policy that was accepted, be it for the first stay or for a longer one
    select 'insurance', p.id, p.starts_on, covered.until_day, a.candidate_id
        from open_of_interns p join application a on a.id = p.application_id, lateral (
            select max(last) as until_day from (
                select d.valid_until as last from onboarding_document d
                    where d.placement_id = p.id and d.kind = 'insurance' and d.state = 'verified'
                union all
                select x.covered_until from extension x where x.placement_id = p.id and x.confirmed_at is not null
            ) policies) covered
        where covered.until_day >= day and covered.until_day < p.ends_on
$$;
