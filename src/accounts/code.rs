//! After the right password, somebody with a second factor proves it too: only then a session begins.

use super::{see_other_with, signed_in, start_session};
use crate::db::{Note, Tx};
use crate::domain::PersonId;
use crate::domain::letter::Letter;
use crate::domain::role::RoleName;
use crate::factors::passkeys::{self, Place};
use crate::factors::words::Words;
use crate::factors::{self, Answer, Proof, Standing};
use crate::text::texts;
use crate::web::desk::{desk, local};
use crate::web::{
    Anyone, App, Error, Filled, Page, Posted, Problem, Query, Result, html, see_other, session,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::{Router, response::Response, routing::get};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;

pub fn routes() -> Router<App> {
    Router::new().route("/sign-in/code", get(ask).post(prove))
}

/// How long the code may be in coming.
const LASTS: TimeDelta = passkeys::LASTS;
/// Tries of codes in one sign-in …
const TRIES: i32 = 5;
/// … and in a quarter of an hour: of strangers together, or in a browser that the account's owner uses.
const TRIES_IN_ALL: i32 = 20;
const WINDOW_SECONDS: i64 = 900;

#[derive(Clone, Default, serde::Deserialize, validator::Validate)]
#[serde(default)]
struct Form {
    #[validate(length(max = 60))]
    code: String,
    /// A passkey's answer in place of a code, as the script writes it down.
    #[validate(length(max = 20_000))]
    passkey: String,
    /// Where the reader was going.
    next: String,
}

/// Where the reader was going.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Before {
    next: String,
}

#[derive(askama::Template)]
#[template(path = "accounts/code.html")]
struct View {
    page: Page<Text>,
    words: Words,
    lead: String,
    hint: String,
    /// What a passkey is to sign, in words for scripts.
    asked: Option<String>,
    form: Filled<Form>,
}

/// A sign-in that waits for its code.
struct Half {
    token_hash: Vec<u8>,
    person: PersonId,
    roles: Vec<RoleName>,
}

/// The password of somebody with a second factor was right: on to the page that asks for the code.
pub(super) async fn ask_for(
    me: &Anyone,
    tx: &mut Tx<Anyone>,
    person: PersonId,
    next: &str,
) -> Result<Option<Response>> {
    if factors::standing(tx, person).await?.is_none() {
        return Ok(None);
    }
    let (token, hash) = session::new_token();
    let now = tx.now();
    sqlx::query!(
        "insert into half_sign_in (token_hash, person_id, password, expires_at)
         select $1, id, sha256(convert_to(password_hash, 'UTF8')), $3 from person where id = $2",
        hash,
        person.0,
        now + LASTS
    )
    .execute(&mut **tx)
    .await?;
    if let Some(place) = place(me) {
        passkeys::ask(tx, &place, (person, &hash), now).await?;
    }
    let cookie = session::set_cookie(cookie(me), &token, LASTS, me.settings().https)?;
    let to = match local(next) {
        Some(next) => format!("/sign-in/code?{}", address(next)?),
        None => "/sign-in/code".to_owned(),
    };
    Ok(Some(see_other_with(&to, cookie)))
}

async fn ask(me: Anyone, headers: HeaderMap, Query(before): Query<Before>) -> Result<Response> {
    if me.person.is_some() {
        return see_other(local(&before.next).unwrap_or_else(|| desk(me.roles())));
    }
    match half(&me, &headers).await? {
        Some(half) => show(&me, &half, Filled::fresh(Form { next: before.next, ..Form::default() })).await,
        None => from_the_start(&before.next),
    }
}

async fn prove(me: Anyone, headers: HeaderMap, form: Posted<Form>) -> Result<Response> {
    let judged = form.judge(|form| match form.code.is_empty() && form.passkey.is_empty() {
        true => Err(vec![Problem::missing("code", |l| Text(l).enter_code())]),
        false => Ok(form.clone()),
    });
    let half = half(&me, &headers).await?;
    let form = match (judged, &half) {
        (Ok(form), _) => form,
        (Err(form), None) => return from_the_start(&form.values.next),
        (Err(form), Some(half)) => return show(&me, half, form).await,
    };
    let Some(half) = half else { return from_the_start(&form.next) };
    if !may_guess(&me, &half).await? {
        let form = Filled::with(form, vec![Problem::at("code", |l| Text(l).too_often())]);
        let mut response = html(StatusCode::TOO_MANY_REQUESTS, &view(&me, &half, form).await?)?;
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(WINDOW_SECONDS));
        return Ok(response);
    }
    let mut tx = me.begin().await?;
    let now = tx.now();
    // the first of two clicks takes it with it
    let taken = sqlx::query!("delete from half_sign_in where token_hash = $1", half.token_hash);
    if taken.execute(&mut *tx).await?.rows_affected() == 0 {
        return from_the_start(&form.next);
    }
    let (asker, answer) =
        ((half.person, half.token_hash.as_slice()), Answer { code: &form.code, passkey: &form.passkey });
    let Some(proof) = factors::spend(&mut tx, (me.vault(), place(&me).as_ref()), asker, answer, now).await?
    else {
        drop(tx);
        tracing::warn!(person = %half.person.0, "sign-in refused: wrong code or passkey");
        let problem = match form.passkey.is_empty() {
            true => Problem::at("code", |l| Words(l).wrong_code()),
            false => Problem::at("passkey", |l| Words(l).wrong_passkey()),
        };
        return show(&me, &half, Filled::with(form, vec![problem])).await;
    };
    let cookie = start_session(&me, &mut tx, half.person, &half.roles, now).await?;
    let mut done = tx.note(Note::SignedIn, half.person.0, &[]).await?;
    if proof == Proof::Recovery {
        let letters = [(half.person, Letter::RecoveryCodeUsed)];
        done = done.and(tx.note(Note::RecoveryCodeUsed, half.person.0, &letters).await?);
    }
    tx.commit(done).await?;
    signed_in(&me, half.person, local(&form.next).unwrap_or_else(|| desk(&half.roles)), cookie)
}

/// What passkeys are for.
fn place(me: &Anyone) -> Option<Place> {
    Place::at(&me.settings().url)
}

/// The sign-in that this browser has begun, unless it is over, or the account was closed or got another password.
async fn half(me: &Anyone, headers: &HeaderMap) -> Result<Option<Half>> {
    let Some(token) = session::cookie(headers, cookie(me)) else { return Ok(None) };
    let token_hash = session::hash(&token);
    let mut tx = me.begin().await?;
    let now = tx.now();
    let row = sqlx::query!(
        r#"select p.id, array(select role from person_role r where r.person_id = p.id) as "roles!"
           from half_sign_in h join person p on p.id = h.person_id
           where h.token_hash = $1 and h.expires_at > $2 and p.disabled_at is null
             and sha256(convert_to(p.password_hash, 'UTF8')) = h.password"#,
        token_hash,
        now
    );
    Ok(row.fetch_optional(&mut *tx).await?.map(|row| Half {
        token_hash,
        person: PersonId(row.id),
        roles: row.roles.iter().filter_map(|code| RoleName::from_code(code)).collect(),
    }))
}

/// Counts one more try. Only whoever knows the password comes so far; they use up the tries of strangers, and the
/// owner's browser keeps its own.
async fn may_guess(me: &Anyone, half: &Half) -> Result<bool> {
    let this = format!("code {}", URL_SAFE_NO_PAD.encode(&half.token_hash));
    if !me.may_try(&this, TRIES, WINDOW_SECONDS).await? {
        return Ok(false);
    }
    let all = match &me.session {
        Some(session) if is_theirs(me, session, half.person).await? => {
            format!("code of {} with {}", half.person.0, URL_SAFE_NO_PAD.encode(session))
        }
        _ => format!("code of {}", half.person.0),
    };
    me.may_try(&all, TRIES_IN_ALL, WINDOW_SECONDS).await
}

/// Whether the browser has a session of this account, which may have ended.
async fn is_theirs(me: &Anyone, session: &[u8], person: PersonId) -> Result<bool> {
    let found = sqlx::query_scalar!(
        r#"select exists (select from session where token_hash = $1 and person_id = $2) as "theirs!""#,
        session,
        person.0
    );
    Ok(found.fetch_one(&mut *me.begin().await?).await?)
}

fn cookie(me: &Anyone) -> &'static str {
    if me.settings().https { "__Host-sign-in" } else { "sign-in" }
}

fn from_the_start(next: &str) -> Result<Response> {
    match local(next) {
        Some(next) => see_other(&format!("/sign-in?{}", address(next)?)),
        None => see_other("/sign-in"),
    }
}

fn address(next: &str) -> Result<String> {
    serde_html_form::to_string([("next", next)]).map_err(|_| Error::Unreadable)
}

async fn show(me: &Anyone, half: &Half, form: Filled<Form>) -> Result<Response> {
    let view = view(me, half, form).await?;
    html(view.form.status(), &view)
}

async fn view(me: &Anyone, half: &Half, form: Filled<Form>) -> Result<View> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    let asked = passkeys::asked_of(&mut tx, (half.person, &half.token_hash), now).await?;
    let standing = factors::standing(&mut tx, half.person).await?;
    let words = Words(me.lang);
    let (lead, hint) = words_for(&Text(me.lang), &words, standing.as_ref());
    Ok(View { page: me.page(Text), words, lead, hint, asked, form })
}

/// What is asked for, and which codes fit.
fn words_for(t: &Text, words: &Words, standing: Option<&Standing>) -> (String, String) {
    let (app, keys) = standing.map_or((true, false), |it| (it.app.is_some(), it.passkeys > 0));
    match (app, keys) {
        (true, true) => (t.lead_both(), t.code_hint()),
        (false, true) => (t.lead_passkey(), words.only_recovery()),
        _ => (t.lead(), t.code_hint()),
    }
}

texts!(Text {
    title: "One more step", "Encore une étape", "Un paso más";
    lead: "Your password is right. Open your authenticator app and enter the code it shows.",
        "Votre mot de passe est correct. Ouvrez votre application d’authentification et saisissez le code affiché.",
        "Su contraseña es correcta. Abra su aplicación de autenticación e indique el código que muestra.";
    lead_passkey: "Your password is right. Use your passkey, or enter a recovery code.",
        "Votre mot de passe est correct. Utilisez votre clé d’accès, ou saisissez un code de secours.",
        "Su contraseña es correcta. Use su llave de acceso o indique un código de recuperación.";
    lead_both: "Your password is right. Use a passkey, or enter the code that your authenticator app shows.",
        "Votre mot de passe est correct. Utilisez une clé d’accès, ou saisissez le code affiché par votre application d’authentification.",
        "Su contraseña es correcta. Use una llave de acceso o indique el código que muestra su aplicación de autenticación.";
    code_hint: "Six digits, or one of your recovery codes", "Six chiffres, ou l’un de vos codes de secours", "Seis cifras, o uno de sus códigos de recuperación";
    enter_code: "Enter the code", "Indiquez le code", "Indique el código";
    too_often: "Too many attempts. Wait 15 minutes, then sign in again", "Trop de tentatives. Attendez 15 minutes, puis reconnectez-vous",
        "Demasiados intentos. Espere 15 minutos y vuelva a iniciar sesión";
    no_phone: "If you have neither your phone or passkey nor a recovery code, ask an administrator of the programme to reset your second factor.",
        "Si vous n’avez ni téléphone ou clé d’accès, ni code de secours, demandez à l’administration du programme de réinitialiser votre deuxième facteur.",
        "Si no tiene ni el teléfono o la llave de acceso ni un código de recuperación, pida a la administración del programa que restablezca su segundo factor.";
    back: "Start again", "Recommencer", "Empezar de nuevo";
});
