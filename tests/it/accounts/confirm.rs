use crate::support::{World, world_on};
use chrono::TimeDelta;
use stagiaire::web::session;
use uuid::Uuid;

/// A link as the postman makes it: the token goes into the letter, its hash into the database.
pub async fn link(world: &World, person: Uuid, purpose: &str, lasts: TimeDelta) -> String {
    let (token, hash) = session::new_token();
    sqlx::query("insert into link_token values ($1, $2, $3, $4, $5, null)")
        .bind(hash)
        .bind(person)
        .bind(purpose)
        .bind(world.now)
        .bind(world.now + lasts)
        .execute(&world.db)
        .await
        .unwrap();
    token
}

async fn registered(world: &World) -> Uuid {
    let form =
        "family_names=Carvajal&email=ines%40example.org&lang=en&privacy=true&password=correct+horse+battery";
    assert_eq!(world.stranger().post("/register", form).await.status, 303);
    sqlx::query_scalar("select id from person").fetch_one(&world.db).await.unwrap()
}

#[sqlx::test]
async fn the_link_and_the_password_open_the_account_once(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let token = link(&world, registered(&world).await, "confirm_email", TimeDelta::hours(48)).await;
    let address = format!("/confirm/{token}");
    let reader = world.stranger();

    let asked = reader.get(&address).await;
    let wrong = reader.post(&address, "password=something+else+entirely").await;
    let right = reader.post(&address, "password=correct+horse+battery").await;
    let again = reader.post(&address, "password=correct+horse+battery").await;

    assert_eq!((asked.status, wrong.status, right.status, again.status), (200, 422, 303, 410));
    assert_eq!(right.location.as_deref(), Some("/profile"));
    assert_eq!(reader.with_cookies(&right).get("/application").await.status, 200);
    assert_eq!(
        world.story().await,
        ["register, by anyone", "confirm_email, by anyone", "sign_in, by anyone"]
    );
}

#[sqlx::test]
async fn opening_the_link_alone_confirms_nothing(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let token = link(&world, registered(&world).await, "confirm_email", TimeDelta::hours(48)).await;

    world.stranger().get(&format!("/confirm/{token}")).await; // mail scanners follow links too

    assert_eq!(world.count("select count(*) from person where email_confirmed_at is not null").await, 0);
}

#[sqlx::test]
async fn old_links_and_links_for_something_else_are_dead(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let person = registered(&world).await;
    let old = link(&world, person, "confirm_email", TimeDelta::zero()).await;
    let other = link(&world, person, "reset_password", TimeDelta::hours(1)).await;
    for token in [old.as_str(), other.as_str(), "nonsense"] {
        assert_eq!(world.stranger().get(&format!("/confirm/{token}")).await.status, 410, "{token}");
    }
}

#[sqlx::test]
async fn many_at_once_do_not_wait_for_each_other_for_ever(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let token = link(&world, registered(&world).await, "confirm_email", TimeDelta::hours(48)).await;
    let (address, reader) = (format!("/confirm/{token}"), world.stranger());
    let send = || reader.post(&address, "password=something+else+entirely");

    let all = async { tokio::join!(send(), send(), send(), send(), send(), send(), send(), send()) };
    let replies = tokio::time::timeout(std::time::Duration::from_secs(20), all).await.expect("in time");

    assert_eq!((replies.0.status, replies.7.status), (422, 422));
}
