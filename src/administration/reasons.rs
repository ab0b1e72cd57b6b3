//! The reasons for which a profile is not selected. What candidates were told stays as it was: a reason is withdrawn
//! and another one added, none is reworded.

use crate::db::{Note, Tx};
use crate::text::texts;
use crate::web::{Administrator, App, Filled, Page, Path, Posted, Problem, Result, html, see_other};
use axum::{
    Router,
    response::Response,
    routing::{get, post},
};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/administration/reasons", get(list).post(add))
        .route("/administration/reasons/{reason}/withdraw", post(withdraw))
        .route("/administration/reasons/{reason}/offer", post(offer))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// Of the reason, chosen with the form: sent twice, it is one.
    id: String,
    #[validate(length(max = 160))]
    text_en: String,
    #[validate(length(max = 160))]
    text_fr: String,
    #[validate(length(max = 160))]
    text_es: String,
}

#[derive(askama::Template)]
#[template(path = "administration/reasons.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    reasons: Vec<Reason>,
}

struct Reason {
    code: String,
    text_en: String,
    text_fr: String,
    text_es: String,
    is_withdrawn: bool,
}

async fn list(me: Administrator) -> Result<Response> {
    let mut tx = me.begin().await?;
    show(&me, &mut tx, Filled::fresh(Form { id: Uuid::now_v7().to_string(), ..Form::default() })).await
}

async fn add(me: Administrator, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let form = match form.judge(read) {
        Ok(form) => form,
        Err(form) => return show(&me, &mut tx, form).await,
    };
    let id: Uuid = form.id.parse().unwrap_or_else(|_| Uuid::now_v7());
    let added = sqlx::query!(
        "insert into decline_reason (code, record_id, text_en, text_fr, text_es) values ($1, $2, $3, $4, $5)
         on conflict do nothing",
        format!("r{}", id.simple()),
        id,
        form.text_en,
        form.text_fr,
        form.text_es
    );
    if added.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::ReasonChanged, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/administration/reasons")
}

fn read(form: &Form) -> Result<Form, Vec<Problem>> {
    let texts = [("text_en", &form.text_en), ("text_fr", &form.text_fr), ("text_es", &form.text_es)];
    let missing = texts.into_iter().filter(|(_, text)| text.is_empty());
    let problems: Vec<Problem> =
        missing.map(|(field, _)| Problem::missing(field, |l| Text(l).write_it())).collect();
    if problems.is_empty() { Ok(form.clone()) } else { Err(problems) }
}

/// The last reason stays: without one nobody could be told why.
async fn withdraw(me: Administrator, Path(reason): Path<String>) -> Result<Response> {
    let mut tx = me.begin().await?;
    // one after the other, so that two do not withdraw the last two
    sqlx::query!("select code from decline_reason order by code for update").fetch_all(&mut *tx).await?;
    let now = tx.now();
    let withdrawn = sqlx::query_scalar!(
        "update decline_reason set withdrawn_at = $2 where code = $1 and withdrawn_at is null
             and exists (select from decline_reason o where o.code <> $1 and o.withdrawn_at is null)
         returning record_id",
        reason,
        now
    );
    if let Some(id) = withdrawn.fetch_optional(&mut *tx).await? {
        let done = tx.note(Note::ReasonChanged, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/administration/reasons")
}

async fn offer(me: Administrator, Path(reason): Path<String>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let offered = sqlx::query_scalar!(
        "update decline_reason set withdrawn_at = null where code = $1 and withdrawn_at is not null
         returning record_id",
        reason
    );
    if let Some(id) = offered.fetch_optional(&mut *tx).await? {
        let done = tx.note(Note::ReasonChanged, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/administration/reasons")
}

async fn show(me: &Administrator, tx: &mut Tx<Administrator>, form: Filled<Form>) -> Result<Response> {
    let reasons = sqlx::query_as!(
        Reason,
        r#"select code, text_en, text_fr, text_es, withdrawn_at is not null as "is_withdrawn!"
           from decline_reason order by withdrawn_at is not null, place"#
    );
    let reasons = reasons.fetch_all(&mut **tx).await?;
    html(form.status(), &View { page: me.page(Text), form, reasons })
}

texts!(Text {
    lead: "Reviewers choose one, and the candidate reads it. A reason keeps its words: to change them, withdraw it and add another.",
        "La personne qui examine en choisit un, que la personne candidate lit. Un motif garde ses mots : pour les changer, retirez-le et ajoutez-en un autre.",
        "Quien revisa elige uno y la persona candidata lo lee. Un motivo conserva sus palabras: para cambiarlas, retírelo y añada otro.";
    english: "In English", "En anglais", "En inglés";
    french: "In French", "En français", "En francés";
    spanish: "In Spanish", "En espagnol", "En español";
    actions: "Actions", "Actions", "Acciones";
    withdraw: "Withdraw", "Retirer", "Retirar";
    offer: "Offer again", "Proposer à nouveau", "Ofrecer de nuevo";
    withdrawn: "Withdrawn", "Retiré", "Retirado";
    add: "Add a reason", "Ajouter un motif", "Añadir un motivo";
    write_it: "Write the reason in every language", "Rédigez le motif dans chaque langue", "Escriba el motivo en cada idioma";
});
