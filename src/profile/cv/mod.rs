//! A CV made from the candidate's own profile: looked at, downloaded in three languages, and put among the documents.

mod kept;
mod paper;

use super::{SectionNames, about, education, experience, languages, unreleased};
use crate::db::Tx;
use crate::domain::eligibility::LanguageSkills;
use crate::domain::profile::{About, Education, Experience};
use crate::pdf;
use crate::text::{Lang, texts};
use crate::web::{
    App, Candidate, Error, Filled, Page, Path, Posted, Problem, Result, download, html, see_other,
};
use axum::{Router, response::Response, routing::get};

pub use kept::refresh;

pub fn routes() -> Router<App> {
    Router::new().route("/profile/cv", get(ask).post(choose)).route("/profile/cv/{file}", get(open))
}

/// What a CV says; no birth, no nationality, no photo: they decide nothing that a reader of CVs decides.
pub struct Cv {
    pub about: About,
    pub email: String,
    pub education: Vec<Education>,
    pub experience: Vec<Experience>,
    pub languages: Vec<LanguageSkills>,
}

#[derive(Clone, Debug, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    /// The revision of the profile that the CV was shown from.
    seen: i32,
    /// In which language the CV is used; `uploaded`: the candidate's own file is.
    cv: String,
}

#[derive(askama::Template)]
#[template(path = "profile/cv.html")]
struct View {
    page: Page<Text>,
    names: SectionNames,
    form: Filled<Form>,
    /// `None`: the profile does not say yet whose it is.
    preview: Option<pdf::Document>,
    used: Option<Lang>,
}

impl View {
    fn is_used(&self, lang: &Lang) -> bool {
        self.used == Some(*lang)
    }
}

async fn ask(me: Candidate) -> Result<Response> {
    let mut tx = me.begin().await?;
    show(&me, &mut tx, Filled::fresh(Form::default())).await
}

async fn choose(me: Candidate, form: Posted<Form>) -> Result<Response> {
    let mut tx = me.begin().await?;
    super::newest::lock(&mut tx).await?;
    let used = kept::used(&mut tx).await?;
    let revision = super::whole::revision(&mut tx).await?;
    let judged = form.judge(|form| match (form.cv.as_str(), Lang::from_code(&form.cv)) {
        // twice is once
        ("uploaded", _) if used.is_none() => Ok(None),
        (_, Some(lang)) if used == Some(lang) => Ok(Some(lang)),
        _ if form.seen != revision => Err(vec![Problem::overtaken(|l| Text(l).changed())]),
        ("uploaded", _) => Ok(None),
        (_, Some(lang)) => Ok(Some(lang)),
        _ => Err(vec![Problem::missing("cv", |l| Text(l).choose())]),
    });
    let lang = match judged {
        Ok(lang) if lang == used => return see_other("/profile/documents#cv-h"),
        Ok(lang) => lang,
        Err(form) => return show(&me, &mut tx, form).await,
    };
    match lang {
        None => {
            let done = kept::remove(&mut tx).await?;
            unreleased::remember(&mut tx).await?;
            tx.commit(done).await?;
        }
        Some(lang) => {
            let Some(cv) = Cv::load(&mut tx).await? else {
                let none = Filled::with(Form::default(), vec![Problem::missing("cv", |l| Text(l).no_name())]);
                return show(&me, &mut tx, none).await;
            };
            super::touch(&mut tx).await?;
            let mut made = kept::make(&mut tx, me.files(), &cv, lang).await?;
            me.files().keep(&mut tx, &mut made.file).await?;
            unreleased::remember(&mut tx).await?;
            tx.commit(made.done).await?;
        }
    }
    see_other("/profile/documents#cv-h")
}

async fn open(me: Candidate, Path(file): Path<String>) -> Result<Response> {
    let lang = file.strip_suffix(".pdf").filter(|code| code.len() == 2).and_then(Lang::from_code);
    let lang = lang.ok_or(Error::NotFound)?;
    let mut tx = me.begin().await?;
    let cv = Cv::load(&mut tx).await?.ok_or(Error::NotFound)?;
    let document = cv.document(lang, tx.today());
    drop(tx);
    let pdf = pdf::print(document).await.map_err(std::io::Error::other)?;
    Ok(download::made(pdf, "application/pdf", &cv.file_name()))
}

async fn show(me: &Candidate, tx: &mut Tx<Candidate>, mut form: Filled<Form>) -> Result<Response> {
    form.values.seen = super::whole::revision(tx).await?;
    let used = kept::used(tx).await?;
    let preview = Cv::load(tx).await?.map(|cv| cv.document(me.lang, tx.today()));
    html(form.status(), &View { page: me.page(Text), names: SectionNames(me.lang), form, preview, used })
}

impl Cv {
    /// What of the profile can be read today; `None` until it says whose it is.
    async fn load(tx: &mut Tx<Candidate>) -> Result<Option<Cv>> {
        use super::Answers;
        let (me, today) = (tx.actor(), tx.today());
        let Ok(about) = super::load::<about::Form>(tx).await?.answers.read(today) else { return Ok(None) };
        let email = sqlx::query_scalar!("select email from person where id = $1", me.0);
        let email = email.fetch_one(&mut **tx).await?;
        let education = super::load::<education::Form>(tx).await?.answers.whole(today);
        let experience = super::load::<experience::Form>(tx).await?.answers.read(today);
        let languages = super::load::<languages::Form>(tx).await?.answers.read(today);
        Ok(Some(Cv {
            about,
            email,
            education,
            experience: experience.unwrap_or_default(),
            languages: languages.unwrap_or_default(),
        }))
    }
}

texts!(pub Text {
    title: "Your CV from your profile", "Votre CV à partir de votre dossier", "Su currículum a partir de su perfil";
    lead: "We set what you have written as a CV. It leaves out your date of birth and your nationality.",
        "Nous mettons en page ce que vous avez écrit sous forme de CV. Votre date de naissance et votre nationalité n’y figurent pas.",
        "Damos forma de currículum a lo que ha escrito. No incluye su fecha de nacimiento ni su nacionalidad.";
    download: "Download as PDF", "Télécharger en PDF", "Descargar en PDF";
    which: "Which CV do you want to release?", "Quel CV souhaitez-vous transmettre ?", "¿Qué currículum desea enviar?";
    use_it(language): "This CV, in this language: {language}", "Ce CV, dans cette langue : {language}", "Este currículum, en este idioma: {language}";
    uploaded: "The CV I upload", "Le CV que je dépose", "El currículum que subo";
    hint: "If you change your profile later, this CV is made anew when you release.",
        "Si vous modifiez ensuite votre dossier, ce CV est refait au moment de transmettre.",
        "Si después cambia su perfil, este currículum se vuelve a crear al enviarlo.";
    no_name: "Finish the section “About you” first: a CV begins with your name",
        "Terminez d’abord la section « À propos de vous » : un CV commence par votre nom",
        "Termine primero la sección «Sobre usted»: un currículum empieza por su nombre";
    choose: "Choose which CV you want to release", "Choisissez le CV à transmettre", "Elija qué currículum desea enviar";
    changed: "Your profile has changed since you opened this page. Read your CV again, then choose.",
        "Votre dossier a changé depuis que vous avez ouvert cette page. Relisez votre CV, puis choisissez.",
        "Su perfil ha cambiado desde que abrió esta página. Lea de nuevo su currículum y después elija.";
});
