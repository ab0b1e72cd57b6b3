//! One released profile, whole: what was released, what the rules say of it, what happened, and what to do now.

use super::{Case, along, case, snapshot};
use crate::consents::{self, Purpose};
use crate::db::Tx;
use crate::domain::application::State;
use crate::domain::profile::Section;
use crate::explain::changes::{Changed, compare};
use crate::explain::eligibility::RuleLine;
use crate::explain::profile::{DocumentLine, Part, Reader};
use crate::text::{Lang, texts};
use crate::web::{App, HrReviewer, Page, Path, Query, Result, html};
use crate::{explain, offices};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}", get(show))
}

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
struct Wanted {
    version: Option<i32>,
    /// The queue's address that the case was opened from.
    list: Option<String>,
}

#[derive(askama::Template)]
#[template(path = "review/read.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    name: String,
    reference: String,
    tone: &'static str,
    icon: &'static str,
    state: String,
    seen: i32,
    number: i32,
    /// Numbers of all versions, the newest first.
    versions: Vec<i32>,
    released_at: DateTime<Utc>,
    waiting_days: i64,
    headline: String,
    rules: Vec<RuleLine>,
    parts: Vec<Part>,
    letter_title: String,
    letter: String,
    documents_title: String,
    documents: Vec<DocumentLine>,
    /// The optional consents, and whether each is in force now.
    consents: Vec<(String, bool)>,
    /// Against the version before; `None`: there is none.
    changes: Option<Vec<Changed>>,
    history: Vec<Event>,
    panel: Panel,
    /// Messages of the candidate that Human Resources has not read.
    unread: i64,
    /// The way along the list, and who else is here.
    along: String,
}

/// What can be done, and who can do it.
enum Panel {
    Claim,
    Mine,
    Theirs { who: String, since: DateTime<Utc> },
    WithCandidate,
    Pooled { until: NaiveDate },
    NotSelected,
    Nothing,
}

struct Event {
    at: DateTime<Utc>,
    what: String,
    who: String,
    reason: Option<String>,
}

impl View {
    fn is_newest(&self) -> bool {
        self.versions.first().is_none_or(|newest| *newest == self.number)
    }
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>, Query(wanted): Query<Wanted>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mut now = case(&mut tx, id).await?;
    if let Some(number) = wanted.version.filter(|number| *number != now.latest) {
        now.snapshot = snapshot(&mut tx, id, number).await?;
    }
    let offices = offices::names(&mut tx, me.lang).await?;
    let history = history(&mut tx, id, me.lang).await?;
    let given = consents::optional(&mut tx, now.candidate).await?;
    let before = match now.snapshot.number {
        ..=1 => None,
        number => Some(snapshot(&mut tx, id, number - 1).await?),
    };
    let unread = unread(&mut tx, id).await?;
    let along = along::bar(&me, &mut tx, id, wanted.list.as_deref()).await?;
    let today = tx.today();
    let (tone, icon, state) = look(now.state(), me.lang);
    let released = &now.snapshot;
    let view = View {
        page: me.page(Text),
        id,
        tone,
        icon,
        state,
        seen: now.version,
        number: released.number,
        versions: (1..=now.latest).rev().collect(),
        released_at: released.released_at,
        waiting_days: (today - now.waiting_since.with_timezone(&me.zone()).date_naive()).num_days().max(0),
        headline: explain::eligibility::verdict_name(released.assessment.verdict, me.lang),
        rules: explain::eligibility::lines(&released.assessment, me.lang),
        parts: explain::profile::parts(&released.profile, &offices, Reader::HumanResources, me.lang),
        letter_title: explain::profile::section_name(Section::Letter, me.lang),
        letter: released.profile.letter.clone(),
        documents_title: explain::profile::section_name(Section::Documents, me.lang),
        documents: explain::profile::document_lines(
            &released.profile,
            &format!("/review/{id}/documents"),
            Reader::HumanResources,
            me.lang,
        ),
        consents: Purpose::OPTIONAL
            .map(|purpose| (explain::consent::words(purpose, me.lang).short, given.contains(&purpose)))
            .into(),
        changes: before.map(|before| {
            compare(&before.profile, &released.profile, &offices, Reader::HumanResources, me.lang)
        }),
        history,
        panel: panel(&now, &me),
        unread,
        along,
        name: now.name,
        reference: now.reference,
    };
    html(StatusCode::OK, &view)
}

fn panel(now: &Case, me: &HrReviewer) -> Panel {
    match now.state() {
        State::Released => Panel::Claim,
        State::InReview if now.reviewer == Some(me.id) => Panel::Mine,
        State::InReview => {
            Panel::Theirs { who: now.reviewer_name.clone().unwrap_or_default(), since: now.state_since }
        }
        State::ChangesRequested => Panel::WithCandidate,
        State::Pooled => now.pooled_until.map_or(Panel::Nothing, |until| Panel::Pooled { until }),
        State::NotSelected => Panel::NotSelected,
        State::Withdrawn | State::Expired | State::Placed => Panel::Nothing,
    }
}

fn look(state: State, lang: Lang) -> (&'static str, &'static str, String) {
    let t = Text(lang);
    match state {
        State::Released => ("you", "inbox", t.released()),
        State::InReview => ("them", "eye", t.in_review()),
        State::ChangesRequested => ("them", "chat", t.changes_requested()),
        State::Pooled => ("ok", "star", t.pooled()),
        State::NotSelected => ("off", "dash", t.not_selected()),
        State::Withdrawn | State::Expired => ("off", "clock", t.expired()),
        State::Placed => ("ok", "ok", t.placed()),
    }
}

async fn unread(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<i64> {
    let n = sqlx::query_scalar!(
        r#"select count(*) as "n!" from message
           where application_id = $1 and not from_staff and read_at is null"#,
        id
    );
    Ok(n.fetch_one(&mut **tx).await?)
}

/// Every step that the application took, the newest first. Messages have a page of their own.
async fn history(tx: &mut Tx<HrReviewer>, id: Uuid, lang: Lang) -> Result<Vec<Event>> {
    let t = Text(lang);
    let rows = sqlx::query!(
        r#"select e.at, e.action, e.reason,
               case when p.id is not null then trim(p.given_names || ' ' || p.family_names) end as who
           from audit_event e left join person p on p.id = e.actor_id
           where e.subject = 'application' and e.subject_id = $1 and e.version is not null
           order by e.id desc limit 200"#,
        id
    );
    let rows = rows.fetch_all(&mut **tx).await?;
    let what = |action: &str| match action {
        "release" => t.did_release(),
        "re_release" => t.did_re_release(),
        "claim" => t.did_claim(),
        "assign" => t.did_assign(),
        "unclaim" => t.did_unclaim(),
        "request_changes" => t.did_request_changes(),
        "pool" => t.did_pool(),
        "decline" => t.did_decline(),
        "reopen" => t.did_reopen(),
        "renew" => t.did_renew(),
        "expire" => t.did_expire(),
        "place" => t.did_place(),
        "return_to_pool" => t.did_return(),
        "withdraw" => t.did_withdraw(),
        "undo_withdraw" => t.did_undo(),
        other => other.to_owned(),
    };
    Ok(rows
        .into_iter()
        .map(|row| Event {
            at: row.at,
            what: what(&row.action),
            who: row.who.unwrap_or_else(|| t.system()),
            reason: row.reason,
        })
        .collect())
}

texts!(Text {
    consents: "The candidate agrees", "La personne candidate accepte", "La persona candidata acepta";
    back: "Released profiles", "Dossiers transmis", "Perfiles enviados";
    released: "Waiting", "En attente", "En espera";
    in_review: "In review", "En cours d’examen", "En revisión";
    changes_requested: "With the candidate", "Chez la personne candidate", "Con la persona candidata";
    pooled: "In the pool", "Dans le vivier", "En la bolsa";
    not_selected: "Not selected", "Non retenu", "No seleccionado";
    expired: "Expired", "Expiré", "Caducado";
    placed: "Placed", "Affectation obtenue", "Con plaza";
    facts(reference, at, days): "{reference}, released on {at}, days since the first release: {days}",
        "{reference}, transmis le {at}, jours depuis la première transmission : {days}",
        "{reference}, enviado el {at}, días desde el primer envío: {days}";
    older: "You are reading an older version. The rules below are those of that version; decisions use the newest.",
        "Vous lisez une version plus ancienne. Les règles ci-dessous sont celles de cette version ; les décisions portent sur la plus récente.",
        "Está leyendo una versión anterior. Las normas de abajo son las de esa versión; las decisiones se basan en la más reciente.";
    read_newest: "Read the newest", "Lire la plus récente", "Leer la más reciente";
    versions: "Versions", "Versions", "Versiones";
    version(n): "Version {n}", "Version {n}", "Versión {n}";
    rules: "Rules", "Règles", "Normas";
    messages: "Messages with the candidate", "Messages avec la personne candidate", "Mensajes con la persona candidata";
    unread(n): "{n} new", "{n} à lire", "{n} por leer";
    history: "What happened", "Ce qui s’est passé", "Lo que ha ocurrido";
    no_history: "Nothing recorded yet.", "Rien d’enregistré pour l’instant.", "Todavía no hay nada registrado.";
    system: "The system", "Le système", "El sistema";
    your_decision: "Your decision", "Votre décision", "Su decisión";
    claim_lead: "Nobody has this profile yet. Take it, and it is yours to decide.", "Personne n’a encore ce dossier. Prenez-le, et la décision est à vous.",
        "Nadie tiene todavía este perfil. Tómelo y la decisión será suya.";
    claim: "Take this profile", "Prendre ce dossier", "Tomar este perfil";
    pool: "Put into the pool", "Ajouter au vivier", "Añadir a la bolsa";
    request_changes: "Ask for changes", "Demander des modifications", "Pedir cambios";
    decline: "Not selected", "Ne pas retenir", "No seleccionar";
    unclaim: "Put it back into the queue", "Le remettre dans la liste", "Devolverlo a la lista";
    theirs(who, since): "{who} has had this profile since {since}. Only {who} decides on it now.",
        "{who} a ce dossier depuis le {since}. Pour l’instant, la décision revient à {who}.",
        "{who} tiene este perfil desde el {since}. Por ahora solo {who} decide.";
    with_candidate: "Changes were asked for. The profile waits for the candidate and comes back when it is released again.",
        "Des modifications ont été demandées. Le dossier attend la personne candidate et revient dès qu’elle le transmet à nouveau.",
        "Se han pedido cambios. El perfil espera a la persona candidata y vuelve en cuanto lo envíe de nuevo.";
    pooled_until(day): "In the pool until {day}.", "Dans le vivier jusqu’au {day}.", "En la bolsa hasta el {day}.";
    propose: "Propose a placement", "Proposer une affectation", "Proponer una plaza";
    was_declined: "The profile was not selected. The decision can be taken back, with a reason, within 12 months.",
        "Le dossier n’a pas été retenu. La décision peut être annulée, avec un motif, pendant 12 mois.",
        "El perfil no fue seleccionado. La decisión puede revocarse, con un motivo, durante 12 meses.";
    reopen: "Take the decision back", "Annuler la décision", "Revocar la decisión";
    nothing: "There is nothing to decide.", "Il n’y a rien à décider.", "No hay nada que decidir.";
    did_release: "Released", "Transmis", "Enviado";
    did_re_release: "Released a newer version", "Nouvelle version transmise", "Nueva versión enviada";
    did_claim: "Taken", "Pris en charge", "Tomado";
    did_assign: "Assigned to a reviewer", "Attribué à une personne chargée de l’examen", "Asignado a una persona revisora";
    did_unclaim: "Put back into the queue", "Remis dans la liste", "Devuelto a la lista";
    did_request_changes: "Changes asked for", "Modifications demandées", "Cambios pedidos";
    did_pool: "Put into the pool", "Ajouté au vivier", "Añadido a la bolsa";
    did_decline: "Not selected", "Non retenu", "No seleccionado";
    did_reopen: "Decision taken back", "Décision annulée", "Decisión revocada";
    did_renew: "Stayed in the pool", "Maintenu dans le vivier", "Permanencia en la bolsa";
    did_expire: "Expired", "Expiré", "Caducado";
    did_place: "Placed", "Affectation obtenue", "Con plaza";
    changes(n): "Changed since version {n}", "Modifié depuis la version {n}", "Cambios desde la versión {n}";
    no_changes: "Nothing: both versions say the same.", "Rien : les deux versions disent la même chose.", "Nada: ambas versiones dicen lo mismo.";
    did_withdraw: "Taken back", "Repris", "Retirado";
    did_undo: "Taking back undone", "Reprise annulée", "Retirada deshecha";
    did_return: "Back in the pool", "De retour dans le vivier", "De vuelta en la bolsa";
});
