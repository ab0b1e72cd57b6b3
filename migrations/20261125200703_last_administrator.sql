-- Somebody who administers stays, whoever asks: two who remove each other at once queue here, and the second finds
-- nobody left.
create function keeps_an_administrator() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtext('keeps_an_administrator'));
    if not exists (select from person_role r join person p on p.id = r.person_id
                   where r.role = 'administrator' and p.disabled_at is null) then
        raise check_violation using message = 'the last administrator stays', constraint = 'last_administrator';
    end if;
    return null;
end $$;
create trigger keeps_an_administrator after delete or update on person_role
    for each row when (old.role = 'administrator') execute function keeps_an_administrator();

-- Whoever is no administrator may be disabled in a programme that has none yet.
create function keeps_an_administrator_enabled() returns trigger language plpgsql as $$
begin
    if exists (select from person_role where person_id = new.id and role = 'administrator') then
        perform pg_advisory_xact_lock(hashtext('keeps_an_administrator'));
        if not exists (select from person_role r join person p on p.id = r.person_id
                       where r.role = 'administrator' and p.disabled_at is null) then
            raise check_violation using message = 'the last administrator stays', constraint = 'last_administrator';
        end if;
    end if;
    return null;
end $$;
create trigger keeps_an_administrator after update of disabled_at on person
    for each row when (old.disabled_at is null and new.disabled_at is not null)
    execute function keeps_an_administrator_enabled();
