//! Staff sign in at the organisation's own identity provider, and prove there once more who they are.

mod account;
mod end;

use super::{begin_session, see_other_with};
use crate::db::Note;
use crate::domain::PersonId;
use crate::provider::{Identity, Provider, Refusal, Secret, code};
use crate::text::texts;
use crate::web::desk::{desk, local};
use crate::web::{Anyone, App, Error, Page, Query, Result, html, see_other, session};
use account::{Account, Found};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::{Router, routing::get};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in/organisation", get(begin))
        .route("/sign-in/organisation/answer", get(answer))
        .merge(end::routes())
}

/// How long somebody may take there.
const LASTS: TimeDelta = TimeDelta::minutes(15);
/// Of one address in a quarter of an hour, back and forth: an office has one address.
const TRIES: i32 = 300;
const WINDOW_SECONDS: i64 = 900;

/// Where the reader was going, and whether they are signed in and prove it once more.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Going {
    next: String,
    again: bool,
}

/// What the provider sends back (RFC 6749, 4.1.2; RFC 9207).
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Answer {
    code: String,
    state: String,
    iss: Option<String>,
    error: Option<String>,
}

/// Why a sign-in there does not open anything here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Why {
    /// Too old, sent twice, or begun in another browser.
    Stale,
    /// Somebody called it off there, or was not let through.
    Denied,
    Unreachable,
    /// Nobody vouches for an address, and the person is not known yet.
    NoAddress,
    /// No account with a role here.
    Unknown,
    Closed,
    NoFactor,
    /// Somebody else than whose session it is.
    Another,
    /// The groups take the last administrator's role away.
    LastAdministrator,
}

#[derive(askama::Template)]
#[template(path = "accounts/organisation/refused.html")]
struct View {
    page: Page<Text>,
    title: String,
    lead: String,
    /// Whether it may be tried again at once.
    again: bool,
}

async fn begin(me: Anyone, headers: HeaderMap, Query(going): Query<Going>) -> Result<Response> {
    let provider = me.provider().ok_or(Error::NotFound)?;
    // nobody is signed in by a page of somebody else (OWASP ASVS 5.0, 7.6.2)
    if headers.get("sec-fetch-site").is_some_and(|site| site == "cross-site") {
        return see_other("/sign-in");
    }
    may_try(&me).await?;
    let (token, _) = session::new_token();
    let kept = Kept { again: going.again, next: local(&going.next).unwrap_or_default().to_owned(), token };
    let written = kept.written();
    match provider.ask(me.now(), &Secret::of(&written), going.again, me.lang).await {
        Ok(address) => {
            let cookie = session::set_cookie(cookie(&me), &written, LASTS, me.settings().https)?;
            Ok(see_other_with(&address, cookie))
        }
        Err(refusal) => refused(&me, told(&refusal)),
    }
}

/// Each makes us ask the provider.
async fn may_try(me: &Anyone) -> Result<()> {
    match me.may_try(&format!("organisation from {}", me.address), TRIES, WINDOW_SECONDS).await? {
        true => Ok(()),
        false => Err(Error::TooMany),
    }
}

async fn answer(me: Anyone, headers: HeaderMap, Query(answer): Query<Answer>) -> Result<Response> {
    let provider = me.provider().ok_or(Error::NotFound)?;
    let written = session::cookie(&headers, cookie(&me)).unwrap_or_default();
    let secret = Secret::of(&written);
    let ours = provider.settings().issuer.as_str();
    let is_ours = answer.state == secret.state() && answer.iss.as_deref().is_none_or(|issuer| issuer == ours);
    let Some(kept) = Kept::read(&written).filter(|_| is_ours) else { return refused(&me, Why::Stale) };
    may_try(&me).await?;
    let identity = match answer.error {
        Some(error) => {
            tracing::warn!(code = code(&error), "sign-in refused by the identity provider");
            Err(Why::Denied)
        }
        None => provider.identify(me.now(), &secret, &answer.code).await.map_err(|refusal| told(&refusal)),
    };
    let opened = match identity {
        Ok(it) if me.settings().second_factor_required && !it.has_factor => Err(Why::NoFactor),
        Ok(it) if kept.again => prove_again(&me, provider, &kept, &it).await?,
        Ok(it) => open(&me, provider, &kept, &it).await?,
        Err(why) => Err(why),
    };
    let mut response = match opened {
        Ok(response) => response,
        Err(why) => refused(&me, why)?,
    };
    // used up, whatever came of it
    let gone = session::set_cookie(cookie(&me), "", TimeDelta::zero(), me.settings().https)?;
    response.headers_mut().append(header::SET_COOKIE, gone);
    Ok(response)
}

/// A session for the account that the identity is linked to, now or from now on.
async fn open(me: &Anyone, provider: &Provider, kept: &Kept, it: &Identity) -> Result<Result<Response, Why>> {
    let mut tx = me.begin().await?;
    let Found { account, done } = account::of(&mut tx, provider.settings(), it).await?;
    let Account { id, roles } = match account {
        Ok(account) => account,
        Err(why) => {
            tracing::warn!(?why, "sign-in refused: not for whom the identity provider sent");
            if let Some(done) = done {
                tx.commit(done).await?;
            }
            return Ok(Err(why));
        }
    };
    let now = tx.now();
    let (token_hash, cookie) = begin_session(me, &mut tx, id, &roles, now).await?;
    remember(me, &mut tx, provider, (&token_hash, id), it).await?;
    let signed_in = tx.note(Note::SignedIn, id.0, &[]).await?;
    tx.commit(signed_in.with(done)).await?;
    Ok(Ok(see_other_with(local(&kept.next).unwrap_or_else(|| desk(&roles)), cookie)))
}

/// In a session that goes on: the same person has shown there anew who they are.
async fn prove_again(
    me: &Anyone,
    provider: &Provider,
    kept: &Kept,
    it: &Identity,
) -> Result<Result<Response, Why>> {
    let mut tx = me.begin().await?;
    let now = tx.now();
    if !it.is_fresh(now) {
        return Ok(Err(Why::Stale));
    }
    let proved = sqlx::query_scalar!(
        "update session s set proved_at = $4 from organisation_session o, organisation_identity i
         where s.token_hash = $1 and o.token_hash = s.token_hash and i.person_id = s.person_id
             and (i.issuer, i.subject) = ($2, $3) and s.expires_at > $4 returning s.person_id",
        me.session,
        provider.settings().issuer.as_str(),
        it.subject,
        now
    );
    let Some(person) = proved.fetch_optional(&mut *tx).await?.filter(|id| me.person == Some(PersonId(*id)))
    else {
        return Ok(Err(Why::Another));
    };
    // the provider has begun another session of its own, perhaps
    sqlx::query!("delete from organisation_session where token_hash = $1", me.session)
        .execute(&mut *tx)
        .await?;
    let session = me.session.as_deref().unwrap_or_default();
    remember(me, &mut tx, provider, (session, PersonId(person)), it).await?;
    let done = tx.note(Note::ProvedAgain, person, &[]).await?;
    tx.commit(done).await?;
    Ok(Ok(Redirect::to(local(&kept.next).unwrap_or("/")).into_response()))
}

/// Which session there a session here belongs to, with what is shown there to end both.
async fn remember(
    me: &Anyone,
    connection: &mut sqlx::PgConnection,
    provider: &Provider,
    (token_hash, person): (&[u8], PersonId),
    it: &Identity,
) -> Result<()> {
    sqlx::query!(
        "insert into organisation_session (token_hash, issuer, subject, sid, locked_token) values ($1, $2, $3, $4, $5)",
        token_hash,
        provider.settings().issuer.as_str(),
        it.subject,
        it.session,
        me.vault().lock(person.0, it.token.as_bytes())
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// What the browser keeps while somebody is away: the secret of this one sign-in, and what for.
struct Kept {
    token: String,
    again: bool,
    next: String,
}

impl Kept {
    fn written(&self) -> String {
        let what = if self.again { "again" } else { "sign-in" };
        format!("{}.{what}.{}", self.token, URL_SAFE_NO_PAD.encode(&self.next))
    }

    fn read(written: &str) -> Option<Kept> {
        let [token, what, next] = <[&str; 3]>::try_from(written.split('.').collect::<Vec<_>>()).ok()?;
        let next = String::from_utf8(URL_SAFE_NO_PAD.decode(next).ok()?).ok()?;
        (!token.is_empty()).then(|| Kept { token: token.to_owned(), again: what == "again", next })
    }
}

fn cookie(me: &Anyone) -> &'static str {
    if me.settings().https { "__Host-organisation" } else { "organisation" }
}

/// Logged here; the reader is told what to do.
fn told(refusal: &Refusal) -> Why {
    tracing::warn!(why = ?refusal.to_string(), "sign-in refused");
    match refusal {
        Refusal::Unreachable(_) => Why::Unreachable,
        Refusal::Untrue(_) | Refusal::Unreadable | Refusal::UnknownKey => Why::Stale,
    }
}

fn refused(me: &Anyone, why: Why) -> Result<Response> {
    let t = Text(me.lang);
    let name = me.provider().map(|provider| provider.settings().name.clone()).unwrap_or_default();
    let (status, title, lead, again) = match why {
        Why::Stale => (StatusCode::GONE, t.not_done(), t.stale(), true),
        Why::Denied => (StatusCode::FORBIDDEN, t.not_done(), t.denied(name), true),
        Why::Unreachable => (StatusCode::BAD_GATEWAY, t.not_done(), t.unreachable(name), true),
        Why::NoAddress => (StatusCode::FORBIDDEN, t.no_account(), t.no_address(name), false),
        Why::Unknown => (StatusCode::FORBIDDEN, t.no_account(), t.unknown(name), false),
        Why::Closed => (StatusCode::FORBIDDEN, t.no_account(), t.closed(), false),
        Why::NoFactor => (StatusCode::FORBIDDEN, t.not_done(), t.no_factor(name), true),
        Why::Another => (StatusCode::FORBIDDEN, t.not_done(), t.another(), true),
        Why::LastAdministrator => (StatusCode::CONFLICT, t.not_done(), t.last_administrator(), false),
    };
    html(status, &View { page: me.page(Text), title, lead, again })
}

texts!(Text {
    not_done: "You are not signed in", "Vous n’êtes pas connecté", "No ha iniciado sesión";
    no_account: "There is no account for you here", "Il n’y a pas de compte pour vous ici", "Aquí no hay ninguna cuenta para usted";
    stale: "This took too long, was opened twice, or was begun in another browser. Nothing is lost: sign in again.",
        "La connexion a trop duré, a été ouverte deux fois ou avait commencé dans un autre navigateur. Rien n’est perdu : reconnectez-vous.",
        "Tardó demasiado, se abrió dos veces o se empezó en otro navegador. No se ha perdido nada: vuelva a iniciar sesión.";
    denied(name): "{name} did not let you through, or you called it off. Sign in again, or ask those who look after it.",
        "Votre organisation ({name}) n’a pas accepté la connexion, ou vous l’avez interrompue. Reconnectez-vous, ou adressez-vous à son assistance.",
        "{name} no aceptó la conexión o usted la interrumpió. Vuelva a iniciar sesión o consulte a su servicio de asistencia.";
    unreachable(name): "{name} does not answer at the moment. Try again in a few minutes.",
        "Le service de connexion ({name}) ne répond pas pour le moment. Réessayez dans quelques minutes.",
        "{name} no responde en este momento. Vuelva a intentarlo en unos minutos.";
    no_address(name): "{name} does not vouch for your email address, so that we cannot tell which account is yours. Ask those who look after it.",
        "Le service de connexion ({name}) ne garantit pas votre adresse électronique : nous ne savons pas quel compte est le vôtre. Adressez-vous à son assistance.",
        "{name} no garantiza su dirección de correo, y no podemos saber qué cuenta es la suya. Consulte a su servicio de asistencia.";
    unknown(name): "{name} knows you, but you have no role in this programme. Ask an administrator of the programme for one. If you apply for an internship, register as a candidate.",
        "Le service de connexion ({name}) vous connaît, mais vous n’avez pas de rôle dans ce programme. Demandez-en un à son administration. Pour postuler à un stage, inscrivez-vous.",
        "{name} le conoce, pero usted no tiene ninguna función en este programa. Pídala a su administración. Si solicita una pasantía, regístrese.";
    closed: "Your account is disabled. Ask an administrator of the programme.", "Votre compte est désactivé. Adressez-vous à l’administration du programme.",
        "Su cuenta está desactivada. Consulte a la administración del programa.";
    no_factor(name): "{name} did not ask you for a second factor, and without one nobody works here. Set one up there, then sign in again.",
        "Le service de connexion ({name}) ne vous a pas demandé de deuxième facteur, indispensable pour travailler ici. Activez-en un là-bas, puis reconnectez-vous.",
        "{name} no le pidió un segundo factor, y sin él nadie trabaja aquí. Configure uno allí y vuelva a iniciar sesión.";
    another: "You signed in as somebody else than before. Sign out here first, then sign in again.",
        "Vous vous êtes identifié sous un autre compte. Fermez d’abord votre session ici, puis reconnectez-vous.",
        "Se identificó con otra cuenta. Cierre primero la sesión aquí y vuelva a iniciarla.";
    last_administrator: "Your groups no longer make you an administrator, but you are the last one. Another administrator has to sign in first.",
        "D’après vos groupes, vous n’administrez plus ce programme, mais vous êtes la dernière personne à le faire. Une autre doit d’abord se connecter.",
        "Según sus grupos ya no administra este programa, pero es la última persona que lo hace. Antes debe iniciar sesión otra.";
    again: "Sign in again", "Se reconnecter", "Volver a iniciar sesión";
    password: "Sign in with a password", "Se connecter avec un mot de passe", "Iniciar sesión con una contraseña";
});

#[cfg(test)]
mod tests {
    use super::Kept;

    proptest::proptest! {
        #[test]
        fn what_a_browser_keeps_is_read_as_it_was_written(next in "\\PC{0,40}", again in proptest::bool::ANY, other in "\\PC{0,80}") {
            let written = Kept { token: "abc".into(), again, next: next.clone() }.written();
            let read = Kept::read(&written).unwrap();
            assert!(read.next == next && read.again == again && written.is_ascii());
            let _ = Kept::read(&other);
        }
    }
}
