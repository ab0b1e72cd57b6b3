//! The intern sends a document: a file, and for insurance what it covers and when. It may take the place of another.

use super::show::mine;
use super::{happened, need, required, words};
use crate::consents::{self, Purpose};
use crate::db::{Done, Note, Tx};
use crate::domain::onboarding::{Kind, OnDocument};
use crate::domain::terms::Cover;
use crate::files::Files;
use crate::papers::{Document, documents};
use crate::text::texts;
use crate::web::parcel::{self, Good, Parcel, Reason, Refusal};
use crate::web::{
    App, Candidate, Choice, Error, Filled, Page, Path, Problem, Query, Result, TypedDate, html, see_other,
};
use crate::{cases, explain, offices};
use axum::extract::DefaultBodyLimit;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::{Router, response::Response, routing::get};
use chrono::NaiveDate;
use uuid::Uuid;

/// So many policies are enough for one stay.
const MOST_POLICIES: usize = 12;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/onboarding/{id}/{kind}", get(ask).post(submit))
        .layer(DefaultBodyLimit::max(parcel::LARGEST_REQUEST))
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The document this one takes the place of.
    replaces: Option<Uuid>,
    /// Agrees that the medical officer reads it; asked for until it was agreed to once.
    agree: bool,
    covers: Vec<String>,
    from_day: String,
    from_month: String,
    from_year: String,
    until_day: String,
    until_month: String,
    until_year: String,
}

/// What complete answers say.
#[derive(Clone, Default)]
struct Stated {
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    covers: Vec<String>,
}

#[derive(askama::Template)]
#[template(path = "onboarding/submit.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    id: Uuid,
    kind: Kind,
    title: String,
    lead: String,
    covers: Vec<Choice>,
    /// Consent to be given with it, in words: what is agreed to, and what that means.
    agree: Option<(String, String)>,
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Wanted {
    replaces: Option<Uuid>,
}

async fn ask(
    me: Candidate,
    Path((id, kind)): Path<(Uuid, String)>,
    Query(wanted): Query<Wanted>,
) -> Result<Response> {
    let kind = Kind::from_code(&kind).ok_or(Error::NotFound)?;
    let mut tx = me.begin().await?;
    let case = mine(&mut tx, id).await?;
    if !need(&mut tx, id, &case).await?.takes(kind) {
        return see_other(&format!("/onboarding/{id}"));
    }
    let form = Form { replaces: wanted.replaces, ..Form::default() };
    show(&me, &mut tx, id, kind, Filled::fresh(form)).await
}

async fn submit(
    me: Candidate,
    Path((id, kind)): Path<(Uuid, String)>,
    form: Result<Multipart, MultipartRejection>,
) -> Result<Response> {
    let kind = Kind::from_code(&kind).ok_or(Error::NotFound)?;
    mine(&mut me.begin().await?, id).await?;
    me.may_upload().await?;
    let Parcel { form, good, refused } =
        parcel::receive::<Form>((me.files(), me.scanner()), form, (1, Reason::TooMany)).await?;
    let file = good.into_iter().next();
    let mut tx = me.begin().await?;
    cases::hold_placement(&mut tx, id).await?;
    let case = mine(&mut tx, id).await?;
    if !need(&mut tx, id, &case).await?.takes(kind) {
        return see_other(&format!("/onboarding/{id}"));
    }
    let asks = asks_consent(&mut tx, &me, kind).await?;
    let judged = form.judge(|f| match (f.read(kind, asks), file) {
        (Ok(stated), Some(file)) => Ok((f.clone(), stated, file)),
        (stated, file) => {
            let mut problems = stated.err().unwrap_or_default();
            problems.push(why_not(file.is_some(), &refused));
            Err(problems)
        }
    });
    let (form, stated, file) = match judged {
        Ok(judged) => judged,
        Err(form) => return show(&me, &mut tx, id, kind, form).await,
    };
    match keep(&mut tx, me.files(), id, kind, (form.replaces, &stated, file)).await? {
        Kept::New(mut done) => {
            if asks && consents::give(&mut tx, me.id, &[Purpose::HealthDocuments]).await? {
                done = done.and(tx.note(Note::ConsentGiven, me.id.0, &[]).await?);
            }
            tx.commit(done).await?;
        }
        Kept::Known => {}
        Kept::NoRoom => {
            let full = Problem::at("file", |l| Text(l).full());
            return show(&me, &mut tx, id, kind, Filled::with(form, vec![full])).await;
        }
    }
    see_other(&format!("/onboarding/{id}#{}", kind.code()))
}

/// Whether consent has still to be given before a document of this kind is sent.
async fn asks_consent(tx: &mut Tx<Candidate>, me: &Candidate, kind: Kind) -> Result<bool> {
    Ok(kind.is_medical() && !consents::is_given(tx, me.id, Purpose::HealthDocuments).await?)
}

/// What is to be said beside the file: why it was not taken, or that it has to be chosen again.
fn why_not(is_good: bool, refused: &[Refusal]) -> Problem {
    match parcel::problem("file", refused) {
        Some(problem) if !is_good => problem,
        None if !is_good => Problem::at("file", |l| parcel::Text(l).no_file()),
        _ => Problem::at("file", |l| Text(l).once_more()),
    }
}

enum Kept {
    New(Done),
    /// It is there by a double click, or the kind is settled already: the list says so.
    Known,
    NoRoom,
}

/// Points a row to the file; without one, the file goes.
async fn keep(
    tx: &mut Tx<Candidate>,
    files: &Files,
    id: Uuid,
    kind: Kind,
    (replaces, stated, mut file): (Option<Uuid>, &Stated, Good),
) -> Result<Kept> {
    let (now, case) = (tx.now(), cases::placement(tx, id).await?);
    let stay = need(tx, id, &case).await?.stay;
    let known = sqlx::query_scalar!(
        r#"select exists (select from onboarding_document where placement_id = $1 and kind = $2 and sha256 = $3
               and state <> 'replaced' and valid_from is not distinct from $4
               and valid_until is not distinct from $5 and covers = $6) as "known!""#,
        id,
        kind.code(),
        file.stored.sha256,
        stated.from,
        stated.until,
        &stated.covers
    );
    if known.fetch_one(&mut **tx).await? {
        return Ok(Kept::Known);
    }
    let there = documents(tx, id).await?;
    let of_kind = || there.iter().filter(|document| document.shown.kind == kind);
    let open = || of_kind().filter(|document| !document.shown.is_settled(stay));
    if kind != Kind::Insurance && of_kind().count() > open().count() {
        return Ok(Kept::Known);
    }
    let gives_way = |document: &&Document| kind != Kind::Insurance || replaces == Some(document.id);
    let replaced: Vec<Uuid> = open().filter(gives_way).map(|document| document.id).collect();
    if kind == Kind::Insurance && replaces.is_none() && of_kind().count() >= MOST_POLICIES {
        return Ok(Kept::NoRoom);
    }
    sqlx::query!("update onboarding_document set state = 'replaced' where id = any($1)", &replaced)
        .execute(&mut **tx)
        .await?;
    sqlx::query!(
        "insert into onboarding_document (id, placement_id, kind, file_name, media_type, bytes, sha256, submitted_at,
             valid_from, valid_until, covers, scan)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        file.stored.id,
        id,
        kind.code(),
        if file.name.is_empty() { "document" } else { &file.name },
        file.stored.kind.media_type(),
        i64::try_from(file.stored.bytes).unwrap_or(i64::MAX),
        file.stored.sha256,
        now,
        stated.from,
        stated.until,
        &stated.covers,
        file.scan.code()
    )
    .execute(&mut **tx)
    .await?;
    let done = happened(tx, id, OnDocument::Submit, kind).await?;
    files.keep(tx, &mut file.stored).await?;
    Ok(Kept::New(done))
}

impl Form {
    fn read(&self, kind: Kind, asks_consent: bool) -> Result<Stated, Vec<Problem>> {
        let mut problems = Vec::new();
        if asks_consent && !self.agree {
            problems.push(Problem::missing("agree", |l| Text(l).tick_agree()));
        }
        let mut stated = Stated::default();
        if kind == Kind::Insurance {
            let from = TypedDate { day: &self.from_day, month: &self.from_month, year: &self.from_year };
            stated.from = from.wanted("from", |l| Text(l).from(), |l| Text(l).enter_from(), &mut problems);
        }
        if matches!(kind, Kind::Insurance | Kind::Passport) {
            let until = TypedDate { day: &self.until_day, month: &self.until_month, year: &self.until_year };
            stated.until =
                until.wanted("until", |l| Text(l).until(), |l| Text(l).enter_until(), &mut problems);
        }
        if kind == Kind::Insurance {
            let covers = Cover::ALL.iter().map(|cover| cover.code());
            let ticked = |code: &&str| self.covers.iter().any(|one| one == code);
            stated.covers = covers.filter(ticked).map(str::to_owned).collect();
            if stated.covers.is_empty() {
                problems.push(Problem::missing("covers", |l| Text(l).tick_covers()));
            }
        }
        if stated.from.zip(stated.until).is_some_and(|(from, until)| until < from) {
            problems.push(Problem::at("until", |l| Text(l).until_first()));
        }
        if problems.is_empty() { Ok(stated) } else { Err(problems) }
    }
}

async fn show(
    me: &Candidate,
    tx: &mut Tx<Candidate>,
    id: Uuid,
    kind: Kind,
    form: Filled<Form>,
) -> Result<Response> {
    let (lang, t) = (me.lang, Text(me.lang));
    let lead = match kind {
        Kind::Insurance => {
            let office = sqlx::query_scalar!("select office_id from placement where id = $1", id);
            let office = office.fetch_one(&mut **tx).await?;
            let place = offices::names(tx, lang).await?.remove(&office).unwrap_or(office);
            explain::terms::insurance_duty(&required(tx, id).await?, &place, lang)
        }
        _ if kind.is_medical() => t.medical_lead(),
        _ => t.lead(),
    };
    let ticked = |cover: &Cover| form.values.covers.iter().any(|one| one == cover.code());
    let choice = |cover: Cover| Choice::new(cover.code(), explain::cover(cover, lang), ticked(&cover));
    let agreeing = explain::consent::words(Purpose::HealthDocuments, lang);
    let view = View {
        agree: asks_consent(tx, me, kind).await?.then_some((agreeing.agree, agreeing.what)),
        page: me.page(Text),
        id,
        kind,
        title: words::kind(kind, lang),
        lead,
        covers: Cover::ALL.map(choice).into(),
        form,
    };
    html(view.form.status(), &view)
}

texts!(Text {
    back: "Before your first day", "Avant votre premier jour", "Antes de su primer día";
    lead: "A photo taken with your phone is fine, as long as we can read every word. PDF, JPG or PNG, up to 10 MB.",
        "Une photo prise avec votre téléphone convient, à condition que nous puissions tout lire. PDF, JPG ou PNG, jusqu’à 10 Mo.",
        "Una foto hecha con el teléfono sirve, siempre que podamos leerlo todo. PDF, JPG o PNG, hasta 10 MB.";
    medical_lead: "Only the medical officer opens this file, and every look at it is recorded. PDF, JPG or PNG, up to 10 MB.",
        "Seul le service médical ouvre ce fichier, et chaque consultation est enregistrée. PDF, JPG ou PNG, jusqu’à 10 Mo.",
        "Solo el servicio médico abre este archivo, y cada consulta queda registrada. PDF, JPG o PNG, hasta 10 MB.";
    from: "Valid from", "Début de validité", "Válido desde";
    until: "Valid until", "Fin de validité", "Válido hasta";
    until_hint: "The last day on which it is valid.", "Le dernier jour de validité.", "El último día de validez.";
    enter_from: "Enter the first day on which it is valid", "Indiquez le premier jour de validité", "Indique el primer día de validez";
    enter_until: "Enter the last day on which it is valid", "Indiquez le dernier jour de validité", "Indique el último día de validez";
    until_first: "The last day must not be before the first", "Le dernier jour ne peut pas précéder le premier", "El último día no puede ser anterior al primero";
    covers: "What does the policy cover, in the country where you will work?", "Que couvre la police, dans le pays où vous travaillerez ?",
        "¿Qué cubre la póliza, en el país donde trabajará?";
    covers_hint: "Several policies add up: one may cover medical care, another evacuation and repatriation.",
        "Plusieurs polices se complètent : l’une peut couvrir les soins, une autre l’évacuation et le rapatriement.",
        "Varias pólizas se suman: una puede cubrir la atención médica, otra la evacuación y la repatriación.";
    tick_covers: "Tick what the policy covers", "Cochez ce que couvre la police", "Marque lo que cubre la póliza";
    tick_agree: "Tick the box if you agree, or do it later: without it nobody may read the file",
        "Cochez la case si vous êtes d’accord, ou faites-le plus tard : sans votre accord, personne ne peut lire le fichier",
        "Marque la casilla si está de acuerdo, o hágalo más tarde: sin ello nadie puede leer el archivo";
    file: "The file", "Le fichier", "El archivo";
    once_more: "Choose the file once more: browsers do not keep it", "Choisissez le fichier à nouveau : les navigateurs ne le gardent pas",
        "Elija de nuevo el archivo: los navegadores no lo conservan";
    full: "Twelve policies are enough: send another instead of one of them", "Douze polices suffisent : remplacez-en une", "Doce pólizas bastan: sustituya una de ellas";
    send: "Send", "Envoyer", "Enviar";
    keep: "Do it later", "Le faire plus tard", "Hacerlo más tarde";
});
