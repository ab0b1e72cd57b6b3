//! A candidate asks for letters about new openings that fit, or ends them. Nobody gets one unasked.

use crate::db::{Done, Note, Tx};
use crate::domain::PersonId;
use crate::text::texts;
use crate::web::{App, Candidate, Filled, Page, Posted, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/openings/letters", get(ask).post(keep))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    letters: bool,
}

#[derive(askama::Template)]
#[template(path = "openings/letters.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
}

async fn ask(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    let is_on = sqlx::query_scalar!(
        r#"select exists (select from opening_subscription where person_id = $1) as "on!""#,
        me.id.0
    );
    let letters = is_on.fetch_one(&mut *tx).await?;
    show(&me, Filled::fresh(Form { letters }))
}

async fn keep(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let form = match form.judge(|f| Ok(f.clone())) {
        Ok(form) => form,
        Err(form) => return show(&me, form),
    };
    let done = match form.letters {
        true => begin(&mut tx).await?,
        false => end(&mut tx, me.id).await?,
    };
    if let Some(done) = done {
        tx.commit(done).await?;
    }
    see_other("/openings/letters")
}

fn show(me: &Candidate, form: Filled<Form>) -> Result<Response> {
    html(form.status(), &View { page: me.page(Text), form })
}

/// `None`: they were on already.
async fn begin(tx: &mut Tx<Candidate>) -> Result<Option<Done>> {
    let (me, now) = (tx.actor(), tx.now());
    let begun = sqlx::query!(
        "insert into opening_subscription (person_id, since) values ($1, $2) on conflict do nothing",
        me.0,
        now
    );
    Ok(match begun.execute(&mut **tx).await?.rows_affected() {
        0 => None,
        _ => Some(tx.note(Note::LettersBegun, me.0, &[]).await?),
    })
}

/// Ends the letters, those that are written but not sent included. `None`: they were off already.
pub async fn end<R>(tx: &mut Tx<R>, person: PersonId) -> Result<Option<Done>> {
    let ended = sqlx::query!("delete from opening_subscription where person_id = $1", person.0);
    if ended.execute(&mut **tx).await?.rows_affected() == 0 {
        return Ok(None);
    }
    sqlx::query!(
        "delete from outbox where recipient_id = $1 and letter = 'opening_fits' and sent_at is null",
        person.0
    )
    .execute(&mut **tx)
    .await?;
    Ok(Some(tx.note(Note::LettersEnded, person.0, &[]).await?))
}

texts!(Text {
    title: "Letters about openings", "Courriels sur les annonces", "Mensajes sobre vacantes";
    back: "Openings", "Annonces", "Vacantes";
    lead: "We write to you when a new opening fits the areas, places and languages of your profile, released or not. One letter for each opening, and each has a link that ends them.",
        "Nous vous écrivons lorsqu’une nouvelle annonce correspond aux domaines, aux lieux et aux langues de votre dossier, transmis ou non. Un seul courriel par annonce, et chacun contient un lien pour ne plus en recevoir.",
        "Le escribimos cuando una nueva vacante se ajusta a las áreas, los lugares y los idiomas de su perfil, enviado o no. Un solo mensaje por vacante, y cada uno contiene un enlace para no recibir más.";
    tick: "Write to me when a new opening fits my wishes", "M’écrire lorsqu’une nouvelle annonce correspond à mes souhaits", "Escribirme cuando una nueva vacante se ajuste a mis deseos";
    tick_hint: "It changes nothing about your application. You can end it here at any time.", "Cela ne change rien à votre candidature. Vous pouvez y mettre fin ici à tout moment.",
        "No cambia nada de su candidatura. Puede ponerle fin aquí en cualquier momento.";
    save: "Save", "Enregistrer", "Guardar";
    wishes: "See your wishes", "Voir vos souhaits", "Ver sus deseos";
});
