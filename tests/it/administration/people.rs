use crate::support::{Reader, World, world_on};
use sqlx::PgPool;
use uuid::Uuid;

async fn administrator(world: &World) -> Reader<'_> {
    world.sign_in("en", &["administrator"]).await
}

fn at(id: Uuid, verb: &str) -> String {
    format!("/administration/people/{id}{verb}")
}

#[sqlx::test]
async fn a_colleague_is_invited_once_and_found(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ana = administrator(&world).await;
    assert_eq!(ana.get("/").await.location.unwrap(), "/administration/home");
    let id = ana.get("/administration/people/invite").await.hidden("id");

    let wrong = format!("id={id}&email=joy&family_names=&role=supervisor&letters=fr");
    let wrong = ana.post("/administration/people/invite", &wrong).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.has("Choose where the supervisor works") && wrong.has("value=\"joy\""), "{}", wrong.body);
    let alone =
        format!("id={id}&email=joy%40example.org&family_names=Otieno&role=hr_reviewer&office=nairobi");
    let alone = ana.post("/administration/people/invite", &alone).await;
    assert!(alone.status == 422 && alone.has("Only supervisors have offices"), "{}", alone.body);

    let form = format!(
        "id={id}&email=joy%40example.org&given_names=Joy&family_names=Otieno&letters=fr&role=supervisor&office=nairobi"
    );
    for _ in 0..2 {
        let reply = ana.post("/administration/people/invite", &form).await;
        assert_eq!(reply.location.unwrap(), at(id.parse().unwrap(), ""));
    }
    assert_eq!(world.letters().await, ["invitation"]);
    assert_eq!(world.story().await, ["invite, by administrator"]);
    for found in ["?q=OTI%C3%89NO", "?q=joy%40", "?role=supervisor", "?standing=invited"] {
        let page = ana.get(&format!("/administration/people{found}")).await;
        assert!(page.has("Joy Otieno") && page.has("Nairobi"), "{found}: {}", page.body);
    }
    assert!(!ana.get("/administration/people?standing=disabled").await.has("Joy Otieno"));
    let file = ana.get("/administration/export/people/csv?q=joy%40").await;
    assert!(file.has("Joy Otieno,joy@example.org,Supervisor,Nairobi,"), "{}", file.body);
    assert_eq!(file.body.lines().count(), 2, "and nobody else: {}", file.body);
    // the other address with the same form is somebody else
    let other = form.replace("joy%40", "jo%40");
    assert_eq!(ana.post("/administration/people/invite", &other).await.status, 303);
    assert_eq!(world.count("select count(*) from person where family_names = 'Otieno'").await, 2);
}

#[sqlx::test]
async fn roles_change_for_others_and_only_as_seen(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, joy) = (administrator(&world).await, world.supervisor("en", "nairobi").await);
    let seen = ana.get(&at(joy.id, "")).await.hidden("seen");
    let form = format!("seen={}&role=hr_reviewer", seen.replace('+', "%2B"));
    assert_eq!(ana.post(&at(joy.id, ""), &form).await.status, 303);
    assert_eq!(ana.post(&at(joy.id, ""), &form).await.status, 303, "a double click");
    assert_eq!(world.story().await, ["change_roles, by administrator"]);
    assert_eq!(joy.get("/review").await.status, 303, "signed out everywhere");
    assert_eq!(world.count("select count(*) from supervisor_office").await, 0);

    let late = ana.post(&at(joy.id, ""), &form.replace("hr_reviewer", "medical_officer")).await;
    assert_eq!(late.status, 409);
    assert!(late.has("Somebody changed these roles"), "{}", late.body);
    let own = ana.post(&at(ana.id, ""), "seen=administrator@&role=hr_director").await;
    assert_eq!(own.status, 422);
    assert_eq!(ana.post(&at(ana.id, "/disable"), "").await.status, 403);
    assert_eq!(ana.get("/administration").await.status, 200, "still the administrator");
}

#[sqlx::test]
async fn an_account_is_closed_and_opened(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, joy) = (administrator(&world).await, world.reviewer("en").await);
    let page = ana.get(&at(joy.id, "")).await;
    assert!(page.has("Browsers signed in: 1") && page.has(&at(joy.id, "/end-sessions")), "{}", page.body);
    for (verb, recorded) in
        [("/end-sessions", "end_sessions"), ("/disable", "disable"), ("/enable", "enable")]
    {
        for _ in 0..2 {
            assert_eq!(ana.post(&at(joy.id, verb), "").await.status, 303, "{verb}");
        }
        let said = world.story().await;
        assert_eq!(said.last().unwrap(), &format!("{recorded}, by administrator"));
    }
    assert_eq!(world.story().await.len(), 3, "each of them once");
    for _ in 0..2 {
        assert_eq!(ana.post(&at(joy.id, "/invite-again"), "").await.status, 303);
    }
    assert_eq!(world.letters().await, ["invitation"], "nobody has chosen a password in this test");
}

#[sqlx::test]
async fn two_who_remove_each_other_leave_one(db: PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, joy) = (administrator(&world).await, administrator(&world).await);
    let (ana_at, joy_at) = (at(ana.id, "/disable"), at(joy.id, "/disable"));
    let (one, two) = tokio::join!(ana.post(&joy_at, ""), joy.post(&ana_at, ""));
    assert!(one.status != 500 && two.status != 500, "{} {}", one.status, two.status);
    let left = "select count(*) from person where disabled_at is null";
    assert_eq!(world.count(left).await, 1);

    // whoever asks, by whatever way
    for sql in [
        "update person set disabled_at = now()",
        "delete from person_role where role = 'administrator'",
        "update person_role set role = 'candidate'",
    ] {
        let refused = sqlx::query(sql).execute(&world.db).await.unwrap_err();
        let constraint = refused.as_database_error().and_then(|e| e.constraint().map(str::to_owned));
        assert_eq!(constraint.as_deref(), Some("last_administrator"), "{sql}");
    }
    assert_eq!(world.count(left).await, 1);
}
