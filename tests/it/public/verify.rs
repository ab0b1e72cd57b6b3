use crate::support::{world_behind_a_proxy, world_on};

#[sqlx::test]
async fn a_code_that_is_none_is_explained_and_one_nobody_has_is_not_found(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let stranger = world.stranger();

    assert!(stranger.get("/").await.has("href=\"/verify\""));
    assert_eq!(stranger.get("/verify").await.status, 200);
    let short = stranger.get("/verify?code=7K3D-9QXW").await;
    assert_eq!(short.status, 422);
    assert!(short.has("sixteen letters and digits") && short.has("value=\"7K3D-9QXW\""));
    let typed = stranger.get("/verify?code=ok3d+9qxw-2m5t+hb8n").await;
    assert_eq!(typed.location.as_deref(), Some("/verify/0K3D9QXW2M5THB8N"));
    for path in ["/verify/0K3D9QXW2M5THB8N", "/verify/0k3d-9qxw-2m5t-hb8n", "/verify/%3Cb%3E"] {
        let page = stranger.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert!(page.has("There is no certificate with this code") && !page.has("<b>."));
    }
    assert!(stranger.get("/verify/0k3d9qxw2m5thb8n").await.has("0K3D-9QXW-2M5T-HB8N"));
}

#[sqlx::test]
async fn nobody_tries_codes_for_long(db: sqlx::PgPool) {
    let world = world_behind_a_proxy(db, "2026-11-25").await;
    let stranger = world.stranger();
    let from = |address| [("x-forwarded-for", address)];
    for n in 0..30 {
        let page = stranger.get_with("/verify/0K3D9QXW2M5THB8N", &from("203.0.113.9")).await;
        assert_eq!(page.status, 404, "try {n}");
    }
    assert_eq!(stranger.get_with("/verify/0K3D9QXW2M5THB8N", &from("203.0.113.9")).await.status, 429);
    assert_eq!(stranger.get_with("/verify/0K3D9QXW2M5THB8N", &from("203.0.113.8")).await.status, 404);
}
