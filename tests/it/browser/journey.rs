//! The main job, from the first visit to the approval, as three people do it in a browser.

use super::chromium::Browser;
use crate::support::{PASSWORD, PDF, World, world_behind_a_socket};
use uuid::Uuid;

/// What each reader must have read on the way: the page in one language, then in the other.
pub struct Words {
    pub lang: &'static str,
    pub eligible: &'static str,
    pub mail: &'static str,
    pub not_a_pdf: &'static str,
    pub released: &'static str,
    pub in_pool: &'static str,
    pub approved: &'static str,
}

#[sqlx::test]
async fn the_main_job_in_english(db: sqlx::PgPool) {
    let words = Words {
        lang: "en",
        eligible: "Met",
        mail: "Now open your mail",
        not_a_pdf: "The file must be a PDF, JPG or PNG",
        released: "Released",
        in_pool: "In the pool",
        approved: "Approved",
    };
    main_job(db, words).await;
}

#[sqlx::test]
async fn the_main_job_in_french(db: sqlx::PgPool) {
    let words = Words {
        lang: "fr",
        eligible: "Remplie",
        mail: "Ouvrez maintenant votre messagerie",
        not_a_pdf: "Le fichier doit être au format PDF, JPG ou PNG",
        released: "Transmis",
        in_pool: "Dans le vivier",
        approved: "Approuvée",
    };
    main_job(db, words).await;
}

async fn main_job(db: sqlx::PgPool, words: Words) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    staff(&world, "hr@example.org", "hr_reviewer", &words).await;
    let supervisor = staff(&world, "supervisor@example.org", "supervisor", &words).await;
    sqlx::query("insert into supervisor_office values ($1, 'geneva')")
        .bind(supervisor)
        .execute(&world.db)
        .await
        .unwrap();
    let it = Browser::open(&world.url, words.lang).await;

    applies(&it, &words).await;
    it.sign_out().await;
    reviews(&it, &words).await;
    it.sign_out().await;
    approves(&it, &words).await;
    it.sign_out().await;
    sees_where_it_stands(&it, &words).await;
    it.close().await;
}

/// From the first visit to the release.
pub async fn applies(it: &Browser, words: &Words) {
    checks_eligibility(it, words).await;
    registers(it, words).await;
    fills_in_the_profile(it).await;
    uploads(it, words).await;
    releases(it, words).await;
}

/// Somebody who works for the organisation, with the password of all tests.
async fn staff(world: &World, email: &str, role: &str, words: &Words) -> Uuid {
    let id = Uuid::now_v7();
    sqlx::query(
        "insert into person (id, email, given_names, family_names, lang, password_hash, email_confirmed_at, created_at)
         values ($1, $2, 'Élise', 'Favre', $3, $4, $5, $5)",
    )
    .bind(id)
    .bind(email)
    .bind(words.lang)
    .bind(stagiaire::passwords::hash_now(PASSWORD))
    .bind(world.now)
    .execute(&world.db)
    .await
    .unwrap();
    sqlx::query("insert into person_role values ($1, $2)")
        .bind(id)
        .bind(role)
        .execute(&world.db)
        .await
        .unwrap();
    id
}

async fn looks(it: &Browser, name: &str, words: &Words) {
    it.is_accessible().await;
    it.picture(&format!("{}-{name}", words.lang)).await;
}

async fn checks_eligibility(it: &Browser, words: &Words) {
    it.go("/").await;
    looks(it, "01-home", words).await;
    it.go("/check").await;
    it.write_date("born", "14 3 2002").await;
    it.choose("way", "recent_graduate").await;
    it.write_date("degree", "30 6 2026").await;
    it.choose("language", "es").await;
    it.write("months", "6").await;
    it.submit().await;
    it.reads(words.eligible).await;
    looks(it, "02-check", words).await;
}

async fn registers(it: &Browser, words: &Words) {
    it.go("/register").await;
    it.submit().await;
    looks(it, "03-register-wrong", words).await;
    it.write("given_names", "María José").await;
    it.write("family_names", "Quispe Ñahui").await;
    it.write("email", "maria@example.org").await;
    it.write("password", PASSWORD).await;
    it.choose("privacy", "true").await;
    it.submit().await;
    it.reads(words.mail).await;
    looks(it, "04-sent", words).await;
    it.finds("/mailbox", "document.body.innerText.includes('maria@example.org')", "true").await;
    looks(it, "05-mailbox", words).await;
    it.follow("/mailbox/").await;
    looks(it, "06-letter", words).await;
    it.follow("http").await;
    it.write("password", PASSWORD).await;
    looks(it, "07-confirm", words).await;
    it.submit().await;
    it.arrives_at("/profile").await;
    looks(it, "08-profile-empty", words).await;
}

async fn fills_in_the_profile(it: &Browser) {
    it.follow("/profile/about").await;
    it.write("given_names", "María José").await;
    it.write("family_names", "Quispe Ñahui").await;
    it.write_date("born", "14 3 2002").await;
    it.choose("nationality", "PE").await;
    it.choose("residence", "PE").await;
    it.is_accessible().await;
    it.submit().await;

    it.arrives_at("/profile/education").await;
    it.choose("level", "bachelor").await;
    it.choose("state", "awarded").await;
    it.write("institution", "Universidad Nacional del Sur").await;
    it.choose("country", "PE").await;
    it.write("subject", "Sociology").await;
    it.write_date("degree", "30 6 2026").await;
    it.is_accessible().await;
    it.submit().await;

    it.arrives_at("/profile/languages").await;
    it.choose("language", "es").await;
    it.choose("mother", "yes").await;
    it.is_accessible().await;
    it.submit().await;

    it.arrives_at("/profile/funding").await;
    for question in ["scholarship", "compulsory", "sponsor"] {
        it.choose(question, "no").await;
    }
    it.is_accessible().await;
    it.submit().await;

    it.arrives_at("/profile/wishes").await;
    it.choose("areas", "data").await;
    it.choose("offices", "geneva").await;
    it.is_accessible().await;
    it.submit().await;

    it.arrives_at("/profile/dates").await;
    it.write_date("start", "1 2 2027").await;
    it.write_date("end", "31 7 2027").await;
    it.is_accessible().await;
    it.submit().await;

    it.arrives_at("/profile/experience").await;
    it.choose("none", "true").await;
    it.is_accessible().await;
    it.submit().await;

    it.arrives_at("/profile/letter").await;
    it.write("letter", &"I have worked with families on the move since I was a student. ".repeat(5)).await;
    it.is_accessible().await;
    it.submit().await;
    it.arrives_at("/profile/documents").await;
}

async fn uploads(it: &Browser, words: &Words) {
    let folder = std::env::temp_dir().join(format!("stagiaire-upload-{}", Uuid::now_v7()));
    std::fs::create_dir(&folder).unwrap();
    let (cv, fake, proof) = (folder.join("CV María.pdf"), folder.join("fake.pdf"), folder.join("título.pdf"));
    std::fs::write(&cv, PDF).unwrap();
    std::fs::write(&fake, "<!doctype html><script>alert(1)</script>").unwrap();
    std::fs::write(&proof, [PDF, b"% another one\n%%EOF\n"].concat()).unwrap();
    it.attach("cv", &fake).await;
    it.reads(words.not_a_pdf).await;
    it.is_accessible().await;
    it.attach("cv", &cv).await;
    it.reads("CV María.pdf").await;
    it.attach("study_proof", &proof).await;
    it.reads("título.pdf").await;
    it.is_accessible().await;
    std::fs::remove_dir_all(folder).unwrap();
}

async fn releases(it: &Browser, words: &Words) {
    it.go("/profile").await;
    looks(it, "09-profile-full", words).await;
    it.go("/profile/release").await;
    looks(it, "10-release", words).await;
    it.choose("truth", "true").await;
    it.choose("privacy", "true").await;
    it.submit().await;
    it.arrives_at("/application").await;
    it.reads(words.released).await;
    looks(it, "11-released", words).await;
}

pub async fn signs_in(it: &Browser, email: &str) {
    it.write("email", email).await;
    it.write("password", PASSWORD).await;
    it.submit().await;
}

async fn reviews(it: &Browser, words: &Words) {
    looks(it, "12-sign-in", words).await;
    signs_in(it, "hr@example.org").await;
    it.arrives_at("/review/home").await;
    it.go("/review").await;
    it.reads("María José Quispe Ñahui").await;
    looks(it, "13-queue", words).await;
    it.follow("/review/0").await;
    it.reads("Universidad Nacional del Sur").await;
    looks(it, "14-review", words).await;
    it.submit().await; // claim
    it.follow_to("/pool").await;
    looks(it, "15-pool", words).await;
    it.submit().await;
    it.reads(words.in_pool).await;
    looks(it, "16-pooled", words).await;
    it.follow_to("/propose").await;
    it.submit().await;
    looks(it, "17-propose-wrong", words).await;
    it.choose_text("supervisor", "Favre").await;
    it.press("check").await;
    it.reads("CHF").await;
    looks(it, "18-propose", words).await;
    it.submit().await;
    it.reads("PL-2026-0001").await;
    looks(it, "19-proposed", words).await;
}

async fn approves(it: &Browser, words: &Words) {
    signs_in(it, "supervisor@example.org").await;
    it.arrives_at("/supervision/home").await;
    it.go("/supervision").await;
    looks(it, "20-to-approve", words).await;
    it.follow("/supervision/0").await;
    it.reads("PL-2026-0001").await;
    looks(it, "21-placement", words).await;
    it.follow_to("/approve").await;
    it.write("terms_of_reference", "Data unit, Geneva").await;
    it.write("tasks", "Clean the survey\nDraw the maps").await;
    it.write("learning_goals", "Work alone in R").await;
    it.choose("no_conflict", "true").await;
    looks(it, "22-approve", words).await;
    it.submit().await;
    it.reads(words.approved).await;
    looks(it, "23-approved", words).await;
}

async fn sees_where_it_stands(it: &Browser, words: &Words) {
    signs_in(it, "maria@example.org").await;
    it.go("/application").await;
    it.reads(words.in_pool).await;
    looks(it, "24-where-it-stands", words).await;
}
