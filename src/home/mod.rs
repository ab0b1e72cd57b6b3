//! The first page of everybody who works here: what needs them now, with the day by which, the oldest first.

mod administration;
mod medical;
mod review;
mod supervision;

use crate::text::{Lang, texts};
use crate::web::actor::{Actor, Role};
use crate::web::{App, Page, Result, html};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};

/// So many of each kind at most: who has more begins with the oldest.
const OF_EACH: i64 = 50;

pub fn routes() -> axum::Router<App> {
    axum::Router::new()
        .merge(review::routes())
        .merge(supervision::routes())
        .merge(medical::routes())
        .merge(administration::routes())
}

/// Something that needs the reader.
struct Row {
    what: String,
    /// The case it leads to.
    id: uuid::Uuid,
    who: String,
    /// A colleague whose it would be, and who is away.
    instead_of: Option<String>,
    /// `None`: no day is set for it.
    due_on: Option<NaiveDate>,
    since: DateTime<Utc>,
}

#[derive(askama::Template)]
#[template(path = "home/show.html")]
struct View {
    page: Page<Text>,
    title: String,
    items: Vec<Item>,
}

struct Item {
    what: String,
    who: String,
    instead_of: Option<String>,
    /// `None`: there is no page to do it on.
    address: Option<String>,
    due_on: Option<NaiveDate>,
    is_late: bool,
    since: DateTime<Utc>,
}

/// `say` puts a row into words: what there is to do, and where.
fn show<R: Role>(
    me: &Actor<R>,
    today: NaiveDate,
    rows: Vec<Row>,
    say: impl Fn(&Row, Lang) -> (String, Option<String>),
) -> Result<Response> {
    let t = Text(me.lang);
    let title = match rows.len() {
        0 => t.nothing(),
        1 => t.one(),
        n => t.some(n),
    };
    let item = |row: Row| {
        let (what, address) = say(&row, me.lang);
        let is_late = row.due_on.is_some_and(|day| day < today);
        Item {
            what,
            address,
            who: row.who,
            instead_of: row.instead_of,
            due_on: row.due_on,
            is_late,
            since: row.since,
        }
    };
    let items = rows.into_iter().map(item).collect();
    html(StatusCode::OK, &View { page: me.page(Text), title, items })
}

texts!(Text {
    nothing: "Nothing needs you now", "Rien ne vous attend", "Nada requiere su atención ahora";
    nothing_lead: "You get a letter when something does.", "Vous recevez un courriel dès que quelque chose vous attend.",
        "Recibe un mensaje cuando algo la requiera.";
    one: "One thing needs you now", "Une chose vous attend", "Una cosa requiere su atención ahora";
    some(n): "{n} things need you now", "{n} choses vous attendent", "{n} cosas requieren su atención ahora";
    lead: "The oldest, and what is due first, come first.", "Le plus ancien et le plus pressant viennent en premier.",
        "Lo más antiguo y lo que vence antes aparecen primero.";
    roles: "Your roles", "Vos fonctions", "Sus funciones";
    hr: "Human Resources", "Ressources humaines", "Recursos Humanos";
    supervisor: "Supervision", "Encadrement", "Supervisión";
    direction: "Waivers", "Dispenses", "Exenciones";
    instead_of(name): "for {name}, who is away", "à la place de {name}, en absence", "en lugar de {name}, que está ausente";
    medical: "Medical files", "Dossiers médicaux", "Expedientes médicos";
    administration: "Administration", "Administration", "Administración";
    what: "What", "Quoi", "Qué";
    who: "Who", "Qui", "Quién";
    due: "By", "Échéance", "Vencimiento";
    since: "Waiting since", "En attente depuis", "En espera desde";
    times: "Other times to propose for an interview", "Autres créneaux d’entretien à proposer", "Otros horarios de entrevista por proponer";
    late: "Late", "En retard", "Con retraso";
    no_day: "No day set", "Sans échéance", "Sin fecha";
});
