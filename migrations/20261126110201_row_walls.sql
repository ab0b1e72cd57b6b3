-- A second wall behind the types and the predicates of statements: a candidate's transaction meets only that candidate's
-- rows, a supervisor's only the cases forwarded to them or to whom they stand in for, a medical officer's only medical
-- documents; Human Resources meets all rows but the
-- placements of cases that a conflict of interest closes to them, and the keys of medical files (next migration). Whoever forgets a predicate in a statement finds nothing instead of everything.
--
-- Each is a role of its own, because a predicate that asks "who is it?" in each row would keep the queue's searches from
-- their indexes. A unit of work takes its role and says who acts and on which day; see `src/db/walls.rs`.
do $$
declare
    wall text;
begin
    foreach wall in array array['stagiaire_staff', 'stagiaire_candidate', 'stagiaire_supervisor', 'stagiaire_medical'] loop
        begin
            if not exists (select from pg_roles where rolname = wall) then
                execute format('create role %I nologin', wall);
            end if;
        exception when duplicate_object or unique_violation then null;
        end;
        begin
            -- the server may become each of them, and has none of their rights before
            if not pg_has_role('stagiaire_server', wall, 'member') then
                execute format('grant %I to stagiaire_server', wall);
            end if;
        exception when unique_violation then null;
        end;
        if pg_has_role('stagiaire_server', wall, 'usage') then
            raise exception using message = format('stagiaire_server must not inherit from %s', wall),
                hint = 'As an administrator of the cluster: alter role stagiaire_server noinherit; then grant it anew.';
        end if;
        execute format('grant usage on schema public to %I', wall);
        execute format('grant select, insert, update, delete on all tables in schema public to %I', wall);
        execute format('grant usage, select on all sequences in schema public to %I', wall);
        execute format('alter default privileges in schema public grant select, insert, update, delete on tables to %I', wall);
        execute format('alter default privileges in schema public grant usage, select on sequences to %I', wall);
        execute format('revoke update, delete on audit_event, audit_link, snapshot, snapshot_document, offer, certificate from %I', wall);
        execute format('revoke insert, update, delete on application_transition, placement_transition, opening_transition, _sqlx_migrations from %I', wall);
        continue when wall = 'stagiaire_staff';
        -- what reviewers write among themselves
        execute format('revoke all on review_note, review_note_mention, review_presence, review_skip, review_view, score, scoring_sheet, duplicate_proposal, drafted_decision from %I', wall);
        execute format('revoke all on session, half_sign_in, second_factor, recovery_code, link_token, kept_form from %I', wall);
    end loop;
end $$;

create function acting_person() returns uuid language sql stable parallel safe as $$
    select nullif(current_setting('stagiaire.person', true), '')::uuid
$$;
-- In the organisation's time zone.
create function acting_day() returns date language sql stable parallel safe as $$
    select nullif(current_setting('stagiaire.day', true), '')::date
$$;

-- Which rows each of them meets; null: none.
do $$
declare
    in_my_name constant text := 'person_id = acting_person()';
    of_a_case constant text := 'exists (select from application a where a.id = application_id)';
    of_a_placement constant text := 'exists (select from placement p where p.id = placement_id)';
    place record;
begin
    for place in select * from (values
        -- table                candidate                          supervisor        medical officer
        ('profile',             in_my_name,                        null,             null),
        ('profile_section',     in_my_name,                        null,             null),
        ('consent',             in_my_name,                        null,             null),
        ('document',            in_my_name,
            'exists (select from snapshot_document s where s.document_id = document.id)',      null),
        ('application',         'candidate_id = acting_person()',
            'exists (select from placement p where p.application_id = application.id)',           'true'),
        ('snapshot',            of_a_case,                         of_a_case,        of_a_case),
        ('snapshot_document',   of_a_case,                         of_a_case,        null),
        ('rule_judgement',      of_a_case,                         of_a_case,        null),
        ('likeness',            of_a_case,                         null,             null),
        ('pool_entry',          of_a_case,                         of_a_case,        null),
        ('pool_key',            of_a_case,                         of_a_case,        null),
        ('message',             of_a_case,                         null,             null),
        ('message_document',    'exists (select from message m where m.id = message_id)', null, null),
        ('placement',           of_a_case,
            'supervisor_id = acting_person() or exists (select from deputy d
                where d.principal_id = supervisor_id and d.deputy_id = acting_person() and d.role = ''supervisor''
                    and d.ended_at is null and acting_day() between d.from_day and d.until_day)', 'true'),
        ('placement_period',    in_my_name,                        of_a_placement,   of_a_placement),
        ('offer',               of_a_placement,                    of_a_placement,   of_a_placement),
        ('date_request',        of_a_placement,                    of_a_placement,   null),
        ('waiver',              of_a_placement,                    of_a_placement,   null),
        ('interview',           of_a_placement,                    of_a_placement,   null),
        ('interview_slot',      of_a_placement,                    of_a_placement,   null),
        ('onboarding_document', of_a_placement,
            of_a_placement || ' and not medical',                                     'medical'),
        ('absence',             of_a_placement,                    of_a_placement,   null),
        ('evaluation',          of_a_placement,                    of_a_placement,   null),
        ('extension',           of_a_placement,                    of_a_placement,   null),
        ('certificate',         of_a_placement,                    of_a_placement,   null)
    ) as w (name, candidate, supervisor, medical) loop
        execute format('alter table %I enable row level security', place.name);
        execute format('create policy everything on %I to stagiaire_server, stagiaire_staff using (true)', place.name);
        execute format('create policy own on %I to stagiaire_candidate using (%s)', place.name, place.candidate);
        -- a declared conflict of interest closes a case with all that came of it
        if place.name = 'placement' then
            drop policy everything on placement;
            create policy everything on placement to stagiaire_server using (true);
            create policy open_to_me on placement to stagiaire_staff using (not exists (select from conflict_of_interest c
                where c.person_id = acting_person() and c.application_id = placement.application_id));
        end if;
        if place.supervisor is not null then
            execute format('create policy supervised on %I to stagiaire_supervisor using (%s)', place.name, place.supervisor);
        end if;
        if place.medical is not null then
            execute format('create policy medical on %I to stagiaire_medical using (%s)', place.name, place.medical);
        end if;
    end loop;
end $$;

-- People: oneself, whoever works here, and whoever has no case of their own. A supervisor meets their candidates, too.
alter table person enable row level security;
create policy everything on person to stagiaire_server, stagiaire_staff using (true);
create policy known on person to stagiaire_candidate, stagiaire_supervisor using (
    id = acting_person()
    or exists (select from person_role r where r.person_id = person.id and r.role <> 'candidate')
    or not exists (select from person_role r where r.person_id = person.id and r.role = 'candidate'));
create policy supervised on person to stagiaire_supervisor using (
    exists (select from application a where a.candidate_id = person.id));
create policy medical on person to stagiaire_medical using (true);

-- The record: everybody writes what they do, and reads that and what was done with their own.
alter table audit_event enable row level security;
create policy everything on audit_event to stagiaire_server, stagiaire_staff using (true);
create policy written on audit_event for insert to stagiaire_candidate, stagiaire_supervisor, stagiaire_medical
    -- what follows from what they do is the product's own doing
    with check (actor_id = acting_person() or (actor_id is null and actor_role = 'system'));
create policy own on audit_event for select to stagiaire_candidate, stagiaire_supervisor, stagiaire_medical using (
    actor_id = acting_person()
    or exists (select from onboarding_document d where d.id = subject_id));
create policy of_their_cases on audit_event for select to stagiaire_candidate, stagiaire_supervisor using (
    subject_id = acting_person()
    or exists (select from application a where a.id = subject_id)
    or exists (select from placement p where p.id = subject_id)
    or exists (select from document d where d.id = subject_id));

-- How far an intern's papers are, for those who may read no medical one: how many kinds are settled, and fit until when.
create function papers_so_far(of_placement uuid) returns table (settled bigint, is_fit boolean, fit_until date)
language sql stable security definer set search_path = public, pg_temp as $$
    select count(distinct kind) filter (where state = 'verified'),
        bool_and(state = 'verified') filter (where kind = 'medical_certificate' and state in ('verified', 'unfit')),
        max(valid_until) filter (where kind = 'medical_certificate' and state = 'verified')
    from onboarding_document where placement_id = of_placement and state <> 'replaced'
$$;
