-- What was promised to interns and to the organisation, checked with the other invariants.
create function broken_promises(at timestamptz) returns table (name text, id text) language sql stable as $$
    -- by the most generous policy so far: what was agreed under an earlier one stays agreed
    select 'nobody_stays_too_long', s.person_id::text
    from (select person_id, sum(stay_months(first, last)) as whole,
              sum(last - stay_end(first, stay_months(first, last))) as rest
          from (select person_id, min(lower(days)) as first, max(upper(days)) - 1 as last from placement_period
                where voided_at is null group by person_id, placement_id) stay
          group by person_id) s
        cross join (select max((p.terms ->> 'total_months')::int) as months,
                        max((p.terms ->> 'days_as_month')::int) as days
                    from policy p where p.effective_from <= broken_promises.at::date + 1) most
    where (s.whole + s.rest / most.days, s.rest % most.days) > (most.months, 0)
union all
    select 'ready_with_vaccination_record', p.id::text from placement p
    where p.state = 'ready' and not exists (select from onboarding_document d
        where d.placement_id = p.id and d.kind = 'vaccination_record' and d.state = 'verified')
union all
    select 'ready_is_insured_every_day', p.id::text from placement p join offer o on o.placement_id = p.id
    where p.state = 'ready' and exists (
        select from jsonb_array_elements_text(coalesce(p.current_terms, o.terms) #> '{insurance,required}') needed (cover)
        where not coalesce(
            (select range_agg(daterange(d.valid_from, d.valid_until, '[]')) from onboarding_document d
             where d.placement_id = p.id and d.kind = 'insurance' and d.state = 'verified'
                 and d.covers @> array[needed.cover]), '{}') @> daterange(p.starts_on, p.ends_on, '[]'))
$$;

-- Everything that is broken.
create function whatever_is_broken(at timestamptz) returns table (name text, id text) language sql stable as $$
    select * from broken_invariants(at) union all select * from broken_promises(at)
$$;
