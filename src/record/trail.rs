//! The administrator reads the record of everything, of one person, of one case. Why somebody decided is not theirs to
//! read: reasons stay with those who work on the case.

use super::export;
use super::groups::Group;
use super::rows::{Entry, Filter, Found, Meant, meant, name_of, page};
use super::words;
use crate::sheets::Format;
use crate::text::{Lang, texts};
use crate::web::{Administrator, App, Choice, Page, Path, Query, Recent, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub const PER_PAGE: usize = 50;

pub fn routes() -> Router<App> {
    Router::new().route("/record", get(show)).route("/record/export/{format}", get(download))
}

#[derive(askama::Template)]
#[template(path = "record/trail.html")]
struct View {
    page: Page<Text>,
    filter: Filter,
    acts: Vec<Choice>,
    /// Of whom or of which case; `None`: everything.
    about: Option<String>,
    /// Several may be meant by what was searched for.
    people: Option<Vec<Found>>,
    days: Vec<Day>,
    next: Option<String>,
}

/// What happened on one day.
pub struct Day {
    pub name: String,
    pub lines: Vec<Line>,
}

/// An entry in words.
pub struct Line {
    pub stamp: String,
    pub time: String,
    pub who: String,
    pub role: String,
    pub action: String,
    pub change: Option<String>,
    pub entry: Entry,
}

impl View {
    /// The same filter without what it is about.
    fn everything(&self) -> String {
        Filter { person: String::new(), case: String::new(), ..self.filter.from_its_start() }
            .address("/record")
    }

    fn of_person(&self, id: impl std::fmt::Display) -> String {
        Filter { person: id.to_string(), ..Filter::default() }.address("/record")
    }

    fn of_case(&self, id: impl std::fmt::Display) -> String {
        Filter { case: id.to_string(), ..Filter::default() }.address("/record")
    }
}

async fn show(me: Administrator, Query(filter): Query<Filter>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let mut people = None;
    if !filter.q.is_empty() {
        let here = |person: String, case: String| Filter {
            q: String::new(),
            person,
            case,
            ..filter.from_its_start()
        };
        match meant(&mut tx, &filter.q).await? {
            Meant::Case(case) => return see_other(&here(String::new(), case.to_string()).address("/record")),
            Meant::People(found) => match &found[..] {
                [one] => return see_other(&here(one.id.to_string(), String::new()).address("/record")),
                _ => people = Some(found),
            },
        }
    }
    let scope = filter.scope();
    let (entries, more) = match people {
        Some(_) => (Vec::new(), false),
        None => first_of(page(&mut tx, scope, &filter, PER_PAGE + 1).await?),
    };
    let view = View {
        page: me.page(Text),
        acts: Group::ALL
            .map(|group| Choice::new(group.code(), group.name(me.lang), group.code() == filter.act))
            .into(),
        about: name_of(&mut tx, scope).await?,
        people,
        next: entries.last().filter(|_| more).map(|last| filter.after(last).address("/record")),
        days: days(entries, me.lang),
        filter,
    };
    html(StatusCode::OK, &view)
}

async fn download(
    Recent(me): Recent<Administrator>,
    Path(format): Path<Format>,
    Query(filter): Query<Filter>,
) -> Result<Response> {
    export::sheet(me, format, filter.scope(), filter, false).await
}

/// A page, and whether there are more.
pub fn first_of(mut entries: Vec<Entry>) -> (Vec<Entry>, bool) {
    let more = entries.len() > PER_PAGE;
    entries.truncate(PER_PAGE);
    (entries, more)
}

/// In words, a group a day.
pub fn days(entries: Vec<Entry>, lang: Lang) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for entry in entries {
        let name = lang.weekday_date(entry.at.date_naive());
        let line = Line {
            stamp: entry.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
            time: entry.at.format("%H:%M:%S").to_string(),
            who: words::who(&entry, lang),
            role: words::role(&entry.role, lang),
            action: words::action(&entry, lang),
            change: words::change(&entry, lang),
            entry,
        };
        match days.last_mut() {
            Some(day) if day.name == name => day.lines.push(line),
            _ => days.push(Day { name, lines: vec![line] }),
        }
    }
    days
}

texts!(pub Text {
    title: "Audit trail", "Journal d’audit", "Registro de auditoría";
    lead: "Who did what, and when. Entries cannot be changed or removed. Times are UTC.",
        "Qui a fait quoi, et quand. Les entrées ne peuvent être ni modifiées ni supprimées. Les heures sont en UTC.",
        "Quién hizo qué y cuándo. Las entradas no pueden cambiarse ni eliminarse. Las horas son UTC.";
    filter_trail: "Filter the audit trail", "Filtrer le journal d’audit", "Filtrar el registro de auditoría";
    search: "Person or reference", "Personne ou référence", "Persona o referencia";
    act: "Kind of action", "Type d’action", "Tipo de acción";
    any: "Any", "Toutes", "Todas";
    from: "From", "Du", "Desde";
    to: "To", "Au", "Hasta";
    filter: "Filter", "Filtrer", "Filtrar";
    entries: "Audit entries, newest first", "Entrées, les plus récentes d’abord", "Entradas, las más recientes primero";
    time: "Time, UTC", "Heure, UTC", "Hora, UTC";
    who: "Who", "Qui", "Quién";
    action: "Action", "Action", "Acción";
    record: "About", "Concerne", "Sobre";
    change: "Change", "Changement", "Cambio";
    reason(reason): "Reason: “{reason}”", "Motif : « {reason} »", "Motivo: «{reason}»";
    about(name): "Only {name}", "Seulement {name}", "Solo {name}";
    remove: "Remove this filter", "Retirer ce filtre", "Quitar este filtro";
    which: "Which person?", "Quelle personne ?", "¿Qué persona?";
    nobody: "Nobody of this name or reference", "Personne de ce nom, ni cette référence", "Nadie con este nombre ni referencia";
    nobody_lead: "Try fewer letters, a whole email address, or a reference such as ST-2026-04817.",
        "Essayez avec moins de lettres, une adresse électronique complète ou une référence comme ST-2026-04817.",
        "Pruebe con menos letras, una dirección de correo completa o una referencia como ST-2026-04817.";
    none: "Nothing recorded here", "Rien d’enregistré ici", "Nada registrado aquí";
    none_lead: "No entry fits this filter.", "Aucune entrée ne correspond à ce filtre.", "Ninguna entrada corresponde a este filtro.";
    pages: "Pages", "Pages", "Páginas";
    newest: "Newest entries", "Entrées les plus récentes", "Entradas más recientes";
    older: "Older entries", "Entrées plus anciennes", "Entradas más antiguas";
    back: "The profile", "Le dossier", "El perfil";
});
