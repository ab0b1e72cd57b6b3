use crate::support::world_on;

const WRITING: &str =
    "terms_of_reference=Data+unit&tasks=Clean+the+survey%0ADraw+the+maps&learning_goals=Work+alone+in+R";

#[sqlx::test]
async fn the_supervisor_approves_in_writing_and_everybody_knows(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let candidate = world.candidate("es").await;
    let id = world.application(&candidate).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("fr", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;
    let list = supervisor.get("/supervision").await;
    assert!(list.has("Une affectation attend votre approbation") && list.has("/supervision/export/xlsx"));
    let file = supervisor.get("/supervision/export/csv").await;
    assert!(
        file.has(",Genève,2027-02-01,2027-07-31,6,13380.00,CHF,2026-11-25 10:00,2026-12-05,\r\n"),
        "{}",
        file.body
    );
    let path = format!("/supervision/{placement}/approve");
    let seen = supervisor.get(&path).await.hidden("seen");
    let form = format!("seen={seen}&{WRITING}&no_conflict=true");

    let (one, two) = tokio::join!(supervisor.post(&path, &form), supervisor.post(&path, &form));

    assert_eq!((one.status, two.status), (303, 303));
    assert_eq!(world.letters().await, ["pooled", "placement_proposed", "placement_approved"]);
    assert!(supervisor.get("/supervision").await.has("Rien ne vous attend"));
    assert_eq!(supervisor.get("/supervision/export/csv").await.body.lines().count(), 1, "heads only");
    assert!(supervisor.get("/supervision/decided").await.has("Approuvée"));
    let file = supervisor.get("/supervision/decided/export/csv").await;
    assert!(file.has(",Genève,2027-02-01,2027-07-31,Approuvée,2026-11-25 10:00\r\n"), "{}", file.body);
    assert!(reviewer.get(&format!("/placements/{placement}")).await.has("Draw the maps"));
    assert_eq!(candidate.get("/application").await.status, 200);
}

#[sqlx::test]
async fn nothing_is_approved_without_writing_and_a_declaration(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;

    let page = supervisor.fill_in(&format!("/supervision/{placement}/approve"), "tasks=Draw+the+maps").await;

    assert_eq!(page.status, 422);
    for words in [
        "Write the terms of reference",
        "Write the learning goals",
        "no conflict of interest",
        "Draw the maps",
    ] {
        assert!(page.has(words), "{words}");
    }
    assert!(!page.has("Write the tasks"));
}

#[sqlx::test]
async fn another_supervisors_placement_is_not_there(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;
    let other = world.supervisor("en", "geneva").await;

    for list in ["/supervision/export/csv", "/supervision/decided/export/csv"] {
        assert!(!other.get(list).await.has("Quispe"), "{list}");
    }
    for path in ["", "/approve", "/decline"] {
        assert_eq!(other.get(&format!("/supervision/{placement}{path}")).await.status, 404);
    }
    let form = format!("seen=1&{WRITING}&no_conflict=true");
    assert_eq!(other.post(&format!("/supervision/{placement}/approve"), &form).await.status, 404);
}

#[sqlx::test]
async fn another_text_from_an_old_tab_is_not_lost(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.application(&world.candidate("es").await).await;
    let (reviewer, supervisor) = (world.reviewer("en").await, world.supervisor("en", "geneva").await);
    reviewer.pool(id).await;
    let placement = reviewer.propose(id, &supervisor).await;
    let path = format!("/supervision/{placement}/approve");
    let form = format!("seen=1&{WRITING}&no_conflict=true");
    assert_eq!(supervisor.post(&path, &form).await.status, 303);

    let page = supervisor.post(&path, &form.replace("Data+unit", "Legal+unit")).await;

    assert_eq!(page.status, 409);
    assert!(page.has("Legal unit"));
}
