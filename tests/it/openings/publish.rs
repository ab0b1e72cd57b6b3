use super::{DATA, data_but};
use crate::support::world_on;

#[sqlx::test]
async fn it_goes_from_draft_to_published_to_closed_and_no_other_way(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reviewer, ana) = (world.reviewer("en").await, world.stranger());
    let id = reviewer.draft(DATA).await;
    let [publish, close] = ["publish", "close"].map(|verb| format!("/review/openings/{id}/{verb}"));
    assert_eq!(
        reviewer.post(&close, "seen=1").await.location.as_deref(),
        Some("/review/openings?state=draft")
    );
    let (one, two) = tokio::join!(reviewer.post(&publish, "seen=1"), reviewer.post(&publish, "seen=1"));
    assert_eq!((one.status, two.status), (303, 303), "{}{}", one.body, two.body);
    assert!(ana.get("/openings").await.has("Data assistant"));
    assert_eq!(reviewer.fill_in(&close, "").await.location.as_deref(), Some("/review/openings?state=closed"));
    assert_eq!(reviewer.post(&close, "seen=2").await.status, 303, "twice is once");
    assert!(!ana.get("/openings").await.has("Data assistant"));
    assert_eq!(reviewer.post(&publish, "seen=3").await.status, 303, "but it stays closed");
    assert_eq!(
        reviewer.post(&format!("/review/openings/{id}/edit"), &format!("seen=3&{DATA}")).await.status,
        409
    );
    assert_eq!(world.count("select count(*) from opening where state = 'closed' and version = 3").await, 1);
    assert_eq!(
        world.story().await,
        ["write_opening, by hr_reviewer", "publish_opening, by hr_reviewer", "close_opening, by hr_reviewer"]
    );
}

#[sqlx::test]
async fn nothing_is_published_or_closed_that_was_not_seen(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("es").await;
    let id = reviewer.draft(DATA).await;
    let edit = format!("/review/openings/{id}/edit");
    for verb in ["publish", "close"] {
        let path = format!("/review/openings/{id}/{verb}");
        let seen = reviewer.get(&path).await.hidden("seen");
        reviewer.fill_in(&edit, &data_but(&format!("title_en=Before+{verb}"))).await;
        let late = reviewer.post(&path, &format!("seen={seen}")).await;
        assert_eq!(late.status, 409, "{verb}");
        assert!(late.has("Alguien cambió") && late.has("id=\"seen\""), "{verb}: {}", late.body);
        assert!(late.has(&format!("Before {verb}")), "the page shows what is new: {}", late.body);
        assert_eq!(reviewer.post(&path, &format!("seen={}", late.hidden("seen"))).await.status, 303);
    }
}
