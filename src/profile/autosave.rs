//! A section is saved while somebody types in it: kept as typed, judged by nobody, without leaving the page.

use super::{Answers, load, save};
use crate::db::Tx;
use crate::text::texts;
use crate::web::{Candidate, Error, Result};
use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;

/// What the page's script is told: the revision to send along next time, and the sentence to show.
#[derive(Serialize)]
struct Saved {
    revision: i32,
    message: String,
}

/// The page was overtaken: the script stops, and shows why.
#[derive(Serialize)]
struct Overtaken {
    message: String,
}

/// Keeps the answers as they stand, empty entries too. Answers that are saved already are not written again.
pub async fn keep<A: Answers>(me: &Candidate, mut tx: Tx<Candidate>, answers: &A) -> Result<Response> {
    let t = Text(me.lang);
    let saved = load::<A>(&mut tx).await?;
    if let Some(at) = saved.saved_at
        && serde_json::to_value(&saved.answers)? == serde_json::to_value(answers)?
    {
        return told(me, saved.revision, at);
    }
    let now = tx.now();
    match save(&mut tx, answers, answers.seen()).await {
        Ok((done, revision)) => {
            tx.commit(done).await?;
            told(me, revision, now)
        }
        Err(Error::Conflict) => {
            Ok((StatusCode::CONFLICT, Json(Overtaken { message: t.overtaken() })).into_response())
        }
        Err(error) => Err(error),
    }
}

fn told(me: &Candidate, revision: i32, at: DateTime<Utc>) -> Result<Response> {
    let time = at.with_timezone(&me.zone()).format("%H:%M\u{a0}%Z");
    Ok(Json(Saved { revision, message: Text(me.lang).saved(time) }).into_response())
}

texts!(Text {
    saved(time): "Saved at {time}", "Enregistré à {time}", "Guardado a las {time}";
    overtaken: "This section was saved elsewhere meanwhile, so nothing more is saved here by itself. Press “Save and continue” to compare: what you typed stays.",
        "Cette section a été enregistrée ailleurs entre-temps : plus rien n’est enregistré ici automatiquement. Choisissez « Enregistrer et continuer » pour comparer ; ce que vous avez saisi est conservé.",
        "Esta sección se guardó entretanto en otro lugar, así que aquí ya no se guarda nada automáticamente. Pulse «Guardar y continuar» para comparar: lo que escribió se conserva.";
});
