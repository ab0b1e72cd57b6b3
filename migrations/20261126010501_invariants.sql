-- What must hold whatever anybody did: states against facts, orphans, the record. Each names itself and whatever breaks
-- it; empty if all is well. It reads whole tables: for the night, not for pages.
create function broken_invariants(at timestamptz) returns table (name text, id text) stable language sql as $$
    -- the record: the newest step told of a case is the one its row stands on, and none is missing
    select 'application_stands_as_recorded', a.id::text
    from application a left join lateral (
        select count(*) as steps, (array_agg(to_state order by version desc))[1] as state from audit_event e
        where e.subject = 'application' and e.subject_id = a.id and e.version is not null) told on true
    where (told.steps, told.state) is distinct from (a.version::bigint, a.state)
union all
    select 'placement_stands_as_recorded', p.id::text
    from placement p left join lateral (
        select count(*) as steps, (array_agg(to_state order by version desc))[1] as state from audit_event e
        where e.subject = 'placement' and e.subject_id = p.id and e.version is not null) told on true
    where (told.steps, told.state) is distinct from (p.version::bigint, p.state)
union all
    select 'step_of_a_case', e.id::text from audit_event e
    where (e.subject = 'application' and e.version is not null
            and not exists (select from application a where a.id = e.subject_id))
        or (e.subject = 'placement' and e.version is not null
            and not exists (select from placement p where p.id = e.subject_id))
union all
    select 'event_is_sealed_or_waits', e.id::text from audit_event e
    where not exists (select from audit_link l where l.event_id = e.id)
        and not exists (select from audit_unsealed u where u.event_id = e.id)
union all
    -- of the last month, for what was sent long ago is swept; nothing is written to candidates made up by `seed`
    select 'step_is_told', e.id::text
    from audit_event e join person c on c.id = case e.subject
        when 'application' then (select candidate_id from application a where a.id = e.subject_id)
        else (select a.candidate_id from placement p join application a on a.id = p.application_id
              where p.id = e.subject_id) end
    where e.at > broken_invariants.at - interval '29 days' and c.erased_at is null and e.to_state is not null
        and c.email_key !~ '^c[0-9]+-[0-9]+@example\.org$'
        and ((e.subject = 'application'
                and e.action in ('re_release', 'request_changes', 'pool', 'decline', 'reopen', 'renew', 'expire'))
            or (e.subject = 'placement'
                and e.action in ('offer', 'lapse', 'rescind', 'start', 'complete', 'end_early')))
        and not exists (select from outbox o where o.event_id = e.id and o.recipient_id = c.id)
union all
    -- applications
    select 'placed_is_placed_once', a.id::text from application a
    where a.state = 'placed' and 1 <> (select count(*) from placement p where p.application_id = a.id
        and p.state in ('accepted', 'ready', 'started', 'completed', 'ended_early', 'no_show'))
union all
    select 'placement_has_an_application_that_bears_it', p.id::text
    from placement p join application a on a.id = p.application_id
    where (p.state in ('proposed', 'approved', 'offered') and a.state <> 'pooled')
        or (p.state in ('accepted', 'ready', 'started') and a.state <> 'placed')
union all
    select 'newest_version_is_there', a.id::text from application a
    where a.latest is distinct from (select max(s.number) from snapshot s where s.application_id = a.id)
        or a.latest <> (select count(*) from snapshot s where s.application_id = a.id)
union all
    select 'pool_has_who_is_pooled', coalesce(a.id, e.application_id)::text
    from (select * from application where state = 'pooled') a full join pool_entry e on e.application_id = a.id
    where a.id is null or e.application_id is null
union all
    select 'document_is_the_candidates_own', s.document_id::text
    from snapshot_document s left join application a on a.id = s.application_id
        left join document d on d.id = s.document_id
    where d.person_id is distinct from a.candidate_id
union all
    select 'nobody_reviews_themselves', a.id::text from application a where a.reviewer_id = a.candidate_id
union all
    -- placements
    select 'offered_with_an_offer', p.id::text from placement p
    where p.state in ('offered', 'accepted', 'refused', 'lapsed', 'rescinded', 'ready', 'started', 'completed',
            'ended_early')
        and not exists (select from offer o where o.placement_id = p.id)
union all
    select 'agreed_days_are_the_periods', p.id::text from placement p
    where p.state in ('accepted', 'ready', 'started', 'completed')
        and not exists (select from (
            select min(lower(days)) as first, max(upper(days)) - 1 as last from placement_period d
            where d.placement_id = p.id and d.voided_at is null) held
        where (held.first, held.last) = (p.starts_on, p.ends_on))
union all
    select 'nothing_is_kept_for_what_is_off', p.id::text from placement p
    where p.state in ('proposed', 'approved', 'offered', 'declined', 'refused', 'lapsed', 'rescinded', 'cancelled')
        and exists (select from placement_period d where d.placement_id = p.id and d.voided_at is null)
union all
    select 'one_place_at_a_time', one.placement_id::text
    from placement_period one join placement_period other
        on other.person_id = one.person_id and other.days && one.days
            and (other.placement_id, other.number) <> (one.placement_id, one.number)
    where one.voided_at is null and other.voided_at is null
union all
    select 'period_is_the_interns', d.placement_id::text
    from placement_period d left join placement p on p.id = d.placement_id
        left join application a on a.id = p.application_id
    where d.person_id is distinct from a.candidate_id
union all
    select 'ready_with_every_document', p.id::text
    from placement p
        cross join unnest(array['insurance', 'medical_certificate', 'passport', 'agreement']) needed (kind)
    where p.state = 'ready' and not exists (select from onboarding_document d
        where d.placement_id = p.id and d.kind = needed.kind and d.state = 'verified')
union all
    select 'waiver_waits_for_an_approved_placement', w.id::text
    from waiver w left join placement p on p.id = w.placement_id
    where w.is_open and p.state is distinct from 'approved'
union all
    select 'certificate_of_whoever_completed', p.id::text
    from placement p full join certificate c on c.placement_id = p.id
    where (p.state is not distinct from 'completed') <> (c.placement_id is not null)
union all
    select 'four_eyes', p.id::text from placement p join application a on a.id = p.application_id
    where p.approved_by = p.proposed_by or a.candidate_id in (p.proposed_by, p.supervisor_id, p.approved_by)
$$;
