use super::DATA;
use crate::post::mail_server::{MailServer, Taken};
use crate::post::round;
use crate::support::{Reader, World, world_on};

async fn told(world: &World) -> (Reader<'_>, Taken) {
    let reviewer = world.reviewer("en").await;
    let ana = world.candidate("fr").await;
    ana.post("/profile/wishes", "seen=0&areas=data&anywhere=true").await;
    ana.post("/profile/languages", "seen=0&language=fr&mother=yes&listening=&reading=&speaking=&writing=")
        .await;
    ana.want_letters().await;
    let id = reviewer.announce(DATA).await;
    let server = MailServer::open().await;
    assert_eq!(round(world, &server.transport()).await, 1);
    let letter = server.taken().remove(0);
    for part in [letter.part("text/plain"), letter.part("text/html")] {
        assert!(part.contains("Assistance données") && part.contains(&format!("/openings/{id}")), "{part}");
        assert!(part.contains("Référence OP-2026-0001."), "{part}");
    }
    (ana, letter)
}

/// Where one click goes, within the site.
fn address(letter: &Taken) -> String {
    let header = letter.header("List-Unsubscribe");
    let url =
        header.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or_else(|| panic!("{header}"));
    url.strip_prefix("http://127.0.0.1:3000").unwrap_or_else(|| panic!("{url}")).to_owned()
}

#[sqlx::test]
async fn one_click_ends_the_letters_without_a_visit(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, letter) = told(&world).await;
    assert_eq!(letter.header("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    let address = address(&letter);
    assert!(letter.part("text/plain").contains(&address), "and by hand");
    // as a mail provider sends it: no cookie, no origin; months later
    let later = world.later("2027-11-25").await;
    for _ in 0..2 {
        let reply = later.stranger().post(&address, "List-Unsubscribe=One-Click").await;
        assert_eq!((reply.status, &reply.location), (200, &None), "never a redirect: {}", reply.body);
        assert!(reply.has("You get no more letters about openings"));
    }
    assert_eq!(world.story().await.last().unwrap(), "end_letters, by anyone");
    assert_eq!(world.count("select count(*) from opening_subscription").await, 0);
    assert!(!ana.get("/openings/letters").await.has("checked"));
    let kept: bool = sqlx::query_scalar(
        "select exists (select from unsubscribe_token t where t::text like '%' || $1 || '%')",
    )
    .bind(address.rsplit('/').next())
    .fetch_one(&world.db)
    .await
    .unwrap();
    assert!(!kept, "only the hash is kept");
}

#[sqlx::test]
async fn by_hand_it_takes_a_button(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (_, letter) = told(&world).await;
    let address = address(&letter);
    let page = world.stranger().get(&address).await;
    assert!(page.status == 200 && page.has("<form method=\"post\"><button"), "{}", page.body);
    assert_eq!(world.count("select count(*) from opening_subscription").await, 1, "a look is no click");
    assert_eq!(
        world.stranger().post_from("cross-site", &address, "").await.status,
        403,
        "not from a foreign page"
    );
    assert_eq!(world.stranger().post_from("same-origin", &address, "").await.status, 200);
    assert_eq!(world.count("select count(*) from opening_subscription").await, 0);
    assert_eq!(world.stranger().get(&format!("{address}x")).await.status, 404);
}

#[sqlx::test]
async fn a_letter_not_yet_sent_is_not_sent_any_more(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (ana, _) = told(&world).await;
    world.reviewer("en").await.announce(DATA).await;
    assert_eq!(world.letters().await.len(), 2);
    ana.post("/openings/letters", "").await;
    assert_eq!(round(&world, &MailServer::open().await.transport()).await, 0);
    assert_eq!(world.letters().await.len(), 1);
}
