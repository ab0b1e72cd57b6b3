//! The whole product on one empty database and one fixed day, and the people who use it.
#![allow(dead_code, clippy::allow_attributes, reason = "each test uses a part of it")]

use async_zip::base::read1::seek::ZipArchiveReader;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::StreamExt;
use futures_util::io::{AsyncReadExt, Cursor};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use stagiaire::clock::Clock;
use stagiaire::db::Db;
use stagiaire::domain::eligibility::{self, DegreeLevel, LanguageSkills, Level, Question, Study, StudyState};
use stagiaire::domain::profile::{
    About, Dates, Document, DocumentKind, Education, Experience, Funding, Profile, Wishes,
};
use stagiaire::files::Files;
use stagiaire::provider::Provider;
use stagiaire::web::App;
use stagiaire::web::app::Settings;
use stagiaire::web::listen;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use tower::ServiceExt;
use uuid::Uuid;

pub const PASSWORD: &str = "correct horse battery staple";

/// One running product.
pub struct World {
    pub db: PgPool,
    pub app: App,
    pub now: DateTime<Utc>,
    pub url: String,
    router: Router,
    pub folder: PathBuf,
    /// Whether it was written to past the product, now or at another moment.
    pub tampered: Arc<AtomicBool>,
    /// See [`World::remember_what_is_typed`].
    typed: Typed,
}

/// Everything that people have sent, now or at another moment; `None`: nobody asks.
type Typed = Arc<Mutex<Option<Vec<String>>>>;

/// Somebody with a browser.
pub struct Reader<'w> {
    pub id: Uuid,
    world: &'w World,
    cookie: Option<String>,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub location: Option<String>,
    pub cookies: Vec<String>,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

pub fn day(s: &str) -> NaiveDate {
    s.parse().unwrap()
}

/// The product at nine in the morning of a day.
pub async fn world_on(db: PgPool, today: &str) -> World {
    let now = day(today).and_hms_opt(9, 0, 0).unwrap().and_utc();
    world_with(db, now, settings(URL)).await
}

/// The product behind a real socket, for browsers: its address is `world.url`. The postman works too.
pub async fn world_behind_a_socket(db: PgPool, today: &str) -> World {
    world_behind(db, today, "127.0.0.1").await
}

/// The same, where browsers make passkeys: for a name, and not for a number.
pub async fn world_behind_a_name(db: PgPool, today: &str) -> World {
    world_behind(db, today, "localhost").await
}

async fn world_behind(db: PgPool, today: &str, host: &str) -> World {
    let (listener, url) = line(host).await;
    let now = day(today).and_hms_opt(9, 0, 0).unwrap().and_utc();
    let world = world_with(db, now, settings(&url)).await;
    world.answers_at(listener);
    world
}

/// A socket of one's own, and its address under the name of a host.
async fn line(host: &str) -> (tokio::net::TcpListener, String) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{host}:{}", listener.local_addr().unwrap().port());
    (listener, url)
}

/// The product as it runs in production: no `/mailbox`.
pub async fn production_on(db: PgPool, today: &str) -> World {
    let now = day(today).and_hms_opt(9, 0, 0).unwrap().and_utc();
    world_with(db, now, Settings { try_out: false, ..settings(URL) }).await
}

/// The product behind a real socket and by the real clock, where staff sign in at an identity provider, which has to be
/// told our address first.
pub async fn world_with_provider<Start, Starting>(db: PgPool, factor: bool, start: Start) -> World
where
    Start: FnOnce(String) -> Starting,
    Starting: Future<Output = stagiaire::provider::settings::Settings>,
{
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let provider = Provider::new(start(url.clone()).await, &url).unwrap();
    let now = Clock::System.now();
    let mut world = world_with(db, now, Settings { second_factor_required: factor, ..settings(&url) }).await;
    let files = files_in(&world.folder).await;
    let db = Db::new(world.db.clone(), chrono_tz::Europe::Zurich);
    world.app =
        App::new(db, Clock::System, world.app.settings().clone(), files).with_provider(Some(provider));
    world.router = stagiaire::app(world.app.clone());
    let forever = std::future::pending();
    tokio::spawn(listen::serve(listener, world.router.clone(), listen::Patience::default(), forever));
    world
}

/// The store of a test. All tests share their keys: a world made later reads what an earlier one kept.
async fn files_in(folder: &Path) -> Files {
    Files::open(folder, &std::env::temp_dir().join("stagiaire-test-keys")).await.unwrap()
}

const URL: &str = "http://127.0.0.1:3000";

/// Somebody tries the product out.
fn settings(url: &str) -> Settings {
    Settings {
        url: url.into(),
        https: false,
        try_out: true,
        second_factor_required: false,
        client_address_header: None,
    }
}

async fn world_with(db: PgPool, now: DateTime<Utc>, settings: Settings) -> World {
    let folder = std::env::temp_dir().join(format!("stagiaire-test-{}", Uuid::now_v7()));
    let files = files_in(&folder).await;
    let url = settings.url.clone();
    let app = App::new(Db::new(db.clone(), chrono_tz::Europe::Zurich), Clock::Stopped(now), settings, files);
    let router = stagiaire::app(app.clone());
    World { db, app, now, url, router, folder, tampered: Arc::default(), typed: Typed::default() }
}

impl World {
    /// Browsers find the product here, and the postman works.
    fn answers_at(&self, listener: tokio::net::TcpListener) {
        let (db, settings) =
            (Db::new(self.db.clone(), chrono_tz::Europe::Zurich), self.app.settings().clone());
        let transport = stagiaire::post::Transport::Mailbox;
        tokio::spawn(stagiaire::post::run(db, settings, transport, self.app.clock()));
        let forever = std::future::pending();
        tokio::spawn(listen::serve(listener, self.router.clone(), listen::Patience::default(), forever));
    }

    /// The same product later, behind a socket of its own: its address is another one.
    pub async fn later_behind_a_socket(&self, today: &str) -> World {
        let (listener, url) = line("127.0.0.1").await;
        let now = day(today).and_hms_opt(9, 0, 0).unwrap().and_utc();
        let world = self.same(now, settings(&url)).await;
        world.answers_at(listener);
        world
    }

    /// The same product later: sessions and data stay.
    pub async fn later(&self, today: &str) -> World {
        self.at(day(today).and_hms_opt(9, 0, 0).unwrap().and_utc()).await
    }

    pub fn stranger(&self) -> Reader<'_> {
        Reader { id: Uuid::nil(), world: self, cookie: None }
    }

    /// Somebody with an account, signed in.
    pub async fn sign_in(&self, lang: &str, roles: &[&str]) -> Reader<'_> {
        let id = Uuid::now_v7();
        sqlx::query(
            "insert into person (id, email, given_names, family_names, lang, email_confirmed_at, created_at)
             values ($1, $2, 'Ana', 'Beltrán', $3, $4, $4)",
        )
        .bind(id)
        .bind(format!("{id}@example.org"))
        .bind(lang)
        .bind(self.now)
        .execute(&self.db)
        .await
        .unwrap();
        sqlx::query("insert into person_role select $1, unnest($2::text[])")
            .bind(id)
            .bind(roles)
            .execute(&self.db)
            .await
            .unwrap();
        self.session_of(id).await
    }

    /// Somebody who has an account signs in, in a browser of their own.
    pub async fn session_of(&self, id: Uuid) -> Reader<'_> {
        let token = Uuid::new_v4().to_string();
        // proved for good: the tests that let time pass are not about asking again
        sqlx::query("insert into session (token_hash, person_id, created_at, last_seen_at, idle_seconds, expires_at, proved_at)
                     values ($1, $2, $3, $3, 86400, '2999-01-01', '2999-01-01')")
            .bind(Sha256::digest(&token).to_vec())
            .bind(id)
            .bind(self.now)
            .execute(&self.db)
            .await
            .unwrap();
        Reader { id, world: self, cookie: Some(format!("session={token}")) }
    }

    pub async fn candidate(&self, lang: &str) -> Reader<'_> {
        self.sign_in(lang, &["candidate"]).await
    }

    pub async fn reviewer(&self, lang: &str) -> Reader<'_> {
        self.sign_in(lang, &["hr_reviewer"]).await
    }

    /// Everything recorded so far, one line per event, oldest first.
    pub async fn story(&self) -> Vec<String> {
        sqlx::query_scalar(
            "select concat(action, case when to_state is not null then format(': %s -> %s', from_state, to_state) end,
                           ', by ', actor_role) from audit_event order by id",
        )
        .fetch_all(&self.db)
        .await
        .unwrap()
    }

    /// The letters owed so far, oldest first.
    pub async fn letters(&self) -> Vec<String> {
        sqlx::query_scalar("select letter from outbox order by created_at, id")
            .fetch_all(&self.db)
            .await
            .unwrap()
    }

    pub async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.db).await.unwrap()
    }
}

impl<'w> Reader<'w> {
    /// The same person with a cookie that an answer has set.
    pub fn with_cookies(&self, reply: &Reply) -> Reader<'w> {
        let mut jar: Vec<String> =
            self.cookie.iter().flat_map(|c| c.split("; ").map(str::to_owned).collect::<Vec<_>>()).collect();
        for set in &reply.cookies {
            let pair = set.split(';').next().unwrap().to_owned();
            let name = format!("{}=", pair.split('=').next().unwrap());
            jar.retain(|c| !c.starts_with(&name));
            jar.push(pair);
        }
        Reader { id: self.id, world: self.world, cookie: Some(jar.join("; ")) }
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.ask(Method::GET, path, Body::empty(), &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.ask(Method::GET, path, Body::empty(), headers).await
    }

    /// Sends a form: `name=value&…`, percent-encoded.
    pub async fn post(&self, path: &str, body: &str) -> Reply {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        self.tell(Method::POST, path, body, &form).await
    }

    pub async fn post_from(&self, site: &str, path: &str, body: &str) -> Reply {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", site)];
        self.tell(Method::POST, path, body, &headers).await
    }

    /// Sends JSON to the API.
    pub async fn post_json(&self, path: &str, lang: &str, body: &str) -> Reply {
        let headers = [("content-type", "application/json"), ("accept-language", lang)];
        self.tell(Method::POST, path, body, &headers).await
    }

    /// Sends a form with a file, as browsers do (RFC 7578).
    pub async fn upload(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        file_name: &str,
        content: &[u8],
    ) -> Reply {
        self.upload_all(path, fields, &[(file_name, content)]).await
    }

    /// Sends a form with several files, each a name and its content.
    pub async fn upload_all(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Reply {
        let boundary = "----stagiaire";
        let mut body = Vec::new();
        for (name, value) in fields {
            self.world.types(value);
            body.extend(
                format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                    .bytes(),
            );
        }
        for (file_name, content) in files {
            self.world.types(file_name);
            self.world.types(&String::from_utf8_lossy(content));
            let disposition = format!("form-data; name=\"file\"; filename=\"{file_name}\"");
            body.extend(
                format!("--{boundary}\r\nContent-Disposition: {disposition}\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .bytes(),
            );
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{boundary}--\r\n").bytes());
        let kind = format!("multipart/form-data; boundary={boundary}");
        // piece by piece, as it comes over a line
        let pieces: Vec<Vec<u8>> = body.chunks(64 * 1024).map(<[u8]>::to_vec).collect();
        let line = futures_util::stream::iter(pieces).enumerate().then(|(nth, piece)| async move {
            if nth > 0 {
                tokio::task::yield_now().await;
            }
            Ok::<_, std::io::Error>(piece)
        });
        let body = Body::from_stream(line);
        self.ask(Method::POST, path, body, &[("content-type", &kind)]).await
    }

    /// Sends a form by any method, with more that a browser, or somebody who is none, says of it.
    pub async fn send(&self, method: &str, path: &str, form: &str, headers: &[(&str, &str)]) -> Reply {
        let mut all = vec![("content-type", "application/x-www-form-urlencoded")];
        all.extend(headers);
        self.tell(method.parse().unwrap(), path, form, &all).await
    }

    /// Sends what was written down, a form or JSON.
    async fn tell(&self, method: Method, path: &str, body: &str, headers: &[(&str, &str)]) -> Reply {
        let is_json = headers.contains(&("content-type", "application/json"));
        if is_json {
            self.world.types(body);
        } else {
            self.world.types_form(body);
        }
        self.ask(method, path, Body::from(body.to_owned()), headers).await
    }

    async fn ask(&self, method: Method, path: &str, body: Body, headers: &[(&str, &str)]) -> Reply {
        let (address, query) = path.split_once('?').unwrap_or((path, ""));
        address.split('/').for_each(|part| self.world.types(part));
        self.world.types_form(query);
        self.cookie.iter().flat_map(|jar| jar.split(['=', ';'])).for_each(|part| self.world.types(part));
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let reply = self.world.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let status = reply.status().as_u16();
        let headers = reply.headers().clone();
        let text = |value: &axum::http::HeaderValue| value.to_str().unwrap().to_owned();
        let location = headers.get(header::LOCATION).map(text);
        let cookies = headers.get_all(header::SET_COOKIE).iter().map(text).collect();
        let bytes = axum::body::to_bytes(reply.into_body(), usize::MAX).await.unwrap();
        Reply { status, location, cookies, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

impl Reply {
    /// The value of a hidden field, such as `seen`.
    pub fn hidden(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\" value=\"");
        let rest =
            self.body.split(&mark).nth(1).unwrap_or_else(|| panic!("no field {name} in {}", self.body));
        rest.split('"').next().unwrap().to_owned()
    }

    pub fn has(&self, text: &str) -> bool {
        self.body.contains(text)
    }
}

/// A whole, if small, PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// A complete profile: María, a student of a master's degree in Lima, free from the first of February.
pub fn profile(cv: Uuid, uploaded_at: DateTime<Utc>) -> Profile {
    let study = Study {
        level: DegreeLevel::Master,
        state: StudyState::Enrolled,
        started_on: Some(day("2025-03-10")),
        final_year_starts_on: None,
        ends_on: Some(day("2027-12-15")),
        awarded_on: None,
    };
    let language = |code: &str, level| LanguageSkills {
        code: code.into(),
        mother_tongue: false,
        listening: Some(level),
        reading: Some(level),
        speaking: Some(level),
        writing: Some(level),
    };
    Profile {
        about: About {
            given_names: "María José".into(),
            family_names: "Quispe Ñahui".into(),
            date_of_birth: day("2002-03-14"),
            nationalities: vec!["PE".into()],
            residence: "PE".into(),
            phone: "+51 1 555 0123".into(),
        },
        education: vec![Education {
            study,
            institution: "Universidad Nacional del Sur".into(),
            country: "PE".into(),
            subject: "MSc Migration Studies".into(),
        }],
        languages: vec![
            LanguageSkills { mother_tongue: true, ..language("es", Level::C2) },
            language("en", Level::C1),
        ],
        funding: Funding { scholarship: None, compulsory: false, sponsor: None },
        wishes: Wishes { areas: vec!["data".into()], offices: vec!["geneva".into()] },
        dates: Dates { start: day("2027-02-01"), end: day("2027-07-31") },
        experience: vec![Experience {
            role: "Volunteer".into(),
            organisation: "Casa Abierta".into(),
            from: day("2024-01-15"),
            to: None,
            description: "Received families and interpreted for them.".into(),
        }],
        letter: "I have worked with families on the move since I was a student. ".repeat(5),
        documents: vec![Document {
            id: cv.into(),
            kind: DocumentKind::Cv,
            file_name: "CV María.pdf".into(),
            media_type: "application/pdf".into(),
            bytes: PDF.len() as i64,
            uploaded_at,
        }],
        openings: vec![],
    }
}

impl World {
    /// An application as its release leaves it: [`profile`], without the pages that lead there.
    pub async fn application(&self, candidate: &Reader<'_>) -> Uuid {
        let (id, cv) = (Uuid::now_v7(), self.document(candidate).await);
        let profile = profile(cv, self.now);
        let (version, rules): (NaiveDate, serde_json::Value) = sqlx::query_as(
            "select effective_from, eligibility from policy order by effective_from desc limit 1",
        )
        .fetch_one(&self.db)
        .await
        .unwrap();
        let rules: eligibility::Policy = serde_json::from_value(rules).unwrap();
        let assessment = rules.assess(&Question {
            as_of: self.now.date_naive(),
            start: Some(profile.dates.start),
            end: Some(profile.dates.end),
            facts: eligibility::Facts {
                date_of_birth: Some(profile.about.date_of_birth),
                studies: Some(profile.education.iter().map(|e| e.study.clone()).collect()),
                sponsor: None,
                languages: Some(profile.languages.clone()),
            },
        });
        let tracks: Vec<&str> = assessment.tracks().iter().map(|track| track.code()).collect();
        sqlx::query(
            "insert into application (id, reference, candidate_id, version, action, came_from, state, state_since,
                waiting_since, latest, name, search_key, verdict, tracks, languages, areas, offices, starts_on, months)
             values ($1, 'ST-2026-' || lpad(nextval('application_number')::text, 5, '0'), $2, 1, 'release', 'new',
                'released', $3, $3, 1, $4, $5, $6, $7, '{es,en}', $8, $9, $10, 6)",
        )
        .bind(id)
        .bind(candidate.id)
        .bind(self.now)
        .bind(profile.about.full_name())
        .bind(" quispe nahui maria jose universidad nacional del sur")
        .bind(assessment.verdict.code())
        .bind(tracks)
        .bind(&profile.wishes.areas)
        .bind(&profile.wishes.offices)
        .bind(profile.dates.start)
        .execute(&self.db)
        .await
        .unwrap();
        sqlx::query("insert into snapshot values ($1, 1, $2, $3, $4, $5, $6, '2026-11-01', false)")
            .bind(id)
            .bind(self.now)
            .bind(self.now.date_naive())
            .bind(serde_json::to_value(&profile).unwrap())
            .bind(serde_json::to_value(&assessment).unwrap())
            .bind(version)
            .execute(&self.db)
            .await
            .unwrap();
        sqlx::query("insert into snapshot_document values ($1, 1, $2)")
            .bind(id)
            .bind(cv)
            .execute(&self.db)
            .await
            .unwrap();
        sqlx::query(
            "insert into audit_event
                (at, actor_id, actor_role, subject, subject_id, version, action, from_state, to_state, facts)
             values ($1, $2, 'candidate', 'application', $3, 1, 'release', 'new', 'released', '{\"number\": 1}')",
        )
        .bind(self.now)
        .bind(candidate.id)
        .bind(id)
        .execute(&self.db)
        .await
        .unwrap();
        id
    }

    /// A CV in the candidate's profile and in the file store.
    async fn document(&self, owner: &Reader<'_>) -> Uuid {
        let files = files_in(&self.folder).await;
        let mut incoming = files.receive().await.unwrap();
        incoming.write(PDF).await.unwrap();
        let mut stored = incoming.finish().await.unwrap();
        sqlx::query(
            "insert into document values ($1, $2, 'cv', 'CV María.pdf', 'application/pdf', $3, $4, $5, null)",
        )
        .bind(stored.id)
        .bind(owner.id)
        .bind(stored.bytes as i64)
        .bind(&stored.sha256)
        .bind(self.now)
        .execute(&self.db)
        .await
        .unwrap();
        files.keep(&mut self.db.acquire().await.unwrap(), &mut stored).await.unwrap();
        stored.id
    }
}

impl Reader<'_> {
    /// Claims an application as a reviewer does.
    pub async fn claim(&self, application: Uuid) {
        let page = self.get(&format!("/review/{application}")).await;
        let form = format!("seen={}", page.hidden("seen"));
        let reply = self.post(&format!("/review/{application}/claim"), &form).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }

    /// Opens a form, and sends it with these answers and the version it showed.
    pub async fn fill_in(&self, path: &str, answers: &str) -> Reply {
        let seen = self.get(path).await.hidden("seen");
        self.post(path, &format!("seen={seen}&{answers}")).await
    }
}

impl Reader<'_> {
    /// Fills in a form that is taken.
    pub async fn done(&self, path: &str, answers: &str) {
        taken(&format!("{path} with {answers}"), &self.fill_in(path, answers).await);
    }
}

/// A form was taken: else what it says is wrong with it.
#[track_caller]
pub fn taken(form: &str, reply: &Reply) {
    let wrong = reply.body.split("errors-h").nth(2).unwrap_or(&reply.body);
    assert_eq!(reply.status, 303, "{form}: {wrong}");
}

/// A profile that meets every rule on 2026-11-24, section by section, as a browser sends it.
pub const READY: [(&str, &str); 8] = [
    (
        "about",
        "given_names=In%C3%A9s&family_names=Carvajal+R%C3%ADos&born_day=14&born_month=3&born_year=2002&nationality=CO&residence=FR",
    ),
    (
        "education",
        "level=bachelor&state=awarded&institution=Universit%C3%A9+de+Lyon&country=FR&subject=Droit\
         &started_day=&started_month=&started_year=&final_year_day=&final_year_month=&final_year_year=\
         &degree_day=30&degree_month=6&degree_year=2026",
    ),
    ("languages", "language=es&mother=yes&listening=&reading=&speaking=&writing="),
    ("funding", "scholarship=no&compulsory=no&sponsor=no"),
    ("wishes", "areas=migration_law&offices=geneva"),
    ("dates", "start_day=1&start_month=2&start_year=2027&end_day=31&end_month=7&end_year=2027"),
    ("experience", "none=true"),
    ("letter", ""),
];

impl World {
    /// A candidate whose profile has everything a release needs.
    pub async fn ready_candidate(&self, lang: &str) -> Reader<'_> {
        self.ready_candidate_but(lang, &[]).await
    }

    /// The same, with other answers in some sections.
    pub async fn ready_candidate_but(&self, lang: &str, others: &[(&str, &str)]) -> Reader<'_> {
        let reader = self.candidate(lang).await;
        self.fill_profile(&reader, others).await;
        reader
    }

    /// Fills in everything a release needs, some sections otherwise.
    pub async fn fill_profile(&self, reader: &Reader<'_>, others: &[(&str, &str)]) {
        let letter = format!("letter={}", "I+would+like+to+work+with+you.+".repeat(10));
        for (section, answers) in READY {
            let answers = if section == "letter" { &letter } else { answers };
            let answers =
                others.iter().find(|(other, _)| *other == section).map_or(answers, |(_, other)| *other);
            let reply = reader.post(&format!("/profile/{section}"), &format!("seen=0&{answers}")).await;
            assert_eq!(reply.status, 303, "{section}: {}", reply.body);
        }
        for kind in ["cv", "study_proof"] {
            self.document_of(reader, kind).await;
        }
    }

    /// A document in somebody's profile, without its bytes.
    pub async fn document_of(&self, reader: &Reader<'_>, kind: &str) -> Uuid {
        let id = Uuid::now_v7();
        sqlx::query(
            "insert into document (id, person_id, kind, file_name, media_type, bytes, sha256, uploaded_at)
             values ($1, $2, $3, $3 || '.pdf', 'application/pdf', 100, sha256('x'), $4)",
        )
        .bind(id)
        .bind(reader.id)
        .bind(kind)
        .bind(self.now)
        .execute(&self.db)
        .await
        .unwrap();
        sqlx::query("update profile set revision = revision + 1 where person_id = $1")
            .bind(reader.id)
            .execute(&self.db)
            .await
            .unwrap();
        id
    }
}

impl Reader<'_> {
    /// Saves a section over what is there.
    pub async fn change(&self, section: &str, answers: &str) {
        let path = format!("/profile/{section}");
        let seen = self.get(&path).await.hidden("seen");
        let reply = self.post(&path, &format!("seen={seen}&{answers}")).await;
        assert_eq!(reply.status, 303, "{section}: {}", reply.body);
    }

    /// Reads the page and ticks everything on it.
    pub async fn release(&self) -> Reply {
        let form = self.release_form().await;
        self.post("/profile/release", &form).await
    }

    /// What the browser would send with every box ticked.
    pub async fn release_form(&self) -> String {
        let page = self.get("/profile/release").await;
        let (seen, case) = (page.hidden("seen"), page.hidden("case"));
        format!("seen={seen}&case={case}&acknowledged=true&truth=true&privacy=true")
    }
}

impl World {
    /// Somebody who supervises interns at an office.
    pub async fn supervisor(&self, lang: &str, office: &str) -> Reader<'_> {
        let reader = self.sign_in(lang, &["supervisor"]).await;
        sqlx::query("insert into supervisor_office values ($1, $2)")
            .bind(reader.id)
            .bind(office)
            .execute(&self.db)
            .await
            .unwrap();
        reader
    }
}

impl Reader<'_> {
    /// Claims an application and puts it into the pool.
    pub async fn pool(&self, application: Uuid) {
        self.claim(application).await;
        let reply = self.fill_in(&format!("/review/{application}/pool"), "reason=Transcript+seen").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
    }

    /// Proposes six months in Geneva from the first of February.
    pub async fn propose(&self, application: Uuid, supervisor: &Reader<'_>) -> Uuid {
        let reply = self.fill_in(&format!("/review/{application}/propose"), &proposal(supervisor)).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        reply.location.unwrap().rsplit('/').next().unwrap().parse().unwrap()
    }
}

/// The form of a proposal that stands.
pub fn proposal(supervisor: &Reader<'_>) -> String {
    format!(
        "supervisor=geneva:{}&area=data&start_day=1&start_month=2&start_year=2027&end_day=31&end_month=7&end_year=2027",
        supervisor.id
    )
}

impl Reader<'_> {
    /// For a real browser: `session=…`.
    pub fn cookie(&self) -> &str {
        self.cookie.as_deref().unwrap()
    }
}

impl World {
    /// Every file that lies in the store, half ones too.
    pub fn stored(&self) -> Vec<PathBuf> {
        let folders = std::fs::read_dir(&self.folder).unwrap().map(|folder| folder.unwrap().path());
        folders
            .flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()))
            .collect()
    }
}

/// The product behind a proxy that tells in `x-forwarded-for` where a request came from.
pub async fn world_behind_a_proxy(db: PgPool, today: &str) -> World {
    let now = day(today).and_hms_opt(9, 0, 0).unwrap().and_utc();
    let client_address_header = Some("x-forwarded-for".to_owned());
    world_with(db, now, Settings { client_address_header, ..settings(URL) }).await
}

impl Reader<'_> {
    pub async fn post_with(&self, path: &str, body: &str, headers: &[(&str, &str)]) -> Reply {
        let form = [("content-type", "application/x-www-form-urlencoded")];
        self.tell(Method::POST, path, body, &[&form, headers].concat()).await
    }
}

impl World {
    /// Somebody else's change that is being committed while `during` goes on.
    pub async fn meanwhile<T>(&self, sql: &'static str, during: impl Future<Output = T>) -> T {
        let mut theirs = self.db.begin().await.unwrap();
        sqlx::query(sql).execute(&mut *theirs).await.unwrap();
        let commit = async {
            tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
            theirs.commit().await.unwrap();
        };
        tokio::join!(during, commit).0
    }
}

impl Reader<'_> {
    /// The same person in the same world at another time.
    pub fn of<'w>(&self, world: &'w World) -> Reader<'w> {
        Reader { id: self.id, world, cookie: self.cookie.clone() }
    }
}

impl Reader<'_> {
    /// Sends a form as the page's script does while somebody types.
    pub async fn autosave(&self, path: &str, body: &str) -> (u16, serde_json::Value) {
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("accept", "application/json")];
        let reply = self.tell(Method::POST, path, body, &headers).await;
        (reply.status, serde_json::from_str(&reply.body).unwrap_or_default())
    }
}

impl World {
    /// The same product at another moment: sessions and data stay.
    pub async fn at(&self, now: DateTime<Utc>) -> World {
        self.same(now, self.app.settings().clone()).await
    }

    async fn same(&self, now: DateTime<Utc>, settings: Settings) -> World {
        let mut world = world_with(self.db.clone(), now, settings).await;
        world.tampered = Arc::clone(&self.tampered);
        world.typed = Arc::clone(&self.typed);
        world
    }

    /// Somebody who uses this product as they used the same one earlier: with the same cookies.
    pub fn again(&self, reader: &Reader<'_>) -> Reader<'_> {
        Reader { id: reader.id, world: self, cookie: reader.cookie.clone() }
    }
}

/// A photo of a sheet that is red on its left and blue on its right, as a JPEG.
pub fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let colour = |x| if x < width / 2 { [220, 20, 20] } else { [20, 20, 220] };
    let sheet = image::RgbImage::from_fn(width, height, |x, _| image::Rgb(colour(x)));
    let mut bytes = std::io::Cursor::new(Vec::new());
    sheet.write_to(&mut bytes, image::ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

impl World {
    /// The same product, which has files looked through for malware.
    pub fn scanning(mut self, scanner: stagiaire::scan::Scanner) -> World {
        self.app = self.app.clone().with_scanner(scanner);
        self.router = stagiaire::app(self.app.clone());
        self
    }

    /// A round of two servers at once through the files that wait; tells how many they judged together.
    pub async fn scan_round(&self, scanner: &stagiaire::scan::Scanner) -> u64 {
        let db = Db::new(self.db.clone(), chrono_tz::Europe::Zurich);
        let files = files_in(&self.folder).await;
        let round = || stagiaire::scan::round::once(&db, Clock::Stopped(self.now), &files, scanner);
        let (one, two) = tokio::join!(round(), round());
        one.unwrap() + two.unwrap()
    }
}

impl World {
    /// Gives somebody the password of all tests.
    pub async fn with_password<'w>(&self, reader: Reader<'w>) -> Reader<'w> {
        sqlx::query("update person set password_hash = $2 where id = $1")
            .bind(reader.id)
            .bind(stagiaire::passwords::hash_now(PASSWORD))
            .execute(&self.db)
            .await
            .unwrap();
        reader
    }

    /// Sends every letter that is due; those in `/mailbox` so far, oldest first: recipient and plain text.
    pub async fn deliver(&self) -> Vec<(String, String)> {
        let (db, clock) = (Db::new(self.db.clone(), chrono_tz::Europe::Zurich), Clock::Stopped(self.now));
        let transport = stagiaire::post::Transport::Mailbox;
        stagiaire::post::deliver_due(&db, self.app.settings(), &transport, clock).await.unwrap();
        sqlx::query_as("select recipient, plain from mailbox order by id").fetch_all(&self.db).await.unwrap()
    }

    /// What a file of the store holds.
    pub async fn read(&self, path: &Path) -> Vec<u8> {
        let id = path.file_name().unwrap().to_str().unwrap().parse().unwrap();
        let files = self.files().await;
        let sealed = files.sealed(&mut self.db.acquire().await.unwrap(), id).await.unwrap();
        let mut content = Vec::new();
        tokio::io::AsyncReadExt::read_to_end(&mut files.read(&sealed).await.unwrap(), &mut content)
            .await
            .unwrap();
        content
    }

    /// The store of files, as a background task holds it.
    pub async fn files(&self) -> Files {
        files_in(&self.folder).await
    }
}

impl Reader<'_> {
    /// Sends a form and takes the answer as bytes.
    pub async fn download(&self, path: &str) -> Vec<u8> {
        self.bytes(Method::POST, path).await
    }

    /// The cells of the first sheet of a workbook, as XML.
    pub async fn workbook(&self, path: &str) -> String {
        let mut parts = unpacked(self.bytes(Method::GET, path).await).await;
        String::from_utf8(parts.remove("xl/worksheets/sheet1.xml").unwrap()).unwrap()
    }

    async fn bytes(&self, method: Method, path: &str) -> Vec<u8> {
        let request = Request::builder().method(method).uri(path);
        let request = request.header(header::COOKIE, self.cookie()).body(Body::empty()).unwrap();
        let reply = self.world.router.clone().oneshot(request).await.unwrap();
        assert_eq!(reply.status().as_u16(), 200);
        axum::body::to_bytes(reply.into_body(), usize::MAX).await.unwrap().into()
    }
}

/// The files in a ZIP archive, by their paths.
pub async fn unpacked(archive: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchiveReader::open(Cursor::new(archive)).await.unwrap();
    let names = zip.inner().cdrs().iter().map(|entry| entry.insecure_file_name.as_str().unwrap().to_owned());
    let mut files = BTreeMap::new();
    for (n, name) in names.collect::<Vec<_>>().into_iter().enumerate() {
        let mut content = Vec::new();
        zip.file(n).await.unwrap().read_to_end(&mut content).await.unwrap();
        files.insert(name, content);
    }
    files
}

/// A placement with the people around it.
pub struct Cast<'w> {
    pub candidate: Reader<'w>,
    pub reviewer: Reader<'w>,
    pub supervisor: Reader<'w>,
    pub application: Uuid,
    pub placement: Uuid,
}

impl Cast<'_> {
    /// The same people on another day.
    pub fn on<'w>(&self, world: &'w World) -> Cast<'w> {
        Cast {
            candidate: self.candidate.of(world),
            reviewer: self.reviewer.of(world),
            supervisor: self.supervisor.of(world),
            application: self.application,
            placement: self.placement,
        }
    }

    /// Of the placement, such as `/placements/…/offer`.
    pub fn at(&self, slice: &str, verb: &str) -> String {
        format!("/{slice}/{}{verb}", self.placement)
    }
}

impl World {
    /// Six months in Geneva from the first of February, approved by the supervisor.
    pub async fn approved(&self) -> Cast<'_> {
        let (candidate, reviewer) = (self.candidate("en").await, self.reviewer("en").await);
        let supervisor = self.supervisor("en", "geneva").await;
        let application = self.application(&candidate).await;
        reviewer.pool(application).await;
        let placement = reviewer.propose(application, &supervisor).await;
        let writing =
            "terms_of_reference=Data+unit&tasks=Draw+the+maps&learning_goals=Work+alone&no_conflict=true";
        let reply = supervisor.fill_in(&format!("/supervision/{placement}/approve"), writing).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        Cast { candidate, reviewer, supervisor, application, placement }
    }

    /// The same, offered to be answered in a week.
    pub async fn offered(&self) -> Cast<'_> {
        let cast = self.approved().await;
        let in_a_week = self.now.date_naive() + chrono::Days::new(7);
        let form = in_a_week.format("answer_day=%d&answer_month=%m&answer_year=%Y").to_string();
        let reply = cast.reviewer.fill_in(&cast.at("placements", "/offer"), &form).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        cast
    }

    /// The same, accepted.
    pub async fn accepted(&self) -> Cast<'_> {
        let cast = self.offered().await;
        let reply = cast.candidate.fill_in(&cast.at("offer", "/accept"), "agreed=true").await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        cast
    }
}

/// A policy that covers the whole stay of a [`Cast`] with everything.
pub const WHOLE_POLICY: [(&str, &str); 9] = [
    ("covers", "medical"),
    ("covers", "evacuation"),
    ("covers", "repatriation"),
    ("from_day", "1"),
    ("from_month", "2"),
    ("from_year", "2027"),
    ("until_day", "31"),
    ("until_month", "7"),
    ("until_year", "2027"),
];

impl Cast<'_> {
    /// The intern sends a document.
    pub async fn show(&self, kind: &str, answers: &[(&str, &str)]) -> Reply {
        let name = format!("{kind}.pdf");
        let answers = [answers, &[("agree", "true")]].concat();
        self.candidate.upload(&self.at("onboarding", &format!("/{kind}")), &answers, &name, PDF).await
    }

    /// The document of a kind that counts.
    pub async fn shown(&self, kind: &str) -> Uuid {
        sqlx::query_scalar(
            "select id from onboarding_document where placement_id = $1 and kind = $2 and state <> 'replaced'",
        )
        .bind(self.placement)
        .bind(kind)
        .fetch_one(&self.reviewer.world.db)
        .await
        .unwrap()
    }

    /// The documents that nobody has decided on, each with whether it is medical.
    pub async fn waiting(&self) -> Vec<(Uuid, bool)> {
        sqlx::query_as(
            "select id, medical from onboarding_document where placement_id = $1 and state = 'submitted'",
        )
        .bind(self.placement)
        .fetch_all(&self.reviewer.world.db)
        .await
        .unwrap()
    }

    /// Sends everything, and has all but `left_out` accepted.
    pub async fn settle_all_but(&self, left_out: &str, officer: &Reader<'_>) {
        let until: [(&str, &str); 3] = [("until_day", "1"), ("until_month", "1"), ("until_year", "2030")];
        for kind in ["insurance", "medical_certificate", "vaccination_record", "passport", "agreement"] {
            let answers = match kind {
                "insurance" => WHOLE_POLICY.to_vec(),
                "passport" => until.to_vec(),
                _ => Vec::new(),
            };
            let reply = self.show(kind, &answers).await;
            assert_eq!(reply.status, 303, "{kind}: {}", reply.body);
            let id = self.shown(kind).await;
            let (who, path) = match kind.contains("medical") || kind.contains("vaccination") {
                true => (officer, format!("/medical/{id}")),
                false => (&self.reviewer, self.at("placements", &format!("/documents/{id}"))),
            };
            if kind != left_out {
                let form = "decision=verified&until_day=31&until_month=7&until_year=2027";
                let reply = who.fill_in(&path, form).await;
                assert_eq!(reply.status, 303, "{kind}: {}", reply.body);
            }
        }
    }
}

/// The steps of a placement from its proposal to its first day.
const WAY_TO_WORK: [(&str, &str); 5] = [
    ("approve", "approved"),
    ("offer", "offered"),
    ("accept", "accepted"),
    ("ready", "ready"),
    ("start", "started"),
];

impl World {
    /// [`Reader::propose`]'s placement as its steps up to a state leave it, without the pages that lead there. Sessions
    /// last for as long as an internship does.
    pub async fn internship(
        &self,
        candidate: &Reader<'_>,
        supervisor: &Reader<'_>,
        reviewer: &Reader<'_>,
        until: &str,
    ) -> Uuid {
        self.tampered();
        let application = self.application(candidate).await;
        reviewer.pool(application).await;
        let placement = reviewer.propose(application, supervisor).await;
        let end = WAY_TO_WORK.iter().position(|(_, state)| *state == until).unwrap();
        for (action, state) in &WAY_TO_WORK[..=end] {
            sqlx::query(
                "update placement set version = version + 1, action = $2, state = $3, approved_by = supervisor_id,
                     terms_of_reference = 'Data unit', tasks = 'Clean the survey', learning_goals = 'Work alone in R'
                 where id = $1",
            )
            .bind(placement)
            .bind(action)
            .bind(state)
            .execute(&self.db)
            .await
            .unwrap();
        }
        sqlx::query(
            "update application set version = version + 1, action = 'place', state = 'placed' where id = $1",
        )
        .bind(application)
        .execute(&self.db)
        .await
        .unwrap();
        sqlx::query("update session set idle_seconds = 100000000").execute(&self.db).await.unwrap();
        placement
    }
}

/// What a supervisor writes in an evaluation.
pub const EVALUATION: &str = "work=Cleaned+the+survey&strengths=Careful+and+quick&improve=Ask+earlier\
                              &goals=Works+alone+in+R&advice=Stay+in+touch";

/// A candidate who was put into the pool today, for six months, and the product on a later day.
pub async fn pooled_later<'w>(world: &'w World, today: &str) -> (Reader<'w>, World) {
    let (candidate, reviewer) = (world.candidate("en").await, world.reviewer("en").await);
    reviewer.pool(world.application(&candidate).await).await;
    sqlx::query("update session set idle_seconds = 100000000").execute(&world.db).await.unwrap();
    (candidate, world.later(today).await)
}

impl Reader<'_> {
    /// Whether this is anybody with an account.
    pub fn is_somebody(&self) -> bool {
        self.cookie.is_some()
    }

    /// The bytes that come over the line to somebody whose browser takes compressed answers; with a body, to a form.
    pub async fn weigh(&self, path: &str, body: Option<&str>) -> usize {
        let method = if body.is_some() { Method::POST } else { Method::GET };
        let cookie = self.cookie.as_deref().unwrap_or_default();
        let headers = [
            (header::ACCEPT_ENCODING, "gzip"),
            (header::COOKIE, cookie),
            (header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
        ];
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let request = request.body(Body::from(body.unwrap_or_default().to_owned())).unwrap();
        let reply = self.world.router.clone().oneshot(request).await.unwrap();
        axum::body::to_bytes(reply.into_body(), usize::MAX).await.unwrap().len()
    }
}

impl World {
    /// [`World::approved`], for an intern whose country is that of the duty station.
    pub async fn approved_local(&self) -> Cast<'_> {
        let (candidate, reviewer) = (self.candidate("en").await, self.reviewer("en").await);
        let supervisor = self.supervisor("en", "geneva").await;
        let application = self.application(&candidate).await;
        let local = "alter table snapshot disable trigger never_changes;
             update snapshot set profile = jsonb_set(jsonb_set(profile, '{about,nationalities}', '[\"CH\"]'),
                 '{about,residence}', '\"CH\"');
             alter table snapshot enable trigger never_changes;";
        sqlx::raw_sql(local).execute(&self.db).await.unwrap();
        reviewer.pool(application).await;
        let placement = reviewer.propose(application, &supervisor).await;
        let cast = Cast { candidate, reviewer, supervisor, application, placement };
        let reply = cast.supervisor.fill_in(&cast.at("supervision", "/approve"), APPROVAL).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        cast
    }

    pub async fn director(&self, lang: &str) -> Reader<'_> {
        self.sign_in(lang, &["hr_director"]).await
    }
}

/// What a supervisor writes in an approval.
pub const APPROVAL: &str =
    "terms_of_reference=Data+unit&tasks=Draw+the+maps&learning_goals=Work+alone&no_conflict=true";

impl Cast<'_> {
    /// Human Resources asks for a waiver of the allowance.
    pub async fn ask_waiver(&self) -> Reply {
        self.reviewer.fill_in(&self.at("placements", "/waiver"), "reason=The+county+pays+her").await
    }
}

/// Counts what the database is asked in this thread.
struct Questions(Arc<std::sync::atomic::AtomicUsize>);

impl tracing::Subscriber for Questions {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }
    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }
    fn event(&self, _: &tracing::Event<'_>) {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}
    fn enter(&self, _: &tracing::span::Id) {}
    fn exit(&self, _: &tracing::span::Id) {}
}

impl Reader<'_> {
    /// How many questions a page asks the database.
    pub async fn queries(&self, path: &str) -> usize {
        let counted = Arc::default();
        // beside a single listener, what another thread comes to first would be judged by that thread alone, for good
        let _beside = tracing::Dispatch::new(tracing::subscriber::NoSubscriber::default());
        let listening = tracing::subscriber::set_default(Questions(Arc::clone(&counted)));
        let reply = self.get(path).await;
        drop(listening);
        assert_eq!(reply.status, 200, "{path}: {}", reply.body);
        counted.load(std::sync::atomic::Ordering::Relaxed)
    }
}

impl World {
    /// A verified policy that gives every cover on these days.
    pub async fn insured(&self, placement: Uuid, from: &str, until: &str) {
        sqlx::query(
            "insert into onboarding_document (id, placement_id, kind, file_name, media_type, bytes, sha256, submitted_at,
                 valid_from, valid_until, covers, state, decided_by, decided_at, scan)
             select gen_random_uuid(), id, 'insurance', 'policy.pdf', 'application/pdf', 1, sha256($2::text::bytea),
                 now(), $2::date, $3::date, '{medical,evacuation,repatriation}', 'verified', proposed_by, now(), 'clean'
             from placement where id = $1",
        )
        .bind(placement)
        .bind(from)
        .bind(until)
        .execute(&self.db)
        .await
        .unwrap();
    }

    /// Every invariant holds: states against facts, orphans, the record.
    pub async fn assert_whole(&self) {
        let broken: Vec<(String, String)> = sqlx::query_as("select name, id from whatever_is_broken($1)")
            .bind(self.now)
            .fetch_all(&self.db)
            .await
            .unwrap();
        assert!(broken.is_empty(), "{broken:?}");
    }
}

/// The product where staff need a second factor.
pub async fn world_with_second_factor(db: PgPool, today: &str) -> World {
    let now = day(today).and_hms_opt(9, 0, 0).unwrap().and_utc();
    world_with(db, now, Settings { second_factor_required: true, ..settings(URL) }).await
}

/// The product at an address with a name, for which browsers make passkeys.
pub async fn world_with_passkeys(db: PgPool, today: &str, second_factor_required: bool) -> World {
    let now = day(today).and_hms_opt(9, 0, 0).unwrap().and_utc();
    let settings = Settings { second_factor_required, ..settings("http://localhost:3000") };
    world_with(db, now, settings).await
}

impl World {
    /// The same product some seconds later.
    pub async fn seconds_later(&self, seconds: i64) -> World {
        self.at(self.now + chrono::TimeDelta::seconds(seconds)).await
    }

    /// The code that an authenticator app with this key shows now.
    pub fn code_of(&self, key: &str) -> String {
        let secret = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
        let app = totp_rs::Builder::new().with_secret(secret).build().unwrap();
        app.generate(self.now.timestamp().try_into().unwrap()).to_string()
    }

    /// Somebody with a password sets up a second factor: the key in the app, and the recovery codes.
    pub async fn set_up_factor(&self, reader: &Reader<'_>) -> (String, Vec<String>) {
        let password = format!("current_password={}", PASSWORD.replace(' ', "+"));
        let begun = reader.post("/account/second-factor", &password).await;
        assert_eq!(begun.location.as_deref(), Some("/account/second-factor/set-up"), "{}", begun.body);
        let key = reader.get("/account/second-factor/set-up").await.marked("code").remove(0);
        let code = format!("code={}", self.code_of(&key));
        let list = reader.post("/account/second-factor/set-up", &code).await;
        assert_eq!(list.status, 200, "{}", list.body);
        (key, list.marked("code"))
    }
}

impl Reply {
    /// What stands in each element of this name, in the order of the page.
    pub fn marked(&self, element: &str) -> Vec<String> {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        self.body.split(&open).skip(1).map(|rest| rest.split(&close).next().unwrap().to_owned()).collect()
    }
}

impl World {
    /// From now on, whatever people send is kept for [`World::typed`]: addresses, answers of forms, names and contents
    /// of files, and what their browsers keep.
    pub fn remember_what_is_typed(&self) {
        *self.typed.lock().unwrap() = Some(Vec::new());
    }

    /// Everything that was sent since, once for each time.
    pub fn typed(&self) -> Vec<String> {
        self.typed.lock().unwrap().clone().unwrap()
    }

    fn types(&self, text: &str) {
        if let Some(typed) = self.typed.lock().unwrap().as_mut() {
            typed.push(text.to_owned());
        }
    }

    /// The answers of a form, or what an address says after its question mark.
    fn types_form(&self, form: &str) {
        if self.typed.lock().unwrap().is_some() {
            form.split('&').filter_map(|pair| pair.split_once('=')).for_each(|(_, value)| {
                self.types(value);
                self.types(&crate::hostile::decoded(&value.replace('+', " ")));
            });
        }
    }
}

impl Reader<'_> {
    /// Sends anything, and says what it is.
    pub async fn post_bytes(&self, path: &str, kind: &str, body: Vec<u8>) -> Reply {
        self.ask(Method::POST, path, Body::from(body), &[("content-type", kind)]).await
    }
}
