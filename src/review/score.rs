//! Several assessors give marks by the same sheet, each on their own: nobody reads those of others before having given
//! theirs, which the database sees to. What is given stays; a correction is given beside it and says why.

use super::{Case, case};
use crate::cases;
use crate::db::{Note, Tx};
use crate::domain::application::State;
use crate::domain::scoring::{Criterion, MARKS, Spread, Words, result, say, spread};
use crate::text::{Lang, texts};
use crate::web::{
    App, Choice, Error, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other,
};
use axum::{Router, response::Response, routing::get};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use sqlx::types::Json;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/review/{id}/scores/{sheet}", get(ask).post(give))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The score to be corrected; nil: the first.
    seen: Uuid,
    /// One per criterion, in the order of the sheet.
    mark: Vec<String>,
    #[validate(length(max = 4000))]
    words: String,
    #[validate(length(max = 2000))]
    reason: String,
}

#[derive(askama::Template)]
#[template(path = "review/score.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    name: String,
    title: String,
    /// Of each criterion: its field, its name with its weight, and the marks to choose from.
    criteria: Vec<(String, String, Vec<Choice>)>,
    corrects: bool,
}

/// A version of a sheet by which an application is scored.
struct Sheet {
    id: Uuid,
    version: i32,
    names: Words,
    criteria: Vec<Criterion>,
}

/// A score as the database lets somebody read it.
struct Given {
    id: Uuid,
    sheet: Uuid,
    assessor: Uuid,
    who: String,
    at: DateTime<Utc>,
    marks: Vec<i16>,
    words: String,
}

async fn ask(me: HrReviewer, Path((id, sheet)): Path<(Uuid, Uuid)>) -> Result<Response> {
    let mut tx = me.begin().await?;
    let now = case(&mut tx, id).await?;
    let sheet = one(&mut tx, id, sheet).await?;
    if !is_open(&now) {
        return see_other(&format!("/review/{id}#scores"));
    }
    let form = match mine(&mut tx, id, sheet.id).await? {
        Some(mine) => Form {
            seen: mine.id,
            mark: mine.marks.iter().map(i16::to_string).collect(),
            words: mine.words,
            reason: String::new(),
        },
        None => Form::default(),
    };
    show(&me, &now, &sheet, Filled::fresh(form))
}

async fn give(me: HrReviewer, Path((id, sheet)): Path<(Uuid, Uuid)>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    // all assessors of a case use one version: whoever is first chooses it
    cases::hold(&mut tx, &[id]).await?;
    let now = case(&mut tx, id).await?;
    let sheet = one(&mut tx, id, sheet).await?;
    let (form, marks) = match form.judge(|form| read(form, &sheet)) {
        Ok(judged) => judged,
        Err(form) => return show(&me, &now, &sheet, form),
    };
    let mine = mine(&mut tx, id, sheet.id).await?;
    if mine.as_ref().is_some_and(|mine| mine.marks == marks && mine.words == form.words) {
        return see_other(&format!("/review/{id}#scores")); // a double click
    }
    let replaces = mine.map(|mine| mine.id);
    if !is_open(&now) || form.seen != replaces.unwrap_or_default() {
        let again = Form { seen: replaces.unwrap_or_default(), ..form };
        return show(&me, &now, &sheet, Filled::overtaken(again, |l| Text(l).overtaken()));
    }
    let at = tx.now();
    sqlx::query!(
        "insert into score (id, application_id, sheet_id, sheet_version, assessor_id, given_at, marks, words, replaces,
             reason)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, nullif($10, ''))",
        Uuid::now_v7(),
        id,
        sheet.id,
        sheet.version,
        me.id.0,
        at,
        &marks,
        form.words,
        replaces,
        form.reason
    )
    .execute(&mut *tx)
    .await?;
    let what = if replaces.is_some() { Note::ScoreCorrected } else { Note::ScoreGiven };
    let done = tx.note(what, id, &[]).await?;
    tx.commit(done).await?;
    see_other(&format!("/review/{id}#scores"))
}

fn read(form: &Form, sheet: &Sheet) -> Result<(Form, Vec<i16>), Vec<Problem>> {
    let mut problems = Vec::new();
    let mut marks = Vec::with_capacity(sheet.criteria.len());
    for nth in 0..sheet.criteria.len() {
        let typed = form.mark.get(nth).and_then(|mark| mark.parse::<i16>().ok());
        match typed.filter(|mark| usize::try_from(*mark).is_ok_and(|mark| (1..=MARKS).contains(&mark))) {
            Some(mark) => marks.push(mark),
            None => problems.push(Problem::missing(format!("mark-{nth}"), |l| Text(l).choose_mark())),
        }
    }
    if form.words.is_empty() {
        problems.push(Problem::missing("words", |l| Text(l).write_words()));
    }
    let mut form = form.clone();
    match form.seen.is_nil() {
        true => form.reason.clear(),
        false if form.reason.is_empty() => {
            problems.push(Problem::missing("reason", |l| Text(l).write_reason()));
        }
        false => {}
    }
    if problems.is_empty() { Ok((form, marks)) } else { Err(problems) }
}

/// Marks are given while it is decided whether somebody goes into the pool.
fn is_open(now: &Case) -> bool {
    matches!(now.state(), State::Released | State::InReview | State::ChangesRequested)
}

fn show(me: &HrReviewer, now: &Case, sheet: &Sheet, form: Filled<Form>) -> Result<Response> {
    let (t, lang) = (Text(me.lang), me.lang.code());
    let criterion = |(nth, of): (usize, &Criterion)| {
        let chosen = form.values.mark.get(nth).map_or("", String::as_str);
        let choice = |(mark, anchor): (usize, &Words)| {
            let mark = (mark + 1).to_string();
            let is_chosen = mark == chosen;
            Choice::new(mark.as_str(), t.mark(mark.as_str(), say(anchor, lang)), is_chosen)
        };
        let field = format!("mark-{nth}");
        (
            field,
            t.criterion(say(&of.names, lang), of.weight),
            of.anchors.iter().enumerate().map(choice).collect(),
        )
    };
    let view = View {
        page: me.page(Text),
        id: now.id(),
        name: now.name.clone(),
        title: say(&sheet.names, lang).to_owned(),
        criteria: sheet.criteria.iter().enumerate().map(criterion).collect(),
        corrects: !form.values.seen.is_nil(),
        form,
    };
    html(view.form.status(), &view)
}

/// The sheets of an application: those it was scored by, in the version its first assessor used, and those in use.
async fn sheets(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<Vec<Sheet>> {
    let rows = sqlx::query!(
        r#"select s.id, s.version, s.names as "names: Json<Words>", s.criteria as "criteria: Json<Vec<Criterion>>"
           from scoring_sheet s
           where exists (select from score g where g.application_id = $1 and g.sheet_id = s.id
                   and g.sheet_version = s.version)
               or s.in_use_since is not null and s.retired_at is null
                   and not exists (select from score g where g.application_id = $1 and g.sheet_id = s.id)
           order by s.in_use_since, s.id"#,
        id
    )
    .fetch_all(&mut **tx)
    .await?;
    let sheet = |(id, version, Json(names), Json(criteria))| Sheet { id, version, names, criteria };
    Ok(rows.into_iter().map(|row| sheet((row.id, row.version, row.names, row.criteria))).collect())
}

async fn one(tx: &mut Tx<HrReviewer>, id: Uuid, sheet: Uuid) -> Result<Sheet> {
    sheets(tx, id).await?.into_iter().find(|it| it.id == sheet).ok_or(Error::NotFound)
}

/// The scores that count, of everybody whose the reader may read.
async fn given(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<Vec<Given>> {
    let me = tx.actor();
    let rows = sqlx::query!(
        r#"select s.id as "id!", s.sheet_id as "sheet!", s.assessor_id as "assessor!", s.given_at as "at!",
               s.marks as "marks!", s.words as "words!", trim(p.given_names || ' ' || p.family_names) as "who!"
           from scores_open_to($1, $2) s join person p on p.id = s.assessor_id order by s.given_at, s.id"#,
        me.0,
        id
    )
    .fetch_all(&mut **tx)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Given {
            id: row.id,
            sheet: row.sheet,
            assessor: row.assessor,
            who: row.who,
            at: row.at,
            marks: row.marks,
            words: row.words,
        })
        .collect())
}

async fn mine(tx: &mut Tx<HrReviewer>, id: Uuid, sheet: Uuid) -> Result<Option<Given>> {
    let me = tx.actor();
    Ok(given(tx, id).await?.into_iter().find(|score| score.sheet == sheet && score.assessor == me.0))
}

/// What the review page says of one sheet.
pub struct Scored {
    pub sheet: Uuid,
    pub title: String,
    pub lines: Vec<Line>,
    /// Of what the reader may read; `None`: nothing.
    pub spread: Option<Spread>,
    /// How many have given theirs.
    pub given: i64,
    pub is_mine_given: bool,
    pub can_give: bool,
}

/// One assessor's score.
pub struct Line {
    pub who: String,
    pub at: DateTime<Utc>,
    pub result: Decimal,
    /// Each criterion with its mark.
    pub marks: Vec<(String, i16)>,
    pub words: String,
}

/// The scores of an application that [`case`] has let through, sheet by sheet.
pub async fn load(tx: &mut Tx<HrReviewer>, now: &Case, lang: Lang) -> Result<Vec<Scored>> {
    let (me, id) = (tx.actor(), now.id());
    let sheets = sheets(tx, id).await?;
    let open_to_me = given(tx, id).await?;
    let counts = sqlx::query!(
        r#"select sheet_id, count(*) as "given!" from score where application_id = $1 and replaces is null
           group by sheet_id"#,
        id
    )
    .fetch_all(&mut **tx)
    .await?;
    let line = |sheet: &Sheet, score: &Given| {
        let named = |of: &Criterion| say(&of.names, lang.code()).to_owned();
        Some(Line {
            who: score.who.clone(),
            at: score.at,
            result: result(&sheet.criteria, &score.marks)?,
            marks: sheet.criteria.iter().map(named).zip(score.marks.iter().copied()).collect(),
            words: score.words.clone(),
        })
    };
    let scored = |sheet: Sheet| {
        let of_it: Vec<&Given> = open_to_me.iter().filter(|score| score.sheet == sheet.id).collect();
        let lines: Vec<Line> = of_it.iter().filter_map(|score| line(&sheet, score)).collect();
        Scored {
            spread: spread(&lines.iter().map(|line| line.result).collect::<Vec<_>>()),
            lines,
            given: counts.iter().find(|count| count.sheet_id == sheet.id).map_or(0, |count| count.given),
            is_mine_given: of_it.iter().any(|score| score.assessor == me.0),
            can_give: is_open(now),
            title: say(&sheet.names, lang.code()).to_owned(),
            sheet: sheet.id,
        }
    };
    Ok(sheets.into_iter().map(scored).collect())
}

texts!(pub Text {
    scores: "Scores", "Évaluations", "Puntuaciones";
    sheets: "Scoring sheets", "Grilles d’évaluation", "Plantillas de puntuación";
    no_sheet: "No scoring sheet is in use.", "Aucune grille d’évaluation n’est en usage.", "No hay ninguna plantilla de puntuación en uso.";
    hidden(n): "Given so far: {n}. You read what colleagues gave once you have given yours.",
        "Évaluations données : {n}. Vous lirez celles de vos collègues une fois la vôtre donnée.",
        "Puntuaciones dadas: {n}. Leerá las de sus colegas cuando haya dado la suya.";
    mean(mean, low, high): "Mean {mean}, from {low} to {high}", "Moyenne {mean}, de {low} à {high}", "Media {mean}, de {low} a {high}";
    give: "Give marks", "Donner des notes", "Dar notas";
    correct: "Correct my marks", "Corriger mes notes", "Corregir mis notas";
    lead: "Give yours on your own. What you give stays; you can correct it, and say why.",
        "Donnez les vôtres sans concertation. Ce qui est donné reste ; vous pouvez le corriger, en disant pourquoi.",
        "Dé las suyas por su cuenta. Lo que dé queda; puede corregirlo diciendo por qué.";
    criterion(name, weight): "{name} (weight {weight})", "{name} (poids {weight})", "{name} (peso {weight})";
    mark(n, means): "{n}: {means}", "{n} : {means}", "{n}: {means}";
    choose_mark: "Choose a mark", "Choisissez une note", "Elija una nota";
    words: "What you base it on", "Sur quoi vous vous fondez", "En qué se basa";
    words_hint: "Colleagues read it, and so does the candidate in a copy of their data.",
        "Vos collègues le lisent, et la personne candidate aussi dans la copie de ses données.",
        "Lo leen sus colegas, y también la persona candidata en la copia de sus datos.";
    write_words: "Write what you base your marks on", "Écrivez sur quoi vous fondez vos notes", "Escriba en qué basa sus notas";
    reason: "Why you correct it", "Pourquoi vous corrigez", "Por qué lo corrige";
    write_reason: "Write why you correct it", "Écrivez pourquoi vous corrigez", "Escriba por qué lo corrige";
    send: "Give these marks", "Donner ces notes", "Dar estas notas";
    keep: "Leave it as it is", "Laisser tel quel", "Dejarlo como está";
    overtaken: "You have given marks in another window, or the case is decided meanwhile. What you typed is still here.",
        "Vous avez donné des notes dans une autre fenêtre, ou une décision a été prise entre-temps. Ce que vous avez saisi est toujours là.",
        "Ha dado notas en otra ventana, o el caso se ha decidido entretanto. Lo que escribió sigue aquí.";
});
