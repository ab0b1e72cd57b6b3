-- The second wall, brick by brick: each wall has the rights that the statements behind it need, and no other; a table
-- that comes later gives them none until its migration says so. `tests/it/database/grants.rs` is the list in words.
--
-- What follows by itself from what somebody does (the seal of the record, likenesses, the pool's index, periods, waivers
-- that are dropped, letters) is written in the database's own name: nobody behind a wall needs a right to it.

-- A password is nobody's to read who only asks whether there is one.
alter table person add column has_password boolean generated always as (password_hash is not null) stored;
drop index person_invited;
create index person_invited on person (created_at) where not has_password and disabled_at is null;
drop function signs_in(person);
create function signs_in(who uuid, has_password boolean) returns boolean language sql stable parallel safe as $$
    select has_password or exists (select from organisation_identity i where i.person_id = who)
$$;

-- The password of a closed account, or of an address that nobody confirmed, was perhaps somebody else's: it goes when an
-- administrator opens the account again. Tells whether one is left.
create function keep_proven_password(of_person uuid) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    update person set password_hash = null
        where id = of_person and password_hash is not null and (email_confirmed_at is null or disabled_at is not null);
    return (select p.has_password from person p where p.id = of_person);
end $$;

-- Letters owed, and the same to whoever stands in for a supervisor. An erased person is owed none, and nobody one about
-- a case that a conflict of interest closes to them.
create function owe_letters(ids uuid[], people uuid[], kinds text[], reach_deputies boolean[], about_case uuid,
                            of_event bigint, at timestamptz, day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into outbox (id, recipient_id, letter, about, event_id, created_at, next_attempt_at)
    with letter as (
        select * from unnest(ids, people, kinds, reach_deputies) as letter (id, recipient, kind, reaches_deputies)),
    owed as (
        select letter.id, letter.recipient, letter.kind from letter
        union all
        select gen_random_uuid(), d.deputy_id, letter.kind from letter
        join deputy d on d.principal_id = letter.recipient and d.role = 'supervisor' and d.ended_at is null
            and day between d.from_day and d.until_day
        where letter.reaches_deputies
            and exists (select from supervised(d.deputy_id, day) s where s.placement_id = about_case))
    select owed.id, owed.recipient, owed.kind, about_case, of_event, at, at
    from owed join person p on p.id = owed.recipient and p.erased_at is null
    where not exists (select from conflict_of_interest c where c.person_id = owed.recipient
        and c.application_id in (about_case, (select application_id from placement where id = about_case)));
end $$;

-- Whose names somebody reads: a candidate those of the people who have a part in their cases, a supervisor those of
-- whoever works here, or did. They cost so much that people are looked up one by one; the plans are kept (plpgsql).
create function has_part_in_my_cases(who uuid) returns boolean
language plpgsql stable security definer cost 1000 set search_path = public, pg_temp as $$
begin
    return exists (select from application a where a.candidate_id = acting_person() and (
        a.reviewer_id = who
        or exists (select from audit_event e where e.subject = 'application' and e.subject_id = a.id and e.actor_id = who)
        or exists (select from message m where m.application_id = a.id and m.author_id = who)
        or exists (select from placement p where p.application_id = a.id and (
            who in (p.supervisor_id, p.proposed_by, p.approved_by)
            or exists (select from audit_event e where e.subject = 'placement' and e.subject_id = p.id and e.actor_id = who)
            or exists (select from offer o where o.placement_id = p.id and o.made_by = who)
            or exists (select from absence b where b.placement_id = p.id and b.recorded_by = who)
            or exists (select from placement_period q where q.placement_id = p.id and who in (q.asked_by, q.approved_by))))));
end $$;
create function works_here(who uuid) returns boolean
language plpgsql stable security definer cost 1000 set search_path = public, pg_temp as $$
begin
    return exists (select from person_role r where r.person_id = who and r.role <> 'candidate')
        or not exists (select from person_role r where r.person_id = who);
end $$;

-- What follows by itself. A trigger is called by its table and by nobody else.
do $$
declare
    follows text;
begin
    foreach follows in array array['waits_for_its_seal', 'no_conflict_of_interest', 'keep_likeness', 'pool_follows',
        'follow_the_placement', 'follow_the_extension', 'waiver_comes_before_the_offer'] loop
        execute format('alter function %I() security definer', follows);
        execute format('alter function %I() set search_path = public, pg_temp', follows);
    end loop;
end $$;

-- A function that works in the database's own name is for those whose statements call it.
revoke all on function hold_unsealed(bigint), erase_writings(uuid), keep_proven_password(uuid), papers_so_far(uuid),
    owe_letters(uuid[], uuid[], text[], boolean[], uuid, bigint, timestamptz, date), has_part_in_my_cases(uuid),
    works_here(uuid) from public;
grant execute on function hold_unsealed(bigint), erase_writings(uuid) to stagiaire_server;
grant execute on function keep_proven_password(uuid) to stagiaire_server, stagiaire_staff;
grant execute on function papers_so_far(uuid) to stagiaire_server, stagiaire_staff, stagiaire_supervisor;
grant execute on function owe_letters(uuid[], uuid[], text[], boolean[], uuid, bigint, timestamptz, date)
    to stagiaire_server, stagiaire_staff, stagiaire_candidate, stagiaire_supervisor, stagiaire_medical;
grant execute on function has_part_in_my_cases(uuid) to stagiaire_candidate;
grant execute on function works_here(uuid) to stagiaire_supervisor;

do $$
declare
    wall text;
    given record;
    -- what Tx::take writes of a placement that moves
    move constant text := 'update (version, action, state, state_since, approved_by, terms_of_reference, tasks, '
        'learning_goals, starts_on, ends_on)';
begin
    foreach wall in array array['stagiaire_staff', 'stagiaire_candidate', 'stagiaire_supervisor', 'stagiaire_medical'] loop
        execute format('revoke all on all tables in schema public from %I', wall);
        execute format('revoke all on all sequences in schema public from %I', wall);
        execute format('alter default privileges in schema public revoke all on tables from %I', wall);
        execute format('alter default privileges in schema public revoke all on sequences from %I', wall);
    end loop;
    for given in select * from (values
        -- a statement that candidates and supervisors share asks for deputies: there is no row for candidates
        ('candidate', 'select', '{certificate, decline_reason, deputy, interview_slot, msa_rate, offer, office, opening,
            person_role, placement_period, policy, usual_wait, waiver}'::text[]),
        ('candidate', 'select, insert', '{audit_event, file_key, message_document, snapshot, snapshot_document}'),
        ('candidate', 'select, insert, delete', '{opening_choice, opening_subscription}'),
        ('candidate', 'select (recipient_id, letter, sent_at), delete', '{outbox}'),
        ('candidate', 'select (id, email, given_names, family_names, lang, time_zone, erased_at), update (time_zone)', '{person}'),
        ('candidate', 'select, insert, update (revision, updated_at, complete_until, unreleased_since)', '{profile}'),
        ('candidate', 'select, insert, update (answers, revision, saved_at)', '{profile_section}'),
        ('candidate', 'select, insert, update (removed_at), delete', '{document}'),
        ('candidate', 'select, insert, update (withdrawn_at)', '{consent}'),
        ('candidate', 'select, insert, update (version, action, state, state_since, reviewer_id, pooled_until, latest, name,
            search_key, verdict, tracks, languages, areas, offices, starts_on, months, residence, window_until, words_made)',
            '{application}'),
        ('candidate', 'select, insert, update (read_at)', '{message}'),
        ('candidate', 'select, ' || move, '{placement}'),
        ('candidate', 'select, insert, update (starts_on, ends_on, words, asked_at)', '{date_request}'),
        ('candidate', 'select, update (sequence, starts_at, reminded_at, chosen_at, refused_at)', '{interview}'),
        ('candidate', 'select, insert, update (state)', '{onboarding_document}'),
        ('candidate', 'select, update (comment, commented_at)', '{evaluation}'),
        ('candidate', 'select, update (agreed_at, refused_at)', '{extension}'),
        ('candidate, supervisor', 'select, insert, update (replaced_at)', '{absence}'),

        ('supervisor', 'select', '{application, deputy, file_key, msa_rate, offer, office, person_role,
            placement_period, policy, snapshot, snapshot_document, waiver}'),
        ('supervisor', 'select (id, scan)', '{document}'),
        ('supervisor', 'select, insert', '{audit_event, extension}'),
        ('supervisor', 'insert', '{certificate}'),
        ('supervisor', 'select (id, email, given_names, family_names, time_zone, erased_at), update (time_zone)', '{person}'),
        ('supervisor', 'select, update (current_terms), ' || move, '{placement}'),
        ('supervisor', 'select, insert, update (proposed_by, proposed_at, minutes, meeting, sequence, starts_at, chosen_at,
            refused_at, cancelled_at, reminded_at)', '{interview}'),
        ('supervisor', 'select, insert, delete', '{interview_slot}'),
        ('supervisor', 'select, insert, update (work, strengths, improve, goals, advice, revision)', '{evaluation}'),

        ('medical', 'select, insert', '{audit_event}'),
        ('medical', 'select', '{file_key, office}'),
        ('medical', 'select, update', '{onboarding_document}'),
        ('medical', 'select (id, candidate_id, name)', '{application}'),
        ('medical', 'select (id, application_id, office_id, supervisor_id, proposed_by, version, action, came_from, state,
            starts_on, ends_on, approved_by, terms_of_reference, tasks, learning_goals), ' || move, '{placement}'),
        ('medical', 'select (placement_id, terms)', '{offer}'),
        -- asked for with insurance alone, which is not medical: there is no row for them
        ('medical', 'select (placement_id, is_open)', '{extension}'),

        ('staff', 'select', '{absence, consent, date_request, deputy, erasure, evaluation, likeness, nightly_check,
            opening_subscription, opening_transition, placement_period, pool_entry, pool_key, profile, profile_section,
            review_presence, snapshot, snapshot_document}'),
        ('staff', 'select, insert', '{audit_event, conflict_of_interest, file_key, letter_text, message_document, offer,
            opening_letter, review_note, review_note_mention, rule_judgement, score}'),
        ('staff', 'select, insert, delete', '{interview_slot, person_role, policy_trial, review_view, supervisor_office}'),
        ('staff', 'select, insert, update', '{decline_reason, duplicate_proposal, interview, legal_hold, message, msa_rate,
            office, opening, placement, policy, policy_proposal, review_skip, scoring_sheet, waiver}'),
        ('staff', 'select, update', '{application, extension, onboarding_document, retention, review_setting}'),
        ('staff', 'select, insert, update, delete', '{drafted_decision}'),
        ('staff', 'select (id, person_id, file_name, media_type, bytes, scan)', '{document}'),
        -- to an address that is not the person's, only the product itself writes
        ('staff', 'select, insert (id, recipient_id, letter, about, event_id, created_at, next_attempt_at), delete', '{outbox}'),
        -- xmax: whether an invitation has just made the account
        ('staff', 'select (id, email, email_key, given_names, family_names, lang, has_password, email_confirmed_at, disabled_at,
            created_at, erased_at, time_zone, xmax), insert (id, email, given_names, family_names, lang, created_at),
            update (given_names, family_names, disabled_at, time_zone)', '{person}'),
        -- whether there is one, and to take it away: no secret, no token
        ('staff', 'select (person_id, last_seen_at, idle_seconds, expires_at), delete', '{session}'),
        ('staff', 'select (person_id, confirmed_at), delete', '{second_factor}'),
        ('staff', 'select (person_id), delete', '{passkey, passkey_challenge, recovery_code}'),
        ('staff', 'select (person_id, expires_at, used_at), delete', '{link_token}'),
        ('staff', 'select (person_id)', '{organisation_identity}'),
        ('staff', 'select (person_id, asked_at)', '{email_change}')
    ) as g (walls, rights, tables) loop
        foreach wall in array string_to_array(given.walls, ', ') loop
            execute format('grant %s on %s to stagiaire_%s', given.rights, array_to_string(given.tables, ', '), wall);
        end loop;
    end loop;
end $$;
grant usage on sequence application_number to stagiaire_candidate;
grant usage on sequence opening_number, placement_number to stagiaire_staff;

-- Whatever is somebody's own has a wall, also where none but the product has a right: two locks are harder to forget
-- than one.
do $$
declare
    whose text;
begin
    foreach whose in array array['person_role', 'supervisor_office', 'deputy', 'session', 'half_sign_in', 'second_factor',
        'recovery_code', 'passkey', 'passkey_challenge', 'organisation_identity', 'link_token', 'kept_form', 'email_change',
        'erasure', 'legal_hold', 'outbox', 'unsubscribe_token', 'conflict_of_interest', 'opening_choice', 'opening_letter',
        'opening_subscription', 'pool_notice', 'review_presence', 'review_skip', 'review_view', 'review_note',
        'review_note_mention', 'score', 'drafted_decision', 'duplicate_proposal'] loop
        execute format('alter table %I enable row level security', whose);
        execute format('create policy everything on %I to stagiaire_server, stagiaire_staff using (true)', whose);
    end loop;
end $$;

-- Which rows a candidate, a supervisor and a medical officer meet, anew: to read, unless it says otherwise.
do $$
declare
    old record;
    place record;
    mine constant text := 'person_id = acting_person()';
    me constant text := 'id = acting_person()';
    of_a_case constant text := 'exists (select from application a where a.id = application_id)';
    of_a_placement constant text := 'exists (select from placement p where p.id = placement_id)';
    in_place_of constant text := 'exists (select from deputy d where d.principal_id = supervisor_id
        and d.deputy_id = acting_person() and d.role = ''supervisor'' and d.ended_at is null
        and acting_day() between d.from_day and d.until_day)';
    of_my_file constant text := 'exists (select from document d where d.id = file_id)
        or exists (select from onboarding_document d where d.id = file_id)
        or exists (select from message_document d where d.id = file_id)';
begin
    for old in select policyname, tablename from pg_policies where schemaname = 'public'
        and roles && '{stagiaire_candidate, stagiaire_supervisor, stagiaire_medical}'::name[] loop
        execute format('drop policy %I on %I', old.policyname, old.tablename);
    end loop;
    for place in select * from (values
        -- wall       what to do  table                   whose rows, before and after
        ('candidate', 'all',    'profile',              mine, null),
        ('candidate', 'all',    'profile_section',      mine, null),
        ('candidate', 'all',    'consent',              mine, null),
        ('candidate', 'all',    'document',             mine, null),
        ('candidate', 'all',    'opening_choice',       mine, null),
        ('candidate', 'all',    'opening_subscription', mine, null),
        ('candidate', 'select', 'person_role',          mine, null),
        ('candidate', 'select', 'placement_period',     mine, null),
        ('candidate', 'select', 'person',               me || ' or has_part_in_my_cases(id)', null),
        ('candidate', 'update', 'person',               me, null),
        ('candidate', 'select', 'application',          'candidate_id = acting_person()', null),
        ('candidate', 'insert', 'application',          null, 'candidate_id = acting_person() and action = ''release'''),
        -- what moves goes by a step of theirs, and what is written with it comes after
        ('candidate', 'update', 'application',          'candidate_id = acting_person()', 'candidate_id = acting_person()
            and action in (''re_release'', ''withdraw'', ''undo_withdraw'', ''renew'', ''place'')'),
        ('candidate', 'all',    'snapshot',             of_a_case, null),
        ('candidate', 'all',    'snapshot_document',    of_a_case,
            of_a_case || ' and exists (select from document d where d.id = document_id)'),
        ('candidate', 'select', 'message',              of_a_case, null),
        ('candidate', 'insert', 'message',              null, of_a_case || ' and author_id = acting_person() and not from_staff'),
        -- what the other side wrote has been read
        ('candidate', 'update', 'message',              of_a_case || ' and from_staff', null),
        ('candidate', 'select', 'message_document',     'exists (select from message m where m.id = message_id)', null),
        ('candidate', 'insert', 'message_document',     null,
            'exists (select from message m where m.id = message_id and m.author_id = acting_person())'),
        ('candidate', 'select', 'placement',            of_a_case, null),
        ('candidate', 'update', 'placement',            of_a_case,
            'action in (''accept'', ''refuse'', ''submit_document'', ''ready'', ''unready'', ''close'')'),
        ('candidate', 'select', 'offer',                of_a_placement, null),
        ('candidate', 'select', 'waiver',               of_a_placement, null),
        ('candidate', 'all',    'date_request',         of_a_placement, null),
        ('candidate', 'all',    'interview',            of_a_placement, null),
        ('candidate', 'select', 'interview_slot',       of_a_placement, null),
        ('candidate', 'select', 'onboarding_document',  of_a_placement, null),
        ('candidate', 'insert', 'onboarding_document',  null, of_a_placement || ' and state = ''submitted'' and decided_by is null'),
        ('candidate', 'update', 'onboarding_document',  of_a_placement, 'state = ''replaced'''),
        ('candidate', 'select', 'absence',              of_a_placement, null),
        ('candidate', 'insert', 'absence',              null, of_a_placement || ' and recorded_by = acting_person()'),
        ('candidate', 'update', 'absence',              of_a_placement, null),
        ('candidate', 'all',    'evaluation',           of_a_placement, null),
        ('candidate', 'all',    'extension',            of_a_placement, null),
        ('candidate', 'select', 'certificate',          of_a_placement, null),
        ('candidate', 'all',    'file_key',             of_my_file, null),
        -- letters that are wanted no more
        ('candidate', 'all',    'outbox',               'recipient_id = acting_person() and letter = ''opening_fits'' and sent_at is null', null),

        ('supervisor', 'select', 'deputy',              'acting_person() in (principal_id, deputy_id)', null),
        ('supervisor', 'select', 'person_role',         mine, null),
        ('supervisor', 'select', 'person',
            me || ' or exists (select from application a where a.candidate_id = person.id) or works_here(id)', null),
        ('supervisor', 'update', 'person',              me, null),
        ('supervisor', 'select', 'application',         'exists (select from placement p where p.application_id = application.id)', null),
        ('supervisor', 'select', 'snapshot',            of_a_case, null),
        ('supervisor', 'select', 'snapshot_document',   of_a_case, null),
        ('supervisor', 'select', 'document',            'exists (select from snapshot_document s where s.document_id = document.id)', null),
        ('supervisor', 'select', 'file_key',            'exists (select from document d where d.id = file_id)', null),
        ('supervisor', 'select', 'placement',           'supervisor_id = acting_person() or ' || in_place_of, null),
        ('supervisor', 'update', 'placement',           'supervisor_id = acting_person() or ' || in_place_of,
            'action in (''approve'', ''decline'', ''start'', ''evaluate'', ''complete'')'),
        ('supervisor', 'select', 'placement_period',    of_a_placement, null),
        ('supervisor', 'select', 'offer',               of_a_placement, null),
        ('supervisor', 'select', 'waiver',              of_a_placement, null),
        ('supervisor', 'all',    'interview',           of_a_placement, null),
        ('supervisor', 'all',    'interview_slot',      of_a_placement, null),
        ('supervisor', 'select', 'absence',             of_a_placement, null),
        ('supervisor', 'insert', 'absence',             null, of_a_placement || ' and recorded_by = acting_person()'),
        ('supervisor', 'update', 'absence',             of_a_placement, null),
        ('supervisor', 'all',    'evaluation',          of_a_placement, null),
        ('supervisor', 'select', 'extension',           of_a_placement, null),
        ('supervisor', 'insert', 'extension',           null, of_a_placement || ' and asked_by = acting_person()'),
        ('supervisor', 'insert', 'certificate',         null, of_a_placement),

        ('medical', 'select', 'onboarding_document',    'medical', null),
        ('medical', 'update', 'onboarding_document',    'medical', null),
        ('medical', 'select', 'file_key',               'exists (select from onboarding_document d where d.id = file_id)', null),
        ('medical', 'select', 'placement',
            'exists (select from onboarding_document d where d.placement_id = placement.id and d.medical)', null),
        ('medical', 'update', 'placement',
            'exists (select from onboarding_document d where d.placement_id = placement.id and d.medical)',
            'action in (''verify_document'', ''return_document'', ''ready'', ''unready'')'),
        ('medical', 'select', 'application',            'exists (select from placement p where p.application_id = application.id)', null),
        ('medical', 'select', 'offer',                  of_a_placement, null),

        -- The record: everybody writes what they do, and what follows from it by itself …
        ('candidate',  'insert', 'audit_event', null, 'actor_id = acting_person() or (actor_id is null and actor_role = ''system'')'),
        ('supervisor', 'insert', 'audit_event', null, 'actor_id = acting_person() or (actor_id is null and actor_role = ''system'')'),
        ('medical',    'insert', 'audit_event', null, 'actor_id = acting_person() or (actor_id is null and actor_role = ''system'')'),
        -- … and reads that, and what was done with their own.
        ('candidate',  'select', 'audit_event', 'actor_id = acting_person() or subject_id = acting_person()
            or exists (select from application a where a.id = subject_id)
            or exists (select from placement p where p.id = subject_id)
            or exists (select from document d where d.id = subject_id)
            or exists (select from onboarding_document d where d.id = subject_id)
            or exists (select from message_document d where d.id = subject_id)', null),
        ('supervisor', 'select', 'audit_event', 'actor_id = acting_person() or subject_id = acting_person()
            or exists (select from application a where a.id = subject_id)
            or exists (select from placement p where p.id = subject_id)
            or exists (select from document d where d.id = subject_id)', null),
        ('medical',    'select', 'audit_event', 'actor_id = acting_person()
            or exists (select from onboarding_document d where d.id = subject_id)
            or (actor_id is null and actor_role = ''system'' and exists (select from placement p where p.id = subject_id))', null)
    ) as p (wall, command, table_name, before, after) loop
        execute format('create policy %I on %I for %s to stagiaire_%s %s %s',
            place.wall || '_' || place.command, place.table_name, place.command, place.wall,
            coalesce('using (' || place.before || ')', ''), coalesce('with check (' || place.after || ')', ''));
    end loop;
end $$;
