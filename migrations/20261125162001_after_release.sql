-- A withdrawal can be taken back for a day: to the very state it came from, so that nothing skips its review.
insert into application_transition values
    ('undo_withdraw', 'withdrawn', 'released'), ('undo_withdraw', 'withdrawn', 'changes_requested'),
    ('undo_withdraw', 'withdrawn', 'in_review'), ('undo_withdraw', 'withdrawn', 'pooled');

create function undo_leads_back() returns trigger language plpgsql as $$
begin
    if new.version = old.version + 1 and new.action = 'undo_withdraw' and new.state <> old.came_from then
        raise check_violation using message = 'a withdrawal is taken back to where it came from';
    end if;
    return new;
end $$;
create trigger undo_leads_back before update on application
    for each row execute function undo_leads_back();

-- The deadline a candidate was last warned of, and how many days before it.
alter table application add column warned_for date, add column warned_days smallint;
create index asked_since on application (state_since) where state = 'changes_requested';

-- Since when a profile is complete and not released, the last day on which it is, and how many letters have said so.
alter table profile
    add column unreleased_since timestamptz,
    add column complete_until date,
    add column reminded smallint not null default 0 check (reminded between 0 and 3),
    add constraint complete_until_a_day check (unreleased_since is null or complete_until is not null);
create index profile_unreleased on profile (reminded, unreleased_since) where unreleased_since is not null;

-- How long candidates usually wait, in days: measured every hour from the record, read on every status page.
create table waiting_time (
    only_one     boolean primary key default true check (only_one),
    days         smallint not null check (days > 0),
    measured_at  timestamptz not null
);
