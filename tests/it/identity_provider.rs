//! A certified identity provider, run beside a test, and the people who have an account there.

use serde_json::{Value, json};
use stagiaire::provider::settings::Settings;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

const LIBRARY: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/target/identity-provider/node_modules/oidc-provider/lib/index.js");
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/identity-provider/provider.mjs");
const SECRET: &str = "a secret between two houses";

/// The provider: it ends with the test.
pub struct There {
    process: Child,
    pub url: String,
    /// Where the product is, as it was told.
    ours: String,
}

impl Drop for There {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl There {
    /// Started for a product at an address.
    pub fn start(ours: &str) -> There {
        assert!(std::path::Path::new(LIBRARY).exists(), "script/test fetches {LIBRARY}");
        let _ = rustls::crypto::ring::default_provider().install_default();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let options = json!({ "port": port, "ours": ours, "secret": SECRET }).to_string();
        let mut process = Command::new("node")
            .args(["--no-warnings", SCRIPT, LIBRARY, &options])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines().map_while(Result::ok);
        assert!(said.into_iter().any(|line| line == "ready"), "the identity provider does not start");
        There { process, url: format!("http://localhost:{port}"), ours: ours.to_owned() }
    }

    /// How the product is told of it: variables by the end of their names.
    pub fn settings(&self, more: &[(&str, &str)]) -> Settings {
        let var = |name: &str| {
            let name = name.strip_prefix("STAGIAIRE_OIDC_").unwrap();
            let given = more.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
            given.or_else(|| match name {
                "ISSUER" => Some(self.url.clone()),
                "CLIENT_ID" => Some("stagiaire".into()),
                "CLIENT_SECRET" => Some(SECRET.into()),
                "NAME" => Some("Example account".into()),
                _ => None,
            })
        };
        let mut faults = Vec::new();
        let settings = Settings::collect(&var, &mut faults);
        assert!(faults.is_empty(), "{faults:?}");
        settings.unwrap()
    }

    /// Somebody with an account there, who signs in with a second factor.
    pub async fn knows(&self, login: &str, claims: Value) {
        self.knows_by(login, claims, &["pwd", "mfa"]).await;
    }

    pub async fn knows_by(&self, login: &str, claims: Value, methods: &[&str]) {
        let people = json!({ login: { "claims": claims, "amr": methods } });
        self.tell("/people", &people.to_string()).await;
    }

    /// Who signs in in an authentication context, which is all that is said of it.
    pub async fn knows_in(&self, login: &str, claims: Value, context: &str) {
        let people = json!({ login: { "claims": claims, "acr": context } });
        self.tell("/people", &people.to_string()).await;
    }

    /// It signs with another key from now on, and nobody with the one before.
    pub async fn rotates_its_keys(&self) {
        self.tell("/rotate", "").await;
    }

    async fn tell(&self, path: &str, body: &str) {
        let told = reqwest::Client::new().post(format!("{}{path}", self.url)).body(body.to_owned());
        assert!(told.send().await.unwrap().status().is_success());
    }

    /// Somebody's browser, as far as it is there.
    pub fn visitor(&self) -> Visitor<'_> {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Visitor { there: self, http, jar: Mutex::default() }
    }
}

/// A browser at the provider, which keeps its cookies.
pub struct Visitor<'t> {
    there: &'t There,
    http: reqwest::Client,
    jar: Mutex<BTreeMap<String, String>>,
}

impl Visitor<'_> {
    /// Goes where we lead, signs in if it is asked to, and comes back: to this path of ours.
    pub async fn signs_in(&self, address: &str, login: &str) -> String {
        self.fills_in(address, &format!("login={login}")).await
    }

    /// Thinks better of it.
    pub async fn calls_off(&self, address: &str) -> String {
        self.fills_in(address, "no=1").await
    }

    /// Leaves there, and is sent back.
    pub async fn leaves(&self, address: &str) -> String {
        let page = self.ask(self.http.get(address)).await.text().await.unwrap();
        let field = |name: &str| {
            let rest =
                page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{page}"));
            rest.split('"').next().unwrap().to_owned()
        };
        let form = format!("xsrf={}&logout=yes", field("xsrf"));
        self.fills_in(&format!("{}/session/end/confirm", self.there.url), &form).await
    }

    async fn fills_in(&self, address: &str, form: &str) -> String {
        let mut at = address.to_owned();
        let mut send = !at.contains('?');
        for _ in 0..10 {
            let request = match send {
                true => self
                    .http
                    .post(&at)
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(form.to_owned()),
                false => self.http.get(&at),
            };
            let answer = self.ask(request).await;
            send = answer.status() == 200;
            if send {
                assert!(at.contains("/interaction/"), "{at}: {}", answer.text().await.unwrap());
                continue;
            }
            let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
            let Some(to) = to else { panic!("{at}: {}", answer.text().await.unwrap()) };
            if let Some(path) = to.strip_prefix(&self.there.ours) {
                return path.to_owned();
            }
            at = if to.starts_with('/') { format!("{}{to}", self.there.url) } else { to };
        }
        panic!("{at} leads nowhere");
    }

    async fn ask(&self, request: reqwest::RequestBuilder) -> reqwest::Response {
        let cookies: Vec<String> =
            self.jar.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        let answer = request.header("cookie", cookies.join("; ")).send().await.unwrap();
        let mut jar = self.jar.lock().unwrap();
        for set in answer.headers().get_all("set-cookie") {
            let (name, value) = set.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            match value.is_empty() {
                true => jar.remove(name),
                false => jar.insert(name.to_owned(), value.to_owned()),
            };
        }
        drop(jar);
        answer
    }
}
