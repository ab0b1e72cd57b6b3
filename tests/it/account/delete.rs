use super::proof;
use crate::support::{PDF, Reader, World, world_on};
use sqlx::PgPool;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::erasure;
use uuid::Uuid;

const TODAY: &str = "2026-11-25";

/// What the candidate typed or gave, in every way it may be kept.
const TYPED: [&str; 8] =
    ["inés", "ines carvajal", "beltrán", "@example.org", "lyon", "like to work with you", "secreto", "2002"];

/// Every place of the database where a text is found, but for letters shown in try-out mode.
async fn places(world: &World, text: &str, of: Uuid) -> Vec<String> {
    let columns: Vec<(String, String)> = sqlx::query_as(
        "select c.table_name::text, c.column_name::text from information_schema.columns c
         join information_schema.tables t using (table_schema, table_name)
         where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'mailbox'
           and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying')",
    )
    .fetch_all(&world.db)
    .await
    .unwrap();
    let mut found = Vec::new();
    for (table, column) in columns {
        // staff have an address and a name, too
        let others = if table == "person" { format!("and id = '{of}'") } else { String::new() };
        let sql = format!("select count(*) from {table} where lower({column}::text) like $1 {others}");
        let query = sqlx::query_scalar::<_, i64>(sqlx::AssertSqlSafe(sql)).bind(format!("%{text}%"));
        if query.fetch_one(&world.db).await.unwrap() > 0 {
            found.push(format!("{text} in {table}.{column}"));
        }
    }
    found
}

/// A candidate who has released a profile with a file, and knows a password.
async fn candidate(world: &World) -> (Reader<'_>, Uuid) {
    let ines = world.with_password(world.ready_candidate("en").await).await;
    ines.upload("/profile/documents", &[("kind", "cv")], "CV secreto.pdf", PDF).await;
    ines.release().await;
    let id = sqlx::query_scalar("select id from application where candidate_id = $1").bind(ines.id);
    (ines, id.fetch_one(&world.db).await.unwrap())
}

async fn state(world: &World, table: &str, id: Uuid) -> String {
    let sql = format!("select state from {table} where id = $1");
    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(id).fetch_one(&world.db).await.unwrap()
}

/// Steps that other pages take.
async fn walk(world: &World, table: &str, id: Uuid, steps: &[(&str, &str)]) {
    for (action, to) in steps {
        let approval = match *action {
            "approve" => {
                ", approved_by = supervisor_id, terms_of_reference = 't', tasks = 't', learning_goals = 'g'"
            }
            _ => "",
        };
        let sql = format!(
            "update {table} set version = version + 1, action = '{action}', state = '{to}' {approval} where id = $1"
        );
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id).execute(&world.db).await.unwrap();
    }
}

const ACCEPTED: [(&str, &str); 3] = [("approve", "approved"), ("offer", "offered"), ("accept", "accepted")];
const STARTED: [(&str, &str); 5] = [
    ("approve", "approved"),
    ("offer", "offered"),
    ("accept", "accepted"),
    ("ready", "ready"),
    ("start", "started"),
];

/// An application in the pool with a placement that has gone so far.
async fn placed<'w>(world: &'w World, steps: &[(&str, &str)]) -> (Reader<'w>, Uuid, Uuid) {
    let (ines, id) = candidate(world).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;
    walk(world, "placement", placement, steps).await;
    if steps.len() > 2 {
        walk(world, "application", id, &[("place", "placed")]).await;
    }
    (ines, id, placement)
}

async fn delete(ines: &Reader<'_>) -> String {
    let reply = ines.post("/account/delete", &format!("{}&sure=true", proof())).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    reply.location.unwrap()
}

async fn round(world: &World) -> usize {
    let db = Db::new(world.db.clone(), chrono_tz::Europe::Zurich);
    erasure::once(&db, Clock::Stopped(world.now), &world.files().await).await.unwrap()
}

#[sqlx::test]
async fn an_account_goes_in_every_state_and_nothing_typed_stays(db: PgPool) {
    let world = world_on(db, TODAY).await;
    world.tampered();
    let reviewer = world.reviewer("en").await;
    let mut everybody = Vec::new();
    for (how, then) in [
        ("released", "withdrawn"),
        ("in_review", "withdrawn"),
        ("changes_requested", "withdrawn"),
        ("pooled", "withdrawn"),
        ("not_selected", "not_selected"),
        ("withdrawn", "withdrawn"),
        ("expired", "expired"),
    ] {
        let (ines, id) = candidate(&world).await;
        let ask = "sections=education&message=Which+year+did+In%C3%A9s+finish%3F";
        match how {
            "in_review" => reviewer.claim(id).await,
            "changes_requested" => {
                reviewer.claim(id).await;
                assert_eq!(reviewer.fill_in(&format!("/review/{id}/changes"), ask).await.status, 303);
            }
            "not_selected" => {
                reviewer.claim(id).await;
                let why = "why=no_matching_place&message=Sorry%2C+In%C3%A9s.";
                assert_eq!(reviewer.fill_in(&format!("/review/{id}/decline"), why).await.status, 303);
            }
            "pooled" | "expired" => reviewer.pool(id).await,
            "withdrawn" => {
                assert_eq!(ines.fill_in("/application/withdraw", "why=dates_changed").await.status, 303)
            }
            _ => {}
        }
        if how == "expired" {
            walk(&world, "application", id, &[("expire", "expired")]).await;
        }
        assert_eq!(state(&world, "application", id).await, how);
        if how == "not_selected" {
            for text in TYPED {
                assert!(
                    !places(&world, text, ines.id).await.is_empty(),
                    "{text} is kept nowhere: what is tested?"
                );
            }
        }
        assert_eq!(delete(&ines).await, "/account/deleted");
        assert_eq!(state(&world, "application", id).await, then, "{how}");
        everybody.push(ines);
    }
    for (steps, then) in [
        (&ACCEPTED[..0], "withdrawn"),
        (&ACCEPTED[..1], "withdrawn"),
        (&ACCEPTED[..2], "withdrawn"),
        (&STARTED[..3], "withdrawn"),
        (&STARTED[..4], "withdrawn"),
    ] {
        let (ines, id, placement) = placed(&world, steps).await;
        assert_eq!(delete(&ines).await, "/account/deleted");
        assert_eq!(state(&world, "application", id).await, then);
        assert_eq!(state(&world, "placement", placement).await, "cancelled", "{steps:?}");
        everybody.push(ines);
    }
    let (ines, id, placement) = placed(&world, &STARTED).await;
    walk(&world, "placement", placement, &[("complete", "completed")]).await;
    assert_eq!(delete(&ines).await, "/account/deleted");
    assert_eq!(
        (state(&world, "application", id).await, state(&world, "placement", placement).await),
        ("placed".to_owned(), "completed".to_owned()),
        "what was done stays done"
    );
    assert_eq!(reviewer.get(&format!("/review/{id}")).await.status, 410);
    assert_eq!(reviewer.get(&format!("/placements/{placement}")).await.status, 410);
    everybody.push(ines);

    let owed = world.letters().await;
    let count = |kind: &str| owed.iter().filter(|letter| *letter == kind).count();
    // reviewed or proposed: in review, changes, pool and five placements; each placement's supervisor
    assert_eq!((count("candidate_gone"), count("placement_cancelled"), count("account_erased")), (8, 5, 13));
    let letters = world.deliver().await;
    let mut left = Vec::new();
    for ines in &everybody {
        let address = format!("{}@example.org", ines.id);
        let last = letters.iter().filter(|(to, _)| *to == address).collect::<Vec<_>>();
        assert!(last.len() == 1 && last[0].1.starts_with("Hello,"), "{last:?}");
        assert_eq!(ines.get("/account").await.status, 303, "signed out");
        for text in TYPED {
            left.extend(places(&world, text, ines.id).await);
        }
    }
    left.sort();
    left.dedup();
    assert!(left.is_empty(), "{left:#?}");
    assert!(world.stored().is_empty(), "{:?}", world.stored());
    assert_eq!(world.count("select count(*) from file_key").await, 0, "copies of the folder are noise, too");
    assert_eq!(world.count("select count(*) from application").await, 13, "counts stay true");
    assert_eq!(world.count("select count(*) from person where erased_at is not null").await, 13);
    assert_eq!(reviewer.get("/review?state=not_selected").await.status, 200);
}

#[sqlx::test]
async fn it_needs_the_password_and_a_tick_and_is_done_once(db: PgPool) {
    let world = world_on(db, TODAY).await;
    let (ines, _) = candidate(&world).await;
    let page = ines.get("/account/delete").await;
    assert!(page.has("What goes, at once") && page.has("What stays, and why") && page.has("/account/data"));
    let bare = ines.post("/account/delete", &proof()).await;
    assert!(bare.status == 422 && bare.has("href=\"#sure\""), "{}", bare.body);
    let wrong = ines.post("/account/delete", "current_password=guess&sure=true").await;
    assert!(wrong.status == 422 && wrong.has("name=\"sure\" value=\"true\" checked"));
    assert_eq!(world.count("select count(*) from person where erased_at is not null").await, 0);

    let form = format!("{}&sure=true", proof());
    let (one, two) = tokio::join!(ines.post("/account/delete", &form), ines.post("/account/delete", &form));
    for reply in [one, two] {
        let to = reply.location.unwrap_or_default();
        assert!(to == "/account/deleted" || to.starts_with("/sign-in"), "{} {to}", reply.status);
    }
    assert_eq!(world.story().await.iter().filter(|event| event.starts_with("erase,")).count(), 1);
    assert!(world.stranger().get("/account/deleted").await.has("Your account is deleted"));
    let reviewer = world.with_password(world.reviewer("en").await).await;
    assert!(reviewer.get("/account/delete").await.has("The administrator closes it"));
    assert_eq!(reviewer.post("/account/delete", &form).await.status, 403);
}

#[sqlx::test]
async fn an_internship_under_way_makes_it_wait_and_no_longer(db: PgPool) {
    let world = world_on(db, TODAY).await;
    world.tampered();
    let (ines, _, placement) = placed(&world, &STARTED).await;
    assert!(ines.get("/account/delete").await.has("under way until 31\u{a0}July 2027"));
    for _ in 0..2 {
        assert_eq!(delete(&ines).await, "/account/delete");
    }
    assert!(ines.get("/account/delete").await.has("Keep my account after all"));
    assert_eq!(round(&world).await, 0, "it waits");
    assert_eq!(ines.get("/profile").await.status, 200);
    ines.post("/account/delete/call-off", "").await;
    assert_eq!(world.count("select count(*) from erasure").await, 0, "thought better of");
    delete(&ines).await;
    let asked = world.story().await.into_iter().filter(|event| event.starts_with("ask_erasure")).count();
    assert_eq!(asked, 2);

    walk(&world, "placement", placement, &[("complete", "completed")]).await;
    assert_eq!((round(&world).await, round(&world).await), (1, 0));
    assert_eq!(world.story().await.last().unwrap(), "erase, by system");
    assert_eq!(ines.get("/profile").await.status, 303);
    assert!(world.stored().is_empty() && world.count("select count(*) from file_to_remove").await == 0);
}

#[sqlx::test]
async fn an_internship_that_nobody_completes_holds_it_up_for_a_month(db: PgPool) {
    let world = world_on(db, TODAY).await;
    world.tampered();
    let (ines, _, placement) = placed(&world, &STARTED).await;
    delete(&ines).await;
    assert_eq!(round(&world.later("2027-08-30").await).await, 0);
    assert_eq!(round(&world.later("2027-08-31").await).await, 1);
    assert_eq!(state(&world, "placement", placement).await, "started", "what happened is not ours to tell");
}

#[sqlx::test]
async fn nothing_but_erasure_changes_what_is_written_once(db: PgPool) {
    let world = world_on(db, TODAY).await;
    let (ines, id) = candidate(&world).await;
    let refused = async |sql: &str| {
        let mut tx = world.db.begin().await.unwrap();
        let one = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned())).execute(&mut *tx).await;
        assert!(one.is_err(), "{sql}");
    };
    for change in [
        "update snapshot set profile = '{}', assessment = '{}'",
        "update audit_event set reason = null",
        "delete from snapshot_document",
    ] {
        refused(change).await;
    }
    for change in [
        "update snapshot set profile = '{\"a\": 1}', assessment = '{}'",
        "update snapshot set profile = '{}', assessment = '{}', acknowledged = not acknowledged",
        "update snapshot set profile = '{}'",
        "update audit_event set reason = 'another'",
        "update audit_event set action = 'another', reason = null",
        "update snapshot_document set number = 1",
        "delete from audit_event",
    ] {
        refused(&format!("set local stagiaire.erasing = 'on'; {change}")).await;
    }
    refused(&format!("select erase_writings('{}')", ines.id)).await;
    assert_eq!(state(&world, "application", id).await, "released");
}

/// Whether erasure takes what lies there, or leaves it on purpose.
const TABLES: &[(&str, &str)] = &[
    ("absence", "deleted"),
    ("application", "name and search key blanked"),
    ("audit_event", "reasons blanked"),
    ("audit_link", "kept: digests that say nothing once the salt of a reason is blanked"),
    ("audit_unsealed", "kept: numbers of events"),
    ("certificate", "name blanked: it goes on saying where and when"),
    ("chased", "kept: dates"),
    ("conflict_of_interest", "kept: declared by staff"),
    ("consent", "kept: no words of the person's own"),
    ("date_request", "words blanked"),
    ("deputy", "deleted"),
    ("document", "stripped, and its file removed"),
    ("drafted_decision", "deleted"),
    ("duplicate_proposal", "words blanked"),
    ("email_change", "deleted"),
    ("erasure", "deleted"),
    ("evaluation", "words blanked"),
    ("extension", "reasons blanked"),
    ("half_sign_in", "deleted"),
    ("interview", "where it was to be blanked"),
    ("interview_slot", "kept: times"),
    ("kept_form", "deleted"),
    ("legal_hold", "kept: it was over, and says why others had to wait"),
    ("letter_text", "kept: written by staff"),
    ("likeness", "deleted"),
    ("link_token", "deleted"),
    ("message", "deleted"),
    ("message_document", "deleted with the message, and its file removed"),
    ("offer", "kept: dates and amounts"),
    ("offer_reminder", "kept: dates"),
    ("onboarding_document", "stripped, and its file removed"),
    ("opening", "kept: written by staff"),
    ("opening_choice", "deleted with the profile"),
    ("opening_letter", "deleted"),
    ("opening_subscription", "deleted"),
    ("outbox", "deleted, but for the last letter"),
    ("person_role", "kept: counts"),
    ("placement", "kept: written by the office"),
    ("placement_period", "reason of an extension blanked"),
    ("pool_entry", "deleted with its place in the pool"),
    ("pool_key", "deleted with its place in the pool"),
    ("pool_notice", "kept: staff only"),
    ("office_policy", "kept: nobody's"),
    ("policy_proposal", "kept: staff only"),
    ("policy_trial", "kept: verdicts without words"),
    ("profile", "deleted"),
    ("profile_section", "deleted with the profile"),
    ("organisation_identity", "deleted"),
    ("organisation_session", "deleted"),
    ("passkey", "deleted"),
    ("passkey_challenge", "deleted"),
    ("recovery_code", "deleted"),
    ("retention_notice", "deleted"),
    ("review_presence", "kept: staff only, for minutes"),
    ("review_skip", "kept: staff only, for a day"),
    ("review_view", "kept: staff only"),
    ("review_note", "deleted"),
    ("review_note_mention", "deleted with the note"),
    ("rule_judgement", "reasons blanked"),
    ("score", "words blanked: marks stay for counts"),
    ("scoring_sheet", "kept: written by staff"),
    ("second_factor", "deleted"),
    ("session", "deleted"),
    ("snapshot", "profile and assessment blanked"),
    ("snapshot_document", "kept: points to stripped documents"),
    ("supervisor_office", "kept: staff only"),
    ("unsubscribe_token", "deleted"),
    ("waiver", "reasons blanked"),
    ("person", "stripped"),
];

#[sqlx::test]
async fn every_table_that_leads_to_a_person_is_erased_or_kept_on_purpose(db: PgPool) {
    let found: Vec<String> = sqlx::query_scalar(
        "with recursive leads as (
             select 'person'::regclass::oid as id
             union select c.conrelid from pg_constraint c join leads on c.confrelid = leads.id where c.contype = 'f')
         select relname::text from pg_class join leads on leads.id = pg_class.oid order by 1",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    let known: Vec<String> = TABLES.iter().map(|(table, _)| (*table).to_owned()).collect();
    let new: Vec<&String> = found.iter().filter(|table| !known.contains(table)).collect();
    assert!(new.is_empty(), "src/erasure.rs says nothing about {new:?}");
}
