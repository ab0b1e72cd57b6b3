//! The second wall: what a unit of work meets of other people's rows, tried in SQL without any predicate.

use crate::support::world_on;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

/// A unit of work as the product begins it; see `src/db/walls.rs`.
async fn unit<'c>(db: &'c mut PgConnection, wall: &str, person: Uuid) -> Transaction<'c, Postgres> {
    let mut tx = db.begin().await.unwrap();
    let begin = format!(
        "set local role stagiaire_{wall}; set local stagiaire.person = '{person}'; set local stagiaire.day = '2026-11-26'"
    );
    sqlx::raw_sql(AssertSqlSafe(begin)).execute(&mut *tx).await.unwrap();
    tx
}

async fn count(tx: &mut Transaction<'_, Postgres>, what: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {what}")))
        .fetch_one(&mut **tx)
        .await
        .unwrap()
}

/// "Permission denied", or "violates row-level security policy".
fn is_refused<T>(tried: &Result<T, sqlx::Error>) -> bool {
    let code = tried.as_ref().err().and_then(|e| e.as_database_error()).and_then(|e| e.code());
    code.is_some_and(|code| code == "42501")
}

/// Every table whose rows have a wall and that is read behind this one, in the order of the alphabet.
async fn walled(db: &PgPool, wall: &str) -> Vec<String> {
    let tables =
        "select relname::text from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace
         and has_any_column_privilege('stagiaire_' || $1, oid, 'select') order by 1";
    sqlx::query_scalar(tables).bind(wall).fetch_all(db).await.unwrap()
}

/// What is asked of a table to count the rows of others, for tables that also hold rows of those who ask.
fn of_others(wall: &str, table: &str, who: Uuid, other: Uuid) -> String {
    match table {
        // whoever works here is known to supervisors
        "person" if wall == "supervisor" => format!("person where id = '{other}'"),
        "person" => format!("person where id <> '{who}'"),
        // which it is, and whether it is clean, and not whose
        "document" if wall == "supervisor" => table.to_owned(),
        "profile" | "profile_section" | "consent" | "document" | "person_role" => {
            format!("{table} where person_id <> '{who}'")
        }
        "audit_event" => format!("audit_event where actor_id <> '{who}' and subject_id <> '{who}'"),
        other => other.to_owned(),
    }
}

#[sqlx::test]
async fn whoever_has_no_case_meets_no_row_of_any(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = world.accepted().await;
    cast.show("medical_certificate", &[]).await;
    let (candidate, supervisor) = (world.candidate("en").await, world.supervisor("en", "geneva").await);
    let mut connection = world.db.acquire().await.unwrap();
    for (wall, who) in
        [("candidate", candidate.id), ("supervisor", supervisor.id), ("candidate", Uuid::nil())]
    {
        let mut tx = unit(&mut connection, wall, who).await;
        for table in walled(&world.db, wall).await {
            let others = of_others(wall, &table, who, cast.candidate.id);
            assert_eq!(count(&mut tx, &others).await, 0, "{wall} {table}");
        }
    }
}

#[sqlx::test]
async fn each_meets_their_own_and_nothing_of_the_other_case(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let (mine, other) = (world.accepted().await, world.accepted().await);
    for cast in [&mine, &other] {
        cast.show("medical_certificate", &[]).await;
        cast.show("agreement", &[]).await;
    }
    let mut connection = world.db.acquire().await.unwrap();
    for (wall, who) in [("candidate", mine.candidate.id), ("supervisor", mine.supervisor.id)] {
        let mut tx = unit(&mut connection, wall, who).await;
        for table in ["application", "placement", "offer", "snapshot"] {
            assert_eq!(count(&mut tx, table).await, 1, "{wall} {table}");
        }
        assert!(count(&mut tx, "audit_event").await > 3, "{wall}: the story of the case");
        let theirs =
            format!("audit_event where subject_id in ('{}', '{}')", other.application, other.placement);
        assert_eq!(count(&mut tx, &theirs).await, 0, "{wall}");
        let known = format!("person where id = '{}'", other.candidate.id);
        assert_eq!(count(&mut tx, &known).await, 0, "{wall}: the other candidate");
    }
    let mut tx = unit(&mut connection, "candidate", mine.candidate.id).await;
    assert_eq!(count(&mut tx, "onboarding_document").await, 2);
    // one's own, the reviewer's and the supervisor's, and nobody else's who works here
    assert_eq!(count(&mut tx, "person").await, 3);
}

#[sqlx::test]
async fn the_medical_officer_meets_whoever_has_medical_papers_and_nobodys_profile(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let (examined, other) = (world.accepted().await, world.accepted().await);
    examined.show("medical_certificate", &[]).await;
    examined.show("agreement", &[]).await;
    other.show("agreement", &[]).await;
    let officer = world.sign_in("en", &["medical_officer"]).await;
    let mut connection = world.db.acquire().await.unwrap();
    let mut tx = unit(&mut connection, "medical", officer.id).await;
    assert_eq!(count(&mut tx, "onboarding_document").await, 1);
    assert_eq!(count(&mut tx, "file_key").await, 1);
    for table in ["application", "placement", "offer"] {
        assert_eq!(count(&mut tx, table).await, 1, "{table}");
    }
    assert_eq!(count(&mut tx, &format!("application where id = '{}'", examined.application)).await, 1);
    let moved = format!("update placement set ends_on = ends_on + 1 where id = '{}'", other.placement);
    assert_eq!(sqlx::raw_sql(AssertSqlSafe(moved)).execute(&mut *tx).await.unwrap().rows_affected(), 0);
    drop(tx);
    for refused in [
        "select profile from snapshot",
        "select answers from profile_section",
        "select from document",
        "select from person",
        "select search_key from application",
        "select terms from placement",
        "update application set state = 'withdrawn'",
        "update placement set version = version + 1, action = 'cancel', state = 'cancelled'",
        "delete from onboarding_document",
    ] {
        let mut tx = unit(&mut connection, "medical", officer.id).await;
        assert!(is_refused(&sqlx::raw_sql(refused).execute(&mut *tx).await), "{refused}");
    }
}

#[sqlx::test]
async fn nobody_writes_into_the_case_of_another(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let (mine, other) = (world.accepted().await, world.accepted().await);
    let mut connection = world.db.acquire().await.unwrap();
    for (wall, who) in [("candidate", mine.candidate.id), ("supervisor", mine.supervisor.id)] {
        let moved = format!("update placement set ends_on = ends_on + 1 where id = '{}'", other.placement);
        let mut tx = unit(&mut connection, wall, who).await;
        let moved = sqlx::raw_sql(AssertSqlSafe(moved)).execute(&mut *tx).await.unwrap();
        assert_eq!(moved.rows_affected(), 0, "{wall}");
        drop(tx);
        for statement in [
            format!(
                "insert into absence (id, placement_id, kind, first_day, last_day, days, recorded_by, recorded_at)
                 values (gen_random_uuid(), '{}', 'leave', '2026-11-26', '2026-11-26', 1, '{who}', now())",
                other.placement
            ),
            format!(
                "insert into message (id, application_id, author_id, from_staff, written_at, body, form_id)
                 values (gen_random_uuid(), '{}', '{who}', false, now(), 'x', gen_random_uuid())",
                other.application
            ),
            format!(
                "insert into consent (person_id, purpose, version, given_at) values ('{}', 'pool', '1', now())",
                other.candidate.id
            ),
            format!(
                "insert into audit_event (at, actor_id, actor_role, subject, subject_id, action, facts)
                 values (now(), '{}', 'candidate', 'person', '{who}', 'sign_in', '{{}}')",
                other.candidate.id
            ),
            "select from retention_notice".into(),
            "select from retention_due(now(), current_date)".into(),
        ] {
            let mut tx = unit(&mut connection, wall, who).await;
            let tried = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&mut *tx).await;
            assert!(is_refused(&tried), "{wall}: {statement}: {tried:?}");
        }
    }
}

/// What somebody would try who can slip a statement into the transaction of one role, and has not left the role.
#[sqlx::test]
async fn no_wall_lets_a_statement_do_what_no_page_behind_it_does(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = world.accepted().await;
    cast.show("medical_certificate", &[]).await;
    let paper: Uuid =
        sqlx::query_scalar("select id from onboarding_document").fetch_one(&world.db).await.unwrap();
    let administrator = world.sign_in("en", &["administrator"]).await;
    let walls = [
        ("candidate", cast.candidate.id),
        ("supervisor", cast.supervisor.id),
        ("medical", world.sign_in("en", &["medical_officer"]).await.id),
    ];
    let placement = cast.placement;
    let mut connection = world.db.acquire().await.unwrap();
    for (wall, me) in walls {
        for statement in [
            format!("insert into person_role (person_id, role) values ('{me}', 'administrator')"),
            "select email, password_hash from person".into(),
            format!("select password_hash from person where id = '{me}'"),
            format!("update person set password_hash = 'mine' where id = '{}'", administrator.id),
            format!("update person set email = 'me@example.org' where id = '{}'", administrator.id),
            format!("select keep_proven_password('{}')", administrator.id),
            format!("insert into file_to_remove (id, since) values ('{paper}', now())"),
            "update file_key set locked = null".into(),
            "delete from file_key".into(),
            "select from email_change".into(),
            "select from legal_hold".into(),
            "select from erasure".into(),
            "select from conflict_of_interest".into(),
            "select recipient_id, about, address from outbox".into(),
            format!(
                "insert into outbox (id, recipient_id, letter, address, created_at, next_attempt_at)
                 values (gen_random_uuid(), '{me}', 'invitation', 'me@example.org', now(), now())"
            ),
            "delete from audit_unsealed".into(),
            "select from audit_link".into(),
            "select from hold_unsealed(1000)".into(),
            "update policy set terms = '{}'".into(),
            "update msa_rate set monthly = 1".into(),
            "update retention set days = 1".into(),
            "update onboarding_document set state = 'verified', kind = 'agreement'".into(),
            format!(
                "insert into waiver (id, placement_id, reason, requested_by, requested_at, requested_on, due_on)
                 values (gen_random_uuid(), '{placement}', 'x', '{me}', now(), '2026-11-26', '2026-12-26')"
            ),
            "update waiver set granted = true".into(),
            "update offer set terms = '{}'".into(),
            "delete from placement".into(),
            "update placement set version = version + 1, action = 'end_early', state = 'ended_early'".into(),
            "update likeness set name_key = ''".into(),
            "delete from placement_period".into(),
            "select from review_note".into(),
            "select from score".into(),
            "select from session".into(),
            "select from second_factor".into(),
            "select from recovery_code".into(),
            "select from link_token".into(),
            "select from organisation_identity".into(),
            "select from organisation_session".into(),
            "select from passkey".into(),
            "select from passkey_challenge".into(),
        ] {
            let mut tx = unit(&mut connection, wall, me).await;
            let tried = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&mut *tx).await;
            assert!(is_refused(&tried), "{wall}: {statement}: {tried:?}");
        }
    }
    // what is one's own is written as a candidate writes it
    let me = cast.candidate.id;
    for statement in [
        "update onboarding_document set state = 'verified'".into(),
        "update application set version = version + 1, action = 'return_to_pool', state = 'pooled'".into(),
        "insert into application (id, reference, candidate_id, version, action, came_from, state) values
         (gen_random_uuid(), 'x', acting_person(), 1, 'claim', 'new', 'in_review')"
            .into(),
        "update extension set confirmed_at = now()".into(),
        format!(
            "insert into message (id, application_id, author_id, from_staff, written_at, body, form_id)
             values (gen_random_uuid(), '{}', '{me}', true, now(), 'x', gen_random_uuid())",
            cast.application
        ),
        format!("select from papers_so_far('{placement}')"),
    ] {
        let mut tx = unit(&mut connection, "candidate", me).await;
        let tried = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&mut *tx).await;
        assert!(is_refused(&tried), "{statement}: {tried:?}");
    }
    let mut tx = unit(&mut connection, "candidate", me).await;
    let theirs = format!("update person set time_zone = 'UTC' where id = '{}'", administrator.id);
    let touched = sqlx::raw_sql(AssertSqlSafe(theirs)).execute(&mut *tx).await.unwrap();
    assert_eq!(touched.rows_affected(), 0);
    assert_eq!(count(&mut tx, "deputy").await, 0);
}

/// Human Resources and administrators share a wall: what no page of theirs does, it does not let through either.
#[sqlx::test]
async fn staff_read_no_secret_and_make_none(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let administrator = world.sign_in("en", &["administrator"]).await;
    let mut connection = world.db.acquire().await.unwrap();
    for statement in [
        "select password_hash from person".into(),
        "select person from person".into(),
        "update person set password_hash = 'mine'".into(),
        "update person set email = 'me@example.org'".into(),
        "insert into person (id, email, family_names, lang, created_at, password_hash)
         values (gen_random_uuid(), 'me@example.org', 'Me', 'en', now(), 'mine')"
            .into(),
        "select token_hash from session".into(),
        "select token_hash from link_token".into(),
        format!(
            "insert into link_token (token_hash, person_id, purpose, created_at, expires_at)
             values ('mine', '{}', 'reset_password', now(), now())",
            administrator.id
        ),
        "select secret from second_factor".into(),
        "select code_hash from recovery_code".into(),
        "select credential from passkey".into(),
        "insert into passkey (person_id) select id from person".into(),
        "update organisation_identity set subject = 'me'".into(),
        "select token_hash from unsubscribe_token".into(),
        "insert into file_to_remove (id, since) select id, now() from onboarding_document".into(),
        "update file_key set locked = null".into(),
        "update outbox set address = 'me@example.org'".into(),
        "insert into outbox (id, recipient_id, letter, address, created_at, next_attempt_at)
         select gen_random_uuid(), id, 'reset_password', 'me@example.org', now(), now() from person"
            .into(),
        "delete from audit_unsealed".into(),
        "delete from document".into(),
        "update snapshot set profile = '{}'".into(),
        "delete from erasure".into(),
        "insert into placement_period (placement_id) select id from placement".into(),
    ] {
        let mut tx = unit(&mut connection, "staff", administrator.id).await;
        let tried = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&mut *tx).await;
        assert!(is_refused(&tried), "{statement}: {tried:?}");
    }
}

#[sqlx::test]
async fn the_key_of_a_medical_file_is_its_owners_and_the_medical_officers(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = world.accepted().await;
    cast.show("medical_certificate", &[]).await;
    cast.show("agreement", &[]).await;
    let kind = async |is_medical: bool| {
        let id: Uuid = sqlx::query_scalar("select id from onboarding_document where medical = $1")
            .bind(is_medical)
            .fetch_one(&world.db)
            .await
            .unwrap();
        format!("file_key where file_id = '{id}'")
    };
    let (medical, other) = (kind(true).await, kind(false).await);
    let mut connection = world.db.acquire().await.unwrap();
    for (wall, who, keys) in [
        ("candidate", cast.candidate.id, (1, 1)),
        ("medical", Uuid::now_v7(), (1, 0)),
        ("staff", cast.reviewer.id, (0, 1)),
        // a supervisor opens documents of the profile alone
        ("supervisor", cast.supervisor.id, (0, 0)),
        ("candidate", Uuid::now_v7(), (0, 0)),
    ] {
        let mut tx = unit(&mut connection, wall, who).await;
        assert_eq!((count(&mut tx, &medical).await, count(&mut tx, &other).await), keys, "{wall}");
    }
}

#[sqlx::test]
async fn a_deputy_meets_the_cases_on_those_days_only(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = world.accepted().await;
    let deputy = world.supervisor("en", "nairobi").await;
    let days = format!(
        "deputy={}&from_day=27&from_month=11&from_year=2026&until_day=30&until_month=11&until_year=2026",
        deputy.id
    );
    let reply = cast.supervisor.fill_in("/account/deputy?role=supervisor", &days).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    let mut connection = world.db.acquire().await.unwrap();
    for (day, met) in [("2026-11-26", 0), ("2026-11-27", 1), ("2026-11-30", 1), ("2026-12-01", 0)] {
        let mut tx = unit(&mut connection, "supervisor", deputy.id).await;
        let on = format!("set local stagiaire.day = '{day}'");
        sqlx::raw_sql(AssertSqlSafe(on)).execute(&mut *tx).await.unwrap();
        assert_eq!(count(&mut tx, "placement").await, met, "{day}");
        assert_eq!(count(&mut tx, "application").await, met, "{day}");
    }
}

/// Whatever is somebody's own, and whatever holds somebody's case and is met behind a wall; so, too, what a later
/// migration adds.
#[sqlx::test]
async fn no_table_about_somebody_stands_outside(db: PgPool) {
    let outside = "select distinct c.relname::text from pg_class c
         join pg_attribute a on a.attrelid = c.oid
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity
             and (a.attname in ('person_id', 'recipient_id', 'candidate_id')
                  or a.attname in ('application_id', 'placement_id') and exists (
                      select from unnest(array['candidate', 'supervisor', 'medical']) wall
                      where has_any_column_privilege('stagiaire_' || wall, c.oid, 'select, insert, update')))";
    let outside: Vec<String> = sqlx::query_scalar(outside).fetch_all(&db).await.unwrap();
    assert_eq!(outside, Vec::<String>::new());
    // and of each, somebody has said what a wall that has a right to it meets
    let unsaid = "select format('%s: %s', wall, c.relname) from pg_class c
         cross join unnest(array['candidate', 'supervisor', 'medical', 'staff']) wall
         where c.relrowsecurity and c.relnamespace = 'public'::regnamespace
             and has_any_column_privilege('stagiaire_' || wall, c.oid, 'select, insert, update')
             and not exists (select from pg_policies p where p.schemaname = 'public'
                 and p.tablename = c.relname and ('stagiaire_' || wall)::name = any(p.roles)) order by 1";
    let unsaid: Vec<String> = sqlx::query_scalar(unsaid).fetch_all(&db).await.unwrap();
    // their statements name these, and find no row: they stand in for nobody, and decide on no insurance
    assert_eq!(unsaid, ["candidate: deputy", "medical: extension"]);
}
