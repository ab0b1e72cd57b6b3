use super::{DATA, data_but};
use crate::support::world_on;
use atom_syndication::Feed;

#[sqlx::test]
async fn every_filter_has_a_feed_that_programs_can_read(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let id = reviewer
        .announce(&data_but("title_en=Data+%26+%3Cdoubt%3E&description_en=It%27s+%5D%5D%3E+%C2%BF"))
        .await;
    reviewer.announce(&data_but("office=dakar&area=health&title_en=Vaccines")).await;
    let reply = world.stranger().get("/openings.atom?area=data&q=doubt&after=x").await;
    assert_eq!(reply.headers["content-type"], "application/atom+xml; charset=utf-8");
    let feed: Feed = reply.body.parse().unwrap_or_else(|e| panic!("{e}: {}", reply.body));
    assert_eq!(feed.title().as_str(), "Openings – Data and research – doubt");
    assert_eq!(feed.id(), "http://127.0.0.1:3000/openings.atom?q=doubt&area=data");
    assert_eq!(feed.updated().to_rfc3339(), "2026-11-25T09:00:00+00:00");
    let [entry] = feed.entries() else { panic!("{} entries", feed.entries().len()) };
    assert_eq!(entry.id(), format!("http://127.0.0.1:3000/openings/{id}"));
    assert_eq!(entry.title().as_str(), "Data & <doubt>");
    assert_eq!(entry.content().unwrap().value(), Some("It's ]]> ¿"));
    assert_eq!(entry.links()[0].href(), entry.id());
    assert!(entry.summary().unwrap().as_str().starts_with("Geneva, Switzerland. Data and research."));

    let french = world.stranger().get_with("/openings.atom?country=CH", &[("accept-language", "fr")]).await;
    assert!(french.has("xml:lang=\"fr\">Assistance données</title>"), "{}", french.body);
    let empty: Feed = world.stranger().get("/openings.atom?area=iT%22%3C").await.body.parse().unwrap();
    assert!(empty.entries().is_empty());
}

#[sqlx::test]
async fn a_correction_is_an_update_of_the_same_entry(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.reviewer("en").await.announce(DATA).await;
    let later = world.later("2026-11-27").await;
    let edit = format!("/review/openings/{id}/edit");
    later.reviewer("en").await.fill_in(&edit, &data_but("title_en=Data+assistants")).await;
    let feed: Feed = later.stranger().get("/openings.atom").await.body.parse().unwrap();
    let entry = &feed.entries()[0];
    assert_eq!(entry.published().unwrap().to_rfc3339(), "2026-11-25T09:00:00+00:00");
    assert_eq!(entry.updated().to_rfc3339(), "2026-11-27T09:00:00+00:00");
    assert_eq!(feed.updated(), entry.updated());
}
