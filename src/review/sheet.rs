//! Scoring sheets: Human Resources says what is looked at, how much it weighs and what each mark means. A version in use
//! does not change; the next one is written beside it.

use crate::db::{Note, Tx};
use crate::domain::scoring::{Criterion, MARKS, MOST_CRITERIA, MOST_WEIGHT, Words, say};
use crate::text::{Lang, texts};
use crate::web::{App, Filled, HrReviewer, Page, Path, Posted, Problem, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use sqlx::types::Json;
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/review/sheets", get(list))
        .route("/review/sheets/new", get(ask_new))
        .route("/review/sheets/{sheet}", get(ask).post(save))
}

#[derive(askama::Template)]
#[template(path = "review/sheets.html")]
struct ListView {
    page: Page<Text>,
    sheets: Vec<(Uuid, String, bool, bool)>,
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The draft's revision; 0: there is no draft yet.
    seen: i32,
    #[validate(length(max = 120))]
    title_en: String,
    #[validate(length(max = 120))]
    title_fr: String,
    #[validate(length(max = 120))]
    title_es: String,
    // one answer per criterion, in their order
    name_en: Vec<String>,
    name_fr: Vec<String>,
    name_es: Vec<String>,
    weight: Vec<String>,
    /// A line per mark, the lowest first.
    marks_en: Vec<String>,
    marks_fr: Vec<String>,
    marks_es: Vec<String>,
    /// The button that takes the draft into use.
    take: bool,
}

#[derive(askama::Template)]
#[template(path = "review/sheet.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    in_use: bool,
    /// How many criteria the form has room for.
    rooms: Vec<usize>,
}

impl View {
    /// What was typed for the nth criterion: its names and marks by language, and its weight.
    fn typed(&self, nth: &usize) -> ([(Lang, &str, &str); 3], &str) {
        let it = &self.form.values;
        (
            [
                (Lang::En, nth_of(&it.name_en, *nth), nth_of(&it.marks_en, *nth)),
                (Lang::Fr, nth_of(&it.name_fr, *nth), nth_of(&it.marks_fr, *nth)),
                (Lang::Es, nth_of(&it.name_es, *nth), nth_of(&it.marks_es, *nth)),
            ],
            nth_of(&it.weight, *nth),
        )
    }

    fn titles(&self) -> [(Lang, &str); 3] {
        let it = &self.form.values;
        [(Lang::En, &it.title_en), (Lang::Fr, &it.title_fr), (Lang::Es, &it.title_es)]
    }
}

fn nth_of(answers: &[String], nth: usize) -> &str {
    answers.get(nth).map_or("", String::as_str)
}

async fn list(me: HrReviewer) -> Result<Response> {
    let mut tx = me.begin().await?;
    let rows = sqlx::query!(
        r#"select id, (array_agg(names order by version desc))[1] as "names!: Json<Words>",
               bool_or(in_use_since is not null and retired_at is null) as "in_use!",
               bool_or(in_use_since is null) as "draft!"
           from scoring_sheet group by id order by min(edited_at), id limit 200"#
    );
    let rows = rows.fetch_all(&mut *tx).await?;
    let named = |names: &Words| say(names, me.lang.code()).to_owned();
    let sheets = rows.into_iter().map(|row| (row.id, named(&row.names.0), row.in_use, row.draft)).collect();
    html(StatusCode::OK, &ListView { page: me.page(Text), sheets })
}

async fn ask_new(_: HrReviewer) -> Result<Response> {
    // its address is its own from the start: sent twice, it is written once
    see_other(&format!("/review/sheets/{}", Uuid::now_v7()))
}

async fn ask(me: HrReviewer, Path(id): Path<Uuid>) -> Result<Response> {
    let standing = standing(&mut me.begin().await?, id).await?;
    show(&me, id, &standing, Filled::fresh(standing.form()))
}

async fn save(me: HrReviewer, Path(id): Path<Uuid>, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    sqlx::query!("select from scoring_sheet where id = $1 for update", id).execute(&mut *tx).await?;
    let standing = standing(&mut tx, id).await?;
    let (form, titles, criteria) = match form.judge(read) {
        Ok(judged) => judged,
        Err(form) => return show(&me, id, &standing, form),
    };
    let says_so = standing.newest.as_ref().is_some_and(|it| it.titles == titles && it.criteria == criteria);
    if says_so && (!form.take || !standing.has_draft) {
        return see_other("/review/sheets"); // a double click, or nothing to write
    }
    if form.seen != standing.revision() {
        let again = Form { seen: standing.revision(), ..form };
        return show(&me, id, &standing, Filled::overtaken(again, |l| Text(l).overtaken()));
    }
    let (version, now) = (standing.draft_version(), tx.now());
    sqlx::query!(
        "insert into scoring_sheet (id, version, names, criteria, edited_by, edited_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (id, version) do update set names = excluded.names, criteria = excluded.criteria,
             revision = scoring_sheet.revision + 1, edited_by = excluded.edited_by, edited_at = excluded.edited_at",
        id,
        version,
        Json(&titles) as _,
        Json(&criteria) as _,
        me.id.0,
        now
    )
    .execute(&mut *tx)
    .await?;
    let mut done = tx.note(Note::SheetWritten, id, &[]).await?;
    if form.take {
        sqlx::query!(
            "update scoring_sheet set retired_at = $2 where id = $1 and in_use_since is not null and retired_at is null",
            id,
            now
        )
        .execute(&mut *tx)
        .await?;
        sqlx::query!(
            "update scoring_sheet set in_use_since = $3 where id = $1 and version = $2",
            id,
            version,
            now
        )
        .execute(&mut *tx)
        .await?;
        done = done.and(tx.note(Note::SheetTakenIntoUse, id, &[]).await?);
    }
    tx.commit(done).await?;
    see_other("/review/sheets")
}

/// A sheet's newest version, draft or in use.
struct Newest {
    version: i32,
    revision: i32,
    titles: Words,
    criteria: Vec<Criterion>,
}

/// How a sheet stands; of one that is not written yet there is nothing.
struct Standing {
    newest: Option<Newest>,
    has_draft: bool,
    in_use: bool,
}

impl Standing {
    fn revision(&self) -> i32 {
        self.newest.as_ref().filter(|_| self.has_draft).map_or(0, |it| it.revision)
    }

    fn draft_version(&self) -> i32 {
        self.newest
            .as_ref()
            .map_or(1, |it| if self.has_draft { it.version } else { it.version.saturating_add(1) })
    }

    fn form(&self) -> Form {
        let mut form = Form { seen: self.revision(), ..Form::default() };
        let Some(it) = &self.newest else { return form };
        let word = |words: &Words, lang: Lang| words.get(lang.code()).cloned().unwrap_or_default();
        let marks = |of: &Criterion, lang: Lang| {
            let lines: Vec<String> = of.anchors.iter().map(|anchor| word(anchor, lang)).collect();
            if lines.iter().all(String::is_empty) { String::new() } else { lines.join("\n") }
        };
        let names = |lang| it.criteria.iter().map(|of| word(&of.names, lang)).collect();
        let all_marks = |lang| it.criteria.iter().map(|of| marks(of, lang)).collect();
        (form.title_en, form.title_fr, form.title_es) =
            (word(&it.titles, Lang::En), word(&it.titles, Lang::Fr), word(&it.titles, Lang::Es));
        (form.name_en, form.name_fr, form.name_es) = (names(Lang::En), names(Lang::Fr), names(Lang::Es));
        (form.marks_en, form.marks_fr, form.marks_es) =
            (all_marks(Lang::En), all_marks(Lang::Fr), all_marks(Lang::Es));
        form.weight = it.criteria.iter().map(|of| of.weight.to_string()).collect();
        form
    }
}

async fn standing(tx: &mut Tx<HrReviewer>, id: Uuid) -> Result<Standing> {
    let row = sqlx::query!(
        r#"select version, revision, names as "names: Json<Words>", criteria as "criteria: Json<Vec<Criterion>>",
               in_use_since is null as "is_draft!",
               exists (select from scoring_sheet u where u.id = s.id and u.in_use_since is not null
                   and u.retired_at is null) as "in_use!"
           from scoring_sheet s where id = $1 order by version desc limit 1"#,
        id
    );
    let Some(row) = row.fetch_optional(&mut **tx).await? else {
        return Ok(Standing { newest: None, has_draft: false, in_use: false });
    };
    let newest = Newest {
        version: row.version,
        revision: row.revision,
        titles: row.names.0,
        criteria: row.criteria.0,
    };
    Ok(Standing { newest: Some(newest), has_draft: row.is_draft, in_use: row.in_use })
}

/// Everything that is written, or every problem with it.
fn read(form: &Form) -> Result<(Form, Words, Vec<Criterion>), Vec<Problem>> {
    let mut problems = Vec::new();
    let titles = words([&form.title_en, &form.title_fr, &form.title_es]);
    if titles.is_empty() {
        problems.push(Problem::missing("title_en", |l| Text(l).write_title()));
    }
    let mut criteria = Vec::new();
    for nth in 0..MOST_CRITERIA {
        let names = [&form.name_en, &form.name_fr, &form.name_es].map(|list| nth_of(list, nth));
        let marks = [&form.marks_en, &form.marks_fr, &form.marks_es].map(|list| nth_of(list, nth));
        let weight = nth_of(&form.weight, nth);
        if names.iter().chain(&marks).all(|answer| answer.is_empty()) && weight.is_empty() {
            continue;
        }
        match criterion(nth, names, marks, weight) {
            Ok(criterion) => criteria.push(criterion),
            Err(more) => problems.extend(more),
        }
    }
    if criteria.is_empty() && problems.is_empty() {
        problems.push(Problem::missing("name_en-0", |l| Text(l).write_name()));
    }
    if problems.is_empty() { Ok((form.clone(), titles, criteria)) } else { Err(problems) }
}

fn criterion(
    nth: usize,
    names: [&str; 3],
    marks: [&str; 3],
    weight: &str,
) -> Result<Criterion, Vec<Problem>> {
    let mut problems = Vec::new();
    let names = words(names);
    if names.is_empty() {
        problems.push(Problem::missing(format!("name_en-{nth}"), |l| Text(l).write_name()));
    }
    let weight = weight.parse().ok().filter(|weight| (1..=MOST_WEIGHT).contains(weight));
    if weight.is_none() {
        problems.push(Problem::missing(format!("weight-{nth}"), |l| Text(l).write_weight(MOST_WEIGHT)));
    }
    let mut anchors: [Words; MARKS] = Default::default();
    for (lang, text) in Lang::ALL.into_iter().zip(marks).filter(|(_, text)| !text.is_empty()) {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if lines.len() != MARKS {
            let field = format!("marks_{}-{nth}", lang.code());
            problems.push(Problem::at(field, |l| Text(l).five_lines(MARKS)));
        }
        for (anchor, line) in anchors.iter_mut().zip(lines) {
            anchor.insert(lang.code().to_owned(), line.to_owned());
        }
    }
    if marks.iter().all(|text| text.is_empty()) {
        problems.push(Problem::missing(format!("marks_en-{nth}"), |l| Text(l).five_lines(MARKS)));
    }
    match weight {
        Some(weight) if problems.is_empty() => Ok(Criterion { names, weight, anchors }),
        _ => Err(problems),
    }
}

fn words<S: AsRef<str>>(answers: [S; 3]) -> Words {
    let pairs = Lang::ALL.into_iter().zip(answers);
    let said = pairs.filter(|(_, words)| !words.as_ref().is_empty());
    said.map(|(lang, words)| (lang.code().to_owned(), words.as_ref().to_owned())).collect()
}

fn show(me: &HrReviewer, id: Uuid, standing: &Standing, form: Filled<Form>) -> Result<Response> {
    let it = &form.values;
    let lists = [&it.name_en, &it.name_fr, &it.name_es, &it.weight, &it.marks_en, &it.marks_fr, &it.marks_es];
    let filled = lists.iter().map(|list| list.len()).max().unwrap_or(0);
    let rooms = (0..(filled + 2).min(MOST_CRITERIA)).collect();
    html(form.status(), &View { page: me.page(Text), id, in_use: standing.in_use, rooms, form })
}

texts!(Text {
    sheets: "Scoring sheets", "Grilles d’évaluation", "Plantillas de puntuación";
    sheets_lead: "What assessors give marks for. A sheet in use does not change: write its next version instead.",
        "Ce sur quoi portent les notes. Une grille en usage ne change pas : écrivez sa version suivante.",
        "Aquello que se puntúa. Una plantilla en uso no cambia: escriba su versión siguiente.";
    none: "No sheet yet.", "Aucune grille pour l’instant.", "Todavía no hay plantillas.";
    write: "Write a sheet", "Écrire une grille", "Escribir una plantilla";
    retire: "Use no longer", "Ne plus utiliser", "Dejar de usar";
    in_use: "In use", "En usage", "En uso";
    draft: "Draft", "Brouillon", "Borrador";
    title: "Scoring sheet", "Grille d’évaluation", "Plantilla de puntuación";
    lead: "Write it in one language or more; a reader whose language is missing reads another.",
        "Rédigez-la dans une ou plusieurs langues ; si la sienne manque, le lecteur en voit une autre.",
        "Escríbala en uno o más idiomas; si falta el suyo, se lee otro.";
    is_in_use: "A version is in use. What you write here is the next one.", "Une version est en usage. Ce que vous écrivez ici est la suivante.",
        "Hay una versión en uso. Lo que escriba aquí es la siguiente.";
    name_of(lang): "Name ({lang})", "Nom ({lang})", "Nombre ({lang})";
    criterion(n): "Criterion {n}", "Critère {n}", "Criterio {n}";
    weight: "Weight", "Poids", "Peso";
    marks_of(lang): "What the marks 1 to 5 mean ({lang})", "Ce que signifient les notes de 1 à 5 ({lang})", "Qué significan las notas de 1 a 5 ({lang})";
    marks_hint: "One line for each mark, the lowest first.", "Une ligne par note, la plus basse en premier.", "Una línea por nota, la más baja primero.";
    write_title: "Write a name in at least one language", "Écrivez un nom dans au moins une langue", "Escriba un nombre en al menos un idioma";
    write_name: "Write the name of the criterion in at least one language", "Écrivez le nom du critère dans au moins une langue", "Escriba el nombre del criterio en al menos un idioma";
    write_weight(most): "Write a weight from 1 to {most}", "Indiquez un poids de 1 à {most}", "Indique un peso de 1 a {most}";
    five_lines(n): "Write {n} lines, one for each mark", "Écrivez {n} lignes, une par note", "Escriba {n} líneas, una por nota";
    save: "Save the draft", "Enregistrer le brouillon", "Guardar el borrador";
    take: "Save and take into use", "Enregistrer et mettre en usage", "Guardar y poner en uso";
    overtaken: "A colleague has changed this sheet meanwhile. What you typed is still here: save again to replace the draft.",
        "Une personne de votre équipe a modifié cette grille entre-temps. Ce que vous avez saisi est toujours là : enregistrez à nouveau pour remplacer le brouillon.",
        "Alguien de su equipo ha cambiado esta plantilla entretanto. Lo que escribió sigue aquí: guarde de nuevo para reemplazar el borrador.";
});
