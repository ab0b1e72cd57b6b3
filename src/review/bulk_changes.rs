//! The same changes asked of several candidates: one message, and every letter is read before any leaves.

use super::bulk::{Act, Picked, carry_out, picked, seen};
use super::request_changes::{self, choices};
use crate::db::Tx;
use crate::domain::letter::Letter;
use crate::foretold::{self, Foretold};
use crate::text::{Lang, texts};
use crate::web::{App, Choice, Filled, HrReviewer, Page, Posted, Query, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use std::collections::HashMap;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/bulk/changes", get(ask).post(request))
}

/// Where the changes of these cases, each in the version that was seen, are asked for.
pub fn address(picks: &[(Uuid, i32)]) -> String {
    let picks: Vec<String> = picks.iter().map(|(id, version)| format!("pick={id}:{version}")).collect();
    format!("/review/bulk/changes?{}", picks.join("&"))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// `id:version` of each case, as it was seen.
    pick: Vec<String>,
    sections: Vec<String>,
    #[validate(length(max = 4000))]
    message: String,
    /// `send`: the letters were read and may leave; `change`: back to the message; otherwise the letters are shown.
    then: String,
}

/// A case that was picked.
struct Line {
    id: Uuid,
    name: String,
    reference: String,
}

#[derive(askama::Template)]
#[template(path = "review/bulk_changes.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    sections: Vec<Choice>,
    asked: Vec<Line>,
    left_out: Vec<Line>,
}

#[derive(askama::Template)]
#[template(path = "review/bulk_letters.html")]
struct LettersView {
    page: Page<Text>,
    form: Form,
    sections: Vec<Choice>,
    asked: Vec<(Line, Lang, Foretold)>,
    left_out: Vec<Line>,
}

async fn ask(me: HrReviewer, Query(form): Query<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    write(&me, &mut tx, Filled::fresh(form)).await
}

async fn request(me: HrReviewer, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let judged = form.judge(|form| Ok((form.clone(), request_changes::read(&form.sections, &form.message)?)));
    let (form, sections) = match judged {
        Ok(judged) => judged,
        Err(form) => return write(&me, &mut tx, form).await,
    };
    let act = Act::Ask(&sections, &form.message);
    match form.then.as_str() {
        "send" => carry_out(&me, tx, &seen(&form.pick), act).await,
        "change" => write(&me, &mut tx, Filled::fresh(form)).await,
        _ => {
            let (asked, left_out) = parted(&me, picked(&mut tx, &seen(&form.pick), act).await?);
            if asked.is_empty() {
                return write(&me, &mut tx, Filled::fresh(form)).await;
            }
            let asked = letters(&me, &mut tx, asked).await?;
            let sections = choices(&form.sections, me.lang).into_iter().filter(|one| one.chosen).collect();
            html(StatusCode::OK, &LettersView { page: me.page(Text), form, sections, asked, left_out })
        }
    }
}

/// The page on which the message is written.
async fn write(me: &HrReviewer, tx: &mut Tx<HrReviewer>, form: Filled<Form>) -> Result<Response> {
    let picks = seen(&form.values.pick);
    if picks.is_empty() {
        return see_other("/review");
    }
    let (asked, left_out) = parted(me, picked(tx, &picks, Act::Ask(&[], "")).await?);
    let sections = choices(&form.values.sections, me.lang);
    html(form.status(), &View { page: me.page(Text), form, sections, asked, left_out })
}

/// Those whose candidates can be asked, and those that are left out: only who reviews a case asks for changes.
fn parted(me: &HrReviewer, picked: Vec<Picked>) -> (Vec<Line>, Vec<Line>) {
    let (asked, left_out): (Vec<_>, Vec<_>) =
        picked.into_iter().partition(|one| one.allows(Act::Ask(&[], ""), me.id));
    let line = |one: Picked| Line { id: one.id, name: one.name, reference: one.reference };
    (asked.into_iter().map(line).collect(), left_out.into_iter().map(line).collect())
}

/// What each candidate will get, in the language each has chosen.
async fn letters(
    me: &HrReviewer,
    tx: &mut Tx<HrReviewer>,
    asked: Vec<Line>,
) -> Result<Vec<(Line, Lang, Foretold)>> {
    let ids: Vec<Uuid> = asked.iter().map(|line| line.id).collect();
    let rows = sqlx::query!(
        r#"select a.id, p.lang, trim(p.given_names || ' ' || p.family_names) as "name!"
           from application a join person p on p.id = a.candidate_id where a.id = any($1)"#,
        &ids
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let mut readers: HashMap<Uuid, (String, String)> =
        rows.into_iter().map(|row| (row.id, (row.lang, row.name))).collect();
    let own = foretold::own_words(tx, &[Letter::ChangesRequested]).await?;
    asked
        .into_iter()
        .map(|line| {
            let (lang, name) = readers.remove(&line.id).unwrap_or_default();
            let lang = Lang::from(lang);
            let about = (line.id, line.reference.as_str());
            let letter = foretold::letter(me.settings(), Letter::ChangesRequested, lang, &own, &name, about)?;
            Ok((line, lang, letter))
        })
        .collect()
}

texts!(Text {
    title: "Ask several candidates for changes", "Demander des modifications à plusieurs personnes", "Pedir cambios a varias personas";
    lead(days): "Each candidate reads the same message word for word, changes the profile and releases it again. Without an answer within {days} days it expires.",
        "Chaque personne candidate lit le même message mot pour mot, modifie son dossier et le transmet à nouveau. Sans réponse dans les {days} jours, il expire.",
        "Cada persona candidata lee el mismo mensaje tal cual, cambia su perfil y lo envía de nuevo. Sin respuesta en {days} días, caduca.";
    back: "Released profiles", "Dossiers transmis", "Perfiles enviados";
    asked: "Who is asked", "À qui la demande est faite", "A quién se pide";
    left_out: "Left out", "Laissés de côté", "Quedan fuera";
    left_out_why: "These are not in review with you, or have changed since you saw them. Nothing happens to them.",
        "Vous n’êtes pas en train de les examiner, ou ils ont changé depuis que vous les avez vus. Rien ne leur arrive.",
        "No los está revisando usted, o han cambiado desde que los vio. No les ocurre nada.";
    nobody: "None of the profiles you selected is in review with you. Take them first, then ask for changes.",
        "Vous n’examinez aucun des dossiers sélectionnés. Prenez-les d’abord, puis demandez des modifications.",
        "Usted no revisa ninguno de los perfiles seleccionados. Tómelos primero y luego pida cambios.";
    read_letters: "Read the letters before they leave", "Lire les courriels avant leur envoi", "Leer los mensajes antes de enviarlos";
    one_letter: "One letter is ready", "Un courriel est prêt", "Un mensaje está listo";
    letters(n): "{n} letters are ready", "{n} courriels sont prêts", "{n} mensajes están listos";
    letters_lead: "Nothing has left yet. The letters say only that something is asked; your message is read after signing in.",
        "Rien n’est encore parti. Les courriels disent seulement que quelque chose est demandé ; votre message se lit après connexion.",
        "Todavía no ha salido nada. Los mensajes solo dicen que se pide algo; lo que usted escribió se lee tras iniciar sesión.";
    message: "What they will read", "Ce qui sera lu", "Lo que leerán";
    each: "The letters", "Les courriels", "Los mensajes";
    send: "Send them", "Envoyer", "Enviar";
    change: "Change the message", "Modifier le message", "Cambiar el mensaje";
    keep: "Leave them as they are", "Les laisser tels quels", "Dejarlos como están";
});
