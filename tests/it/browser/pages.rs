//! Every page: light and dark, narrow and wide, by keyboard and by ear.

use super::chromium::{Browser, DESK, NARROW, PHONE, Screen, ZOOMED};
use crate::pages::{self, Sent, Sheet, Sitting};
use crate::support::{World, world_behind_a_socket};
use serde_json::json;
use sqlx::PgPool;

// Four looks, over three languages: a page is looked through by axe-core in each of them once, and measured at every
// width in every language. Words are the longest in French and Spanish, so these have the narrow screens.

#[sqlx::test]
async fn every_page_in_english_is_for_everybody(db: PgPool) {
    let faults = read_all(db, "en", &[(DESK, "light"), (DESK, "dark")]).await;
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[sqlx::test]
async fn every_page_in_french_is_for_everybody(db: PgPool) {
    let faults = read_all(db, "fr", &[(NARROW, "light")]).await;
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[sqlx::test]
async fn every_page_in_spanish_is_for_everybody(db: PgPool) {
    let faults = read_all(db, "es", &[(NARROW, "dark")]).await;
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[sqlx::test]
async fn every_page_of_staff_is_for_everybody_on_the_first_day(db: PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let empty = pages::staff::first_day(&world).await;
    of_staff(&world, &empty, [("en", (PHONE, "light")), ("fr", (DESK, "light")), ("es", (NARROW, "dark"))])
        .await;
}

#[sqlx::test]
async fn every_page_of_staff_is_for_everybody(db: PgPool) {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    let busy = pages::staff::staff(&world).await;
    of_staff(&world, &busy, [("en", (DESK, "dark")), ("fr", (NARROW, "light")), ("es", (PHONE, "dark"))])
        .await;
}

async fn of_staff(world: &World, sittings: &[Sitting<'_>], looks: [(&str, (Screen, &str)); 3]) {
    let mut faults = Vec::new();
    for (lang, look) in looks {
        faults.extend(read(world, sittings, lang, &[look]).await);
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

async fn read_all(db: PgPool, lang: &str, looks: &[(Screen, &str)]) -> Vec<String> {
    let world = world_behind_a_socket(db, "2026-11-25").await;
    read(&world, &pages::all(&world).await, lang, looks).await
}

async fn read(world: &World, sittings: &[Sitting<'_>], lang: &str, looks: &[(Screen, &str)]) -> Vec<String> {
    let it = Browser::open(&world.url, lang).await;
    it.bring(&format!("lang={lang}")).await;
    let mut faults = Vec::new();
    for (nth, sitting) in sittings.iter().enumerate() {
        match sitting.who.is_somebody() {
            true => it.bring(sitting.who.cookie()).await,
            false => it.forget_who().await,
        }
        for sheet in &sitting.sheets {
            it.open_sheet(sheet).await;
            let name = format!("{lang}-{nth}{}", sheet.name());
            faults.extend(
                faults_of(&it, sheet, looks).await.into_iter().map(|fault| format!("{name}: {fault}")),
            );
            it.picture(&name.replace(['/', '?'], "_")).await;
        }
    }
    it.close().await;
    faults
}

async fn faults_of(it: &Browser, sheet: &Sheet, looks: &[(Screen, &str)]) -> Vec<String> {
    let status: u16 =
        it.run("return performance.getEntriesByType('navigation')[0].responseStatus", vec![]).await;
    if status != sheet.status {
        return vec![format!("is {status}, not {}", sheet.status)];
    }
    let mut faults = it.faults_by_ear().await;
    for (screen, scheme) in looks {
        it.hold(*screen).await;
        it.prefer(scheme).await;
        faults.extend(it.axe().await);
    }
    for screen in [DESK, ZOOMED, NARROW] {
        it.hold(screen).await;
        faults.extend(too_wide(it, screen).await);
    }
    faults.extend(it.faults_by_keyboard().await);
    faults
}

async fn too_wide(it: &Browser, screen: Screen) -> Option<String> {
    let wide = it.width().await;
    (wide > screen.width).then(|| format!("{wide} wide on {}", screen.width))
}

/// Sends what the page is asked for with, as its form would.
const SEND: &str = "
    const [path, body, name, content] = arguments;
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action: path });
    const put = (type, name) => Object.assign(form.appendChild(document.createElement('input')), { type, name });
    for (const [name, value] of new URLSearchParams(body)) put('hidden', name).value = value;
    if (name) {
        form.enctype = 'multipart/form-data';
        const chosen = new DataTransfer();
        chosen.items.add(new File([content], name));
        put('file', 'file').files = chosen.files;
    }
    document.body.append(form);
    window.left = true;
    HTMLFormElement.prototype.submit.call(form);";

impl Browser {
    async fn open_sheet(&self, sheet: &Sheet) {
        let (body, name, content) = match &sheet.sent {
            Sent::Nothing => return self.go(&sheet.path).await,
            Sent::Form(body) => (body.as_str(), "", ""),
            Sent::File(name, content) => ("", *name, *content),
        };
        let details = [&sheet.path, body, name, content].map(|text| json!(text));
        self.run::<()>(SEND, details.into()).await;
        for _ in 0..1500 {
            if self.run("return !window.left && document.readyState === 'complete'", vec![]).await {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        panic!("{} does not answer", sheet.name());
    }
}
