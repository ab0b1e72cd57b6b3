use super::{DATA, data_but, many};
use crate::support::world_on;

#[sqlx::test]
async fn openings_are_found_by_area_country_language_and_words(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reviewer, ana) = (world.reviewer("en").await, world.stranger());
    reviewer.announce(DATA).await;
    let health = "office=dakar&area=health&language=&title_en=Vaccines&description_en=Cold+chains.&title_fr=&description_fr=";
    reviewer.announce(&data_but(health)).await;
    for (query, data, vaccines) in [
        ("", true, true),
        ("?area=data", true, false),
        ("?country=SN", false, true),
        ("?language=fr", true, false),
        ("?q=DONNEES", true, false),
        ("?q=senegal+cold", false, true),
        ("?q=cold+geneva", false, false),
        ("?q=g%C3%A9n%C3%A8ve", true, false),
        ("?q=%25", false, false),
        ("?area=data&country=SN", false, false),
        ("?area=none-of-ours", false, false),
    ] {
        let page = ana.get(&format!("/openings{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert_eq!((page.has(">Data assistant</a>"), page.has(">Vaccines</a>")), (data, vaccines), "{query}");
        assert!(data || vaccines || page.has("The pool is always open"), "{query}");
    }
    let page = ana.get("/openings?area=data&q=numbers").await;
    assert!(
        page.has("<option value=\"data\" selected>")
            && page.has("name=\"q\" type=\"search\" value=\"numbers\"")
    );
    let feed = "href=\"/openings.atom?q=numbers&#38;area=data\"";
    assert!(page.has(feed), "the feed has the same filter: {}", page.body);
    assert!(page.has("<option value=\"SN\">Senegal") && !page.has("<option value=\"CH\" selected"));
}

#[sqlx::test]
async fn pages_end_where_the_next_one_begins(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let (reviewer, ana) = (world.reviewer("en").await, world.stranger());
    many(&world, &reviewer, 45).await;
    let (mut address, mut seen, mut pages) = ("/openings?area=data".to_owned(), Vec::new(), 0);
    loop {
        let page = ana.get(&address).await;
        pages += 1;
        seen.extend(
            page.body.split(">Number ").skip(1).map(|rest| rest.split('.').next().unwrap().to_owned()),
        );
        let Some(next) = page.body.split("rel=\"next\" href=\"").nth(1) else { break };
        address = next.split('"').next().unwrap().replace("&#38;", "&");
        assert!(address.contains("area=data"), "the filter stays: {address}");
    }
    assert_eq!((pages, seen.len()), (3, 45));
    let mut once = seen.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), 45, "each once, although many were published at the same moment");
    assert_eq!(seen[0].len(), 2, "the newest first: {seen:?}");
    let gone = ana.get("/openings?after=00000000-0000-0000-0000-000000000000&area=data").await;
    assert_eq!(gone.location.as_deref(), Some("/openings?area=data"));
    let lists = reviewer.get("/review/openings").await;
    assert!(lists.has("rel=\"next\"") && lists.body.matches("<th scope=\"row\">").count() == 25);
}

#[sqlx::test]
async fn nothing_announced_says_that_the_pool_is_open(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let page = world.stranger().get_with("/openings", &[("accept-language", "fr")]).await;
    assert!(page.has("Aucune annonce en ce moment") && page.has("Le vivier est toujours ouvert"));
    assert!(page.has("href=\"/register\""));
    assert!(world.stranger().get("/").await.has("href=\"/openings\""));
}
