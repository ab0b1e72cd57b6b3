use crate::support::world_on;

const WORK: &str = "role=Asistente&organisation=Cruz+Roja&from_day=1&from_month=2&from_year=2025&still=no\
    &to_day=30&to_month=6&to_year=2025&description=Atenci%C3%B3n+a+familias";

#[sqlx::test]
async fn experience_is_saved_and_there_again(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let reply = ines.post("/profile/experience", &format!("seen=0&{WORK}")).await;
    assert_eq!((reply.status, reply.location.as_deref()), (303, Some("/profile/letter")), "{}", reply.body);
    let page = ines.get("/profile/experience").await;
    assert!(page.has("value=\"Cruz Roja\"") && page.has("\nAtención a familias</textarea>"));
}

#[sqlx::test]
async fn none_yet_is_an_answer_but_not_beside_another(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let both = ines.post("/profile/experience", &format!("seen=0&none=true&{WORK}")).await;
    assert_eq!(both.status, 422);
    assert!(both.has("<a href=\"#none\">Describe your experience or tick that you have none, not both</a>"));
    let removed = ines.post("/profile/experience", &format!("seen=1&none=true&{WORK}&remove=1")).await;
    assert_eq!(removed.location.as_deref(), Some("/profile/experience#role_1"));
    let page = ines.get("/profile/experience").await;
    assert!(page.has("id=\"none\" name=\"none\" value=\"true\" checked") && !page.has("Cruz Roja"));
    let none =
        ines.post("/profile/experience", &format!("seen={}&none=true&role=", page.hidden("seen"))).await;
    assert_eq!(none.status, 303, "{}", none.body);
}

#[sqlx::test]
async fn a_wrong_entry_is_explained_and_kept(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;
    let long = format!("{}{}", WORK.replace("still=no", "still=yes"), "é".repeat(2000));
    let reply = ines.post("/profile/experience", &format!("seen=0&{WORK}&{long}")).await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.has("href=\"#still_2\">Expérience 2\u{a0}: Choisissez que vous y êtes encore"),
        "{}",
        reply.body
    );
    assert!(reply.has("href=\"#description_2\">Expérience 2\u{a0}: Écrivez 2000 caractères au plus</a>"));
    assert!(reply.has("id=\"still_2\"") && reply.has("id=\"description_2\"") && reply.has("éééé</textarea>"));
    let added =
        ines.post("/profile/experience", &format!("seen={}&{WORK}&add=true", reply.hidden("seen"))).await;
    assert_eq!(added.location.as_deref(), Some("/profile/experience#role_2"));
}
