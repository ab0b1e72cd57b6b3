//! The queue: released profiles, longest wait first, narrowed by filters that live in the address.

use super::queue_rows::{COUNTED, Place, Row, Sort, Wanted, by_reference, counts, page, unreleased};
use crate::domain::application::State;
use crate::domain::eligibility::{Track, Verdict};
use crate::explain::eligibility::{track_name, verdict_look, verdict_name};
use crate::offices;
use crate::reference::{areas, languages};
use crate::text::{Lang, texts};
use crate::web::{App, Choice, HrReviewer, Page, Query, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review", get(show))
}

/// The address is the view: whoever keeps it keeps the filters.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub(super) struct Filters {
    #[serde(skip_serializing_if = "String::is_empty")]
    state: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    verdict: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    area: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    track: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    language: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    office: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    assignee: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    waiting: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sort: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    after: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    before: String,
}

#[derive(askama::Template)]
#[template(path = "review/queue.html")]
struct View {
    page: Page<Text>,
    filters: Filters,
    title: String,
    tabs: Vec<Tab>,
    selects: Vec<Select>,
    chips: Vec<(String, String)>,
    clear: String,
    heads: [(String, String, bool); 3],
    lines: Vec<Line>,
    /// How many profiles are complete and not released, in words.
    unreleased: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

struct Tab {
    address: String,
    name: String,
    count: String,
    is_here: bool,
}

struct Select {
    name: &'static str,
    label: String,
    choices: Vec<Choice>,
}

struct Line {
    id: Uuid,
    name: String,
    reference: String,
    tone: &'static str,
    icon: &'static str,
    verdict: String,
    wants: String,
    tracks: String,
    languages: String,
    start: String,
    months: i16,
    waiting: i64,
    assignee: Option<String>,
    has_news: bool,
}

const STATES: [State; 5] =
    [State::Released, State::InReview, State::ChangesRequested, State::Pooled, State::NotSelected];
const WAITS: [u64; 3] = [10, 20, 30];

async fn show(me: HrReviewer, Query(filters): Query<Filters>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let today = tx.today();
    let offices = offices::names(&mut tx, me.lang).await?;
    let selects = selects(&filters, &offices, me.lang);
    let filters = filters.only_known(&selects);
    let references = references(&filters.q, today);
    if !references.is_empty()
        && let Some(id) = by_reference(&mut tx, &references).await?
    {
        return see_other(&format!("/review/{id}"));
    }
    let state = filters.state();
    let found = page(&mut tx, &filters.wanted(me.id.0)).await?;
    if found.rows.is_empty() && filters != filters.first_page() {
        return see_other(&filters.first_page().address()); // beyond the end
    }
    let codes: Vec<String> = STATES.iter().map(|state| state.code().to_owned()).collect();
    let counts: HashMap<String, i64> = counts(&mut tx, &codes).await?.into_iter().collect();
    let t = Text(me.lang);
    let unreleased = match unreleased(&mut tx).await? {
        0 => None,
        1 => Some(t.one_unreleased()),
        n => Some(t.unreleased(number(n, me.lang))),
    };
    let tab = |other: State| Tab {
        address: match other {
            State::Released => "/review".to_owned(),
            _ => format!("/review?state={}", other.code()),
        },
        name: state_name(other, me.lang),
        count: number(counts.get(other.code()).copied().unwrap_or_default(), me.lang),
        is_here: other == state,
    };
    let sorted = |code: &str, name: String| {
        let to = Filters { sort: code.to_owned(), ..filters.first_page() };
        (to.address(), name, filters.sort == code)
    };
    let line = |row: Row| line(row, &offices, &me, today);
    let beside = |after: String, before: String| Filters { after, before, ..filters.clone() }.address();
    let view = View {
        page: me.page(Text),
        unreleased,
        title: state_name(state, me.lang),
        tabs: STATES.into_iter().map(tab).collect(),
        chips: chips(&filters, &selects),
        clear: Filters { state: filters.state.clone(), ..Filters::default() }.address(),
        heads: [sorted("name", t.candidate()), sorted("start", t.from()), sorted("", t.waiting())],
        lines: found.rows.into_iter().map(line).collect(),
        before: found.before.map(|cursor| beside(String::new(), cursor)),
        after: found.after.map(|cursor| beside(cursor, String::new())),
        selects,
        filters,
    };
    html(StatusCode::OK, &view)
}

fn line(row: Row, offices: &HashMap<String, String>, me: &HrReviewer, today: NaiveDate) -> Line {
    let lang = me.lang;
    let verdict = Verdict::from_code(&row.verdict).unwrap_or(Verdict::NeedsInformation);
    let (tone, icon) = verdict_look(verdict);
    let tracks = row.tracks.iter().filter_map(|code| Track::from_code(code)).map(|t| track_name(t, lang));
    Line {
        id: row.id,
        name: row.name,
        reference: row.reference,
        tone,
        icon,
        verdict: verdict_name(verdict, lang),
        wants: row.offices.first().map(|id| offices.get(id).unwrap_or(id).clone()).unwrap_or_default(),
        tracks: tracks.collect::<Vec<_>>().join(", "),
        languages: row.languages.join(" ").to_uppercase(),
        start: lang.short_date(row.starts_on),
        months: row.months,
        waiting: (today - row.waiting_since.with_timezone(&me.zone()).date_naive()).num_days().max(0),
        assignee: row.reviewer_id.and(row.reviewer_name),
        has_news: row.has_news,
    }
}

impl Filters {
    fn state(&self) -> State {
        STATES.into_iter().find(|state| state.code() == self.state).unwrap_or(State::Released)
    }

    fn first_page(&self) -> Filters {
        Filters { after: String::new(), before: String::new(), ..self.clone() }
    }

    /// From the beginning, without what nobody could have chosen: for the list as a file.
    pub(super) fn whole(self, offices: &HashMap<String, String>, lang: Lang) -> Filters {
        let selects = selects(&self, offices, lang);
        self.only_known(&selects).first_page()
    }

    pub(super) fn from(&self, after: String) -> Filters {
        Filters { after, before: String::new(), ..self.clone() }
    }

    /// Without a page.
    fn query(&self) -> String {
        serde_html_form::to_string(self.first_page()).unwrap_or_default()
    }

    fn address(&self) -> String {
        match serde_html_form::to_string(self) {
            Ok(query) if !query.is_empty() => format!("/review?{query}"),
            _ => "/review".to_owned(),
        }
    }

    pub(super) fn wanted(&self, me: Uuid) -> Wanted<'_> {
        fn any(text: &str) -> Option<&str> {
            (!text.is_empty()).then_some(text)
        }
        Wanted {
            state: self.state().code(),
            verdict: any(&self.verdict),
            area: any(&self.area),
            track: any(&self.track),
            language: any(&self.language),
            office: any(&self.office),
            reviewer: (self.assignee == "me").then_some(me),
            nobody: self.assignee == "none",
            over_days: self.waiting.parse().ok().filter(|days| WAITS.contains(days)),
            q: &self.q,
            sort: match self.sort.as_str() {
                "name" => Sort::Name,
                "start" => Sort::Start,
                _ => Sort::Wait,
            },
            place: Place::read(&self.after, &self.before),
        }
    }

    /// What nobody could have chosen counts as not chosen.
    fn only_known(mut self, selects: &[Select]) -> Filters {
        for select in selects.iter().filter(|select| !select.choices.iter().any(|choice| choice.chosen)) {
            self.clear(select.name);
        }
        if self.state() == State::Released {
            self.state.clear();
        }
        if !["name", "start"].contains(&self.sort.as_str()) {
            self.sort.clear();
        }
        let typed: String = self.q.chars().filter(|c| !c.is_control()).take(100).collect();
        self.q = typed.trim().to_owned();
        self
    }

    /// The same view without one filter.
    fn without(&self, name: &str) -> Filters {
        let mut rest = self.first_page();
        rest.clear(name);
        rest
    }

    fn clear(&mut self, name: &str) {
        match name {
            "q" => self.q.clear(),
            "verdict" => self.verdict.clear(),
            "area" => self.area.clear(),
            "track" => self.track.clear(),
            "language" => self.language.clear(),
            "office" => self.office.clear(),
            "assignee" => self.assignee.clear(),
            _ => self.waiting.clear(),
        }
    }
}

/// References that a search may mean: `ST-2026-04817` itself, or every year's if only the number was typed.
fn references(q: &str, today: NaiveDate) -> Vec<String> {
    match q.parse::<u32>() {
        Ok(number) => (2026..=today.year()).map(|year| format!("ST-{year}-{number:05}")).collect(),
        Err(_) if q.to_uppercase().starts_with("ST-") => vec![q.to_uppercase()],
        Err(_) => Vec::new(),
    }
}

fn selects(f: &Filters, offices: &HashMap<String, String>, lang: Lang) -> Vec<Select> {
    let t = Text(lang);
    let list = |name, label, chosen: &str, choices: Vec<(String, String)>| Select {
        name,
        label,
        choices: choices
            .into_iter()
            .map(|(code, label)| {
                let is_chosen = code == chosen;
                Choice::new(code, label, is_chosen)
            })
            .collect(),
    };
    let mut places: Vec<(String, String)> =
        offices.iter().map(|(id, name)| (id.clone(), name.clone())).collect();
    places.sort_by_key(|(_, name)| crate::domain::profile::fold(name));
    let working = ["en", "fr", "es"].into_iter().filter_map(languages::language);
    vec![
        list(
            "verdict",
            t.eligibility(),
            &f.verdict,
            Verdict::ALL.map(|v| (v.code().to_owned(), verdict_name(v, lang))).to_vec(),
        ),
        list(
            "area",
            t.area(),
            &f.area,
            areas::sorted(lang).into_iter().map(|a| (a.code.to_owned(), a.name(lang).to_owned())).collect(),
        ),
        list(
            "track",
            t.track(),
            &f.track,
            Track::ALL.map(|track| (track.code().to_owned(), track_name(track, lang))).to_vec(),
        ),
        list(
            "language",
            t.language(),
            &f.language,
            working.map(|l| (l.code.to_owned(), l.name(lang).to_owned())).collect(),
        ),
        list("office", t.office(), &f.office, places),
        list("assignee", t.assignee(), &f.assignee, vec![("me".into(), t.me()), ("none".into(), t.nobody())]),
        list("waiting", t.waiting(), &f.waiting, WAITS.map(|days| (days.to_string(), t.over(days))).to_vec()),
    ]
}

/// Each active filter in words, with the address of the view without it.
fn chips(filters: &Filters, selects: &[Select]) -> Vec<(String, String)> {
    let typed = (!filters.q.is_empty()).then(|| (format!("“{}”", filters.q), filters.without("q").address()));
    let chosen = selects.iter().filter_map(|select| {
        let choice = select.choices.iter().find(|choice| choice.chosen)?;
        Some((format!("{}: {}", select.label, choice.label), filters.without(select.name).address()))
    });
    typed.into_iter().chain(chosen).collect()
}

fn state_name(state: State, lang: Lang) -> String {
    let t = Text(lang);
    match state {
        State::InReview => t.in_review(),
        State::ChangesRequested => t.changes_requested(),
        State::Pooled => t.pooled(),
        State::NotSelected => t.not_selected(),
        _ => t.released(),
    }
}

/// Counts end somewhere.
fn number(n: i64, lang: Lang) -> String {
    if n > COUNTED { format!("{}+", lang.number(COUNTED)) } else { lang.number(n) }
}

texts!(Text {
    one_unreleased: "One profile is complete but not released. Its candidate has been told.",
        "Un dossier est complet mais n’a pas été transmis. La personne en est avertie.",
        "Un perfil está completo pero no se ha enviado. Se ha avisado a la persona.";
    unreleased(n): "{n} profiles are complete but not released. Their candidates have been told.",
        "{n} dossiers sont complets mais n’ont pas été transmis. Les personnes en sont averties.",
        "{n} perfiles están completos pero no se han enviado. Se ha avisado a las personas.";
    released: "Released profiles", "Dossiers transmis", "Perfiles enviados";
    in_review: "In review", "En cours d’examen", "En revisión";
    changes_requested: "With candidates", "Chez les personnes candidates", "Con las personas candidatas";
    pooled: "In the pool", "Dans le vivier", "En la bolsa";
    not_selected: "Not selected", "Non retenus", "No seleccionados";
    states: "States", "États", "Estados";
    filter_profiles: "Filter profiles", "Filtrer les dossiers", "Filtrar los perfiles";
    search: "Name, reference or university", "Nom, référence ou université", "Nombre, referencia o universidad";
    filter: "Filter", "Filtrer", "Filtrar";
    any: "Any", "Indifférent", "Cualquiera";
    eligibility: "Eligibility", "Admissibilité", "Admisibilidad";
    area: "Area", "Domaine", "Área";
    track: "Qualifies by", "Admissible par", "Cumple por";
    language: "Works in", "Travaille en", "Trabaja en";
    office: "Wants", "Souhaite", "Desea";
    assignee: "Assigned to", "Attribué à", "Asignado a";
    me: "Me", "Moi", "Mí";
    nobody: "Nobody", "Personne", "Nadie";
    new_message: "New message", "Nouveau message", "Mensaje nuevo";
    nobody_yet: "Nobody yet", "Encore personne", "Nadie todavía";
    waiting: "Waiting", "Attente", "Espera";
    over(days): "Over {days} days", "Plus de {days} jours", "Más de {days} días";
    over_colon(days): "over {days} days:", "plus de {days} jours :", "más de {days} días:";
    days(n): "{n} d", "{n} j", "{n} d";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    languages: "Languages", "Langues", "Idiomas";
    from: "From", "À partir du", "Desde";
    months: "Months", "Mois", "Meses";
    shown: "Filters:", "Filtres :", "Filtros:";
    remove: "remove filter", "retirer le filtre", "quitar el filtro";
    clear: "Clear the filters", "Effacer les filtres", "Borrar los filtros";
    nobody_title: "Nobody is here", "Il n’y a personne ici", "No hay nadie aquí";
    nobody_lead: "Profiles appear here as soon as they reach this state.", "Les dossiers apparaissent ici dès qu’ils atteignent cet état.",
        "Los perfiles aparecen aquí en cuanto llegan a este estado.";
    waiting_title: "Nobody is waiting", "Personne n’attend", "Nadie espera";
    waiting_lead: "Every released profile has an answer. New ones appear here as people release them.",
        "Chaque dossier transmis a une réponse. Les nouveaux apparaissent ici dès leur transmission.",
        "Cada perfil enviado tiene una respuesta. Los nuevos aparecen aquí a medida que se envían.";
    no_match_title: "No profile matches these filters", "Aucun dossier ne correspond à ces filtres", "Ningún perfil coincide con estos filtros";
    no_match_lead: "Remove one of them above, or look in another state.", "Retirez-en un ci-dessus, ou cherchez dans un autre état.",
        "Quite uno de ellos arriba o busque en otro estado.";
    pages: "Pages", "Pages", "Páginas";
    previous: "Previous page", "Page précédente", "Página anterior";
    next: "Next page", "Page suivante", "Página siguiente";
});
