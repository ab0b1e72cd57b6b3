use crate::support::world_on;

const HALF_A_YEAR: &str = "start_day=1&start_month=2&start_year=2027&end_day=31&end_month=7&end_year=2027";

#[sqlx::test]
async fn two_days_are_saved_and_there_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/dates", &format!("seen=0&{HALF_A_YEAR}")).await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/experience")));
    let page = ines.get("/profile/dates").await;
    assert!(page.has("name=\"end_day\" inputmode=\"numeric\" maxlength=\"2\" value=\"31\""));
    assert!(!page.has("Your stay is longer"), "six months need no extension");
    assert_eq!(world.story().await, ["save, by candidate"]);

    ines.change("dates", &HALF_A_YEAR.replace("end_month=7", "end_month=8")).await;
    let longer = ines.get("/profile/dates").await;
    assert!(longer.has("Your stay is longer than 6 months. The first agreement would end on 31"));
}

#[sqlx::test]
async fn dates_that_cannot_be_are_kept_and_explained(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let nothing = ines.post("/profile/dates", "seen=0").await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.has("<a href=\"#start\">Indiquez le premier jour que vous proposez</a>"));
    assert!(nothing.has("<a href=\"#end\">Indiquez le dernier jour que vous proposez</a>"));

    let mut seen = nothing.hidden("seen");
    for (from, to, field, why) in [
        ("end_month=7", "end_month=2&x=", "end", "Dernier jour\u{a0}: indiquez une date réelle"),
        ("end_day=31&end_month=7", "end_day=30&end_month=3", "end", "Votre stage doit durer 2 mois au moins"),
        ("end_year=2027", "end_year=2028", "end", "Votre stage doit durer 9 mois au plus"),
        ("end_year=2027", "end_year=2026", "end", "Le dernier jour doit suivre le premier"),
        ("start_year=2027", "start_year=2026", "start", "Le premier jour ne peut pas être déjà passé"),
        ("start_month=2", "start_month=", "start", "Premier jour\u{a0}: indiquez aussi le mois"),
    ] {
        let page =
            ines.post("/profile/dates", &format!("seen={seen}&{}", HALF_A_YEAR.replace(from, to))).await;
        assert_eq!(page.status, 422, "{why}");
        assert!(page.has("<title>Erreur") && page.has(&format!("<a href=\"#{field}\">{why}")), "{why}");
        assert!(page.has(&format!("id=\"{field}\"")) && page.has("value=\"1\""), "{why}: all is kept");
        seen = page.hidden("seen");
    }
    assert!(ines.get("/profile/dates").await.has("value=\"2027\""), "kept although wrong");
}

#[sqlx::test]
async fn dates_can_wait(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/dates", "seen=0&start_month=5&later=true").await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile")));
    assert!(ines.get("/profile/dates").await.has("value=\"5\""));
}

#[sqlx::test]
async fn two_tabs_do_not_overwrite_each_others_dates(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let other = HALF_A_YEAR.replace("end_day=31&end_month=7", "end_day=30&end_month=6");
    let (one, two) = (format!("seen=0&{HALF_A_YEAR}"), format!("seen=0&{other}"));
    let (twice, again) = tokio::join!(ines.post("/profile/dates", &one), ines.post("/profile/dates", &one));
    assert_eq!((twice.status, again.status), (303, 303), "the very same answers are no quarrel");

    let late = ines.post("/profile/dates", &two).await;

    assert_eq!(late.status, 409);
    assert!(late.has("value=\"30\"") && late.has("saved elsewhere meanwhile"));
    let now = ines.post("/profile/dates", &format!("seen={}&{other}", late.hidden("seen"))).await;
    assert_eq!(now.status, 303);
}
