use crate::support::world_on;

const SPANISH: &str = "language=es&mother=yes&listening=&reading=&speaking=&writing=";
const FRENCH: &str = "language=fr&mother=no&listening=C1&reading=C1&speaking=B2&writing=B2";

#[sqlx::test]
async fn languages_are_saved_and_there_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/languages", &format!("seen=0&{SPANISH}&{FRENCH}")).await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/funding")), "{}", reply.body);
    let page = ines.get("/profile/languages").await;
    assert!(
        page.has("<option value=\"es\" selected>Spanish") && page.has("<option value=\"fr\" selected>French")
    );
    assert!(page.has("<option value=\"C1\" selected>C1, advanced"));
}

#[sqlx::test]
async fn each_language_once_with_every_skill(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let short = FRENCH.replace("writing=B2", "writing=");
    let reply = ines.post("/profile/languages", &format!("seen=0&{FRENCH}&{short}")).await;
    assert_eq!(reply.status, 422);
    assert!(reply.has("<a href=\"#language_2\">Langue 2\u{a0}: Choisissez chaque langue une seule fois</a>"));
    assert!(reply.has("<a href=\"#writing_2\">Langue 2\u{a0}: Choisissez votre niveau en écriture</a>"));
    assert!(
        reply.has("id=\"language_2\"")
            && reply.has("id=\"writing_2\"")
            && reply.has("<option value=\"C1\" selected>")
    );
}

#[sqlx::test]
async fn a_language_is_added_and_removed(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let added = ines.post("/profile/languages", &format!("seen=0&{SPANISH}&add=true")).await;
    assert_eq!(added.location.as_deref(), Some("/profile/languages#language_2"));
    // a blank entry is none
    let blank = "language=&mother=&listening=&reading=&speaking=&writing=";
    let saved = ines.post("/profile/languages", &format!("seen=1&{SPANISH}&{blank}")).await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    assert!(!ines.get("/profile/languages").await.has("id=\"language_2\""));
    let removed = ines.post("/profile/languages", &format!("seen=2&{SPANISH}&remove=1")).await;
    assert_eq!(removed.location.as_deref(), Some("/profile/languages#language_1"));
    assert!(!ines.get("/profile/languages").await.has("<option value=\"es\" selected>"));
}

#[test]
fn the_panel_is_told_of_every_skill_so_far() {
    let typed = serde_json::json!({
        "language": ["es", "fr", "es", "xx"], "mother": ["yes", "no", "no", "yes"], "listening": ["A1", "B2", "C1", "C1"],
    });
    let form: stagiaire::profile::languages::Form = serde_json::from_value(typed).unwrap();
    let skills = form.skills();
    assert_eq!(skills.iter().map(|s| s.code.as_str()).collect::<Vec<_>>(), ["es", "fr"]);
    assert!(skills[0].mother_tongue && skills[0].listening.is_none());
    assert!(skills[1].listening.is_some() && skills[1].writing.is_none());
}
