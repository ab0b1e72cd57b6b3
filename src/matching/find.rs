//! The people in the pool who come closest to some work: cut by index, then ranked, each rank with its reasons.

use crate::db::Tx;
use crate::domain::OpeningId;
use crate::domain::matching::{Fit, Stated, Work};
use crate::domain::placement::is_eligible;
use crate::domain::profile::Profile;
use crate::explain::matching::reasons;
use crate::offices::Office;
use crate::policies;
use crate::reference::areas;
use crate::sheets::{self, Format};
use crate::text::{Lang, texts};
use crate::web::{HrReviewer, Result};
use axum::response::Response;
use chrono::{DateTime, NaiveDate, Utc};
use std::cmp::Reverse;
use uuid::Uuid;

/// How many are looked at on either side of the first day, for each thing somebody may be found by.
const NEAREST: i64 = 250;
/// How many of them are read and compared.
const COMPARED: i64 = 400;
/// How many are shown.
const SHOWN: usize = 50;

/// The best of those compared, the best first.
pub struct Found {
    pub t: Text,
    pub lines: Vec<Line>,
    /// How many were compared.
    pub compared: usize,
}

pub struct Line {
    pub id: Uuid,
    pub name: String,
    pub reference: String,
    pub fits: String,
    pub lacks: String,
    /// The rules forbid the first day proposed.
    pub is_forbidden: bool,
    /// To the proposal, with duty station, area and dates filled in.
    pub propose: String,
}

/// What somebody is looked for, at an open duty station.
pub fn work(
    offices: &[Office],
    office: &Office,
    opening: Option<OpeningId>,
    area: Option<&str>,
    languages: Vec<String>,
    start: NaiveDate,
) -> Work {
    let sibling = |other: &&Office| other.kind == office.kind && other.id != office.id;
    let names = area.and_then(areas::area).map(|area| Lang::ALL.map(|lang| area.name(lang).to_owned()));
    Work {
        opening,
        office: office.id.clone(),
        kind: office.kind.code(),
        siblings: offices.iter().filter(sibling).map(|office| office.id.clone()).collect(),
        area: area.map(str::to_owned),
        area_names: names.map(Vec::from).unwrap_or_default(),
        languages,
        start,
    }
}

struct Row {
    id: Uuid,
    name: String,
    reference: String,
    pooled_since: DateTime<Utc>,
    released_on: NaiveDate,
    profile: serde_json::Value,
}

struct Ranked {
    row: Row,
    profile: Profile,
    fit: Fit,
    points: u32,
}

/// Equal ranks keep the order of their time in the pool.
pub async fn find(tx: &mut Tx<HrReviewer>, work: &Work, place: &str, lang: Lang) -> Result<Found> {
    let today = tx.today();
    let policy = policies::at(tx, today, &work.office).await?;
    let level = policy.eligibility.working_level;
    let mut ranked = Vec::new();
    for mut row in nearest(tx, work).await? {
        let profile: Profile = serde_json::from_value(row.profile.take())?;
        let fit = work.fit(&Stated::of(&profile), &policy.terms, level);
        ranked.push(Ranked { points: fit.points(work), row, profile, fit });
    }
    ranked.sort_by_key(|one| (Reverse(one.points), one.row.pooled_since, one.row.id));
    let compared = ranked.len();
    ranked.truncate(SHOWN);
    let line = |one: Ranked| {
        let stay = one.fit.stay(work, &policy.terms);
        let told = reasons(&one.fit, work, place, policy.terms.preferred_months, lang);
        let mut propose = format!(
            "/review/{}/propose?office={}&start={}&end={}",
            one.row.id, work.office, stay.start, stay.end
        );
        if let Some(area) = &work.area {
            propose = format!("{propose}&area={area}");
        }
        Line {
            is_forbidden: !is_eligible(&policy.assess(&one.profile, one.row.released_on, stay)),
            id: one.row.id,
            name: one.row.name,
            reference: one.row.reference,
            fits: told.fits.join("; "),
            lacks: told.lacks.join("; "),
            propose,
        }
    };
    Ok(Found { t: Text(lang), lines: ranked.into_iter().map(line).collect(), compared })
}

/// Whoever shares most with the work, and of those the nearest in time. Each part reads so many lines of an index,
/// however large the pool is.
async fn nearest(tx: &mut Tx<HrReviewer>, work: &Work) -> Result<Vec<Row>> {
    let me = tx.actor();
    let (keys, worth): (Vec<String>, Vec<i32>) =
        work.keys().into_iter().map(|(key, points)| (key, i32::try_from(points).unwrap_or(i32::MAX))).unzip();
    let rows = sqlx::query_as!(
        Row,
        r#"with shared as (
               select near.application_id, k.worth, abs(near.starts_on - $3::date) as days
               from unnest($1::text[], $2::int4[]) k (key, worth), lateral (
                   (select application_id, starts_on from pool_key p where p.key = k.key and p.starts_on >= $3
                    order by p.starts_on, p.application_id limit $4)
                   union all
                   (select application_id, starts_on from pool_key p where p.key = k.key and p.starts_on < $3
                    order by p.starts_on desc, p.application_id desc limit $4)) near),
           most as (
               select application_id from shared group by application_id
               order by sum(worth) desc, min(days), application_id limit $5)
           select a.id as "id!", a.name as "name!", a.reference as "reference!", a.state_since as "pooled_since!",
               s.released_on, s.profile
           from most join cases_open_to($6) a on a.id = most.application_id
           join snapshot s on s.application_id = a.id and s.number = a.latest
           where a.state = 'pooled'"#,
        &keys,
        &worth,
        work.start,
        NEAREST,
        COMPARED,
        me.0
    );
    Ok(rows.fetch_all(&mut **tx).await?)
}

texts!(pub Text {
    candidates: "Candidates, the best fit first", "Personnes candidates, la mieux assortie d’abord", "Personas candidatas, la más adecuada primero";
    reference: "Reference", "Référence", "Referencia";
    candidate: "Candidate", "Personne candidate", "Persona candidata";
    fits: "What fits", "Ce qui convient", "Lo que encaja";
    lacks: "What does not", "Ce qui ne convient pas", "Lo que no encaja";
    nothing: "Nothing", "Rien", "Nada";
    action: "Action", "Action", "Acción";
    propose: "Propose", "Proposer", "Proponer";
    rules: "Rules", "Règles", "Normas";
    forbidden: "A rule is not met on these dates", "Une règle n’est pas remplie à ces dates", "Una norma no se cumple en estas fechas";
    one_compared: "One person in the pool has something in common with this work.",
        "Une personne du vivier a quelque chose en commun avec ce travail.",
        "Una persona de la bolsa tiene algo en común con este trabajo.";
    all_compared(n): "{n} people in the pool have something in common with this work. All were compared.",
        "{n} personnes du vivier ont quelque chose en commun avec ce travail. Toutes ont été comparées.",
        "{n} personas de la bolsa tienen algo en común con este trabajo. Se han comparado todas.";
    some_compared(n, compared): "The best {n} of {compared} people in the pool who share most with this work, and whose dates come closest.",
        "Les {n} meilleures correspondances parmi {compared} personnes du vivier qui ont le plus en commun avec ce travail et dont les dates en sont le plus proches.",
        "Las {n} mejores de {compared} personas de la bolsa que tienen más en común con este trabajo y cuyas fechas son más cercanas.";
    how: "How the order is made", "Comment l’ordre est établi", "Cómo se establece el orden";
    how_points: "Points are given for what each person states, and added up. Whoever has been in the pool for longer comes first among equals.",
        "Des points sont donnés pour ce que chaque personne indique, puis additionnés. À égalité, la personne depuis plus longtemps dans le vivier passe d’abord.",
        "Se dan puntos por lo que indica cada persona y se suman. En caso de empate, va primero quien lleva más tiempo en la bolsa.";
    how_never: "Age, gender, nationality and photograph never count.", "L’âge, le genre, la nationalité et la photo ne comptent jamais.",
        "La edad, el género, la nacionalidad y la fotografía no cuentan nunca.";
    counts_named(n): "names the opening: {n}", "mentionne l’annonce : {n}", "menciona la vacante: {n}";
    counts_wish(n): "wishes the duty station: up to {n}", "souhaite le lieu d’affectation : jusqu’à {n}", "desea el lugar de destino: hasta {n}";
    counts_languages(n): "speaks the languages at work level: up to {n}", "parle les langues à un niveau de travail : jusqu’à {n}", "habla los idiomas a nivel de trabajo: hasta {n}";
    counts_area(n): "wishes or studied the area of work: up to {n}", "souhaite ou a étudié le domaine de travail : jusqu’à {n}", "desea o estudió el área de trabajo: hasta {n}";
    counts_dates(n): "is free on the first day: up to {n}", "est libre le premier jour : jusqu’à {n}", "está libre el primer día: hasta {n}";
    counts_length(n): "stays six months or more: up to {n}", "reste six mois ou plus : jusqu’à {n}", "se queda seis meses o más: hasta {n}";
    none: "Nobody fits yet", "Personne ne convient encore", "Nadie encaja todavía";
    none_lead: "Nobody in the pool has anything in common with this work. Widen the search, or come back later.",
        "Personne dans le vivier n’a de point commun avec ce travail. Élargissez la recherche ou revenez plus tard.",
        "Nadie en la bolsa tiene nada en común con este trabajo. Amplíe la búsqueda o vuelva más tarde.";
});

impl Found {
    /// As a file: what the page shows, in its order.
    pub async fn download(self, tx: Tx<HrReviewer>, format: Format) -> Result<Response> {
        let t = self.t;
        let heads = vec![t.reference(), t.candidate(), t.fits(), t.lacks(), t.rules()];
        let row = |line: Line| {
            vec![
                line.reference.into(),
                line.name.into(),
                line.fits.into(),
                line.lacks.into(),
                line.is_forbidden.then(|| t.forbidden()).into(),
            ]
        };
        let rows = self.lines.into_iter().map(row).collect();
        sheets::download(tx, format, "matches", heads, sheets::whole(rows)).await
    }

    /// How many were compared, in words that promise no more.
    pub fn words(&self) -> String {
        match self.compared {
            n if n > self.lines.len() => self.t.some_compared(self.lines.len(), n),
            1 => self.t.one_compared(),
            n => self.t.all_compared(n),
        }
    }

    /// What counts, and for how much at most.
    pub fn weights(&self) -> [String; 6] {
        use crate::domain::matching::{AREA, DATES, LANGUAGES, LENGTH, NAMED, WISH};
        let t = self.t;
        [
            t.counts_named(NAMED),
            t.counts_wish(WISH),
            t.counts_languages(LANGUAGES),
            t.counts_area(AREA),
            t.counts_dates(DATES),
            t.counts_length(LENGTH),
        ]
    }
}
