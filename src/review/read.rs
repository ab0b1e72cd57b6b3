//! One released profile, whole: what was released, what the rules say of it, what happened, and what to do now.

use super::document::papers;
use super::duplicates::{self, Like, Proposed};
use super::history::{self, History};
use super::judge::{self, Judged};
use super::later;
use super::notes::{self, Notes};
use super::score::{self, Scored};
use super::{Case, along, case, snapshot};
use crate::consents::{self, Purpose};
use crate::db::Tx;
use crate::domain::application::State;
use crate::domain::eligibility::Rule;
use crate::domain::profile::Section;
use crate::explain::changes::{Changed, compare};
use crate::explain::eligibility::RuleLine;
use crate::explain::profile::{DocumentLine, Part, Reader};
use crate::text::{Lang, texts};
use crate::web::{App, Filled, HrReviewer, Page, Path, Query, Result, html};
use crate::{explain, offices};
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}", get(show))
}

/// How much of what has pages of its own is shown here.
const NOTES: usize = 10;
const EVENTS: usize = 8;

#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    version: Option<i32>,
    /// The queue's address that the case was opened from.
    list: Option<String>,
    /// The version to compare with; `None`: the one before.
    against: Option<i32>,
    /// The document to be shown beside the profile.
    document: Option<Uuid>,
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
    as_of: NaiveDate,
    rules: Vec<Ruled>,
    /// Start days on which the answer is yes, or could be.
    windows: Vec<String>,
    parts: Vec<Part>,
    letter_title: String,
    letter: String,
    documents_title: String,
    papers: Vec<DocumentLine>,
    /// Of the document shown beside the profile.
    beside: Option<Uuid>,
    /// The optional consents, and whether each is in force now.
    consents: Vec<(String, bool)>,
    /// The version compared with, and what differs; `None`: there is none.
    changes: Option<(i32, Vec<Changed>)>,
    history: History,
    panel: Panel,
    messages: Messages,
    scored: Vec<Scored>,
    scored_t: score::Text,
    likes: Vec<Like>,
    proposed: Option<Proposed>,
    likes_t: duplicates::Text,
    /// Decided, and the candidate does not know.
    untold: Option<later::Untold>,
    untold_t: later::Text,
    notes: Notes,
    notes_t: notes::Text,
    note: Filled<notes::Form>,
    /// A version that was released after the reviewer took the case: its number, and the one there was then.
    newer: Option<(i32, i32)>,
    /// The way along the list, and who else is here.
    along: String,
}

/// A rule, what a person found about it, and where to judge it.
struct Ruled {
    rule: Rule,
    line: RuleLine,
    judged: Option<Judged>,
    can_judge: bool,
}

/// The last of what was written to the candidate and by them.
struct Messages {
    last: Vec<Message>,
    /// Messages of the candidate that Human Resources has not read.
    unread: i64,
}

struct Message {
    who: String,
    at: DateTime<Utc>,
    is_ours: bool,
    /// The beginning of it.
    body: String,
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

impl View {
    fn is_newest(&self) -> bool {
        self.versions.first().is_none_or(|newest| *newest == self.number)
    }

    fn shown(&self) -> Option<&DocumentLine> {
        self.papers.iter().find(|paper| self.is_beside(paper))
    }

    fn is_beside(&self, paper: &DocumentLine) -> bool {
        self.beside == Some(paper.id)
    }
}

async fn show(me: HrReviewer, Path(id): Path<Uuid>, wanted: Query<Wanted>) -> Result<Response> {
    show_with(&me, id, &wanted, notes::Form::fresh()).await
}

/// The page with a note that was typed and could not be kept.
pub async fn show_with(
    me: &HrReviewer,
    id: Uuid,
    Query(wanted): &Query<Wanted>,
    note: Filled<notes::Form>,
) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mut now = case(&mut tx, id).await?;
    if let Some(number) = wanted.version.filter(|number| *number != now.latest) {
        now.snapshot = snapshot(&mut tx, id, number).await?;
    }
    let offices = offices::names(&mut tx, me.lang).await?;
    let history = history::load(&mut tx, id, None, EVENTS, me.lang).await?;
    let given = consents::optional(&mut tx, now.candidate).await?;
    let number = now.snapshot.number;
    let against = wanted.against.filter(|other| *other != number && (1..=now.latest).contains(other));
    let before = match against.unwrap_or(number - 1) {
        ..=0 => None,
        other => Some(snapshot(&mut tx, id, other).await?),
    };
    let along = along::bar(me, &mut tx, id, wanted.list.as_deref()).await?;
    let messages = messages(&mut tx, &now).await?;
    let notes = notes::load(&mut tx, id, None, NOTES).await?;
    let judged = judge::newest(&mut tx, id, number).await?;
    let papers = papers(me, &mut tx, id, &now.snapshot).await?;
    let likes = duplicates::load(&mut tx, id, me.lang).await?;
    let proposed = duplicates::proposed(&mut tx, id, now.state()).await?;
    let untold = later::of_case(&mut tx, &now).await?;
    let scored = score::load(&mut tx, &now, me.lang).await?;
    let newer = newer(&mut tx, &now).await?;
    let today = tx.today();
    let (tone, icon, state) = look(now.state(), me.lang);
    let released = &now.snapshot;
    let assessment = &released.assessment;
    let windows = match assessment.eligible_start.is_empty() {
        true => &assessment.possible_start,
        false => &assessment.eligible_start,
    };
    let view = View {
        page: me.page(Text),
        id,
        tone,
        icon,
        state,
        seen: now.version,
        number,
        versions: (1..=now.latest).rev().collect(),
        released_at: released.released_at,
        waiting_days: (today - now.waiting_since.with_timezone(&me.zone()).date_naive()).num_days().max(0),
        headline: explain::eligibility::verdict_of(assessment, &offices, me.lang),
        as_of: assessment.as_of,
        windows: explain::eligibility::windows(windows, me.lang),
        rules: ruled(me, &now, judged),
        parts: explain::profile::parts(&released.profile, &offices, Reader::HumanResources, me.lang),
        letter_title: explain::profile::section_name(Section::Letter, me.lang),
        letter: released.profile.letter.clone(),
        documents_title: explain::profile::section_name(Section::Documents, me.lang),
        beside: wanted.document,
        papers,
        consents: Purpose::OPTIONAL
            .map(|purpose| (explain::consent::words(purpose, me.lang).short, given.contains(&purpose)))
            .into(),
        changes: before.map(|before| {
            let reader = Reader::HumanResources;
            (before.number, compare(&before.profile, &released.profile, &offices, reader, me.lang))
        }),
        history,
        along,
        panel: panel(&now, me),
        messages,
        scored,
        scored_t: score::Text(me.lang),
        likes,
        proposed,
        likes_t: duplicates::Text(me.lang),
        untold,
        untold_t: later::Text(me.lang),
        notes,
        notes_t: notes::Text(me.lang),
        note,
        newer,
        name: now.name,
        reference: now.reference,
    };
    html(view.note.status(), &view)
}

fn ruled(me: &HrReviewer, now: &Case, mut judged: Vec<Judged>) -> Vec<Ruled> {
    let assessment = &now.snapshot.assessment;
    let decides = judge::may_judge(now, me) && now.snapshot.number == now.latest;
    let lines = explain::eligibility::lines_of(assessment, me.lang);
    let ruled = |(rule, line)| Ruled {
        rule,
        line,
        judged: judged.iter().position(|it| it.judgement.rule == rule).map(|at| judged.swap_remove(at)),
        can_judge: decides && judge::is_left_to_a_person(now, rule),
    };
    lines.into_iter().map(ruled).collect()
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

async fn messages(tx: &mut Tx<HrReviewer>, now: &Case) -> Result<Messages> {
    let rows = sqlx::query!(
        r#"select m.from_staff, m.written_at, left(m.body, 240) as "body!", length(m.body) > 240 as "is_cut!",
               trim(p.given_names || ' ' || p.family_names) as "who!",
               (select count(*) from message u where u.application_id = $1 and not u.from_staff and u.read_at is null)
                   as "unread!"
           from message m join person p on p.id = m.author_id
           where m.application_id = $1 order by m.written_at desc, m.id desc limit 3"#,
        now.id()
    )
    .fetch_all(&mut **tx)
    .await?;
    let unread = rows.first().map_or(0, |row| row.unread);
    let cut = |body: String, is_cut| if is_cut { body.trim_end().to_owned() + "…" } else { body };
    let mut last: Vec<Message> = rows
        .into_iter()
        .map(|row| Message {
            who: if row.from_staff { row.who } else { now.name.clone() },
            at: row.written_at,
            is_ours: row.from_staff,
            body: cut(row.body, row.is_cut),
        })
        .collect();
    last.reverse();
    Ok(Messages { last, unread })
}

/// The newest version and the one there was when the case was taken, or put into the pool, if they differ.
async fn newer(tx: &mut Tx<HrReviewer>, now: &Case) -> Result<Option<(i32, i32)>> {
    let read_by: &[String] = match now.state() {
        _ if now.latest == 1 => return Ok(None),
        State::InReview => &["claim", "assign", "reopen"].map(str::to_owned),
        State::Pooled => &["pool".to_owned()],
        _ => return Ok(None),
    };
    let read = sqlx::query_scalar!(
        r#"select (select max(s.number) from snapshot s where s.application_id = $1 and s.released_at <= e.at)
           from audit_event e where e.subject = 'application' and e.subject_id = $1
               and e.action = any($2) order by e.id desc limit 1"#,
        now.id(),
        read_by
    );
    let read = read.fetch_optional(&mut **tx).await?.flatten();
    Ok(read.filter(|read| *read < now.latest).map(|read| (now.latest, read)))
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
    changes(n): "Changed since version {n}", "Modifié depuis la version {n}", "Cambios desde la versión {n}";
    newer(n, read): "Version {n} was released after this case was taken; version {read} was the newest then.",
        "La version {n} a été transmise après la prise en charge de ce dossier ; la version {read} était alors la plus récente.",
        "La versión {n} se envió después de que se tomara este caso; entonces la más reciente era la versión {read}.";
    see_newer: "See what is new", "Voir ce qui est nouveau", "Ver las novedades";
    compare_with: "Compare with", "Comparer avec", "Comparar con";
    judge: "Judge this rule", "Juger cette règle", "Juzgar esta norma";
    judge_again: "Judge it anew", "La juger à nouveau", "Juzgarla de nuevo";
    judged_met: "Counts as met", "Considérée comme remplie", "Se considera cumplida";
    judged_not_met: "Not met", "Non remplie", "No cumplida";
    as_of(day): "Computed for a release on {day}.", "Calculé pour une transmission le {day}.", "Calculado para un envío el {day}.";
    can_start: "Possible first days", "Premiers jours possibles", "Primeros días posibles";
    no_day: "None", "Aucun", "Ninguno";
    show_beside(name): "Show {name} beside the profile", "Afficher {name} à côté du dossier", "Mostrar {name} junto al perfil";
    show: "Show", "Afficher", "Mostrar";
    hide: "Hide the document", "Masquer le document", "Ocultar el documento";
    shown(name): "Document: {name}", "Document : {name}", "Documento: {name}";
    not_shown: "If nothing appears here, your browser does not show such files in a page.",
        "Si rien ne s’affiche ici, votre navigateur n’affiche pas ce type de fichier dans une page.",
        "Si aquí no aparece nada, su navegador no muestra este tipo de archivo en una página.";
    save_it: "Save the document", "Enregistrer le document", "Guardar el documento";
    all_messages: "Read all and answer", "Tout lire et répondre", "Leer todo y responder";
    no_messages: "Nothing was written yet.", "Rien n’a encore été écrit.", "Todavía no se ha escrito nada.";
    history: "What happened", "Ce qui s’est passé", "Lo que ha ocurrido";
    all_history: "The whole history", "Tout l’historique", "Todo el historial";
    no_changes: "Nothing: both versions say the same.", "Rien : les deux versions disent la même chose.", "Nada: ambas versiones dicen lo mismo.";
});
