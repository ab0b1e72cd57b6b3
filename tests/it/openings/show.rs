use super::{DATA, data_but};
use crate::support::{Reply, world_on};

/// The block for machines, as a machine reads it.
fn posting(page: &Reply) -> Option<serde_json::Value> {
    let rest = page.body.split("<script type=\"application/ld+json\">").nth(1)?;
    Some(serde_json::from_str(rest.split("</script>").next().unwrap()).unwrap())
}

#[sqlx::test]
async fn it_is_shown_in_the_readers_language_or_says_in_which(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let id = world.reviewer("en").await.announce(DATA).await;
    let address = format!("/openings/{id}");
    let fr = world.stranger().get_with(&address, &[("accept-language", "fr")]).await;
    assert!(
        fr.has("<h1 lang=\"fr\">Assistance données</h1>") && fr.has("Genève, Suisse") && fr.has("français")
    );
    assert!(!fr.has("rédigée dans une autre langue"));
    let es = world.stranger().get_with(&address, &[("accept-language", "es")]).await;
    assert!(es.has("<h1 lang=\"en\">Data assistant</h1>") && es.has("otro idioma: English"), "{}", es.body);
    assert!(es.has("lang=\"en\"><p>You count.</p><p>You learn to doubt numbers.</p>"), "{}", es.body);
    assert!(es.has("1 de febrero de 2027") && es.has("href=\"/check\"") && es.has("href=\"/register\""));
}

#[sqlx::test]
async fn machines_read_a_job_posting_until_it_is_closed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-25").await;
    let reviewer = world.reviewer("en").await;
    let evil = "title_en=%3C%2Fscript%3E%3Cscript%3Ealert(1)&description_en=%3C!--+%3Cb%3E+%26";
    let id = reviewer.announce(&data_but(evil)).await;
    let page = world.stranger().get(&format!("/openings/{id}")).await;
    let posting_now = posting(&page).unwrap();
    for (path, value) in [
        ("/@context", "https://schema.org/"),
        ("/@type", "JobPosting"),
        ("/title", "</script><script>alert(1)"),
        ("/description", "<p>&lt;!-- &lt;b&gt; &amp;</p>"),
        ("/datePosted", "2026-11-25"),
        ("/employmentType", "INTERN"),
        ("/jobLocation/address/addressLocality", "Geneva"),
        ("/jobLocation/address/addressCountry", "CH"),
        ("/jobStartDate", "2027-02-01"),
        ("/identifier/value", "OP-2026-0001"),
        ("/url", &format!("http://127.0.0.1:3000/openings/{id}")),
    ] {
        assert_eq!(posting_now.pointer(path).and_then(|v| v.as_str()), Some(value), "{path}: {posting_now}");
    }
    assert_eq!(posting_now["totalJobOpenings"], 2);
    // half an hour past midnight in Geneva
    let published = "update opening set published_at = '2026-11-24 23:30:00+00'";
    sqlx::query(published).execute(&world.db).await.unwrap();
    let page_then = world.stranger().get(&format!("/openings/{id}")).await;
    assert!(page_then.has("25\u{a0}November 2026"), "{}", page_then.body);
    assert_eq!(posting(&page_then).unwrap()["datePosted"], "2026-11-25", "as the page says");
    assert_eq!(page.body.matches("<script").count(), 2, "a title is never markup: {}", page.body);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self';"), "data is not executed, and nothing else may be: {policy}");

    reviewer.fill_in(&format!("/review/openings/{id}/close"), "").await;
    let page = world.stranger().get(&format!("/openings/{id}")).await;
    assert_eq!(page.status, 200);
    assert!(posting(&page).is_none() && page.has("This opening is closed") && !page.has("How to apply"));
}
