//! Somebody creates an account: a name, an address, a password. The letter proves that the address is theirs.

use super::{LETTERS, evenly, is_address, password};
use crate::carried;
use crate::consents::{self, Purpose};
use crate::db::{Done, Note, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};
use crate::web::{Anyone, App, Choice, Error, Filled, Page, Posted, Problem, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/register", get(ask).post(register))
        .route("/register/with-answers", get(without_answers).post(ask_with_answers))
        .route("/register/sent", get(sent))
}

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 120))]
    given_names: String,
    #[validate(length(max = 120))]
    family_names: String,
    email: String,
    password: String,
    lang: String,
    privacy: bool,
    /// The answers of the self-check, packed; empty without.
    #[validate(length(max = carried::LONGEST))]
    carried: String,
}

#[derive(askama::Template)]
#[template(path = "accounts/register.html")]
struct View {
    page: Page<Text>,
    form: Filled<Form>,
    password_hint: String,
    languages: Vec<Choice>,
}

async fn ask(me: Anyone) -> Result<Response> {
    ask_beside(me, String::new())
}

#[derive(Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Brought {
    #[validate(length(max = carried::LONGEST))]
    carried: String,
}

/// Somebody comes from the self-check. Answers that cannot be read are left behind: registering matters more.
async fn ask_with_answers(me: Anyone, brought: Posted<Brought>) -> Result<Response> {
    let read = |brought: &Brought| Ok(carried::Answers::unpacked(&brought.carried));
    let answers = brought.judge(read).ok().flatten();
    ask_beside(me, answers.map(|answers| answers.packed()).unwrap_or_default())
}

/// Answers are brought by a form only; an address never holds them.
async fn without_answers() -> Result<Response> {
    see_other("/register")
}

fn ask_beside(me: Anyone, carried: String) -> Result<Response> {
    if me.person.is_some() {
        return see_other(crate::web::desk::desk(me.roles()));
    }
    show(&me, Filled::fresh(Form { lang: me.lang.code().to_owned(), carried, ..Form::default() }), None)
}

async fn register(me: Anyone, form: Posted<Form>) -> Result<Response> {
    let form = match form.judge(read) {
        Ok(form) => form,
        Err(form) => return show(&me, form, None),
    };
    let from_here = me.may_try(&format!("register from {}", me.address), 30, 3600).await?;
    let email = form.email.to_lowercase();
    let for_this = me.may_try(&format!("register {email} from {}", me.address), 5, 3600).await?
        && me.may_try(&format!("register {email}"), LETTERS, 3600).await?;
    if !(from_here && for_this) {
        let form = Filled::with(form, vec![Problem::at("email", |l| Text(l).too_often())]);
        return show(&me, form, Some(StatusCode::TOO_MANY_REQUESTS));
    }
    evenly(create(&me, &form)).await?;
    see_other("/register/sent")
}

fn read(form: &Form) -> Result<Form, Vec<Problem>> {
    let mut problems = Vec::new();
    if form.family_names.is_empty() {
        problems.push(Problem::missing("family_names", |l| Text(l).enter_family_names()));
    }
    if form.email.is_empty() {
        problems.push(Problem::missing("email", |l| Text(l).enter_email()));
    } else if !is_address(&form.email) {
        problems.push(Problem::at("email", |l| Text(l).email_shape()));
    }
    problems.extend(password::problem(&form.password, &[&form.email, &form.given_names, &form.family_names]));
    if Lang::from_code(&form.lang).is_none() {
        problems.push(Problem::missing("lang", |l| Text(l).choose_language()));
    }
    if !form.privacy {
        problems.push(Problem::missing("privacy", |l| Text(l).tick_privacy()));
    }
    if problems.is_empty() { Ok(form.clone()) } else { Err(problems) }
}

/// An account, unless there is one; a letter either way, and the same work.
async fn create(me: &Anyone, form: &Form) -> Result<()> {
    let hash = me.passwords().hash(form.password.clone()).await.ok_or(Error::Missing("a password hash"))?;
    let mut tx = me.begin().await?;
    let done = match insert(&mut tx, form, &hash).await? {
        Some(id) => {
            if let Some(answers) = carried::Answers::unpacked(&form.carried) {
                let names = (form.given_names.as_str(), form.family_names.as_str());
                carried::begin_profile(&mut tx, PersonId(id), names, &answers).await?;
            }
            consents::give(&mut tx, PersonId(id), &[Purpose::PrivacyNotice]).await?;
            tx.note(Note::Registered, id, &[(PersonId(id), Letter::ConfirmEmail)]).await?
        }
        None => remind(&mut tx, form).await?,
    };
    Ok(tx.commit(done).await?)
}

async fn insert(tx: &mut Tx<Anyone>, form: &Form, hash: &str) -> Result<Option<Uuid>> {
    let now = tx.now();
    let id = sqlx::query_scalar!(
        "insert into person (id, email, given_names, family_names, lang, password_hash, created_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (email_key) do nothing returning id",
        Uuid::now_v7(),
        form.email,
        form.given_names,
        form.family_names,
        form.lang,
        hash,
        now
    )
    .fetch_optional(&mut **tx)
    .await?;
    if let Some(id) = id {
        sqlx::query!("insert into person_role (person_id, role) values ($1, 'candidate')", id)
            .execute(&mut **tx)
            .await?;
    }
    Ok(id)
}

/// The address has an account: its owner is told, or sent the link again. Nothing else changes, the password
/// least of all: whoever registers somebody else's address gains nothing by it.
async fn remind(tx: &mut Tx<Anyone>, form: &Form) -> Result<Done> {
    let known = sqlx::query!(
        "select id, email_confirmed_at is not null as \"confirmed!\" from person where email_key = lower($1)",
        form.email
    )
    .fetch_one(&mut **tx)
    .await?;
    let letter = if known.confirmed { Letter::AlreadyRegistered } else { Letter::ConfirmEmail };
    Ok(tx.note(Note::Registered, known.id, &[(PersonId(known.id), letter)]).await?)
}

fn show(me: &Anyone, form: Filled<Form>, status: Option<StatusCode>) -> Result<Response> {
    let languages =
        Lang::ALL.map(|l| Choice::new(l.code(), l.own_name(), form.values.lang == l.code())).to_vec();
    let status = status.unwrap_or_else(|| form.status());
    let password_hint = password::Text(me.lang).hint();
    html(status, &View { page: me.page(Text), form, password_hint, languages })
}

#[derive(askama::Template)]
#[template(path = "accounts/sent.html")]
struct Sent {
    page: Page<Text>,
}

async fn sent(me: Anyone) -> Result<Response> {
    html(StatusCode::OK, &Sent { page: me.page(Text) })
}

texts!(Text {
    title: "Create your account", "Créer votre compte", "Crear su cuenta";
    lead: "Your name must match your passport or identity card.",
        "Votre nom doit correspondre à votre passeport ou à votre carte d’identité.",
        "Su nombre debe coincidir con su pasaporte o documento de identidad.";
    with_answers: "Your answers go into your profile as soon as you have registered. You can change them there.",
        "Vos réponses seront reprises dans votre dossier dès votre inscription. Vous pourrez les y modifier.",
        "Sus respuestas pasarán a su perfil en cuanto se registre. Allí podrá cambiarlas.";
    given_names: "Given names", "Prénoms", "Nombres";
    family_names: "Family names", "Noms de famille", "Apellidos";
    one_name: "If you have only one name, enter it here and leave the box above empty.",
        "Si vous n’avez qu’un seul nom, inscrivez-le ici et laissez la case ci-dessus vide.",
        "Si solo tiene un nombre, escríbalo aquí y deje vacía la casilla anterior.";
    enter_family_names: "Enter your family names", "Indiquez vos noms de famille", "Indique sus apellidos";
    email: "Email address", "Adresse électronique", "Dirección de correo electrónico";
    email_hint: "One you will still be able to open after you graduate.",
        "Une adresse que vous pourrez encore consulter après votre diplôme.",
        "Una que pueda seguir consultando después de graduarse.";
    enter_email: "Enter your email address", "Indiquez votre adresse électronique", "Indique su dirección de correo electrónico";
    email_shape: "Enter an email address, such as name@example.org", "Indiquez une adresse électronique, par exemple nom@example.org",
        "Indique una dirección de correo, por ejemplo nombre@example.org";
    password: "Create a password", "Créer un mot de passe", "Crear una contraseña";
    language: "Which language should we write to you in?", "Dans quelle langue devons-nous vous écrire ?",
        "¿En qué idioma debemos escribirle?";
    choose_language: "Choose a language", "Choisissez une langue", "Elija un idioma";
    privacy: "I have read how my data is used", "J’ai lu comment mes données sont utilisées", "He leído cómo se utilizan mis datos";
    tick_privacy: "Tick the box to say that you have read how your data is used", "Cochez la case pour indiquer que vous avez lu comment vos données sont utilisées",
        "Marque la casilla para indicar que ha leído cómo se utilizan sus datos";
    privacy_link: "How your data is used", "Comment vos données sont utilisées", "Cómo se utilizan sus datos";
    create: "Create account", "Créer le compte", "Crear la cuenta";
    already: "Already registered?", "Vous avez déjà un compte ?", "¿Ya tiene una cuenta?";
    too_often: "Too many attempts. Wait an hour, then try again",
        "Trop de tentatives. Attendez une heure, puis réessayez",
        "Demasiados intentos. Espere una hora y vuelva a intentarlo";
    at_hand: "Good to have at hand", "À avoir sous la main", "Conviene tener a mano";
    not_today: "You do not need these today. Most people finish over two or three visits.",
        "Vous n’en avez pas besoin aujourd’hui. La plupart des gens terminent en deux ou trois visites.",
        "No los necesita hoy. La mayoría termina en dos o tres visitas.";
    hand_passport: "Your passport or identity card", "Votre passeport ou carte d’identité", "Su pasaporte o documento de identidad";
    hand_cv: "Your CV, as a PDF or a clear photo", "Votre CV, en PDF ou en photo nette", "Su currículum, en PDF o en una foto nítida";
    hand_proof: "Proof of enrolment, or your degree", "Une attestation d’inscription, ou votre diplôme", "Un certificado de matrícula, o su título";
    hand_months: "The months you could start and finish", "Les mois où vous pourriez commencer et finir", "Los meses en que podría empezar y terminar";
    hand_letter: "A letter from your sponsor or university, if you have a scholarship or the internship is part of your degree",
        "Une lettre de l’institution qui vous parraine ou de votre université, si vous avez une bourse ou si le stage fait partie de vos études",
        "Una carta de la institución que le patrocina o de su universidad, si tiene una beca o la pasantía forma parte de sus estudios";
    sent_title: "Now open your mail", "Ouvrez maintenant votre messagerie", "Ahora abra su correo";
    sent_lead: "We have written to you. Open the link in the letter within 48 hours to confirm that the address is yours.",
        "Nous vous avons écrit. Ouvrez le lien du courriel dans les 48 heures pour confirmer que l’adresse est la vôtre.",
        "Le hemos escrito. Abra el enlace del mensaje en un plazo de 48 horas para confirmar que la dirección es suya.";
    sent_nothing: "Nothing after a few minutes?", "Rien après quelques minutes ?", "¿Nada después de unos minutos?";
    sent_spam: "Look among unwanted mail.", "Regardez dans le courrier indésirable.", "Mire en el correo no deseado.";
    sent_typo: "Check the address, and create the account again: you lose nothing.",
        "Vérifiez l’adresse et créez le compte à nouveau : vous n’y perdez rien.",
        "Compruebe la dirección y cree la cuenta de nuevo: no pierde nada.";
    register_again: "Create the account again", "Créer le compte à nouveau", "Crear la cuenta de nuevo";
    try_out: "You are trying the product out: the letter is in its mailbox.",
        "Vous essayez le produit : le courriel se trouve dans sa boîte.",
        "Está probando el producto: el mensaje está en su buzón.";
    open_mailbox: "Open the mailbox", "Ouvrir la boîte", "Abrir el buzón";
});
