use crate::support::world_on;

#[sqlx::test]
async fn how_many_cases_one_may_be_given_is_set_once_and_as_seen(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, me) = (world.sign_in("en", &["administrator"]).await, world.reviewer("en").await);
    let colleague = world.reviewer("en").await;
    let ids = [
        world.application(&world.candidate("en").await).await,
        world.application(&world.candidate("en").await).await,
    ];
    let here = "/administration/workload";
    assert!(ana.get("/administration").await.has(here));
    for wrong in ["", "0", "1001", "many", "1.5"] {
        let reply = ana.fill_in(here, &format!("most={wrong}")).await;
        assert!(reply.status == 422 && reply.has("href=\"#most\""), "{wrong}: {}", reply.body);
    }
    let form = "seen=40&most=1";
    for _ in 0..2 {
        assert_eq!(ana.post(here, form).await.location.as_deref(), Some("/administration"));
    }
    assert_eq!(ana.post(here, "seen=40&most=2").await.status, 409, "seen before it was 1");
    let changes = world.story().await.iter().filter(|it| it.starts_with("change_workload")).count();
    assert_eq!(changes, 1, "a double click is one change");

    let given = format!("do={}&pick={}:1&pick={}:1", colleague.id, ids[0], ids[1]);
    let reply = me.post("/review/bulk", &given).await;
    assert!(reply.has("One case was changed") && reply.has("as many open cases"), "{}", reply.body);
    let page = ana.get(here).await;
    assert!(page.has("Ana Beltrán") && page.has("<td class=\"num\">1</td>"), "{}", page.body);
    let file = ana.get("/administration/export/workload/csv").await;
    assert!(file.has("Reviewer,Open\r\nAna Beltrán,1\r\nAna Beltrán,0\r\n"), "{}", file.body);
    assert!(page.has("/administration/export/workload/xlsx"), "{}", page.body);
    assert!(ana.get("/record").await.has("Changed how many cases one may be given"));
}
