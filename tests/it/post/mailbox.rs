use super::{application, owe, round};
use crate::support::{production_on, world_on};
use sqlx::PgPool;
use stagiaire::domain::letter::Letter;
use stagiaire::post::Transport;

const TODAY: &str = "2026-11-24";

#[sqlx::test]
async fn whoever_tries_the_product_out_reads_its_letters(db: PgPool) {
    let world = world_on(db, TODAY).await;
    let stranger = world.stranger();
    let empty = stranger.get_with("/mailbox", &[("accept-language", "fr")]).await;
    assert!(empty.status == 200 && empty.has("Aucun courriel"), "{}", empty.body);

    let ines = world.candidate("es").await;
    let case = application(&world, &ines, "ST-2026-04817").await;
    let id = owe(&world, &ines, Letter::Released, Some(case)).await;
    assert!(!stranger.get("/mailbox").await.has(&id.to_string()), "owed is not sent");
    assert_eq!(round(&world, &Transport::Mailbox).await, 1);
    assert_eq!(round(&world, &Transport::Mailbox).await, 0);

    let list = stranger.get("/mailbox").await;
    let link = format!("<a href=\"/mailbox/{id}\">Hemos recibido su perfil</a>");
    assert!(list.has(&link) && list.has(&format!("{}@example.org", ines.id)), "{}", list.body);
    let letter = stranger.get(&format!("/mailbox/{id}")).await;
    assert_eq!(letter.status, 200);
    let address = "http://127.0.0.1:3000/application";
    assert!(letter.has(&format!("<a href=\"{address}\">{address}</a>")), "{}", letter.body);
    assert!(letter.has("Hola, Ana Beltrán:") && letter.has("ST-2026-04817"), "{}", letter.body);
    assert_eq!(stranger.get(&format!("/mailbox/{case}")).await.status, 404);
    assert_eq!(stranger.get("/mailbox/nonsense").await.status, 404);
}

#[sqlx::test]
async fn many_letters_are_turned_page_by_page(db: PgPool) {
    let world = world_on(db, TODAY).await;
    let ines = world.candidate("en").await;
    let mut newest_first = Vec::new();
    for _ in 0..23 {
        newest_first.insert(0, owe(&world, &ines, Letter::PasswordChanged, None).await.to_string());
    }
    assert_eq!(round(&world, &Transport::Mailbox).await, 23);
    let listed = |body: &str| -> Vec<String> {
        body.split("href=\"/mailbox/").skip(1).map(|rest| rest[..36].to_owned()).collect()
    };
    let first = world.stranger().get("/mailbox").await;
    let more = first.body.split("href=\"/mailbox?before=").nth(1).expect("no older letters")[..36].to_owned();
    let second = world.stranger().get(&format!("/mailbox?before={more}")).await;
    assert!(!second.has("href=\"/mailbox?before=") && second.has("<a href=\"/mailbox\">"), "{}", second.body);
    let all: Vec<String> = listed(&first.body).into_iter().chain(listed(&second.body)).collect();
    assert_eq!(all, newest_first);
    assert_eq!(listed(&first.body).len(), 20);

    let last = newest_first.last().unwrap();
    let beyond = world.stranger().get(&format!("/mailbox?before={last}")).await;
    assert!(beyond.status == 200 && beyond.has("There are no older letters"), "{}", beyond.body);
}

#[sqlx::test]
async fn in_production_there_is_no_such_page(db: PgPool) {
    let world = production_on(db, TODAY).await;
    let ines = world.candidate("en").await;
    let id = owe(&world, &ines, Letter::PasswordChanged, None).await;
    assert_eq!(round(&world, &Transport::Mailbox).await, 1);
    for path in ["/mailbox".to_owned(), format!("/mailbox/{id}")] {
        for reader in [&world.stranger(), &ines] {
            let reply = reader.get(&path).await;
            assert!(reply.status == 404 && !reply.has("password was changed"), "{}", reply.body);
        }
    }
    let administrator = world.sign_in("en", &["administrator"]).await;
    assert_eq!(administrator.get("/mailbox").await.status, 404);
}
