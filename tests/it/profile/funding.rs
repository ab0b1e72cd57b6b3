use crate::support::world_on;

const SPONSORED: &str = "scholarship=no&scholarship_from=&compulsory=yes&sponsor=yes&sponsor_name=Fundaci%C3%B3n+Horizonte\
    &sponsor_kind=non_governmental&letter=yes&covers_from_day=1&covers_from_month=3&covers_from_year=2027\
    &covers_to_day=31&covers_to_month=8&covers_to_year=2027";

#[sqlx::test]
async fn a_sponsor_is_saved_and_there_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/funding", &format!("seen=0&{SPONSORED}")).await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/wishes")), "{}", reply.body);
    let page = ines.get("/profile/funding").await;
    assert!(page.has("value=\"Fundación Horizonte\"") && page.has("value=\"non_governmental\" checked"));
    assert_eq!(world.story().await, ["save, by candidate"]);
}

#[sqlx::test]
async fn nothing_to_state_is_three_times_no(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let open = ines.post("/profile/funding", "seen=0").await;
    assert_eq!(open.status, 422);
    assert!(open.has("There are 3 things to fix"), "{}", open.body);
    let reply = ines.post("/profile/funding", "seen=1&scholarship=no&compulsory=no&sponsor=no").await;
    assert_eq!(reply.status, 303, "{}", reply.body);
}

#[sqlx::test]
async fn what_is_stated_is_asked_about(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let wrong = SPONSORED
        .replace("scholarship=no", "scholarship=yes")
        .replace("covers_to_year=2027", "covers_to_year=2026");
    let reply = ines.post("/profile/funding", &format!("seen=0&{wrong}")).await;
    assert_eq!(reply.status, 422);
    assert!(reply.has("<a href=\"#scholarship_from\">Indiquez qui verse la bourse</a>"));
    assert!(reply.has(
        "href=\"#covers_to\">Le dernier jour couvert par la lettre ne peut pas précéder le premier</a>"
    ));
    assert!(
        reply.has("id=\"covers_to\"") && reply.has("value=\"Fundación Horizonte\""),
        "everything is kept"
    );
    let later =
        ines.post("/profile/funding", &format!("seen={}&{wrong}&later=true", reply.hidden("seen"))).await;
    assert_eq!((later.status, later.location.as_deref()), (303, Some("/profile")));
}

#[test]
fn the_panel_is_told_of_a_sponsor_of_a_known_kind() {
    let form = |sponsor, kind| {
        let typed = serde_json::json!({ "sponsor": sponsor, "sponsor_kind": kind, "letter": "yes" });
        serde_json::from_value::<stagiaire::profile::funding::Form>(typed).unwrap().sponsor()
    };
    assert!(form("yes", "").is_none() && form("no", "academic").is_none());
    let sponsor = form("yes", "academic").unwrap();
    assert!(sponsor.letter && sponsor.covers.is_none());
    assert_eq!(sponsor.relevant_area, None, "nobody but Human Resources judges that");
}
