//! The queue's filters in words: the form beside the search box, what is chosen, and what was not understood.

use super::queue::state_name;
use super::search::{Filters, PLACES, STATES, WORKING, field};
use crate::domain::eligibility::{Track, Verdict};
use crate::domain::search::{Fault, Key, Why};
use crate::explain::eligibility::{track_name, verdict_name};
use crate::offices::{Kind, Office};
use crate::reference::{areas, countries, languages};
use crate::text::{Lang, texts};
use crate::web::Choice;

/// The waits one chooses from; any other number of days can be typed.
const WAITS: [&str; 3] = ["10", "20", "30"];

pub struct Select {
    key: Key,
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<Choice>,
    /// So many choices that one types: the script makes it a combobox.
    pub is_long: bool,
}

pub fn selects(f: &Filters, offices: &[Office], lang: Lang) -> Vec<Select> {
    let t = Text(lang);
    let list = |key: Key, label: String, choices: Vec<(String, String)>| Select {
        key,
        name: field(key),
        label,
        is_long: choices.len() > 20,
        choices: choices
            .into_iter()
            .map(|(code, label)| {
                let is_chosen = code == f.of(key);
                Choice::new(code, label, is_chosen)
            })
            .collect(),
    };
    let mut stations: Vec<(String, String)> =
        offices.iter().map(|office| (office.id.clone(), office.name(lang).to_owned())).collect();
    stations.sort_by_key(|(_, name)| crate::domain::profile::fold(name));
    let working = WORKING.into_iter().filter_map(languages::language);
    let mut waits: Vec<&str> = WAITS.to_vec();
    if !f.waiting.is_empty() && !WAITS.contains(&f.waiting.as_str()) {
        waits.push(&f.waiting);
    }
    let kinds = PLACES.map(|(code, kind)| (code.to_owned(), kind_name(kind, lang))).to_vec();
    let verdicts = Verdict::ALL.map(|v| (v.code().to_owned(), verdict_name(v, lang))).to_vec();
    let tracks = Track::ALL.map(|track| (track.code().to_owned(), track_name(track, lang))).to_vec();
    let areas = areas::sorted(lang).into_iter().map(|a| (a.code.to_owned(), a.name(lang).to_owned()));
    let lands = countries::sorted(lang).into_iter().map(|c| (c.code.to_lowercase(), c.name(lang).to_owned()));
    vec![
        list(Key::Place, t.place(), kinds),
        list(Key::Track, t.track(), tracks),
        list(Key::Rule, t.eligibility(), verdicts),
        list(
            Key::Lang,
            t.language(),
            working.map(|l| (l.code.to_owned(), l.name(lang).to_owned())).collect(),
        ),
        list(Key::Assignee, t.assignee(), vec![("me".into(), t.me()), ("none".into(), t.nobody())]),
        list(
            Key::Waiting,
            t.waiting(),
            waits.iter().map(|days| ((*days).to_owned(), t.over(days))).collect(),
        ),
        list(Key::Area, t.area(), areas.collect()),
        list(Key::Office, t.office(), stations),
        list(Key::Country, t.country(), lands.collect()),
    ]
}

/// Each active filter in words, with the address of the view without it.
pub fn chips(filters: &Filters, selects: &[Select], lang: Lang) -> Vec<(String, String)> {
    let typed = (!filters.q.is_empty()).then(|| {
        let rest = Filters { q: String::new(), alike: String::new(), ..filters.first_page() };
        (format!("“{}”", filters.q), rest.address())
    });
    let chosen = selects.iter().filter_map(|select| {
        let choice = select.choices.iter().find(|choice| choice.chosen)?;
        Some((format!("{}: {}", select.label, choice.label), filters.without(select.key).address()))
    });
    let start = filters
        .start
        .parse()
        .ok()
        .map(|day| (Text(lang).starts_before(lang.date(day)), filters.without(Key::Start).address()));
    typed.into_iter().chain(chosen).chain(start).collect()
}

/// What was not understood, and what would be.
pub fn fault(fault: &Fault, lang: Lang) -> String {
    let (t, term) = (Text(lang), &fault.term);
    match fault.why {
        Why::UnknownKey => {
            t.unknown_key(term, Key::ALL.iter().map(|key| key.code()).collect::<Vec<_>>().join(", "))
        }
        Why::UnknownValue(key) => match values(key) {
            Some(values) => t.unknown_value(term, values),
            None => t.no_such(term),
        },
        Why::NoDays => t.no_days(term),
        Why::NoDay => t.no_day(term),
        Why::NotRefusable => t.not_refusable(term),
        Why::OpenQuote => t.open_quote(term),
        Why::TooMany => t.too_many(crate::domain::search::MOST_TERMS),
    }
}

/// The values of a short list.
fn values(key: Key) -> Option<String> {
    let codes: Vec<&str> = match key {
        Key::Is => STATES.iter().map(|state| state.code()).collect(),
        Key::Rule => Verdict::ALL.iter().map(|verdict| verdict.code()).collect(),
        Key::Place => PLACES.iter().map(|(code, _)| *code).collect(),
        Key::Track => Track::ALL.iter().map(|track| track.code()).collect(),
        Key::Lang => WORKING.to_vec(),
        Key::Assignee => vec!["me", "none"],
        Key::Area => areas::AREAS.iter().map(|area| area.code).collect(),
        Key::Office | Key::Country | Key::Waiting | Key::Start => return None,
    };
    Some(codes.join(", "))
}

fn kind_name(kind: Kind, lang: Lang) -> String {
    let t = Text(lang);
    match kind {
        Kind::Headquarters => t.headquarters(),
        Kind::FieldMission => t.field_mission(),
        Kind::CountryOffice => t.country_office(),
    }
}

/// What a search asks for, for people: the state and every filter.
pub fn summary(filters: &Filters, offices: &[Office], lang: Lang) -> String {
    let chips = chips(filters, &selects(filters, offices, lang), lang);
    let words = chips.into_iter().map(|(name, _)| name);
    std::iter::once(state_name(filters.state(), lang)).chain(words).collect::<Vec<_>>().join(", ")
}

texts!(Text {
    place: "Area", "Lieu", "Lugar";
    headquarters: "Headquarters", "Siège", "Sede";
    field_mission: "Field mission", "Mission de terrain", "Misión sobre el terreno";
    country_office: "Country office", "Bureau de pays", "Oficina en el país";
    track: "Qualifies by", "Admissible par", "Cumple por";
    eligibility: "Eligibility", "Admissibilité", "Admisibilidad";
    language: "Works in", "Travaille en", "Trabaja en";
    assignee: "Assigned to", "Attribué à", "Asignado a";
    me: "Me", "Moi", "Mí";
    nobody: "Nobody", "Personne", "Nadie";
    waiting: "Waiting", "Attente", "Espera";
    over(days): "Over {days} days", "Plus de {days} jours", "Más de {days} días";
    area: "Area of work", "Domaine d’activité", "Área de trabajo";
    office: "Duty station", "Lieu d’affectation", "Lugar de destino";
    country: "Lives in", "Réside en", "Vive en";
    starts_before(day): "Can start before {day}", "Peut commencer avant le {day}", "Puede empezar antes del {day}";
    unknown_key(term, keys): "“{term}” was left out: there is no such filter. There are {keys}.",
        "« {term} » n’a pas été pris en compte : ce filtre n’existe pas. Il y a {keys}.",
        "«{term}» no se ha tenido en cuenta: no existe ese filtro. Existen {keys}.";
    unknown_value(term, values): "“{term}” was left out: after the colon, write one of {values}.",
        "« {term} » n’a pas été pris en compte : après les deux-points, écrivez l’un de {values}.",
        "«{term}» no se ha tenido en cuenta: después de los dos puntos, escriba uno de {values}.";
    no_such(term): "“{term}” was left out: it is not in the list of that filter.",
        "« {term} » n’a pas été pris en compte : absent de la liste de ce filtre.",
        "«{term}» no se ha tenido en cuenta: no está en la lista de ese filtro.";
    no_days(term): "“{term}” was left out: write a number of days, such as waiting:>10d.",
        "« {term} » n’a pas été pris en compte : écrivez un nombre de jours, par exemple waiting:>10d.",
        "«{term}» no se ha tenido en cuenta: escriba un número de días, por ejemplo waiting:>10d.";
    no_day(term): "“{term}” was left out: write a date, such as start:<2027-03-01.",
        "« {term} » n’a pas été pris en compte : écrivez une date, par exemple start:<2027-03-01.",
        "«{term}» no se ha tenido en cuenta: escriba una fecha, por ejemplo start:<2027-03-01.";
    not_refusable(term): "“{term}” was left out: this filter has no minus.",
        "« {term} » n’a pas été pris en compte : ce filtre n’admet pas le signe moins.",
        "«{term}» no se ha tenido en cuenta: este filtro no admite el signo menos.";
    open_quote(term): "{term} is read as a phrase up to the end: its second quotation mark is missing.",
        "{term} est lu comme une expression jusqu’à la fin : le second guillemet manque.",
        "{term} se lee como una frase hasta el final: faltan las segundas comillas.";
    too_many(n): "Only the first {n} words were searched for.", "Seuls les {n} premiers mots ont été recherchés.",
        "Solo se han buscado las primeras {n} palabras.";
});
