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

/// Every table that has a wall, in the order of the alphabet.
async fn walled(db: &PgPool) -> Vec<String> {
    let tables = "select relname::text from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace order by 1";
    sqlx::query_scalar(tables).fetch_all(db).await.unwrap()
}

/// What is asked of a table to count the rows of others, for tables that also hold rows of those who ask.
fn of_others(table: &str, who: Uuid) -> String {
    match table {
        // whoever works here is known to everybody
        "person" => format!(
            "person p where p.id <> '{who}' and exists
            (select from person_role r where r.person_id = p.id and r.role = 'candidate')"
        ),
        "profile" | "profile_section" | "consent" | "document" => {
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
        for table in walled(&world.db).await {
            assert_eq!(count(&mut tx, &of_others(&table, who)).await, 0, "{wall} {table}");
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
    let officer = world.sign_in("en", &["medical_officer"]).await;
    let mut connection = world.db.acquire().await.unwrap();
    for (wall, who, papers) in [
        ("candidate", mine.candidate.id, 2),
        ("supervisor", mine.supervisor.id, 1),
        // two medical certificates, one of each case
        ("medical", officer.id, 2),
    ] {
        let mut tx = unit(&mut connection, wall, who).await;
        assert_eq!(count(&mut tx, "onboarding_document").await, papers, "{wall}");
        if wall == "medical" {
            assert_eq!(count(&mut tx, "onboarding_document where not medical").await, 0);
            assert_eq!(count(&mut tx, "document").await + count(&mut tx, "profile_section").await, 0);
            continue;
        }
        for table in ["application", "placement", "offer", "snapshot"] {
            assert_eq!(count(&mut tx, table).await, 1, "{wall} {table}");
        }
        assert!(count(&mut tx, "audit_event").await > 3, "{wall}: the story of the case");
        let theirs =
            format!("audit_event where subject_id in ('{}', '{}')", other.application, other.placement);
        assert_eq!(count(&mut tx, &theirs).await, 0, "{wall}");
    }
}

#[sqlx::test]
async fn nobody_writes_into_the_case_of_another(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let (mine, other) = (world.accepted().await, world.accepted().await);
    let mut connection = world.db.acquire().await.unwrap();
    for (wall, who) in [("candidate", mine.candidate.id), ("supervisor", mine.supervisor.id)] {
        for (statement, kind) in [
            (format!("update placement set ends_on = ends_on + 1 where id = '{}'", other.placement), "nothing"),
            (format!("update application set search_key = 'x' where id = '{}'", other.application), "nothing"),
            (format!("delete from onboarding_document where placement_id = '{}'", other.placement), "nothing"),
            (
                format!("insert into message (id, application_id, author_id, from_staff, written_at, body, form_id)
                    values (gen_random_uuid(), '{}', '{who}', false, now(), 'x', gen_random_uuid())", other.application),
                "refused",
            ),
            (
                format!("insert into consent (person_id, purpose, version, given_at)
                    values ('{}', 'pool', '1', now())", other.candidate.id),
                "refused",
            ),
            (
                format!("insert into audit_event (at, actor_id, actor_role, subject, subject_id, action, facts)
                    values (now(), '{}', 'candidate', 'person', '{who}', 'sign_in', '{{}}')", other.candidate.id),
                "refused",
            ),
            ("select from review_note".into(), "refused"),
            ("select from score".into(), "refused"),
            ("select from session".into(), "refused"),
            ("select from second_factor".into(), "refused"),
            ("select from organisation_identity".into(), "refused"),
            ("select from organisation_session".into(), "refused"),
            ("select from retention_notice".into(), "refused"),
            ("select from retention_due(now(), current_date)".into(), "refused"),
            ("select from passkey".into(), "refused"),
            ("select from passkey_challenge".into(), "refused"),
        ] {
            let mut tx = unit(&mut connection, wall, who).await;
            let tried = sqlx::raw_sql(AssertSqlSafe(statement.clone())).execute(&mut *tx).await;
            match kind {
                "nothing" => assert_eq!(tried.unwrap().rows_affected(), 0, "{wall}: {statement}"),
                _ => {
                    let code = tried.unwrap_err().as_database_error().and_then(|e| e.code().map(|c| c.into_owned()));
                    assert_eq!(code.as_deref(), Some("42501"), "{wall}: {statement}");
                }
            }
        }
    }
}

#[sqlx::test]
async fn the_key_of_a_medical_file_is_its_owners_and_the_medical_officers(db: PgPool) {
    let world = world_on(db, "2026-11-26").await;
    let cast = world.accepted().await;
    cast.show("medical_certificate", &[]).await;
    cast.show("agreement", &[]).await;
    let medical = "file_key k join onboarding_document d on d.id = k.file_id where d.medical";
    let other = "file_key k join onboarding_document d on d.id = k.file_id where not d.medical";
    let mut connection = world.db.acquire().await.unwrap();
    for (wall, who, keys) in [
        ("candidate", cast.candidate.id, (1, 1)),
        ("medical", Uuid::now_v7(), (1, 0)),
        ("staff", cast.reviewer.id, (0, 1)),
        ("supervisor", cast.supervisor.id, (0, 1)),
        ("candidate", Uuid::now_v7(), (0, 0)),
    ] {
        let mut tx = unit(&mut connection, wall, who).await;
        assert_eq!((count(&mut tx, medical).await, count(&mut tx, other).await), keys, "{wall}");
        let by_guess = sqlx::query("update file_key set locked = null").execute(&mut *tx).await.unwrap();
        assert_eq!(by_guess.rows_affected() >= 1, keys != (0, 0), "{wall} changes no key it does not meet");
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

/// Whatever holds somebody's case, and whatever a later migration adds to it.
#[sqlx::test]
async fn no_table_about_a_case_stands_outside(db: PgPool) {
    // of cases, but read by whoever does the housekeeping alone: counts, reminders, letters that are due
    const INSIDE: [&str; 6] =
        ["chased", "offer_reminder", "policy_trial", "conflict_of_interest", "report_allowance", "outbox"];
    let outside = "select c.relname::text from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname in ('application_id', 'placement_id', 'candidate_id')
         where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and not c.relrowsecurity
             and has_table_privilege('stagiaire_candidate', c.oid, 'select') and not c.relname = any($1)";
    let outside: Vec<String> = sqlx::query_scalar(outside).bind(&INSIDE[..]).fetch_all(&db).await.unwrap();
    assert_eq!(outside, Vec::<String>::new());
}
