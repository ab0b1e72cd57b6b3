//! The queue: released profiles, longest wait first, narrowed by a search that lives in the address.

use super::queue_rows::{Column, Row, Sort, by_reference, page};
use super::search::{Context, Filters, STATES, Wanted, at};
use super::{bulk, filters, queue_counts, views};
use crate::db::Tx;
use crate::domain::application::State;
use crate::domain::eligibility::{Track, Verdict};
use crate::explain::eligibility::{track_name, verdict_look, verdict_name};
use crate::offices::{self, Office};
use crate::text::{Lang, texts};
use crate::web::{App, HrReviewer, Page, Query, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use chrono::{Datelike, NaiveDate};
use std::collections::HashMap;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review", get(show))
}

#[derive(askama::Template)]
#[template(path = "review/queue.html")]
struct View {
    page: Page<Text>,
    filters: Filters,
    title: String,
    tabs: Vec<Tab>,
    /// Where this very view is kept under a name.
    save: String,
    selects: Vec<filters::Select>,
    chips: Vec<(String, String)>,
    clear: String,
    /// What the words of the box find in other states.
    found_elsewhere: Vec<Tab>,
    /// What of the search box was not understood, in words.
    faults: Vec<String>,
    /// Nothing is written like what was searched for; these are alike.
    is_alike: bool,
    heads: Heads,
    lines: Vec<Line>,
    /// Whom cases can be given to, in words.
    colleagues: Vec<(Uuid, String)>,
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

/// The columns one can sort by.
struct Heads {
    name: Head,
    start: Head,
    window: Head,
    since: Head,
    wait: Head,
}

/// A column: where its order is chosen, and how it is sorted now (`aria-sort`).
struct Head {
    address: String,
    sorted: Option<&'static str>,
}

struct Line {
    /// With what was seen of it: what a checkbox sends.
    pick: String,
    /// Of the profile, with the list it is opened from.
    address: String,
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
    window: String,
    since: String,
    waiting: i64,
    assignee: Option<String>,
    has_news: bool,
    /// Who else has it open now.
    open_with: Option<String>,
    is_skipped: bool,
}

impl View {
    /// Of whoever waits, one sees for how long; of everybody else since when their state holds, and until when they can
    /// start: all of it beside each other fits on no screen.
    fn waits(&self) -> bool {
        self.filters.state() == State::Released
    }

    /// Every row of the page, picked at once.
    fn all(&self) -> String {
        self.lines.iter().map(|line| line.pick.as_str()).collect::<Vec<_>>().join(",")
    }
}

async fn show(me: HrReviewer, Query(typed): Query<Filters>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let (today, now) = (tx.today(), tx.now());
    let offices = offices::every(&mut tx).await?;
    let context = Context { me: me.id.0, now, offices: &offices };
    let (mut filters, faults) = typed.clone().tidied(&offices);
    if faults.is_empty() && filters.q != typed.q.trim() {
        return see_other(&filters.address()); // what the box named has its own place
    }
    let references = references(&filters.q, today);
    if !references.is_empty()
        && let Some(id) = by_reference(&mut tx, &references).await?
    {
        return see_other(&format!("/review/{id}"));
    }
    let (sort, place) = (filters.sort(), filters.place());
    let mut found = page(&mut tx, &filters.wanted(context), sort, &place).await?;
    if found.rows.is_empty() && filters != filters.first_page() {
        return see_other(&filters.first_page().address()); // beyond the end
    }
    let alike = Filters { alike: "1".to_owned(), ..filters.clone() };
    if found.rows.is_empty() && alike != filters && !alike.wanted(context).alike.is_empty() {
        found = page(&mut tx, &alike.wanted(context), sort, &place).await?;
        if !found.rows.is_empty() {
            filters = alike;
        }
    }
    let found_elsewhere = match found.rows.is_empty() && !filters.q.is_empty() {
        true => elsewhere(&mut tx, &filters, context, me.lang).await?,
        false => Vec::new(),
    };
    let colleagues = bulk::colleagues(&mut tx).await?.into_iter().filter(|(id, _)| *id != me.id.0);
    let colleagues = colleagues.map(|(id, name)| (id, bulk::assign_to(&name, me.lang))).collect();
    let kept = views::tabs(&mut tx, context).await?;
    let codes = STATES.map(|state| state.code().to_owned());
    let counts: HashMap<String, i64> = queue_counts::states(&mut tx, &codes).await?.into_iter().collect();
    let t = Text(me.lang);
    let unreleased = match queue_counts::unreleased(&mut tx).await? {
        0 => None,
        1 => Some(t.one_unreleased()),
        n => Some(t.unreleased(me.lang.counted(n))),
    };
    let here = filters.first_page();
    let is_kept = kept.iter().any(|(view, _)| view.filters == here);
    let states = STATES.into_iter().map(|state| {
        let view = Filters { state: state.code().to_owned(), ..Filters::default() }.tidied(&offices).0;
        Tab {
            address: view.address(),
            name: state_name(state, me.lang),
            count: me.lang.counted(counts.get(state.code()).copied().unwrap_or_default()),
            is_here: !is_kept && state == filters.state(),
        }
    });
    let kept = kept.into_iter().map(|(view, n)| Tab {
        address: view.filters.address(),
        is_here: view.filters == here,
        name: view.name,
        count: me.lang.counted(n),
    });
    let beside = |after: String, before: String| Filters { after, before, ..filters.clone() }.address();
    let query = here.query();
    let names = names(&offices, me.lang);
    let selects = filters::selects(&filters, &offices, me.lang);
    let view = View {
        page: me.page(Text),
        unreleased,
        title: state_name(filters.state(), me.lang),
        tabs: states.chain(kept).collect(),
        save: at("/review/views", &query),
        chips: filters::chips(&filters, &selects, me.lang),
        found_elsewhere,
        clear: Filters { state: filters.state.clone(), ..Filters::default() }.address(),
        faults: faults.iter().map(|fault| filters::fault(fault, me.lang)).collect(),
        is_alike: !filters.alike.is_empty(),
        heads: Heads::of(&here),
        lines: found.rows.into_iter().map(|row| line(row, &names, &me, today, &query)).collect(),
        colleagues,
        before: found.before.map(|cursor| beside(String::new(), cursor)),
        after: found.after.map(|cursor| beside(cursor, String::new())),
        selects,
        filters,
    };
    html(StatusCode::OK, &view)
}

fn names(offices: &[Office], lang: Lang) -> HashMap<&str, &str> {
    offices.iter().map(|office| (office.id.as_str(), office.name(lang))).collect()
}

fn line(row: Row, offices: &HashMap<&str, &str>, me: &HrReviewer, today: NaiveDate, query: &str) -> Line {
    let lang = me.lang;
    let verdict = Verdict::from_code(&row.verdict).unwrap_or(Verdict::NeedsInformation);
    let (tone, icon) = verdict_look(verdict);
    let tracks = row.tracks.iter().filter_map(|code| Track::from_code(code)).map(|t| track_name(t, lang));
    let day = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&me.zone()).date_naive();
    let wants = row.offices.first().map(String::as_str);
    Line {
        pick: format!("{}:{}", row.id, row.version),
        address: at(&format!("/review/{}", row.id), &list(query)),
        tone,
        icon,
        verdict: verdict_name(verdict, lang),
        wants: wants.map_or_else(|| Text(lang).anywhere(), |id| offices.get(id).unwrap_or(&id).to_string()),
        tracks: tracks.collect::<Vec<_>>().join(", "),
        languages: row.languages.join(" ").to_uppercase(),
        start: lang.short_date(row.starts_on),
        months: row.months,
        window: if row.window_until.year() < 9999 { lang.date(row.window_until) } else { String::new() },
        since: lang.short_date(day(row.state_since)),
        waiting: (today - day(row.waiting_since)).num_days().max(0),
        assignee: row.reviewer_id.and(row.reviewer_name),
        has_news: row.has_news,
        open_with: row.open_with,
        is_skipped: row.is_skipped,
        name: row.name,
        reference: row.reference,
    }
}

/// The list that a profile is opened from, as its address carries it.
fn list(query: &str) -> String {
    serde_html_form::to_string([("list", query)]).unwrap_or_default()
}

impl Heads {
    fn of(here: &Filters) -> Heads {
        let now = here.sort();
        let head = |by| {
            // a second press turns it round
            let next = Sort { by, falls: now.by == by && !now.falls };
            // who waits longest began to wait first
            let is_age = matches!(by, Column::Wait | Column::Since);
            let sorted = if now.falls == is_age { "ascending" } else { "descending" };
            Head {
                address: Filters { sort: next.code(), ..here.clone() }.address(),
                sorted: (now.by == by).then_some(sorted),
            }
        };
        Heads {
            name: head(Column::Name),
            start: head(Column::Start),
            window: head(Column::Window),
            since: head(Column::Since),
            wait: head(Column::Wait),
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

/// Where else the same words find somebody: whoever looks for a name seldom knows how far they have come.
async fn elsewhere(
    tx: &mut Tx<HrReviewer>,
    filters: &Filters,
    context: Context<'_>,
    lang: Lang,
) -> Result<Vec<Tab>> {
    let others = STATES.into_iter().filter(|state| *state != filters.state());
    let search = |state: State| {
        let it = Filters { state: state.code().to_owned(), q: filters.q.clone(), ..Filters::default() };
        (state, it)
    };
    let searches: Vec<(State, Filters)> = others.map(search).collect();
    let wanted: Vec<Wanted> = searches.iter().map(|(_, it)| it.wanted(context)).collect();
    let counts = queue_counts::searches(tx, &wanted).await?;
    let found = searches.into_iter().zip(counts).filter(|(_, n)| *n > 0);
    Ok(found
        .map(|((state, it), n)| Tab {
            address: it.address(),
            name: state_name(state, lang),
            count: lang.counted(n),
            is_here: false,
        })
        .collect())
}

pub fn state_name(state: State, lang: Lang) -> String {
    let t = Text(lang);
    match state {
        State::InReview => t.in_review(),
        State::ChangesRequested => t.changes_requested(),
        State::Pooled => t.pooled(),
        State::NotSelected => t.not_selected(),
        State::Placed => t.placed(),
        State::Expired => t.expired(),
        State::Released | State::Withdrawn => t.released(),
    }
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
    placed: "Placed", "Affectés", "Con plaza";
    expired: "Expired", "Expirés", "Caducados";
    elsewhere: "Found in other states:", "Trouvés dans d’autres états :", "Encontrados en otros estados:";
    anywhere: "Anywhere", "Partout", "Cualquier lugar";
    window: "Latest start", "Début au plus tard", "Inicio más tarde";
    since: "Here since", "Ici depuis", "Aquí desde";
    save_view: "Save this view", "Enregistrer cette vue", "Guardar esta vista";
    pick(name): "Select {name}", "Sélectionner {name}", "Seleccionar a {name}";
    pick_all(n): "Select all {n} on this page", "Sélectionner les {n} de cette page", "Seleccionar los {n} de esta página";
    selected: "selected", "sélectionnés", "seleccionados";
    do_with: "With those selected", "Avec les dossiers sélectionnés", "Con los seleccionados";
    do_claim: "Take them", "Les prendre", "Tomarlos";
    do_return: "Put them back", "Les remettre", "Devolverlos";
    do_changes: "Ask for changes", "Demander des modifications", "Pedir cambios";
    do_spread: "Give out in turn to those with the fewest", "Répartir entre les personnes qui en ont le moins", "Repartir entre quienes tienen menos";
    go_on: "Go on", "Continuer", "Continuar";
    open_with(who): "Open with {who}", "Ouvert par {who}", "Lo tiene abierto {who}";
    skipped: "Skipped for now", "Passé pour l’instant", "Omitido por ahora";
    alike: "Nothing is written exactly like that. These are spelled alike.", "Rien ne s’écrit exactement ainsi. Voici ce qui s’écrit de façon proche.",
        "Nada se escribe exactamente así. Estos se escriben de forma parecida.";
    search_hint: "Also in words: place:field lang:fr waiting:>10d assignee:me -track:sponsored", "Aussi en mots : place:field lang:fr waiting:>10d assignee:me -track:sponsored",
        "También con palabras: place:field lang:fr waiting:>10d assignee:me -track:sponsored";
    keys: "Keys", "Touches", "Teclas";
    all_keys: "All keys", "Toutes les touches", "Todas las teclas";
    key_move: "move to the next or previous row", "aller à la ligne suivante ou précédente", "ir a la fila siguiente o anterior";
    key_open: "open", "ouvrir", "abrir";
    key_pick: "select", "sélectionner", "seleccionar";
    key_claim: "take the case", "prendre le dossier", "tomar el caso";
    key_search: "search", "rechercher", "buscar";
    key_help: "show these keys", "afficher ces touches", "mostrar estas teclas";
    use_keys: "Use single keys", "Utiliser les touches seules", "Usar teclas sueltas";
    close: "Close", "Fermer", "Cerrar";
    states: "States and saved views", "États et vues enregistrées", "Estados y vistas guardadas";
    filter_profiles: "Filter profiles", "Filtrer les dossiers", "Filtrar los perfiles";
    search: "Name, university, skill or language", "Nom, université, compétence, langue", "Nombre, universidad, competencia, idioma";
    filter: "Filter", "Filtrer", "Filtrar";
    any: "Any", "Indifférent", "Cualquiera";
    eligibility: "Eligibility", "Admissibilité", "Admisibilidad";
    track: "Qualifies by", "Admissible par", "Cumple por";
    office: "Wants", "Souhaite", "Desea";
    assignee: "Assigned to", "Attribué à", "Asignado a";
    new_message: "New message", "Nouveau message", "Mensaje nuevo";
    nobody_yet: "Nobody yet", "Encore personne", "Nadie todavía";
    waiting: "Waiting", "Attente", "Espera";
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
