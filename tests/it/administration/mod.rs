mod offices;
mod people;
mod policies;
mod propose_policy;
mod reasons;
mod retention;
mod workload;

#[sqlx::test]
async fn a_name_with_a_nul_is_not_there(db: sqlx::PgPool) {
    let world = crate::support::world_on(db, "2026-11-25").await;
    let administrator = world.sign_in("en", &["administrator"]).await;
    for path in ["offices/%00", "offices/gen%00eva/rate", "retention/%00"] {
        assert_eq!(administrator.get(&format!("/administration/{path}")).await.status, 404, "{path}");
    }
    assert_eq!(administrator.post("/administration/reasons/%00/withdraw", "").await.status, 404);
}
