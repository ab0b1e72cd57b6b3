//! The internship on one page: where, with whom, until when, on which terms; what was written; what comes at the end.

use crate::domain::placement::State;
use crate::explain::profile::Row;
use crate::explain::terms::Line;
use crate::reference::areas;
use crate::text::{Lang, texts};
use crate::underway::certificates::{self, Certificate};
use crate::underway::evaluations::{self, Evaluation};
use crate::underway::extensions::{self, Extension, Standing};
use crate::underway::{Internship, internship, periods};
use crate::web::{App, Candidate, Page, Path, Result, html};
use crate::{explain, offices, policies};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/internship/{id}", get(show))
}

#[derive(askama::Template)]
#[template(path = "internship/show.html")]
struct View {
    page: Page<Text>,
    id: Uuid,
    tone: &'static str,
    icon: &'static str,
    word: String,
    title: String,
    lead: String,
    reference: String,
    place: String,
    area: String,
    supervisor: String,
    email: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    extension: Option<Notice>,
    evaluations: Vec<Written>,
    certificate: Option<Certificate>,
    /// The first day has come.
    is_begun: bool,
    terms: Vec<Line>,
    writing: Vec<Row>,
    periods: Vec<Row>,
}

/// Where a longer stay stands; `waits`: the answer is the intern's.
struct Notice {
    tone: &'static str,
    icon: &'static str,
    text: String,
    reason: Option<String>,
    waits: bool,
    /// Insurance for the longer stay can be shown.
    insures: bool,
}

struct Written {
    code: &'static str,
    title: String,
    on: NaiveDate,
    is_answered: bool,
}

async fn show(me: Candidate, Path(id): Path<Uuid>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = internship(&mut tx, id).await?;
    let today = tx.today();
    let policy = policies::at(&mut tx, today, &now.office).await?;
    let places = offices::names(&mut tx, me.lang).await?;
    let place = places.get(&now.office).unwrap_or(&now.office).clone();
    let page = me.page(Text);
    let written = evaluations::all(&mut tx, id).await?;
    let (tone, icon, word) = look(now.state(), me.lang);
    let (title, lead) = standing(&now, &place, today, me.lang);
    let agreed = periods::all(&mut tx, id).await?;
    let view = View {
        id,
        tone,
        icon,
        word,
        title,
        lead,
        area: areas::area(&now.area).map_or(now.area.as_str(), |area| area.name(me.lang)).to_owned(),
        starts_on: now.stay().start,
        ends_on: now.stay().end,
        extension: extensions::latest(&mut tx, id)
            .await?
            .and_then(|asked| notice(&now, &asked, today, me.lang)),
        evaluations: written.iter().map(|evaluation| line(evaluation, &page)).collect(),
        is_begun: matches!(now.state(), State::Started | State::Completed | State::EndedEarly),
        certificate: certificates::of(&mut tx, id).await?,
        terms: explain::terms::lines(
            &now.stated,
            now.stay(),
            &policy.terms,
            &now.profile.funding,
            &place,
            me.lang,
        ),
        periods: periods::rows(&agreed, periods::Reader::Intern, me.zone(), me.lang),
        writing: now.approval.as_ref().map_or(Vec::new(), |a| explain::placement::writing(a, me.lang)),
        reference: now.reference,
        place,
        supervisor: now.supervisor,
        email: now.supervisor_email,
        page,
    };
    html(StatusCode::OK, &view)
}

/// Tone, icon and word of a state, to the intern.
fn look(state: State, lang: Lang) -> (&'static str, &'static str, String) {
    let t = Text(lang);
    match state {
        State::Ready => ("ok", "ok", t.ready()),
        State::Started => ("ok", "half", t.started()),
        State::Completed => ("ok", "ok", t.completed()),
        State::EndedEarly => ("off", "dash", t.ended_early()),
        _ => ("you", "half", t.accepted()),
    }
}

fn standing(now: &Internship, place: &str, today: NaiveDate, lang: Lang) -> (String, String) {
    let t = Text(lang);
    let stay = now.stay();
    let begins = match (stay.start - today).num_days() {
        n if n > 1 => t.begins_in(lang.weekday_date(stay.start), n),
        1 => t.begins_tomorrow(),
        0 => t.begins_today(),
        _ => t.began_by_plan(lang.weekday_date(stay.start)),
    };
    match now.state() {
        State::Ready => (t.ready_title(place), begins),
        State::Started => {
            let left = match (stay.end - today).num_days() {
                n if n > 1 => t.days_left(n, lang.weekday_date(stay.end)),
                1 => t.one_day_left(),
                0 => t.last_day_today(),
                _ => t.past_last_day(lang.date(stay.end)),
            };
            (t.started_title(place), left)
        }
        State::Completed => (t.completed_title(place), t.completed_lead()),
        State::EndedEarly if today <= stay.end => (t.ends_title(place), t.ends_lead(lang.date(stay.end))),
        State::EndedEarly => (t.ended_title(place), t.ended_lead(lang.date(stay.end))),
        _ => (t.accepted_title(place), begins),
    }
}

/// `None`: there is nothing to say, or what was asked for did not come in time.
fn notice(now: &Internship, asked: &Extension, today: NaiveDate, lang: Lang) -> Option<Notice> {
    let started = now.case.started().ok()?;
    if asked.is_open() && !started.may_agree_extension(today) {
        let text = Text(lang).extension_over(lang.date(asked.new_end));
        return Some(Notice { tone: "off", icon: "dash", text, reason: None, waits: false, insures: false });
    }
    let t = Text(lang);
    let day = lang.date(asked.new_end);
    let (tone, icon, text) = match asked.standing {
        Standing::Asked => ("you", "chat", t.extension_asked(day)),
        Standing::Agreed => ("them", "clock", t.extension_agreed(day)),
        Standing::Refused => ("off", "dash", t.extension_refused(day)),
        Standing::Confirmed => ("ok", "ok", t.extension_confirmed(day)),
        Standing::Declined => ("off", "dash", t.extension_declined(day)),
    };
    let reason = asked.decline_reason.clone();
    let waits = asked.standing == Standing::Asked;
    let insures = asked.is_open();
    Some(Notice { tone, icon, text, reason, waits, insures })
}

fn line(evaluation: &Evaluation, page: &Page<Text>) -> Written {
    Written {
        code: evaluation.which.code(),
        title: evaluations::Text(page.lang).title(evaluation.which),
        on: page.day_of(&evaluation.written_at),
        is_answered: evaluation.comment.is_some(),
    }
}

texts!(Text {
    back: "Where it stands", "Où j’en suis", "Estado";
    accepted: "Getting ready", "En préparation", "En preparación";
    ready: "Ready to start", "Tout est prêt", "Todo listo";
    started: "Under way", "En cours", "En curso";
    completed: "Completed", "Terminé", "Terminada";
    ended_early: "Ended early", "Terminé plus tôt", "Terminada antes";
    accepted_title(place): "You are going to {place}", "Vous allez à {place}", "Va a {place}";
    ready_title(place): "Everything is ready for {place}", "Tout est prêt pour {place}", "Todo está listo para {place}";
    started_title(place): "Your internship in {place}", "Votre stage à {place}", "Su pasantía en {place}";
    completed_title(place): "You have completed your internship in {place}", "Vous avez terminé votre stage à {place}", "Ha completado su pasantía en {place}";
    ended_title(place): "Your internship in {place} has ended", "Votre stage à {place} a pris fin", "Su pasantía en {place} ha terminado";
    ends_title(place): "Your internship in {place} ends early", "Votre stage à {place} prend fin avant terme", "Su pasantía en {place} termina antes";
    begins_in(day, n): "Your first day is {day}, in {n} days.", "Votre premier jour est le {day}, dans {n} jours.", "Su primer día es el {day}, dentro de {n} días.";
    begins_tomorrow: "Your first day is tomorrow.", "Votre premier jour est demain.", "Su primer día es mañana.";
    begins_today: "Your first day is today.", "Votre premier jour est aujourd’hui.", "Su primer día es hoy.";
    began_by_plan(day): "Your first day was to be {day}. Your supervisor confirms it once you have begun.",
        "Votre premier jour était prévu le {day}. Votre responsable le confirme dès que vous avez commencé.",
        "Su primer día estaba previsto para el {day}. Su supervisión lo confirma en cuanto haya empezado.";
    days_left(n, day): "{n} days left. Your last day is {day}.", "Il reste {n} jours. Votre dernier jour est le {day}.", "Quedan {n} días. Su último día es el {day}.";
    one_day_left: "One day left: tomorrow is your last day.", "Il reste un jour : demain est votre dernier jour.", "Queda un día: mañana es su último día.";
    last_day_today: "Today is your last day.", "C’est aujourd’hui votre dernier jour.", "Hoy es su último día.";
    past_last_day(day): "Your last day was {day}. Your supervisor closes the internship, then your certificate appears here.",
        "Votre dernier jour était le {day}. Votre responsable clôt le stage, puis votre attestation apparaît ici.",
        "Su último día fue el {day}. Su supervisión cierra la pasantía y después su certificado aparece aquí.";
    completed_lead: "Congratulations. Your certificate is here for as long as you need it.",
        "Félicitations. Votre attestation reste ici aussi longtemps que vous en avez besoin.",
        "Enhorabuena. Su certificado queda aquí todo el tiempo que lo necesite.";
    ended_lead(day): "Your last day was {day}.", "Votre dernier jour était le {day}.", "Su último día fue el {day}.";
    ends_lead(day): "Your last day is {day}.", "Votre dernier jour est le {day}.", "Su último día es el {day}.";
    extension_asked(day): "Your supervisor would like you to stay until {day}. It is for you to decide.",
        "Votre responsable souhaite que vous restiez jusqu’au {day}. C’est à vous de décider.",
        "Su supervisión desea que se quede hasta el {day}. La decisión es suya.";
    extension_agreed(day): "You have agreed to stay until {day}. Human Resources now checks your insurance and confirms.",
        "Vous avez accepté de rester jusqu’au {day}. Les Ressources humaines vérifient maintenant votre assurance et confirment.",
        "Ha aceptado quedarse hasta el {day}. Ahora Recursos Humanos comprueba su seguro y lo confirma.";
    show_insurance: "Show your insurance for the longer stay", "Fournir votre assurance pour la prolongation", "Presentar su seguro para la prórroga";
    extension_refused(day): "You have decided not to stay until {day}. Your last day stays as it is.",
        "Vous avez décidé de ne pas rester jusqu’au {day}. Votre dernier jour ne change pas.",
        "Ha decidido no quedarse hasta el {day}. Su último día no cambia.";
    extension_confirmed(day): "Your internship has been extended: your last day is {day}.", "Votre stage est prolongé : votre dernier jour est le {day}.",
        "Su pasantía se ha prorrogado: su último día es el {day}.";
    extension_declined(day): "Human Resources could not confirm the extension until {day}. Your last day stays as it is.",
        "Les Ressources humaines n’ont pas pu confirmer la prolongation jusqu’au {day}. Votre dernier jour ne change pas.",
        "Recursos Humanos no pudo confirmar la prórroga hasta el {day}. Su último día no cambia.";
    extension_over(day): "A longer stay until {day} was not agreed before your last day. Your last day stays as it is.",
        "Une prolongation jusqu’au {day} n’a pas été convenue avant votre dernier jour. Votre dernier jour ne change pas.",
        "No se acordó una prórroga hasta el {day} antes de su último día. Su último día no cambia.";
    read_and_answer: "Read the terms and answer", "Lire les conditions et répondre", "Leer las condiciones y responder";
    the_place: "Where and with whom", "Où et avec qui", "Dónde y con quién";
    station: "Duty station", "Lieu d’affectation", "Lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    supervisor: "Supervisor", "Responsable", "Persona supervisora";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    reference: "Reference", "Référence", "Referencia";
    terms: "Your terms", "Vos conditions", "Sus condiciones";
    periods: "Periods agreed", "Périodes convenues", "Periodos acordados";
    work: "Your work", "Votre travail", "Su trabajo";
    evaluations: "Evaluations", "Évaluations", "Evaluaciones";
    no_evaluations: "Your supervisor writes one at half-time and one at the end. You can comment on each, and you get a letter.",
        "Votre responsable en écrit une à mi-parcours et une à la fin. Vous pouvez commenter chacune, et vous recevez un courriel.",
        "Su supervisión escribe una a mitad de la pasantía y otra al final. Puede comentar cada una y recibe un mensaje.";
    written_on(day): "Written on {day}", "Écrite le {day}", "Escrita el {day}";
    to_comment: "You can comment", "Vous pouvez commenter", "Puede comentar";
    commented: "Commented", "Commentée", "Comentada";
    calendar: "Dates for your calendar", "Dates pour votre agenda", "Fechas para su calendario";
    calendar_lead: "First day, mid-term evaluation and last day, as a file that calendars read.",
        "Premier jour, évaluation à mi-parcours et dernier jour, dans un fichier que lisent les agendas.",
        "Primer día, evaluación intermedia y último día, en un archivo que leen los calendarios.";
    add: "Download the dates", "Télécharger les dates", "Descargar las fechas";
    absences: "Absences", "Absences", "Ausencias";
    absences_lead: "Days on which you are not at work, recorded by you or your supervisor.",
        "Les jours où vous n’êtes pas au travail, enregistrés par vous ou votre responsable.",
        "Los días en que no trabaja, registrados por usted o su supervisión.";
    see_absences: "See and record absences", "Voir et enregistrer les absences", "Ver y registrar ausencias";
    certificate: "Your certificate", "Votre attestation", "Su certificado";
    code: "Its code", "Son code", "Su código";
    code_lead: "Whoever you give this code to can have the certificate confirmed, without an account.",
        "Toute personne à qui vous donnez ce code peut faire confirmer l’attestation, sans compte.",
        "Cualquier persona a quien dé este código puede confirmar el certificado, sin cuenta.";
    see_page: "See the page they see", "Voir la page qui s’affiche alors", "Ver la página que se muestra";
    later: "Your supervisor issues it at the end, once the final evaluation is written.",
        "Votre responsable la délivre à la fin, une fois l’évaluation finale écrite.",
        "Su supervisión lo expide al final, una vez escrita la evaluación final.";
});
