//! The organisation's own identity provider, where staff sign in: OpenID Connect Core 1.0, the authorization code flow
//! with PKCE. The only place that talks to it.

mod claims;
pub mod settings;

use crate::text::Lang;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
pub use claims::{Identity, Leaving};
use claims::{Info, Token};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreRevocableToken,
    CoreRevocationErrorResponse, CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AsyncHttpClient, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, Client,
    ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    HttpRequest, HttpResponse, IdTokenFields, LanguageTag, LogoutRequest, Nonce, OAuth2TokenResponse,
    PkceCodeChallenge, PkceCodeVerifier, PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl,
    RequestTokenError, Scope, SignatureVerificationError, StandardErrorResponse, StandardTokenResponse,
    TokenResponse, UserInfoError,
};
use settings::Settings;
use sha2::{Digest, Sha256};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::RwLock;

/// What it says of itself is asked for again after this.
const KNOWN_FOR: TimeDelta = TimeDelta::hours(1);
/// Somebody waits for its answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// No answer of it is longer.
const LONGEST: usize = 1 << 20;

/// What the two houses agreed on, and how they talk.
#[derive(Clone)]
pub struct Provider(Arc<Inner>);

struct Inner {
    settings: Settings,
    /// Our public address.
    url: String,
    line: Line,
    known: RwLock<Option<Known>>,
}

/// What it said of itself, and when.
#[derive(Clone)]
struct Known {
    at: DateTime<Utc>,
    metadata: Arc<ProviderMetadataWithLogout>,
}

type Fields = IdTokenFields<
    claims::Further,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
/// What the standard lets a client be, with claims of the organisation's own.
type Speaker = Client<
    claims::Further,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    StandardTokenResponse<Fields, CoreTokenType>,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why no token came for a code.
type NoToken = RequestTokenError<Unsaid, StandardErrorResponse<CoreErrorResponseType>>;

/// Why a sign-in there opens nothing here. It is logged: nothing of what somebody else wrote is in it.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the identity provider cannot be reached: {0}")]
    Unreachable(String),
    /// It answered what it may not, or to somebody else.
    #[error("the answer of the identity provider does not hold: {0}")]
    Untrue(String),
    #[error("the answer of the identity provider cannot be read")]
    Unreadable,
    /// Signed by a key that is not known, or not any more.
    #[error("signed by a key that is not known")]
    UnknownKey,
}

impl From<ClaimsVerificationError> for Refusal {
    fn from(error: ClaimsVerificationError) -> Self {
        use SignatureVerificationError as Signature;
        match error {
            // a key of before may have the same name
            ClaimsVerificationError::SignatureVerification(
                Signature::NoMatchingKey | Signature::CryptoError(_),
            ) => Refusal::UnknownKey,
            error => Refusal::Untrue(kind(&error)),
        }
    }
}

/// What does not hold, without what was expected and what was found: that may name somebody.
fn kind(error: &ClaimsVerificationError) -> String {
    error.to_string().split(':').next().unwrap_or_default().to_owned()
}

impl From<NoToken> for Refusal {
    fn from(error: NoToken) -> Self {
        match error {
            NoToken::ServerResponse(answer) => Refusal::Untrue(code(answer.error().as_ref())),
            NoToken::Request(line) => untrue(line),
            NoToken::Parse(..) | NoToken::Other(_) => Refusal::Unreadable,
        }
    }
}

impl From<UserInfoError<Unsaid>> for Refusal {
    fn from(error: UserInfoError<Unsaid>) -> Self {
        match error {
            UserInfoError::ClaimsVerification(error) => error.into(),
            UserInfoError::Request(line) => untrue(line),
            _ => Refusal::Unreadable,
        }
    }
}

/// A code of the standard (RFC 6749, 5.2); whoever made up another one does not write into the log.
pub fn code(told: &str) -> String {
    told.chars().filter(|c| c.is_ascii_lowercase() || *c == '_').take(40).collect()
}

/// One sign-in that is under way: random, kept by the browser alone. Whatever the provider is told is derived from it,
/// so that the answer opens something in the same browser only.
pub struct Secret(String);

impl Secret {
    pub fn of(token: &str) -> Secret {
        Secret(token.to_owned())
    }

    fn derived(&self, what: &str) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{what} of {}", self.0)))
    }

    /// Comes back with the answer (RFC 6749, 10.12).
    pub fn state(&self) -> String {
        self.derived("state")
    }

    /// Stands in the token that answers (OpenID Connect Core 1.0, 15.5.2).
    fn nonce(&self) -> Nonce {
        Nonce::new(self.derived("nonce"))
    }

    /// Proves that who asks for the token asked for the sign-in (RFC 7636).
    fn verifier(&self) -> PkceCodeVerifier {
        PkceCodeVerifier::new(self.derived("verifier"))
    }
}

impl Provider {
    /// # Errors
    /// If no line can be encrypted here.
    pub fn new(settings: Settings, url: &str) -> Result<Provider, reqwest::Error> {
        // another one may be chosen already; either does
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .timeout(PATIENCE)
            // an answer that sends us elsewhere might send us into our own house
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Provider(Arc::new(Inner {
            settings,
            url: url.to_owned(),
            line: Line(http),
            known: RwLock::default(),
        })))
    }

    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Where it sends people back to.
    pub fn comes_back_to(&self) -> String {
        format!("{}/sign-in/organisation/answer", self.0.url)
    }

    /// Where a browser goes to sign in; `anew`: even if it is signed in there.
    ///
    /// # Errors
    /// If the provider is away and was never there.
    pub async fn ask(
        &self,
        now: DateTime<Utc>,
        secret: &Secret,
        anew: bool,
        lang: Lang,
    ) -> Result<String, Refusal> {
        let speaker = self.speaker(&self.known(now).await?)?;
        let (state, nonce) = (secret.state(), secret.nonce());
        let mut request = speaker
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, || CsrfToken::new(state), || nonce)
            .add_scopes(self.settings().scopes.iter().cloned().map(Scope::new))
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&secret.verifier()))
            .add_ui_locale(LanguageTag::new(lang.code().to_owned()));
        if let settings::Factor::Told(Some(acr)) = &self.settings().factor {
            request = request.add_auth_context_value(AuthenticationContextClass::new(acr.clone()));
        }
        if anew {
            request = request.add_prompt(CoreAuthPrompt::Login).set_max_age(Duration::ZERO);
        }
        Ok(request.url().0.into())
    }

    /// Who has signed in, for the code that came back.
    ///
    /// # Errors
    /// If the provider is away, or its answer does not hold.
    pub async fn identify(
        &self,
        now: DateTime<Utc>,
        secret: &Secret,
        code: &str,
    ) -> Result<Identity, Refusal> {
        let known = self.known(now).await?;
        let speaker = self.speaker(&known)?;
        let asked = speaker.exchange_code(AuthorizationCode::new(code.to_owned())).map_err(untrue)?;
        let asked = asked.set_pkce_verifier(secret.verifier());
        let answer = asked.request_async(&self.0.line).await?;
        let token = answer.id_token().ok_or(Refusal::Unreadable)?;
        let read = |speaker: &Speaker| {
            let by = claims::verifier(speaker.id_token_verifier(), now);
            token.claims(&by, &secret.nonce()).cloned().map_err(Refusal::from)
        };
        let claims = match read(&speaker) {
            Err(Refusal::UnknownKey) => read(&self.speaker(&self.asked(now).await?)?)?,
            read => read?,
        };
        if !claims::is_word(claims.subject()) {
            return Err(Refusal::Unreadable);
        }
        let info = match speaker.user_info(answer.access_token().clone(), Some(claims.subject().clone())) {
            Ok(asked) => Some(asked.request_async(&self.0.line).await?),
            // all is in the token where there is nowhere else to ask
            Err(_) => None,
        };
        Ok(self.identity(&claims, info.as_ref(), token))
    }

    fn identity(&self, claims: &claims::Claims, info: Option<&Info>, token: &Token) -> Identity {
        let Settings { factor, groups_claim, .. } = self.settings();
        Identity::read(claims, info, token, factor, groups_claim)
    }

    /// Who has left there, by a message that it sent itself.
    ///
    /// # Errors
    /// If the message is not from the provider, or none of this kind.
    pub async fn leaving(&self, now: DateTime<Utc>, message: &str) -> Result<Leaving, Refusal> {
        let read = |speaker: &Speaker| claims::leaving(message, speaker.id_token_verifier(), now);
        match read(&self.speaker(&self.known(now).await?)?) {
            Err(Refusal::UnknownKey) => read(&self.speaker(&self.asked(now).await?)?),
            read => read,
        }
    }

    /// Where a browser leaves there too, if that can be done from elsewhere (OpenID Connect RP-Initiated Logout 1.0).
    /// Our pages let a form lead to the provider's own address, and no further.
    pub async fn leave(&self, now: DateTime<Utc>, token: &str, lang: Lang) -> Option<String> {
        let known = self.known(now).await.ok()?;
        let end = known.additional_metadata().end_session_endpoint.clone()?;
        if end.url().origin() != self.settings().issuer.url().origin() {
            return None;
        }
        let back = PostLogoutRedirectUrl::new(format!("{}/sign-in?after=sign-out", self.0.url)).ok()?;
        let request = LogoutRequest::from(end)
            .set_client_id(ClientId::new(self.settings().client_id.clone()))
            .set_post_logout_redirect_uri(back)
            .add_ui_locale(LanguageTag::new(lang.code().to_owned()));
        let request = match token.parse::<Token>() {
            Ok(token) => request.set_id_token_hint(&token),
            Err(_) => request,
        };
        Some(request.http_get_url().into())
    }

    fn speaker(&self, known: &Arc<ProviderMetadataWithLogout>) -> Result<Speaker, Refusal> {
        let Settings { client_id, client_secret, .. } = self.settings();
        let back = RedirectUrl::new(self.comes_back_to()).map_err(untrue)?;
        let (id, secret) = (ClientId::new(client_id.clone()), ClientSecret::new(client_secret.clone()));
        Ok(Client::from_provider_metadata(ProviderMetadataWithLogout::clone(known), id, Some(secret))
            .set_redirect_uri(back))
    }

    /// What it says of itself: of the last hour, or of before while it is away.
    async fn known(&self, now: DateTime<Utc>) -> Result<Arc<ProviderMetadataWithLogout>, Refusal> {
        let known = self.0.known.read().await.clone();
        match known {
            Some(known) if now < known.at + KNOWN_FOR => Ok(known.metadata),
            known => self.asked(now).await.or_else(|refusal| match known {
                Some(known) => {
                    tracing::warn!(why = ?refusal.to_string(), "the identity provider is known from before");
                    Ok(known.metadata)
                }
                None => Err(refusal),
            }),
        }
    }

    /// What it says of itself now: where it is asked, and with which keys it signs.
    async fn asked(&self, now: DateTime<Utc>) -> Result<Arc<ProviderMetadataWithLogout>, Refusal> {
        let issuer = self.settings().issuer.clone();
        let metadata = ProviderMetadataWithLogout::discover_async(issuer, &self.0.line).await;
        let metadata = Arc::new(metadata.map_err(|error| Refusal::Unreachable(with_cause(&error)))?);
        *self.0.known.write().await = Some(Known { at: now, metadata: metadata.clone() });
        Ok(metadata)
    }
}

/// The line to the provider.
struct Line(reqwest::Client);

impl Line {
    async fn say(&self, request: HttpRequest) -> Result<HttpResponse, Unsaid> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut whole = HttpResponse::new(Vec::new());
        *whole.status_mut() = answer.status();
        *whole.headers_mut() = answer.headers().clone();
        while let Some(piece) = answer.chunk().await? {
            if whole.body().len() + piece.len() > LONGEST {
                return Err(Unsaid::TooLong);
            }
            whole.body_mut().extend_from_slice(&piece);
        }
        Ok(whole)
    }
}

impl<'line> AsyncHttpClient<'line> for Line {
    type Error = Unsaid;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, Unsaid>> + Send + 'line>>;

    fn call(&'line self, request: HttpRequest) -> Self::Future {
        Box::pin(self.say(request))
    }
}

/// Why nothing was said.
#[derive(Debug, thiserror::Error)]
enum Unsaid {
    #[error(transparent)]
    Line(#[from] reqwest::Error),
    #[error("the answer is too long")]
    TooLong,
}

fn untrue(error: impl std::error::Error) -> Refusal {
    Refusal::Untrue(with_cause(&error))
}

/// An error and why.
fn with_cause(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(it) = cause {
        text = format!("{text}: {it}");
        cause = it.source();
    }
    text
}
