//! What the identity provider says, spoilt on the way or said by somebody else: it opens nothing that the provider did
//! not sign, and nothing of it gets into the log.

use crate::spoilt::{some, spoilt};
use axum::Router;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::IntoResponse;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stagiaire::provider::settings::Settings;
use stagiaire::provider::{Identity, Leaving, Provider, Refusal, Secret};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};

const BROWSER: &str = "the secret of one browser";
/// Stands in whatever the provider says that is nothing.
const MARK: &str = "zoraida";
const LOGOUT: &str = "http://schemas.openid.net/event/backchannel-logout";

/// The answers of a provider, by their paths.
type Answers = Arc<Mutex<HashMap<&'static str, Vec<u8>>>>;

/// A provider that says whatever it is told to, and us.
struct House {
    url: String,
    key: SigningKey,
    answers: Answers,
    us: Provider,
    /// Each time is another one: what a provider says of itself is known for an hour.
    now: DateTime<Utc>,
}

async fn answer(State(answers): State<Answers>, uri: Uri) -> impl IntoResponse {
    let known = answers.lock().unwrap().get(uri.path()).cloned();
    ([(header::CONTENT_TYPE, "application/json")], known.unwrap_or_default())
}

const DISCOVERY: &str = "/.well-known/openid-configuration";

impl House {
    async fn open() -> House {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
        let answers = Answers::default();
        let router = Router::new().fallback(answer).with_state(answers.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let var = |name: &str| match name.strip_prefix("STAGIAIRE_OIDC_").unwrap() {
            "ISSUER" => Some(url.clone()),
            "CLIENT_ID" => Some("stagiaire".to_owned()),
            "CLIENT_SECRET" => Some("a secret between two houses".to_owned()),
            _ => None,
        };
        let settings = Settings::collect(&var, &mut Vec::new()).unwrap();
        let us = Provider::new(settings, "http://localhost:3000").unwrap();
        let key = SigningKey::from_slice(&[7; 32]).unwrap();
        let now = "2026-11-26T09:00:00Z".parse().unwrap();
        House { url, key, answers, us, now }
    }

    fn metadata(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.url);
        json!({
            "issuer": self.url, "authorization_endpoint": at("/auth"), "token_endpoint": at("/token"),
            "userinfo_endpoint": at("/me"), "jwks_uri": at("/keys"), "end_session_endpoint": at("/end"),
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
        })
    }

    fn keys(&self) -> Value {
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (coded(point.x().unwrap()), coded(point.y().unwrap()));
        json!({ "keys": [{ "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": "one", "x": x, "y": y }] })
    }

    fn claims(&self) -> Value {
        let (now, nonce) = (self.now.timestamp(), coded(&Sha256::digest(format!("nonce of {BROWSER}"))));
        json!({
            "iss": self.url, "sub": "ana", "aud": "stagiaire", "iat": now, "exp": now + 60, "auth_time": now,
            "nonce": nonce, "sid": "one of hers", "email": "ana@example.org", "email_verified": true,
            "given_name": "Ana", "family_name": "Beltrán", "amr": ["pwd", "mfa"], "groups": ["hr"],
        })
    }

    fn signed(&self, claims: &Value) -> String {
        let head = json!({ "alg": "ES256", "kid": "one", "typ": "JWT" });
        let text = format!("{}.{}", coded(head.to_string().as_bytes()), coded(claims.to_string().as_bytes()));
        let signature: Signature = self.key.sign(text.as_bytes());
        format!("{text}.{}", coded(&signature.to_bytes()))
    }

    /// All it says if nothing is wrong, by the paths.
    fn right(&self, claims: &Value) -> [(&'static str, Vec<u8>); 4] {
        let token = json!({ "access_token": "a", "token_type": "Bearer", "id_token": self.signed(claims) });
        let me = json!({ "sub": "ana", "name": "Ana Beltrán", "locale": "es" });
        [(DISCOVERY, self.metadata()), ("/keys", self.keys()), ("/token", token), ("/me", me)]
            .map(|(path, said)| (path, said.to_string().into_bytes()))
    }

    /// An hour later somebody comes back from there, and one answer is another.
    async fn comes_back(
        &self,
        claims: &Value,
        other: Option<(&'static str, Vec<u8>)>,
    ) -> Result<Identity, Refusal> {
        let answers = self.right(claims).into_iter().chain(other);
        *self.answers.lock().unwrap() = answers.collect();
        self.us.identify(self.now, &Secret::of(BROWSER), "a code").await
    }

    fn later(&mut self) {
        self.now += TimeDelta::hours(2);
    }
}

fn coded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Nothing of what the provider says is in what we log of it.
fn says_nothing(refusal: &Refusal) {
    let said = refusal.to_string();
    for word in [MARK, "ana@", "Beltr"] {
        assert!(!said.contains(word), "{said}");
    }
}

fn odd() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        3 => Just(json!(MARK)),
        1 => Just(json!(format!("{MARK}\u{0}\u{202e}\"<>"))),
        1 => any::<i64>().prop_map(|n| json!(n)),
        1 => any::<f64>().prop_map(|n| json!(n)),
        1 => any::<bool>().prop_map(|b| json!(b)),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            inner.prop_map(|value| json!({ MARK: value, "en": MARK })),
        ]
    })
}

#[tokio::test]
async fn what_is_spoilt_on_the_way_opens_nothing_that_was_not_signed() {
    let mut house = House::open().await;
    let whole = house.comes_back(&house.claims(), None).await.unwrap();
    assert_eq!(
        (whole.subject.as_str(), whole.email.as_deref(), whole.has_factor),
        ("ana", Some("ana@example.org"), true)
    );
    let (mut opened, mut refused) = (0, 0);
    for path in ["/keys", "/token", "/me"] {
        let right = house.right(&house.claims()).into_iter().find(|(of, _)| *of == path).unwrap().1;
        for said in some(&spoilt(&[right]), 100) {
            if path == "/keys" {
                // asked for again
                house.later();
            }
            match house.comes_back(&house.claims(), Some((path, said.clone()))).await {
                Ok(it) => {
                    opened += 1;
                    let read = (it.subject, it.session, it.email, it.has_factor, it.groups);
                    assert_eq!(
                        read,
                        (
                            whole.subject.clone(),
                            whole.session.clone(),
                            whole.email.clone(),
                            true,
                            vec!["hr".to_owned()]
                        )
                    );
                }
                Err(refusal) => {
                    refused += 1;
                    says_nothing(&refusal);
                }
            }
        }
    }
    assert!(opened > 5 && refused > 100, "{opened} and {refused}");
}

#[tokio::test]
async fn whatever_it_says_of_itself_we_ask_it_alone() {
    let mut house = House::open().await;
    let fields: Vec<String> = house.metadata().as_object().unwrap().keys().cloned().collect();
    let (mut asked, mut refused) = (0, 0);
    for (field, value) in some(&(select(fields), odd()), 100) {
        house.later();
        let mut metadata = house.metadata();
        metadata[&field] = value;
        // nothing is known from before
        house.us = Provider::new(house.us.settings().clone(), "http://localhost:3000").unwrap();
        *house.answers.lock().unwrap() = [
            (DISCOVERY, metadata.to_string().into_bytes()),
            ("/keys", house.keys().to_string().into_bytes()),
        ]
        .into();
        match house.us.ask(house.now, &Secret::of(BROWSER), false, stagiaire::text::Lang::En).await {
            Ok(address) => {
                asked += 1;
                assert!(address.starts_with(&format!("{}/auth?", house.url)), "{metadata}: {address}");
            }
            Err(refusal) => {
                refused += 1;
                assert!(!refusal.to_string().is_empty());
            }
        }
    }
    assert!(asked > 5 && refused > 20, "{asked} and {refused}");
}

#[tokio::test]
async fn odd_claims_that_are_signed_are_read_as_far_as_they_make_sense() {
    let house = House::open().await;
    let fields: Vec<String> = house.claims().as_object().unwrap().keys().cloned().collect();
    let more = ["name", "locale", "acr", "azp", "preferred_username", "address", "birthdate", "updated_at"]
        .map(str::to_owned);
    let fields: Vec<String> = fields.into_iter().chain(more).collect();
    let mut read = 0;
    for changes in some(&prop::collection::vec((select(fields), odd()), 1..4), 300) {
        let mut claims = house.claims();
        changes.iter().for_each(|(field, value)| claims[field] = value.clone());
        match house.comes_back(&claims, None).await {
            Ok(it) => {
                read += 1;
                assert_eq!((it.subject.as_str(), claims["sub"].as_str()), ("ana", Some("ana")), "{claims}");
                // who the userinfo is of is asked there, and it says nothing of an address
                let own = claims["email"]
                    .as_str()
                    .filter(|it| it.contains('@') && claims["email_verified"] == json!(true));
                assert_eq!(it.email.as_deref(), own, "{claims}");
                let texts = [it.given_names, it.family_names, it.session.unwrap_or_default()];
                assert!(!texts.concat().contains(['\0', '\u{202e}']), "{claims}");
                let methods = claims["amr"].as_array().into_iter().flatten();
                assert_eq!(it.has_factor, methods.into_iter().any(|method| method == "mfa"), "{claims}");
            }
            Err(refusal) => says_nothing(&refusal),
        }
    }
    assert!(read > 10, "{read} of 300 make sense");
}

#[tokio::test]
async fn an_error_that_it_explains_is_told_by_its_code() {
    let house = House::open().await;
    for error in ["invalid_grant", "zoraida@example.org", "\u{202e}"] {
        let said = json!({ "error": error, "error_description": "zoraida has left", "error_uri": "https://zoraida.example" });
        let claims = house.claims();
        let answer = Some(("/token", said.to_string().into_bytes()));
        says_nothing(&house.comes_back(&claims, answer).await.unwrap_err());
    }
}

#[tokio::test]
async fn nobody_has_left_unless_it_says_so_itself() {
    let house = House::open().await;
    let mut claims = house.claims();
    claims.as_object_mut().unwrap().remove("nonce");
    claims["events"] = json!({ LOGOUT: {} });
    let right = house.signed(&claims);
    *house.answers.lock().unwrap() = house.right(&claims).into();
    let Leaving { subject, session, at } = house.us.leaving(house.now, &right).await.unwrap();
    assert_eq!((subject.as_str(), session.as_deref(), at), ("ana", Some("one of hers"), house.now));
    for message in some(&spoilt(&[right]), 200) {
        let message = String::from_utf8_lossy(&message).into_owned();
        if let Ok(leaving) = house.us.leaving(house.now, &message).await {
            assert_eq!(
                (leaving.subject.as_str(), leaving.session.as_deref()),
                ("ana", Some("one of hers")),
                "{message}"
            );
        }
    }
    for (field, value) in
        some(&(select(vec!["iss", "sub", "aud", "iat", "exp", "sid", "events", "nonce", "jti"]), odd()), 150)
    {
        let mut claims = claims.clone();
        claims[field] = value;
        let told = house.us.leaving(house.now, &house.signed(&claims)).await;
        match told {
            Ok(leaving) => {
                assert_eq!(leaving.subject, "ana", "{claims}");
                assert!(claims["events"][LOGOUT].is_object() && claims["nonce"].is_null(), "{claims}");
            }
            Err(refusal) => says_nothing(&refusal),
        }
    }
}
