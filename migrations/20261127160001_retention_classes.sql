-- Each class of record has a period: accounts that nobody uses any more, papers shown for the first day, and what there
-- was before. What is past its period is told by one function for each kind. The report counts what it tells, and the
-- sweep takes what it tells: neither has a predicate of its own.
alter table retention drop constraint retention_class_check;
alter table retention add constraint retention_class_check check (class in (
    'drafts', 'withdrawn', 'closed', 'medical_files', 'papers', 'links', 'email_changes', 'letters'));
insert into retention (class, days, least, most) values
    ('drafts', 180, 60, 1095),        -- accounts that never released a profile
    ('withdrawn', 30, 28, 1095),      -- accounts whose applications were all taken back
    ('closed', 365, 90, 1095),        -- accounts whose last application is over, and that no office ever took
    ('medical_files', 90, 1, 730),    -- after the internship
    ('papers', 365, 30, 1825);        -- passports and policies, after the internship

-- When somebody was last here; null: never since they registered. True to within an hour, for reading writes no rows.
alter table person add column seen_at timestamptz;
update person p set seen_at = was_here.at
from (select id, max(at) as at
      from (select actor_id as id, at from audit_event where actor_id is not null
            union all
            select person_id, last_seen_at from session) each group by id) was_here
where p.id = was_here.id;
create index person_unseen on person (coalesce(seen_at, created_at)) where erased_at is null;

create function remembers_who_was_here() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        update person set seen_at = greatest(seen_at, new.last_seen_at) where id = new.person_id;
    else
        -- Without waiting: whoever erases the person has their row first and takes this session next. The next page that
        -- they read, a minute later, is told again.
        update person set seen_at = new.last_seen_at where id = (
            select id from person where id = new.person_id
                and (seen_at is null or seen_at <= new.last_seen_at - interval '1 hour')
            for no key update skip locked);
    end if;
    return null;
end $$;
create trigger remembers_who_was_here after insert or update of last_seen_at on session
    for each row execute function remembers_who_was_here();

-- Who was told that their account is about to go: nobody's goes before two weeks have passed since.
create table retention_notice (
    person_id      uuid primary key references person on delete cascade,
    told_at        timestamptz not null,
    told_again_at  timestamptz check (told_again_at > told_at)
);
create index retention_notice_by_age on retention_notice (told_at);
revoke all on retention_notice from stagiaire_staff, stagiaire_candidate, stagiaire_supervisor, stagiaire_medical;
alter table retention_notice enable row level security;
create policy everything on retention_notice to stagiaire_server using (true);

-- The file of a paper is gone, and with it its name and what was written about it. The row stays, with its verdict.
alter table onboarding_document add column removed_at timestamptz;
update onboarding_document d set removed_at = e.erased_at
from placement p join application a on a.id = p.application_id join person e on e.id = a.candidate_id
where p.id = d.placement_id and e.erased_at is not null;
create index papers_there on onboarding_document (submitted_at, id) where removed_at is null and kind <> 'agreement';

create index period_of_person on placement_period (person_id);
create index outbox_of_recipient on outbox (recipient_id);
create index link_token_by_end on link_token (expires_at);

-- How many days before its end a period is told of.
create function told_before(days int) returns int language sql immutable as $$ select least(30, days / 2) $$;

-- Accounts of candidates that nobody has used for their period, and on which nothing is open; `ahead`: those of whom it
-- will soon be so. An internship that was ever agreed keeps an account: its days count towards the most that somebody may
-- do, and certificates are verified for years.
create function unused_accounts(moment timestamptz, day date, ahead boolean)
returns table (class text, days int, person_id uuid, since timestamptz, held boolean) language sql stable as $$
    select r.class, r.days, p.id, last.since,
        exists (select from legal_hold h where h.person_id = p.id and h.lifted_at is null and h.until_day >= unused_accounts.day)
    from person p
        cross join lateral (
            select max(a.state_since) as closed_at, bool_or(a.is_open) as is_open,
                bool_and(a.state = 'withdrawn') as is_withdrawn
            from application a where a.candidate_id = p.id) cases
        cross join lateral (
            select greatest(coalesce(p.seen_at, p.created_at), cases.closed_at) as since) last
        join retention r on r.class = case when cases.closed_at is null then 'drafts'
            when cases.is_withdrawn then 'withdrawn' else 'closed' end
    where p.erased_at is null and cases.is_open is not true
        -- for the index: nobody who was here within the shortest period
        and coalesce(p.seen_at, p.created_at) <= moment - interval '24 hours' * (
            select min(s.days - case when ahead then told_before(s.days) else 0 end)
            from retention s where s.class in ('drafts', 'withdrawn', 'closed'))
        and last.since <= moment - interval '24 hours'
            * (r.days - case when ahead then told_before(r.days) else 0 end)
        and exists (select from person_role o where o.person_id = p.id and o.role = 'candidate')
        and not exists (select from person_role o where o.person_id = p.id and o.role <> 'candidate')
        and not exists (select from placement_period d where d.person_id = p.id)
$$;

-- Those past their period. Told: two weeks ago or longer, since they were last here, in the last three months, by a
-- letter that left then, or that no mail server would ever take.
create function accounts_past(moment timestamptz, day date)
returns table (class text, person_id uuid, held boolean, told boolean) language sql stable as $$
    select u.class, u.person_id, u.held, n.person_id is not null
            and not exists (select from outbox o where o.recipient_id = n.person_id and o.letter = 'account_unused'
                and o.created_at = n.told_at and o.given_up_at is null
                and (o.sent_at is null or o.sent_at > moment - interval '336 hours'))
    from unused_accounts(moment, accounts_past.day, false) u
        left join retention_notice n on n.person_id = u.person_id and n.told_at > u.since
            and n.told_at between moment - interval '2160 hours' and moment - interval '336 hours'
$$;

-- Papers whose internship ended, or was called off, so long ago. The signed agreement stays: it belongs to what the
-- organisation and the intern owe each other.
create function papers_past(moment timestamptz, day date)
returns table (class text, id uuid, placement_id uuid, person_id uuid, held boolean) language sql stable as $$
    select r.class, d.id, p.id, a.candidate_id,
        exists (select from legal_hold h where h.person_id = a.candidate_id and h.lifted_at is null
            and h.until_day >= papers_past.day)
    from onboarding_document d
        join placement p on p.id = d.placement_id
        join application a on a.id = p.application_id
        join retention r on r.class = case when d.medical then 'medical_files' else 'papers' end
    where d.removed_at is null and d.kind <> 'agreement'
        -- for the index: none is older than its internship
        and d.submitted_at <= moment - interval '24 hours' * (
            select min(s.days) from retention s where s.class in ('medical_files', 'papers'))
        and case when p.state in ('declined', 'refused', 'lapsed', 'rescinded', 'cancelled', 'no_show')
            then p.state_since <= moment - interval '24 hours' * r.days
            -- by its last day, whether or not somebody has written down how it ended
            else p.ends_on < papers_past.day - r.days end
$$;

create function links_past(moment timestamptz, day date) returns table (token_hash bytea, held boolean)
language sql stable as $$
    select t.token_hash, exists (select from legal_hold h where h.person_id = t.person_id and h.lifted_at is null
        and h.until_day >= links_past.day)
    from link_token t
    where t.expires_at <= moment - interval '24 hours' * (select r.days from retention r where r.class = 'links')
$$;
create function email_changes_past(moment timestamptz, day date) returns table (id uuid, held boolean)
language sql stable as $$
    select c.id, exists (select from legal_hold h where h.person_id = c.person_id and h.lifted_at is null
        and h.until_day >= email_changes_past.day)
    from email_change c
    where c.asked_at <= moment - interval '24 hours' * (select r.days from retention r where r.class = 'email_changes')
$$;
create function letters_past(moment timestamptz, day date) returns table (id uuid, held boolean)
language sql stable as $$
    select o.id, exists (select from legal_hold h where h.person_id = o.recipient_id and h.lifted_at is null
        and h.until_day >= letters_past.day)
    from outbox o
    where o.sent_at <= moment - interval '24 hours' * (select r.days from retention r where r.class = 'letters')
$$;

-- What a round would take of each class, what a hold keeps from it, and what is past its period but has to be told
-- first. An administrator reads the same numbers as the sweep would, whatever cases are closed to them: numbers only.
create function retention_due(moment timestamptz, day date)
returns table (class text, goes bigint, held bigint, untold bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select p.class, count(*) filter (where told and not held), count(*) filter (where held),
        count(*) filter (where not told and not held)
    from accounts_past(moment, retention_due.day) p group by p.class
    union all
    select p.class, count(*) filter (where not held), count(*) filter (where held), 0
    from papers_past(moment, retention_due.day) p group by p.class
    union all
    select 'links', count(*) filter (where not held), count(*) filter (where held), 0
    from links_past(moment, retention_due.day)
    union all
    select 'email_changes', count(*) filter (where not held), count(*) filter (where held), 0
    from email_changes_past(moment, retention_due.day)
    union all
    select 'letters', count(*) filter (where not held), count(*) filter (where held), 0
    from letters_past(moment, retention_due.day)
$$;
do $$
declare
    what text;
begin
    foreach what in array array['unused_accounts(timestamptz, date, boolean)', 'accounts_past(timestamptz, date)',
        'papers_past(timestamptz, date)', 'links_past(timestamptz, date)', 'email_changes_past(timestamptz, date)',
        'letters_past(timestamptz, date)', 'retention_due(timestamptz, date)'] loop
        execute format('revoke all on function %s from public', what);
        execute format('grant execute on function %s to stagiaire_server', what);
    end loop;
    grant execute on function retention_due(timestamptz, date) to stagiaire_staff;
end $$;
