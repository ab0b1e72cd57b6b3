//! What the provider says of somebody, and what is taken of it.

use super::Refusal;
use super::settings::Factor;
use crate::text::Lang;
use crate::web::fields::is_address;
use crate::web::form::tidy;
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
};
use openidconnect::{IdTokenClaims, IdTokenVerifier, JsonWebTokenType, Nonce, UserInfoClaims};
use serde_json::{Map, Value};

/// Clocks of two houses differ; and what is older was said to somebody else.
const FRESH: TimeDelta = TimeDelta::minutes(10);
/// Whoever is asked to sign in anew has done it just now.
const JUST_NOW: TimeDelta = TimeDelta::minutes(5);
const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// Whether a word by which the provider knows somebody can be kept: the database takes no NUL.
pub fn is_word(text: &str) -> bool {
    !text.contains(char::is_control)
}

/// Whatever the standard has no name for, such as groups.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct Further {
    #[serde(flatten)]
    all: Map<String, Value>,
}

impl openidconnect::AdditionalClaims for Further {}

impl Further {
    fn text(&self, name: &str) -> Option<String> {
        self.all.get(name)?.as_str().map(str::to_owned)
    }

    /// One name, or a list of them.
    fn list(&self, name: &str) -> Vec<String> {
        match self.all.get(name) {
            Some(Value::String(one)) => vec![one.clone()],
            Some(Value::Array(all)) => all.iter().filter_map(|one| one.as_str()).map(str::to_owned).collect(),
            _ => vec![],
        }
    }
}

pub type Token = openidconnect::IdToken<
    Further,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
pub type Claims = IdTokenClaims<Further, CoreGenderClaim>;
pub type Info = UserInfoClaims<Further, CoreGenderClaim>;
pub type Verifier<'a> = IdTokenVerifier<'a, CoreJsonWebKey>;

/// Somebody who has signed in at the provider.
#[derive(Debug)]
pub struct Identity {
    /// By which the provider knows the person, for good; an address may pass to somebody else.
    pub subject: String,
    /// The provider's own session, if it tells of its end.
    pub session: Option<String>,
    /// An address, if the provider vouches that it is theirs.
    pub email: Option<String>,
    pub given_names: String,
    pub family_names: String,
    pub lang: Lang,
    pub groups: Vec<String>,
    pub has_factor: bool,
    /// When they last showed who they are, if the provider tells.
    at: Option<DateTime<Utc>>,
    /// What the provider will recognise when they leave.
    pub token: String,
}

impl Identity {
    pub fn read(
        claims: &Claims,
        info: Option<&Info>,
        token: &Token,
        factor: &Factor,
        groups_claim: &str,
    ) -> Self {
        let further = [Some(claims.additional_claims()), info.map(|info| info.additional_claims())];
        let groups = further.into_iter().flatten().map(|further| further.list(groups_claim));
        let own = claims.email().filter(|_| claims.email_verified() == Some(true));
        let asked = info.and_then(|info| info.email().filter(|_| info.email_verified() == Some(true)));
        let given = claims.given_name().or(info.and_then(|info| info.given_name()));
        let family = claims.family_name().or(info.and_then(|info| info.family_name()));
        let whole = claims.name().or(info.and_then(|info| info.name()));
        let text = |name: Option<&str>| tidy(name.unwrap_or_default());
        let given_names = text(given.and_then(|it| it.get(None)).map(|it| it.as_str()));
        let family_names = text(family.and_then(|it| it.get(None)).map(|it| it.as_str()));
        let (given_names, family_names) = match family_names.is_empty() {
            // one name only is a family name here
            true => (
                String::new(),
                Some(text(whole.and_then(|it| it.get(None)).map(|it| it.as_str())))
                    .filter(|it| !it.is_empty())
                    .unwrap_or(given_names),
            ),
            false => (given_names, family_names),
        };
        let locale = claims.locale().or(info.and_then(|info| info.locale()));
        Identity {
            subject: claims.subject().to_string(),
            session: claims.additional_claims().text("sid").filter(|sid| is_word(sid)),
            email: own.or(asked).map(|email| email.to_string()).filter(|email| is_address(email)),
            given_names,
            family_names,
            lang: locale.and_then(|locale| Lang::from_code(locale.as_ref())).unwrap_or_default(),
            groups: groups.into_iter().find(|groups| !groups.is_empty()).unwrap_or_default(),
            has_factor: match factor {
                Factor::Enforced => true,
                Factor::Told(acr) => {
                    let methods = claims.auth_method_refs().into_iter().flatten();
                    let context = claims.auth_context_ref().map(|context| context.as_str());
                    methods.into_iter().any(|method| method.as_str() == "mfa")
                        || (acr.is_some() && acr.as_deref() == context)
                }
            },
            at: claims.auth_time(),
            token: token.to_string(),
        }
    }

    /// Whether they have shown anew who they are, and not long before.
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        self.at.is_some_and(|at| at > now - JUST_NOW)
    }
}

/// Whoever has left at the provider: one of their sessions there, or all.
#[derive(Debug)]
pub struct Leaving {
    pub subject: String,
    pub session: Option<String>,
    /// Sessions that began later go on: the same message may come twice.
    pub at: DateTime<Utc>,
}

/// With signatures by a key pair only: our own secret proves nothing to ourselves.
pub fn verifier(verifier: Verifier<'_>, now: DateTime<Utc>) -> Verifier<'_> {
    use CoreJwsSigningAlgorithm as By;
    verifier
        .set_allowed_algs([
            By::RsaSsaPkcs1V15Sha256,
            By::RsaSsaPkcs1V15Sha384,
            By::RsaSsaPkcs1V15Sha512,
            By::RsaSsaPssSha256,
            By::RsaSsaPssSha384,
            By::RsaSsaPssSha512,
            By::EcdsaP256Sha256,
            By::EcdsaP384Sha384,
            By::EdDsa,
        ])
        .set_time_fn(move || now)
        .set_issue_time_verifier_fn(move |at| match at > now - FRESH && at < now + FRESH {
            true => Ok(()),
            false => Err(format!("issued at {at}")),
        })
}

/// A logout token (OpenID Connect Back-Channel Logout 1.0, 2.6).
pub fn leaving(token: &str, by: Verifier<'_>, now: DateTime<Utc>) -> Result<Leaving, Refusal> {
    let token: Token = token.parse().map_err(|_| Refusal::Unreadable)?;
    let kinds = ["logout+jwt", "JWT"].map(|kind| JsonWebTokenType::new(kind.to_owned()).normalize());
    let by = verifier(by, now).set_allowed_jose_types(kinds.into_iter().flatten());
    let none = |nonce: Option<&Nonce>| if nonce.is_none() { Ok(()) } else { Err("a nonce".to_owned()) };
    let claims = token.claims(&by, none)?;
    let further = claims.additional_claims();
    let is_logout =
        further.all.get("events").and_then(|events| events.get(LOGOUT)).is_some_and(Value::is_object);
    let session = further.text("sid");
    if !is_logout || !is_word(claims.subject()) || !session.as_deref().is_none_or(is_word) {
        return Err(Refusal::Unreadable);
    }
    Ok(Leaving { subject: claims.subject().to_string(), session, at: claims.issue_time() })
}
