//! The intern's list: what is settled, what is being checked, what is still to bring, and which days lack cover.

use super::{Need, Takes, need, required, words};
use crate::db::Tx;
use crate::domain::onboarding::{Kind, State, Trust};
use crate::domain::placement::{self, AnyPlacement};
use crate::domain::terms::{Cover, Gap, Stay};
use crate::papers::{Document, lacks, with_reasons};
use crate::scan::Scan;
use crate::scan::access::Access;
use crate::text::{Lang, texts};
use crate::web::parcel;
use crate::web::{App, Candidate, Error, Page, Path, Result, html, see_other};
use crate::{cases, explain, offices};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, Months, NaiveDate};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/onboarding/{id}", get(show))
}

#[derive(askama::Template)]
#[template(path = "onboarding/show.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    title: String,
    lead: String,
    settled: usize,
    stops: Vec<Stop>,
    calendar: Calendar,
    place: String,
    supervisor: String,
    stay: Stay,
}

struct Stop {
    kind: Kind,
    title: String,
    look: (&'static str, &'static str, String),
    why: String,
    is_done: bool,
    documents: Vec<Line>,
    /// What can be sent now: address and words.
    send: Option<(String, String)>,
}

struct Line {
    id: Uuid,
    file_name: String,
    facts: String,
    look: (&'static str, &'static str, String),
    reason: Option<String>,
    /// It was infected, or had its time: there is nothing to open.
    is_gone: bool,
    replace: bool,
}

/// Which days are covered: a row for each month, a column for each cover.
struct Calendar {
    covers: Vec<String>,
    months: Vec<(String, Vec<Cell>)>,
}

/// Days of a month that lack a cover.
enum Cell {
    Covered,
    Checked,
    Lacks(String),
}

/// My placement, from the acceptance on.
///
/// # Errors
/// [`Error::NotFound`] if it is not mine or was never accepted.
pub async fn mine(tx: &mut Tx<Candidate>, id: Uuid) -> Result<AnyPlacement> {
    let case = cases::placement(tx, id).await?;
    let accepted = sqlx::query_scalar!(
        r#"select exists (select from audit_event where subject = 'placement' and subject_id = $1
               and action = 'accept') as "accepted!""#,
        id
    );
    let accepted = accepted.fetch_one(&mut **tx).await?;
    match case.facts().candidate == tx.actor() && accepted {
        true => Ok(case),
        false => Err(Error::NotFound),
    }
}

async fn show(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let case = mine(&mut tx, id).await?;
    if matches!(case.name(), placement::State::Cancelled | placement::State::NoShow) {
        return see_other(&format!("/offer/{id}"));
    }
    let row = sqlx::query!(
        r#"select p.office_id, trim(v.given_names || ' ' || v.family_names) as "supervisor!"
           from placement p join person v on v.id = p.supervisor_id where p.id = $1"#,
        id
    )
    .fetch_one(&mut *tx)
    .await?;
    let lang = me.lang;
    let place = offices::names(&mut tx, lang).await?.remove(&row.office_id).unwrap_or(row.office_id);
    let required = required(&mut tx, id).await?;
    let documents = with_reasons(&mut tx, me.files(), id).await?;
    let need = need(&mut tx, id, &case).await?;
    let stay = need.stay;
    let verified = lacks(stay, &required, &documents, Trust::Verified);
    let submitted = lacks(stay, &required, &documents, Trust::Submitted);
    let duty = explain::terms::insurance_duty(&required, &place, lang);
    let stops: Vec<Stop> = Kind::ALL
        .into_iter()
        .map(|kind| {
            let (is_done, is_sent) = match kind {
                Kind::Insurance => (verified.gaps.is_empty(), submitted.gaps.is_empty()),
                _ => (!verified.kinds.contains(&kind), !submitted.kinds.contains(&kind)),
            };
            let of_kind: Vec<&Document> = documents.iter().filter(|d| d.shown.kind == kind).collect();
            let send = need.takes(kind).then(|| format!("/onboarding/{id}/{}", kind.code()));
            stop(kind, (is_done, is_sent), &of_kind, send, (stay, &duty), lang)
        })
        .collect();
    let t = Text(lang);
    let settled = stops.iter().filter(|stop| stop.is_done).count();
    let days = (stay.start - tx.today()).num_days();
    let start = match days {
        _ if need.takes == Takes::Policies => t.longer(lang.date(stay.end)),
        1 => t.starts_tomorrow(&place, lang.weekday_date(stay.start)),
        2.. => t.starts_in(&place, lang.weekday_date(stay.start), days),
        _ => t.starts_on(&place, lang.weekday_date(stay.start)),
    };
    let turn = match (verified.is_nothing(), submitted.is_nothing()) {
        (true, _) => t.all_settled(),
        (_, true) => t.all_sent(),
        _ if need.takes == Takes::Policies => t.show_policy(),
        _ => t.some_missing(),
    };
    let view = View {
        page: me.page(Text),
        id,
        title: match need {
            Need { takes: Takes::Policies, .. } => t.longer_title(),
            _ => t.title(),
        },
        lead: format!("{start} {turn}"),
        settled,
        stops,
        calendar: calendar(stay, &required, &verified.gaps, &submitted.gaps, lang),
        place,
        supervisor: row.supervisor,
        stay,
    };
    html(StatusCode::OK, &view)
}

/// One kind of document. `send`: where another is sent, as long as that is possible; `duty`: which insurance is needed.
fn stop(
    kind: Kind,
    (is_done, is_sent): (bool, bool),
    of_kind: &[&Document],
    send: Option<String>,
    (stay, duty): (Stay, &str),
    lang: Lang,
) -> Stop {
    let t = Text(lang);
    let state = match (is_done, is_sent) {
        (true, _) => Some(State::Verified),
        (_, true) => Some(State::Submitted),
        _ => of_kind.iter().map(|d| d.shown.state).find(|s| matches!(s, State::Returned | State::Unfit)),
    };
    let why = match kind {
        Kind::Insurance => duty.to_owned(),
        Kind::MedicalCertificate => t.why_certificate(),
        Kind::VaccinationRecord => t.why_vaccinations(),
        Kind::Passport => t.why_passport(),
        Kind::Agreement => t.why_agreement(),
    };
    let may_replace = |document: &Document| send.is_some() && !document.shown.is_settled(stay);
    let documents = of_kind.iter().map(|document| line(document, may_replace(document), lang)).collect();
    let words = match kind {
        _ if of_kind.is_empty() => Some(t.send()),
        Kind::Insurance => Some(t.add_policy()),
        _ => None,
    };
    Stop {
        kind,
        title: words::kind(kind, lang),
        look: words::look(state, lang),
        why,
        is_done,
        documents,
        send: send.zip(words),
    }
}

fn line(document: &Document, replace: bool, lang: Lang) -> Line {
    let t = Text(lang);
    let shown = &document.shown;
    let mut facts = vec![lang.file_size(document.bytes)];
    facts.push(match (shown.from, shown.until) {
        (Some(from), Some(until)) => t.from_to(lang.date(from), lang.date(until)),
        (None, Some(until)) => t.until(lang.date(until)),
        _ => t.sent_on(lang.date(document.sent_on)),
    });
    if !shown.covers.is_empty() {
        let covers: Vec<String> = shown.covers.iter().map(|cover| explain::cover(*cover, lang)).collect();
        facts.push(lang.list(&covers));
    }
    Line {
        id: document.id,
        file_name: document.file_name.clone(),
        facts: facts.join(", "),
        look: words::look(Some(shown.state), lang),
        reason: match document.scan {
            _ if document.is_past => Access::Past.words(lang),
            Scan::Infected => Some(parcel::Text(lang).infected()),
            _ => document.reason.clone().filter(|_| shown.state == State::Returned),
        },
        is_gone: document.is_past || document.scan == Scan::Infected,
        replace,
    }
}

fn calendar(stay: Stay, required: &[Cover], verified: &[Gap], submitted: &[Gap], lang: Lang) -> Calendar {
    let first = stay.start.with_day(1).unwrap_or(stay.start);
    let months = (0..).map_while(|n| first.checked_add_months(Months::new(n)).filter(|day| *day <= stay.end));
    let row = |month: NaiveDate| {
        let cells = required.iter().map(|cover| cell(month, *cover, verified, submitted, lang)).collect();
        (lang.month_year(month), cells)
    };
    Calendar {
        covers: required.iter().map(|cover| explain::cover(*cover, lang)).collect(),
        months: months.map(row).collect(),
    }
}

fn cell(month: NaiveDate, cover: Cover, verified: &[Gap], submitted: &[Gap], lang: Lang) -> Cell {
    let last = month.checked_add_months(Months::new(1)).and_then(|day| day.pred_opt()).unwrap_or(month);
    let within = |gap: &&Gap| gap.cover == cover && gap.from <= last && month <= gap.to;
    let days: Vec<String> = submitted
        .iter()
        .filter(within)
        .map(|gap| match (gap.from.max(month).day(), gap.to.min(last).day()) {
            (one, other) if one == other => one.to_string(),
            (from, to) => format!("{from}–{to}"),
        })
        .collect();
    match (days.is_empty(), verified.iter().any(|gap| within(&gap))) {
        (false, _) => Cell::Lacks(Text(lang).not_covered(days.join(", "))),
        (true, true) => Cell::Checked,
        (true, false) => Cell::Covered,
    }
}

texts!(Text {
    back: "Where it stands", "Où j’en suis", "Estado";
    title: "Before your first day", "Avant votre premier jour", "Antes de su primer día";
    longer_title: "Insurance for a longer stay", "Assurance pour une prolongation", "Seguro para la prórroga";
    longer(day): "To stay until {day} you need insurance for every day up to then.",
        "Pour rester jusqu’au {day}, il vous faut une assurance pour chaque jour jusque-là.",
        "Para quedarse hasta el {day} necesita un seguro para cada día hasta entonces.";
    show_policy: "The calendar shows which days lack it. Add a policy for them.",
        "Le calendrier indique les jours non couverts. Ajoutez une police pour ceux-ci.",
        "El calendario muestra los días sin cubrir. Añada una póliza para ellos.";
    starts_in(place, day, n): "You start in {place} on {day}, in {n} days.", "Votre stage commence le {day}, dans {n} jours. Lieu : {place}.", "Empieza el {day}, dentro de {n} días. Lugar: {place}.";
    starts_tomorrow(place, day): "You start in {place} tomorrow, {day}.", "Votre stage commence demain, {day}. Lieu : {place}.", "Empieza mañana, {day}. Lugar: {place}.";
    starts_on(place, day): "Your internship in {place} starts on {day}.", "Votre stage commence le {day}. Lieu : {place}.", "Su pasantía empieza el {day}. Lugar: {place}.";
    all_settled: "Everything is settled.", "Tout est réglé.", "Todo está resuelto.";
    all_sent: "You have sent everything: Human Resources and the medical officer are checking it.",
        "Vous avez tout envoyé : les Ressources humaines et le service médical vérifient.",
        "Ha enviado todo: Recursos Humanos y el servicio médico lo están verificando.";
    some_missing: "Your internship can begin once everything on this list is settled.", "Votre stage pourra commencer quand tout sera réglé dans cette liste.",
        "Su pasantía podrá empezar cuando todo lo de esta lista esté resuelto.";
    settled(n, all): "{n} of {all} settled", "Points réglés : {n} sur {all}", "Puntos resueltos: {n} de {all}";
    list: "Your list", "Votre liste", "Su lista";
    why_certificate: "Signed by a doctor. It says that you are in good health and fit to work. Only the medical officer opens it.",
        "Signé par un médecin. Il indique que vous êtes en bonne santé et apte à travailler. Seul le service médical l’ouvre.",
        "Firmado por personal médico. Dice que goza de buena salud y puede trabajar. Solo lo abre el servicio médico.";
    why_vaccinations: "Every page with an entry. Only the medical officer opens it.", "Chaque page comportant une inscription. Seul le service médical l’ouvre.",
        "Cada página con anotaciones. Solo la abre el servicio médico.";
    why_passport: "The page with your photo and the dates.", "La page avec votre photo et les dates.", "La página con su foto y las fechas.";
    why_agreement: "The internship agreement with your signature, every page.", "La convention de stage avec votre signature, toutes les pages.",
        "El acuerdo de pasantía con su firma, todas las páginas.";
    work_cover: "Cover for accidents and illness at work", "Couverture des accidents et maladies au travail", "Cobertura de accidentes y enfermedades en el trabajo";
    work_cover_why: "We arranged this: every intern is covered under the Compensation Plan.", "Nous nous en occupons : chaque stagiaire est couvert par le Plan d’indemnisation.",
        "Ya está arreglado: todas las personas en pasantía están cubiertas por el Plan de compensación.";
    accepted: "Accepted", "Accepté", "Aceptado";
    send: "Send it", "L’envoyer", "Enviarlo";
    add_policy: "Add another policy", "Ajouter une autre police", "Añadir otra póliza";
    replace: "Send another instead", "En envoyer un autre à la place", "Enviar otro en su lugar";
    from_to(from, to): "valid from {from} to {to}", "valable du {from} au {to}", "válido del {from} al {to}";
    until(day): "valid until {day}", "valable jusqu’au {day}", "válido hasta el {day}";
    sent_on(day): "sent on {day}", "envoyé le {day}", "enviado el {day}";
    calendar: "Your insurance, day by day", "Votre assurance, jour par jour", "Su seguro, día a día";
    month: "Month", "Mois", "Mes";
    covered: "Every day", "Chaque jour", "Todos los días";
    checked: "Being checked", "En cours de vérification", "En verificación";
    not_covered(days): "Not covered: {days}", "Non couvert : {days}", "Sin cubrir: {days}";
    your_placement: "Your placement", "Votre affectation", "Su plaza";
    station: "Duty station", "Lieu d’affectation", "Lugar de destino";
    supervisor: "Supervisor", "Responsable", "Persona supervisora";
    dates: "Dates", "Dates", "Fechas";
    dates_are(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    the_offer: "What you accepted", "Ce que vous avez accepté", "Lo que aceptó";
    who_sees: "Human Resources sees this list too, but never your medical documents: only that you are fit, and until when.",
        "Les Ressources humaines voient aussi cette liste, mais jamais vos documents médicaux : seulement votre aptitude et sa durée.",
        "Recursos Humanos también ve esta lista, pero nunca sus documentos médicos: solo si es apto y hasta cuándo.";
});
