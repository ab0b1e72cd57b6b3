//! What I agreed to, each on its own: taken back as easily as given.

use super::Shared;
use crate::consents::{self, Consent, Purpose};
use crate::db::Note;
use crate::explain;
use crate::text::texts;
use crate::web::{App, Candidate, Filled, Page, Posted, Problem, Result, html, see_other};
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/account/consents", get(ask).post(decide))
}

/// One button of the page.
#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    give: String,
    withdraw: String,
}

#[derive(askama::Template)]
#[template(path = "account/consents.html")]
struct View {
    page: Page<Text>,
    shared: Shared,
    form: Filled<Form>,
    /// The one that a release needs.
    notice: Line,
    optional: Vec<Line>,
}

/// One purpose.
struct Line {
    code: &'static str,
    title: String,
    what: String,
    if_withdrawn: String,
    given: Option<Consent>,
}

impl Line {
    fn is_given(&self) -> bool {
        self.given.as_ref().is_some_and(Consent::is_in_force)
    }
}

async fn ask(me: Candidate) -> Result<Response> {
    show(&me, Filled::default()).await
}

async fn decide(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let wanted = |code: &str| Purpose::from_code(code).filter(|it| *it != Purpose::PrivacyNotice);
    let judged = form.judge(|f| match (wanted(&f.give), wanted(&f.withdraw)) {
        (Some(purpose), None) => Ok((purpose, true)),
        (None, Some(purpose)) => Ok((purpose, false)),
        _ => Err(vec![Problem::at("pool", |l| Text(l).choose())]),
    });
    let (purpose, is_given) = match judged {
        Ok(decision) => decision,
        Err(form) => return show(&me, form).await,
    };
    let mut tx = me.begin().await?;
    let (changed, note) = match is_given {
        true => (consents::give(&mut tx, me.id, &[purpose]).await?, Note::ConsentGiven),
        false => (consents::withdraw(&mut tx, me.id, purpose).await?, Note::ConsentWithdrawn),
    };
    if changed {
        let done = tx.note(note, me.id.0, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/account/consents")
}

async fn show(me: &Candidate, form: Filled<Form>) -> Result<Response> {
    let given = consents::of(&mut *me.begin().await?, me.id).await?;
    let newest = |purpose| given.iter().find(|consent| consent.purpose == purpose).cloned();
    let line = |purpose: Purpose| {
        let words = explain::consent::words(purpose, me.lang);
        Line {
            code: purpose.code(),
            title: words.title,
            what: words.what,
            if_withdrawn: words.if_withdrawn,
            given: newest(purpose),
        }
    };
    // nobody is asked about health who has not accepted a place
    let health = Some(Purpose::HealthDocuments).filter(|purpose| newest(*purpose).is_some());
    let (notice, optional) =
        (line(Purpose::PrivacyNotice), Purpose::OPTIONAL.into_iter().chain(health).map(line).collect());
    let shared = Shared(me.lang);
    html(form.status(), &View { page: me.page(Text), shared, form, notice, optional })
}

texts!(Text {
    title: "What you agreed to", "Ce que vous avez accepté", "Lo que ha aceptado";
    lead: "Each stands on its own. Nothing you take back is held against you.", "Chaque accord est indépendant. Rien de ce que vous retirez ne vous est reproché.",
        "Cada consentimiento es independiente. Nada de lo que retire le perjudica.";
    read_notice: "Read the notice", "Lire la notice", "Leer el aviso";
    take_back: "Take your profile back", "Reprendre votre dossier", "Retirar su perfil";
    given(day, version): "Given on {day}, for the notice of version {version}", "Donné le {day}, pour la notice de version {version}", "Dado el {day}, para el aviso de la versión {version}";
    withdrawn(day): "Taken back on {day}", "Retiré le {day}", "Retirado el {day}";
    never: "Not given", "Pas donné", "No dado";
    yes: "Given", "Donné", "Dado";
    withdraw: "Take it back", "Le retirer", "Retirarlo";
    give: "Agree", "Accepter", "Aceptar";
    choose: "Choose one of the two buttons", "Choisissez l’un des deux boutons", "Elija uno de los dos botones";
});
