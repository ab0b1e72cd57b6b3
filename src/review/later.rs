//! A decision taken now and told later. Until it is told (see [`super::decisions`]) nothing has happened to the case, no
//! letter is owed, and its reviewer can take it back.

use super::{Case, Decided};
use crate::db::{Note, Tx};
use crate::domain::application::DeclineReason;
use crate::text::{Lang, texts};
use crate::web::{App, Error, HrReviewer, Path, Result, see_other};
use axum::{Router, response::Response, routing::post};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/later/drop", post(take_back))
}

/// What was decided, and in which words.
#[derive(Clone, Debug)]
pub enum Decision {
    /// `reason`: why the rules that nobody has judged yet count as met.
    Pool {
        reason: String,
    },
    Decline {
        why: DeclineReason,
        message: String,
    },
}

impl Decision {
    /// As the database keeps it: what, why, and in which words.
    fn columns(&self) -> (&'static str, &str, &str) {
        match self {
            Decision::Pool { reason } => ("pool", "", reason),
            Decision::Decline { why, message } => ("decline", why.code(), message),
        }
    }

    pub fn from_columns(what: &str, why: &str, words: String) -> Result<Decision> {
        match (what, DeclineReason::from_code(why)) {
            ("pool", _) => Ok(Decision::Pool { reason: words }),
            ("decline", Some(why)) => Ok(Decision::Decline { why, message: words }),
            _ => Err(Error::Missing("a known decision")),
        }
    }

    pub fn word(&self, lang: Lang) -> String {
        match self {
            Decision::Pool { .. } => Text(lang).pool(),
            Decision::Decline { .. } => Text(lang).decline(),
        }
    }
}

/// Keeps a decision that its reviewer could take now, to be told later; the newest of a case counts.
pub async fn draft(mut tx: Tx<HrReviewer>, now: Case, seen: i32, decision: &Decision) -> Result<Decided> {
    let is_mine = now.case.in_review().is_ok() && now.reviewer == Some(tx.actor());
    if seen != now.version || !is_mine {
        return Ok(Decided::Overtaken(Box::new(now)));
    }
    let (what, why, words) = decision.columns();
    let (me, at) = (tx.actor(), tx.now());
    let kept = sqlx::query!(
        "insert into drafted_decision as d (application_id, reviewer_id, decision, seen, why, words, drafted_at)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (application_id) do update set reviewer_id = excluded.reviewer_id, decision = excluded.decision,
             seen = excluded.seen, why = excluded.why, words = excluded.words, drafted_at = excluded.drafted_at
         where (d.reviewer_id, d.decision, d.seen, d.why, d.words) is distinct from
             (excluded.reviewer_id, excluded.decision, excluded.seen, excluded.why, excluded.words)",
        now.id(),
        me.0,
        what,
        seen,
        why,
        words,
        at
    );
    // a double click changes nothing
    if kept.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::DecisionDrafted, now.id(), &[]).await?;
        tx.commit(done).await?;
    }
    Ok(Decided::Taken)
}

async fn take_back(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    super::case(&mut tx, id).await?;
    let dropped = sqlx::query!(
        "delete from drafted_decision where application_id = $1 and reviewer_id = $2",
        id,
        me.id.0
    );
    if dropped.execute(&mut *tx).await?.rows_affected() > 0 {
        let done = tx.note(Note::DecisionTakenBack, id, &[]).await?;
        tx.commit(done).await?;
    }
    see_other("/review/decisions")
}

/// A decision that the candidate does not know of, on the page of its case.
pub struct Untold {
    pub decision: Decision,
    pub who: String,
    pub is_mine: bool,
    pub at: DateTime<Utc>,
}

/// That of a case as it stands, if there is one.
pub async fn of_case(tx: &mut Tx<HrReviewer>, now: &Case) -> Result<Option<Untold>> {
    let me = tx.actor();
    let row = sqlx::query!(
        r#"select d.decision, d.why, d.words, d.drafted_at, d.reviewer_id,
               trim(p.given_names || ' ' || p.family_names) as "who!"
           from drafted_decision d join person p on p.id = d.reviewer_id
           where d.application_id = $1 and d.seen = $2"#,
        now.id(),
        now.version
    );
    let Some(row) = row.fetch_optional(&mut **tx).await? else { return Ok(None) };
    let decision = Decision::from_columns(&row.decision, &row.why, row.words)?;
    Ok(Some(Untold { decision, who: row.who, is_mine: row.reviewer_id == me.0, at: row.drafted_at }))
}

/// On the third button of a decision.
pub fn button(lang: &Lang) -> String {
    Text(*lang).button()
}

texts!(pub Text {
    button: "Decide now, tell the candidate later", "Décider maintenant, prévenir plus tard", "Decidir ahora y avisar más tarde";
    pool: "Into the pool", "Au vivier", "A la bolsa";
    decline: "Not selected", "Non retenue", "No seleccionada";
    mine: "You have decided. Nothing has happened yet, and the candidate does not know.",
        "Vous avez décidé. Rien ne s’est encore produit, et la personne candidate n’en sait rien.",
        "Usted ha decidido. Todavía no ha pasado nada y la persona candidata no lo sabe.";
    theirs(who): "{who} has decided and not told the candidate yet.", "{who} a décidé et n’a pas encore prévenu la personne candidate.",
        "{who} ha decidido y todavía no ha avisado a la persona candidata.";
    read: "Read the letter and tell the candidate", "Lire le courriel et prévenir la personne candidate", "Leer el mensaje y avisar a la persona candidata";
});
