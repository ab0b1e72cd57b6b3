-- An offer is made by the policy of its day, and may be accepted after the next one has come: its days are measured by
-- the policy it was made under.
create or replace function within_the_total() returns trigger language plpgsql as $$
declare
    rules jsonb;
    whole int;
    rest int;
begin
    -- two agreements of one person at once: the second sees the first
    perform from person where id = new.person_id for no key update;
    select p.terms into strict rules from policy p
        where p.effective_from <= coalesce(
            (select o.made_on from offer o where o.placement_id = new.placement_id and new.number = 1),
            (new.agreed_at at time zone 'UTC')::date + 1)
        order by p.effective_from desc limit 1;
    select sum(stay_months(first, last)), sum(last - stay_end(first, stay_months(first, last))) into whole, rest
        from (select min(lower(days)) as first, max(upper(days)) - 1 as last from placement_period
              where person_id = new.person_id and voided_at is null group by placement_id) stay;
    whole := whole + rest / (rules ->> 'days_as_month')::int;
    rest := rest % (rules ->> 'days_as_month')::int;
    if (whole, rest) > ((rules ->> 'total_months')::int, 0) then
        raise check_violation using constraint = 'within_the_total', table = 'placement_period',
            message = format('%s months and %s days are more than anybody may stay', whole, rest);
    end if;
    return null;
end $$;
