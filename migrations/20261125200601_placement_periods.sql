-- The time somebody spends with the organisation, one row for the first agreement and one for each extension: who
-- asked, who approved, why, from when to when. The rows follow the steps of the placement in the same transaction, and
-- the database refuses what the terms forbid, whoever writes.
create extension if not exists btree_gist;

create table placement_period (
    placement_id  uuid not null references placement,
    number        smallint not null check (number > 0),    -- 1: the first agreement
    person_id     uuid not null references person,         -- the intern, who agreed to it
    extension_id  uuid unique references extension,
    asked_by      uuid not null references person,         -- Human Resources first, the supervisor for an extension
    approved_by   uuid not null references person,         -- the other way round
    reason        text,                                    -- of an extension
    agreed_at     timestamptz not null,
    agreed        daterange not null,                      -- as agreed
    days          daterange not null,                      -- as it is: later begun, or earlier ended
    voided_at     timestamptz,                             -- it never came to that
    primary key (placement_id, number),
    constraint days_are_agreed check (days <@ agreed),
    constraint no_days_is_void check (not isempty(days) or voided_at is not null),
    constraint the_first_is_no_extension check ((number = 1) = (extension_id is null)),
    constraint approved_by_another check (approved_by <> asked_by and person_id not in (asked_by, approved_by)),
    constraint one_place_at_a_time exclude using gist (person_id with =, days with &&) where (voided_at is null)
);

-- The last day of a stay of so many months: the day before the corresponding date, or the last day of a shorter month.
create function stay_end(first date, months int) returns date language sql immutable
    return (first + make_interval(months => months))::date
        - case when extract(day from first + make_interval(months => months)) = extract(day from first) then 1 else 0 end;

-- Whole months of a stay: the most that end on or before its last day.
create function stay_months(first date, last date) returns int language sql immutable
    return (select coalesce(max(n), 0)
            from generate_series(1, 12 * (extract(year from last) - extract(year from first))::int + 13) n
            where stay_end(first, n) <= last);

-- A placement and its extensions are one stay; months and left-over days of all stays are summed separately, and so
-- many left-over days count as a month.
create function within_the_total() returns trigger language plpgsql as $$
declare
    rules jsonb;
    whole int;
    rest int;
begin
    -- two agreements of one person at once: the second sees the first
    perform from person where id = new.person_id for no key update;
    select p.terms into strict rules from policy p
        where p.effective_from <= (new.agreed_at at time zone 'UTC')::date + 1 order by p.effective_from desc limit 1;
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
create constraint trigger within_the_total after insert or update of days, voided_at on placement_period
    for each row when (new.voided_at is null) execute function within_the_total();

-- An agreement that was made is not unmade, and nobody else is put in its place.
create function period_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' or (old.voided_at is not null and new.voided_at is distinct from old.voided_at)
        or (new.placement_id, new.number, new.person_id, new.asked_by, new.approved_by, new.agreed_at, new.agreed)
            is distinct from (old.placement_id, old.number, old.person_id, old.asked_by, old.approved_by, old.agreed_at,
                              old.agreed) then
        raise check_violation using message = 'an agreement was made as it was made';
    end if;
    return new;
end $$;
create trigger period_stays before update or delete on placement_period
    for each row execute function period_stays();

create function follow_the_placement() returns trigger language plpgsql as $$
begin
    if new.state = 'accepted' and old.state = 'offered' then
        insert into placement_period (placement_id, number, person_id, asked_by, approved_by, agreed_at, agreed, days)
            select new.id, 1, a.candidate_id, new.proposed_by, new.approved_by, new.state_since, stay, stay
            from application a, daterange(new.starts_on, new.ends_on, '[]') stay where a.id = new.application_id;
    elsif new.state in ('cancelled', 'no_show') and old.state in ('accepted', 'ready') then
        update placement_period set voided_at = new.state_since where placement_id = new.id and voided_at is null;
    elsif new.state in ('started', 'ended_early')
          and (new.starts_on > old.starts_on or new.ends_on < old.ends_on) then
        update placement_period set days = days * stay,
                voided_at = case when isempty(days * stay) then new.state_since end
            from (select daterange(new.starts_on, new.ends_on, '[]') as stay) so
            where placement_id = new.id and voided_at is null;
    end if;
    return null;
end $$;
create trigger follow_the_placement after update on placement
    for each row when (new.version <> old.version) execute function follow_the_placement();

create function follow_the_extension() returns trigger language plpgsql as $$
begin
    insert into placement_period (placement_id, number, person_id, extension_id, asked_by, approved_by, reason,
                                  agreed_at, agreed, days)
        select new.placement_id, last.number + 1, last.person_id, new.id, new.asked_by, new.decided_by, new.reason,
            new.confirmed_at, stay, stay
        from (select number, person_id, upper(days) as next_day from placement_period
              where placement_id = new.placement_id and voided_at is null order by number desc limit 1) last,
            lateral (select daterange(last.next_day, new.new_end, '[]') as stay) longer;
    return null;
end $$;
create trigger follow_the_extension after update of confirmed_at on extension
    for each row when (old.confirmed_at is null and new.confirmed_at is not null)
    execute function follow_the_extension();

-- What was agreed before there were these rows. The first agreement ends where its offer does, and each extension
-- begins where the one before it ends.
insert into placement_period (placement_id, number, person_id, asked_by, approved_by, agreed_at, agreed, days, voided_at)
    select p.id, 1, a.candidate_id, p.proposed_by, p.approved_by, coalesce(e.at, p.state_since), stay, stay,
        case when p.state in ('cancelled', 'no_show') then p.state_since end
    from placement p join application a on a.id = p.application_id
    left join offer o on o.placement_id = p.id
    left join audit_event e on e.subject = 'placement' and e.subject_id = p.id and e.action = 'accept',
    lateral (select daterange(p.starts_on, least(p.ends_on, (o.terms ->> 'end')::date), '[]') as stay) agreed
    where p.state in ('accepted', 'ready', 'started', 'completed', 'ended_early')
        or (p.state in ('cancelled', 'no_show') and e.id is not null);
insert into placement_period (placement_id, number, person_id, extension_id, asked_by, approved_by, reason, agreed_at,
                              agreed, days)
    select x.placement_id, 1 + row_number() over one, f.person_id, x.id, x.asked_by, x.decided_by, x.reason,
        x.confirmed_at, stay, stay
    from extension x join placement p on p.id = x.placement_id
    join placement_period f on f.placement_id = x.placement_id and f.number = 1,
    lateral (select coalesce(max(y.new_end) + 1, upper(f.days)) as next_day from extension y
             where y.placement_id = x.placement_id and y.confirmed_at < x.confirmed_at) earlier,
    lateral (select daterange(next_day, least(x.new_end, p.ends_on), '[]') as stay) longer
    where x.confirmed_at is not null and next_day <= p.ends_on
    window one as (partition by x.placement_id order by x.confirmed_at, x.id);
