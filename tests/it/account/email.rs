use super::proof;
use crate::support::world_on;

/// The one link of a letter.
fn link(letter: &str) -> &str {
    let (_, rest) = letter.split_once("http://127.0.0.1:3000").expect("a link");
    rest.split_whitespace().next().unwrap()
}

#[sqlx::test]
async fn the_new_mailbox_confirms_and_the_old_one_undoes(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let (other, stranger) = (world.candidate("en").await, world.stranger());
    let old = format!("{}@example.org", ines.id);
    let address = || async {
        let email = sqlx::query_scalar::<_, String>("select email from person where id = $1").bind(ines.id);
        email.fetch_one(&world.db).await.unwrap()
    };

    let wrong = ines.post("/account/email", "email=new%40example.org&current_password=guess").await;
    assert!(wrong.status == 422 && wrong.has("value=\"new@example.org\""), "{}", wrong.body);
    let shape = ines.post("/account/email", &format!("email=nowhere&{}", proof())).await;
    assert!(shape.status == 422 && shape.has("href=\"#email\""));
    for _ in 0..2 {
        let reply = ines.post("/account/email", &format!("email=new%40example.org&{}", proof())).await;
        assert_eq!(reply.location.as_deref(), Some("/account?after=email"), "{}", reply.body);
    }
    assert_eq!(world.letters().await, ["new_email", "email_changing"], "twice is once");
    assert_eq!(address().await, old, "nothing changes before it is confirmed");
    assert!(ines.get("/account").await.has("Waiting for you to confirm new@example.org"));

    let letters = world.deliver().await;
    let of = |to: &str| &letters.iter().find(|(recipient, _)| recipient == to).unwrap().1;
    let (confirm, undo) = (link(of("new@example.org")), link(of(&old)));
    assert!(
        stranger.get(confirm).await.location.unwrap().starts_with("/sign-in?next=/account/email/confirm/")
    );
    assert_eq!(other.post(confirm, "").await.status, 410, "a mailbox alone does not take an account over");
    assert!(ines.get(confirm).await.has("new@example.org"));
    assert_eq!(ines.post(confirm, "").await.location.as_deref(), Some("/account?after=email-confirmed"));
    assert_eq!(address().await, "new@example.org");
    assert_eq!(ines.get(confirm).await.status, 410, "once");
    assert_eq!(
        world.count("select count(*) from outbox where address is not null").await,
        0,
        "forgotten when sent"
    );

    assert!(stranger.get(undo).await.has(&old));
    assert_eq!(stranger.post(undo, "").await.status, 200);
    assert_eq!(stranger.post(undo, "").await.status, 410);
    assert_eq!(address().await, old);
    assert_eq!(ines.get("/account").await.status, 303, "signed out everywhere");
    assert_eq!(world.count("select count(*) from person where password_hash is not null").await, 0);
    assert!(world.letters().await.contains(&"reset_password".to_owned()));
    assert_eq!(
        world.story().await,
        ["ask_email_change, by candidate", "change_email, by candidate", "undo_email_change, by anyone"]
    );
}

#[sqlx::test]
async fn undone_before_it_was_confirmed_it_can_be_confirmed_no_more(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.with_password(world.candidate("en").await).await;
    ines.post("/account/email", &format!("email=thief%40example.org&{}", proof())).await;
    let letters = world.deliver().await;
    let to_thief = |(recipient, _): &&(String, String)| recipient == "thief@example.org";
    let confirm = link(&letters.iter().find(to_thief).unwrap().1);
    let undo = link(&letters.iter().find(|letter| !to_thief(letter)).unwrap().1);
    assert_eq!(world.stranger().post(undo, "").await.status, 200);
    sqlx::query("insert into session values (sha256('x'), $1, $2, $2, 86400, '2999-01-01')")
        .bind(ines.id)
        .bind(world.now)
        .execute(&world.db)
        .await
        .unwrap();
    let again = world.sign_in("en", &["candidate"]).await;
    sqlx::query("update session set person_id = $1 where person_id = $2")
        .bind(ines.id)
        .bind(again.id)
        .execute(&world.db)
        .await
        .unwrap();
    assert_eq!(again.post(confirm, "").await.status, 410);
}

#[sqlx::test]
async fn a_taken_address_reveals_nothing_but_to_its_owner(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let ines = world.with_password(world.candidate("en").await).await;
    let owner = world.candidate("fr").await;
    let taken = format!("{}%40EXAMPLE.org", owner.id);
    let reply = ines.post("/account/email", &format!("email={taken}&{}", proof())).await;
    let free = ines.post("/account/email", &format!("email=free%40example.org&{}", proof())).await;
    assert_eq!((reply.status, &reply.location), (free.status, &free.location));
    let letters = world.deliver().await;
    let to_owner = letters.iter().filter(|(to, _)| to.starts_with(&owner.id.to_string())).collect::<Vec<_>>();
    assert!(to_owner.len() == 1 && to_owner[0].1.contains("rien n’a donc changé"), "{letters:?}");
    assert_eq!(
        world.count("select count(*) from link_token where purpose = 'new_email'").await,
        1,
        "the free one"
    );
}
