-- The pool, made ready to be searched and judged. One line for everybody in it, and nobody else: the trigger below
-- sees to it, whoever moves an application.
create table pool_entry (
    application_id  uuid primary key references application,
    -- What the nightly run found, on the organisation's day; before all days: not since the newest release
    judged_on       date not null default '-infinity',
    verdict         text check (verdict in ('eligible', 'needs_information', 'needs_review', 'other_dates',
                                            'not_eligible')),
    last_start      date,                                  -- the last day a start is possible; null: no end is known
    warned_for      date,                                  -- the last_start that the candidate was warned of
    constraint judged_with_a_verdict check (judged_on = '-infinity' or verdict is not null)
);
create index pool_to_judge on pool_entry (judged_on, application_id);
create index pool_closing on pool_entry (last_start, application_id) where last_start is not null;

-- What somebody in the pool can be found by, nearest start first: 'office:geneva', 'kind:field_mission', 'anywhere',
-- 'area:data', 'language:fr' (stated, at whatever level), 'opening:…'.
create table pool_key (
    key             text not null,
    starts_on       date not null,
    application_id  uuid not null references pool_entry on delete cascade,
    primary key (key, starts_on, application_id)
);
create index pool_key_of_application on pool_key (application_id);

-- Reviewers who were told that windows close: once a day at most.
create table pool_notice (
    person_id  uuid primary key references person on delete cascade,
    day        date not null
);

create function write_pool_keys(pooled uuid) returns void language sql as $$
    insert into pool_key (key, starts_on, application_id)
    select distinct found.key, a.starts_on, a.id
    from application a join snapshot s on s.application_id = a.id and s.number = a.latest,
        lateral (
            select 'office:' || office from unnest(a.offices) office
            union all
            select 'kind:' || o.kind from office o where o.id = any(a.offices)
            union all
            select 'anywhere' where a.offices = '{}'
            union all
            select 'area:' || area from unnest(a.areas) area
            union all
            select 'language:' || (skills ->> 'code')
            from jsonb_array_elements(coalesce(s.profile -> 'languages', '[]')) skills
            union all
            select 'opening:' || (named ->> 'id')
            from jsonb_array_elements(coalesce(s.profile -> 'openings', '[]')) named
        ) found (key)
    where a.id = pooled
$$;

-- At the commit, when the newest snapshot is there too.
create function pool_follows() returns trigger language plpgsql as $$
begin
    delete from pool_key where application_id = new.id;
    if exists (select from application where id = new.id and state = 'pooled') then
        insert into pool_entry (application_id) values (new.id)
            on conflict (application_id) do update set judged_on = default;
        perform write_pool_keys(new.id);
    else
        delete from pool_entry where application_id = new.id;
    end if;
    return null;
end $$;
create constraint trigger pool_follows after update on application deferrable initially deferred
    for each row when ((old.state = 'pooled' or new.state = 'pooled')
        and (old.state, old.latest, old.starts_on, old.offices, old.areas)
            is distinct from (new.state, new.latest, new.starts_on, new.offices, new.areas))
    execute function pool_follows();

insert into pool_entry (application_id) select id from application where state = 'pooled';
select write_pool_keys(application_id) from pool_entry;
