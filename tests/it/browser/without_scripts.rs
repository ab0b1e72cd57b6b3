//! Everything a candidate does, in a browser that runs no script of any page.

use super::chromium::Browser;
use super::journey::{Words, applies};
use crate::support::world_behind_a_socket;

#[sqlx::test]
async fn a_candidate_needs_no_script(db: sqlx::PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let it = Browser::open(&world.url, "es").await;
    assert!(it.runs_scripts().await, "a browser is one that runs scripts");
    let it = it.without_scripts().await;
    assert!(!it.runs_scripts().await);

    let words = Words {
        lang: "es",
        eligible: "Cumplida",
        mail: "Ahora abra su correo",
        not_a_pdf: "El archivo debe ser PDF, JPG o PNG",
        released: "Enviado",
        in_pool: "En la bolsa",
        approved: "Aprobada",
    };
    applies(&it, &words).await;

    it.follow("/application/messages").await;
    it.write("body", "¿Puedo empezar en marzo?").await;
    it.submit().await;
    it.reads("¿Puedo empezar en marzo?").await;
    assert_eq!(world.count("select count(*) from message").await, 1);

    it.go("/application").await;
    it.follow("/application/withdraw").await;
    it.submit().await;
    it.arrives_at("/application").await;
    it.reads("Retirado").await;
    it.send("/application/withdraw/undo").await;
    it.reads(words.released).await;
    let story = world.story().await;
    assert!(story.iter().any(|step| step == "withdraw: released -> withdrawn, by candidate"), "{story:?}");
    assert_eq!(story.last().unwrap(), "undo_withdraw: withdrawn -> released, by candidate");
    it.close().await;
}
