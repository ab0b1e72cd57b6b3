-- More of what is due is chased: the papers for the first day, the first day itself, a longer stay and the end.
alter table chased drop constraint chased_what_check;
alter table chased add constraint chased_what_check check (what in ('approval', 'waiver', 'mid_term', 'final',
    'insurance', 'papers', 'verification', 'examination', 'start', 'answer', 'confirmation', 'completion'));

-- Who sees to a placement for Human Resources: whoever proposed it, or everybody once that account is closed.
create function human_resources(placement uuid) returns table (person_id uuid) language sql stable as $$
    select h.id from placement p join person h on h.id = p.proposed_by
        where p.id = placement and h.disabled_at is null
    union all
    select r.person_id from placement p join person h on h.id = p.proposed_by and h.disabled_at is not null
        join application a on a.id = p.application_id
        join person_role r on r.role = 'hr_reviewer' and r.person_id not in (a.candidate_id, p.supervisor_id)
        join person d on d.id = r.person_id and d.disabled_at is null
        where p.id = placement
$$;

-- Whether an intern still has something to send before the first day: what waits to be checked is sent. As
-- `domain::onboarding::lacking` has it: each cover on every day, and one paper of every other kind that reaches the
-- first day.
create function owes_papers(placement uuid) returns boolean language sql stable as $$
    with shown as (
        select d.kind, d.covers, d.valid_from, d.valid_until from onboarding_document d
        where d.placement_id = placement and d.state in ('submitted', 'verified'))
    select exists (
            select from unnest(array['medical_certificate', 'vaccination_record', 'passport', 'agreement']) needed
            where not exists (select from shown
                where kind = needed and (valid_until is null or valid_until >= p.starts_on)))
        or exists (
            select from offer o, jsonb_array_elements_text(o.terms -> 'insurance' -> 'required') needed
            where o.placement_id = placement and not coalesce(
                (select range_agg(daterange(valid_from, valid_until, '[]')) from shown
                    where needed = any (covers) and valid_from is not null and valid_until is not null)
                @> daterange(p.starts_on, p.ends_on, '[]'), false))
    from placement p where p.id = placement
$$;

-- What is due of placements on a day or later, since when it could be done, and whose it is. Days are those of `zone`.
-- What is to be done after a day is due a week after it: the first letter comes on the next day.
create or replace function due(day date, zone text, approve_days int)
returns table (what text, placement_id uuid, since date, due_on date, person_id uuid) language sql stable as $$
    with open_of_interns as (
        select p.*, p.starts_on + (p.ends_on - p.starts_on) / 2 as half from placement p
        where p.state = 'started' and p.is_open and p.ends_on >= day),
    to_begin as (
        select p.*, (p.state_since at time zone zone)::date as on_day from placement p
        where p.state in ('accepted', 'ready') and p.starts_on >= day)
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
    select 'papers', p.id, p.on_day, p.starts_on, a.candidate_id
        from to_begin p join application a on a.id = p.application_id
        where p.state = 'accepted' and owes_papers(p.id)
    union all
    select 'verification', p.id, sent.on_day, p.starts_on, h.person_id
        from to_begin p, lateral (select (min(d.submitted_at) at time zone zone)::date as on_day
                from onboarding_document d
                where d.placement_id = p.id and d.state = 'submitted' and not d.medical) sent,
             lateral human_resources(p.id) h
        where sent.on_day is not null
    union all
    select 'examination', p.id, sent.on_day, p.starts_on, r.person_id
        from to_begin p join application a on a.id = p.application_id,
             lateral (select (min(d.submitted_at) at time zone zone)::date as on_day
                from onboarding_document d where d.placement_id = p.id and d.state = 'submitted' and d.medical) sent,
             lateral (select m.person_id from person_role m
                join person d on d.id = m.person_id and d.disabled_at is null
                where m.role = 'medical_officer' and m.person_id <> a.candidate_id) r
        where sent.on_day is not null
    union all
    select 'start', p.id, p.starts_on, p.starts_on + 8, h.person_id
        from placement p, lateral human_resources(p.id) h
        where p.state in ('accepted', 'ready') and p.starts_on between day - 8 and day - 1
    union all
    select 'mid_term', p.id, p.starts_on, p.half, s.person_id
        from open_of_interns p, lateral supervisors(p.id, day) s
        where p.half >= day and not exists (select from evaluation e where e.placement_id = p.id)
    union all
    select 'final', p.id, p.starts_on, p.ends_on, s.person_id
        from open_of_interns p, lateral supervisors(p.id, day) s
        where not exists (select from evaluation e where e.placement_id = p.id and e.which = 'final')
    union all
    select 'answer', p.id, x.asked_on, p.ends_on, a.candidate_id
        from open_of_interns p join application a on a.id = p.application_id
        join extension x on x.placement_id = p.id and x.is_open and x.agreed_at is null
    union all
    select 'confirmation', p.id, (x.agreed_at at time zone zone)::date, p.ends_on, h.person_id
        from open_of_interns p join extension x on x.placement_id = p.id and x.is_open and x.agreed_at is not null,
             lateral human_resources(p.id) h
        where h.person_id <> x.asked_by
    union all
    select 'completion', p.id, p.ends_on, p.ends_on + 8, s.person_id
        from placement p, lateral supervisors(p.id, day) s
        where p.state = 'started' and p.is_open and p.ends_on between day - 8 and day - 1
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

create index placement_to_begin on placement (starts_on, id) where state in ('accepted', 'ready');
create index placement_to_complete on placement (ends_on, id) where state = 'started';
-- A colleague whose account is closed: what they proposed is everybody's.
create index person_closed on person (id) where disabled_at is not null and erased_at is null;
