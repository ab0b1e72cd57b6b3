//! What each wall has rights to, in words: whoever gives one a right writes it down here, where it is read.
//!
//! A right to some columns only names them. Which rows, say the policies: see `walls.rs`.

use sqlx::PgPool;

const CANDIDATE: &str = "
    absence: select, insert, update (replaced_at);
    application: select, insert, update (action, areas, languages, latest, months, name, offices, over_since, pooled_until,
        residence, reviewer_id, search_key, starts_on, state, state_since, tracks, verdict, version,
        window_until, words_made);
    audit_event: select, insert;
    certificate: select;
    consent: select, insert, update (withdrawn_at);
    date_request: select, insert, update (asked_at, ends_on, starts_on, words);
    decline_reason: select;
    deputy: select;
    document: select, insert, update (removed_at), delete;
    evaluation: select, update (comment, commented_at);
    extension: select, update (agreed_at, refused_at);
    file_key: select, insert;
    interview: select, update (chosen_at, refused_at, reminded_at, sequence, starts_at);
    interview_slot: select;
    message: select, insert, update (read_at);
    message_document: select, insert;
    msa_rate: select;
    offer: select;
    office: select;
    office_policy: select;
    onboarding_document: select, insert, update (state);
    opening: select;
    opening_choice: select, insert, delete;
    opening_subscription: select, insert, delete;
    outbox: select (letter, recipient_id, sent_at), delete;
    person: select (email, erased_at, family_names, given_names, id, lang, time_zone), update (time_zone);
    person_role: select;
    placement: select, update (action, approved_by, ends_on, learning_goals, starts_on, state, state_since,
        tasks, terms_of_reference, version);
    placement_period: select;
    policy: select;
    profile: select, insert, update (complete_until, revision, unreleased_since, updated_at);
    profile_section: select, insert, update (answers, revision, saved_at);
    snapshot: select, insert;
    snapshot_document: select, insert;
    usual_wait: select;
    waiver: select;
";

const SUPERVISOR: &str = "
    absence: select, insert, update (replaced_at);
    application: select;
    audit_event: select, insert;
    certificate: insert;
    deputy: select;
    document: select (id, scan);
    evaluation: select, insert, update (advice, goals, improve, revision, strengths, work);
    extension: select, insert;
    file_key: select;
    interview: select, insert, update (cancelled_at, chosen_at, meeting, minutes, proposed_at, proposed_by,
        refused_at, reminded_at, sequence, starts_at);
    interview_slot: select, insert, delete;
    msa_rate: select;
    offer: select;
    office: select;
    office_policy: select;
    person: select (email, erased_at, family_names, given_names, id, time_zone), update (time_zone);
    person_role: select;
    placement: select, update (action, approved_by, current_terms, ends_on, learning_goals, starts_on, state,
        state_since, tasks, terms_of_reference, version);
    placement_period: select;
    policy: select;
    snapshot: select;
    snapshot_document: select;
    waiver: select;
";

const MEDICAL: &str = "
    application: select (candidate_id, id, name);
    audit_event: select, insert;
    extension: select (is_open, placement_id);
    file_key: select;
    offer: select (placement_id, terms);
    office: select;
    onboarding_document: select, update;
    placement: select (action, application_id, approved_by, came_from, ends_on, id, learning_goals, office_id,
        proposed_by, starts_on, state, supervisor_id, tasks, terms_of_reference, version), update (action,
        approved_by, ends_on, learning_goals, starts_on, state, state_since, tasks, terms_of_reference,
        version);
";

const STAFF: &str = "
    absence: select;
    application: select, update;
    audit_event: select, insert;
    conflict_of_interest: select, insert;
    consent: select;
    date_request: select;
    decline_reason: select, insert, update;
    deputy: select;
    document: select (bytes, file_name, id, media_type, person_id, scan);
    drafted_decision: select, insert, update, delete;
    duplicate_proposal: select, insert, update;
    email_change: select (asked_at, person_id);
    erasure: select;
    evaluation: select;
    extension: select, update;
    file_key: select, insert;
    interview: select, insert, update;
    interview_slot: select, insert, delete;
    legal_hold: select, insert, update;
    letter_text: select, insert;
    likeness: select;
    link_token: select (expires_at, person_id, used_at), delete;
    message: select, insert, update;
    message_document: select, insert;
    msa_rate: select, insert, update;
    nightly_check: select;
    offer: select, insert;
    office: select, insert, update;
    office_policy: select, insert, update;
    onboarding_document: select, update;
    opening: select, insert, update;
    opening_letter: select, insert;
    opening_subscription: select;
    opening_transition: select;
    organisation_identity: select (person_id);
    outbox: select, insert (about, created_at, event_id, id, letter, next_attempt_at, recipient_id), delete;
    passkey: select (person_id), delete;
    passkey_challenge: select (person_id), delete;
    person: select (created_at, disabled_at, email, email_confirmed_at, email_key, erased_at, family_names,
        given_names, has_password, id, lang, time_zone, xmax), insert (created_at, email, family_names,
        given_names, id, lang), update (disabled_at, family_names, given_names, time_zone);
    person_role: select, insert, delete;
    placement: select, insert, update;
    placement_period: select;
    policy: select, insert, update;
    policy_proposal: select, insert, update;
    policy_trial: select, insert, delete;
    pool_entry: select;
    pool_key: select;
    profile: select;
    profile_section: select;
    recovery_code: select (person_id), delete;
    retention: select, update;
    retention_count: select;
    review_note: select, insert;
    review_note_mention: select, insert;
    review_presence: select;
    review_setting: select, update;
    review_skip: select, insert, update;
    review_view: select, insert, delete;
    rule_judgement: select, insert;
    score: select, insert;
    scoring_sheet: select, insert, update;
    second_factor: select (confirmed_at, person_id), delete;
    session: select (expires_at, idle_seconds, last_seen_at, person_id), delete;
    snapshot: select;
    snapshot_document: select;
    supervisor_office: select, insert, delete;
    waiver: select, insert, update;
";

/// As the database tells it: all of a table before some columns of it.
const RIGHTS: &str = "
    with given as (
        select c.relname, c.relnamespace, x.grantee, x.privilege_type, null::text as part
        from pg_class c, aclexplode(c.relacl) x where c.relkind in ('r', 'p', 'v', 'm')
        union all
        select c.relname, c.relnamespace, x.grantee, x.privilege_type, a.attname::text
        from pg_class c join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) x),
    rights as (
        select relname, privilege_type, lower(privilege_type)
            || coalesce(' (' || string_agg(part, ', ' order by part) || ')', '') as words
        from given join pg_roles r on r.oid = grantee
        where relnamespace = 'public'::regnamespace and r.rolname = 'stagiaire_' || $1
        group by relname, privilege_type)
    select relname || ': ' || string_agg(words, ', '
        order by array_position('{SELECT, INSERT, UPDATE, DELETE}', privilege_type::text), privilege_type)
    from rights group by relname order by relname";

#[sqlx::test]
async fn each_wall_has_the_rights_that_are_written_down_and_no_other(db: PgPool) {
    for (wall, words) in
        [("candidate", CANDIDATE), ("supervisor", SUPERVISOR), ("medical", MEDICAL), ("staff", STAFF)]
    {
        let mut written: Vec<String> = words
            .split(';')
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|line| !line.is_empty())
            .collect();
        let mut given: Vec<String> = sqlx::query_scalar(RIGHTS).bind(wall).fetch_all(&db).await.unwrap();
        // in the order of neither language
        written.sort();
        given.sort();
        let more: Vec<_> = given.iter().filter(|right| !written.contains(right)).collect();
        let fewer: Vec<_> = written.iter().filter(|right| !given.contains(right)).collect();
        assert!(more.is_empty() && fewer.is_empty(), "{wall}: given {more:#?}, written down {fewer:#?}");
    }
}

/// References are counted by whoever begins something that has one.
#[sqlx::test]
async fn each_wall_counts_on_what_it_begins(db: PgPool) {
    let counted = "select format('%s: %s', wall, c.relname) from pg_class c
        cross join unnest(array['candidate', 'supervisor', 'medical', 'staff']) wall
        where c.relkind = 'S' and c.relnamespace = 'public'::regnamespace
            and has_sequence_privilege('stagiaire_' || wall, c.oid, 'usage, select, update') order by 1";
    let counted: Vec<String> = sqlx::query_scalar(counted).fetch_all(&db).await.unwrap();
    assert_eq!(
        counted,
        ["candidate: application_number", "staff: opening_number", "staff: placement_number"]
    );
}

#[sqlx::test]
async fn a_table_that_comes_later_gives_no_wall_a_right(db: PgPool) {
    sqlx::raw_sql("create table later (n int generated always as identity)").execute(&db).await.unwrap();
    let rights = "select r.rolname::text from pg_roles r where r.rolname like 'stagiaire\\_%'
        and (has_table_privilege(r.oid, 'later', 'select') or has_sequence_privilege(r.oid, 'later_n_seq', 'usage'))";
    let rights: Vec<String> = sqlx::query_scalar(rights).fetch_all(&db).await.unwrap();
    assert_eq!(rights, ["stagiaire_server"]);
}

/// What a function does in the database's own name, no wall may have done to order, but where its statements do.
#[sqlx::test]
async fn what_works_in_the_databases_own_name_is_called_by_those_who_need_it(db: PgPool) {
    let called = "select format('%s: %s', p.proname, array_to_string(array(
            select substr(r.rolname, 11) from pg_roles r where r.rolname like 'stagiaire\\_%'
                and has_function_privilege(r.oid, p.oid, 'execute') order by 1), ', '))
        from pg_proc p
        where p.prosecdef and p.pronamespace = 'public'::regnamespace and p.prorettype <> 'trigger'::regtype order by 1";
    let called: Vec<String> = sqlx::query_scalar(called).fetch_all(&db).await.unwrap();
    assert_eq!(
        called,
        [
            "erase_writings: server",
            "has_part_in_my_cases: candidate",
            "hold_unsealed: server",
            "keep_proven_password: server, staff",
            "owe_letters: candidate, medical, server, staff, supervisor",
            "papers_so_far: server, staff, supervisor",
            "papers_that_count: candidate, medical, server, staff",
            "works_here: supervisor",
        ]
    );
}
