-- Whoever has served may ask for another internship, as long as all of them together are short enough: an application
-- that has led to an internship which is over no longer counts as open once the next one is released.
alter table application add column over_since timestamptz;
alter table application add constraint over_once_placed check (over_since is null or state = 'placed');
alter table application add column is_current boolean not null generated always as
    (state in ('released', 'changes_requested', 'in_review', 'pooled', 'placed') and over_since is null) stored;
drop index one_open_application;
create unique index one_open_application on application (candidate_id) where is_current;

create function is_over(case_id uuid) returns boolean language sql stable as $$
    select exists (select from placement p where p.application_id = case_id
        and p.state in ('completed', 'ended_early', 'no_show'))
$$;

-- Whether somebody's case is still under way, so that nothing new can be released.
create function has_open_application(candidate uuid) returns boolean language sql stable as $$
    select exists (select from application a where a.candidate_id = candidate and a.is_current
        and not (a.state = 'placed' and is_over(a.id)))
$$;

create function over_means_over() returns trigger language plpgsql as $$
begin
    if old.over_since is not null or not is_over(new.id) then
        raise check_violation using message = 'an application is over once, and with its internship';
    end if;
    return new;
end $$;
create trigger over_means_over before update of over_since on application
    for each row when (new.over_since is distinct from old.over_since) execute function over_means_over();

grant update (over_since) on application to stagiaire_candidate;
