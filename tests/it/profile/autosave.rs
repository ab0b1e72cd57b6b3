//! Saved while somebody types: as the page's script asks for it.

use crate::support::{World, world_on};

const INES: &str = "given_names=In%C3%A9s&nationality=CO&nationality=&nationality=";

/// The same product some minutes later.
async fn after(world: &World, minutes: i64) -> World {
    world.at(world.now + chrono::TimeDelta::minutes(minutes)).await
}

#[sqlx::test]
async fn what_is_typed_is_saved_as_it_stands_and_the_record_is_not_flooded(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("fr").await;

    let (status, told) = ines.autosave("/profile/about", &format!("seen=0&{INES}")).await;
    assert_eq!((status, &told["revision"]), (200, &1.into()));
    assert_eq!(told["message"], "Enregistré à 10:00\u{a0}CET");
    let (_, again) = ines.autosave("/profile/about", &format!("seen=1&{INES}")).await;
    assert_eq!(again["revision"], 1, "the same answers are not written again");
    for (seen, name) in [(1, "Carva"), (2, "Carvaj"), (3, "Carvajal")] {
        let (status, told) =
            ines.autosave("/profile/about", &format!("seen={seen}&{INES}&family_names={name}")).await;
        assert_eq!((status, &told["revision"]), (200, &(seen + 1).into()));
    }

    let page = ines.get("/profile/about").await;
    assert!(page.has("value=\"Inés\"") && page.has("value=\"Carvajal\"") && page.hidden("seen") == "4");
    assert_eq!(world.story().await, ["save, by candidate"], "one sitting is one event");
    let later = after(&world, 11).await;
    later.again(&ines).autosave("/profile/about", &format!("seen=4&{INES}")).await;
    assert_eq!(world.story().await, ["save, by candidate"; 2], "the next sitting is another");
}

#[sqlx::test]
async fn an_entry_in_the_making_is_not_tidied_away(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    let two = "level=master&subject=Law&level=&subject=";
    let (status, _) = ines.autosave("/profile/education", &format!("seen=0&{two}&later=true&add=true")).await;
    assert_eq!(status, 200, "no button was pressed, whatever the script sends");
    let page = ines.get("/profile/education").await;
    assert!(page.has("value=\"Law\"") && page.has("id=\"level_2\"") && !page.has("id=\"level_3\""));
}

#[sqlx::test]
async fn another_tab_is_neither_overwritten_nor_lost(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let ines = world.candidate("en").await;
    ines.autosave("/profile/about", &format!("seen=0&{INES}&residence=FR&born_day=14&born_month=3")).await;

    let mine = format!("seen=0&{INES}&residence=DE&born_day=15&born_month=3");
    let (status, told) = ines.autosave("/profile/about", &mine).await;
    assert_eq!((status, &told["revision"]), (409, &serde_json::Value::Null));
    assert!(told["message"].as_str().unwrap().contains("what you typed stays"), "{told}");
    let page = ines.get("/profile/about").await;
    assert!(page.has("<option value=\"FR\" selected>") && page.has(" data-autosave"));

    let conflict = ines.post("/profile/about", &mine).await;
    assert_eq!(conflict.status, 409);
    assert!(conflict.has("<dt>Country of residence</dt><dd>Saved: France<br>You typed: Germany</dd>"));
    assert!(conflict.has("<dt>Date of birth</dt><dd>Saved: 14 3<br>You typed: 15 3</dd>"));
    assert!(!conflict.has("<dt>Given names</dt>"), "only what differs is shown");
    assert!(conflict.has("<option value=\"DE\" selected>"), "what was typed is still there");
    assert!(conflict.has("href=\"#seen\"") && conflict.has("id=\"seen\""));
    assert!(
        !conflict.has(" data-autosave"),
        "nothing overwrites the other answers but a press of the button"
    );
}

#[sqlx::test]
async fn whoever_is_signed_out_is_told_so(db: sqlx::PgPool) {
    let world = world_on(db, "2026-11-24").await;
    let (status, told) = world.stranger().autosave("/profile/about", &format!("seen=0&{INES}")).await;
    assert_eq!(status, 401);
    assert!(told["message"].as_str().unwrap().contains("signed out"), "{told}");
    assert!(world.story().await.is_empty());
}
