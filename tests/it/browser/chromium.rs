//! Chromium without a window, driven like a person would, and axe-core looking over its shoulder.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use thirtyfour::prelude::*;

/// Where `script/test` puts the accessibility checker.
const AXE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/target/axe-core/axe.min.js");

pub struct Browser {
    page: WebDriver,
    site: String,
    axe: String,
    driver: Child,
    profile: PathBuf,
}

/// A desk with a mouse, or a phone in a hand.
#[derive(Clone, Copy)]
pub struct Screen {
    pub width: u32,
    pub height: u32,
}

pub const DESK: Screen = Screen { width: 1280, height: 900 };
pub const PHONE: Screen = Screen { width: 390, height: 844 };

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

impl Browser {
    /// A fresh browser whose owner reads `lang`, on the product at `site`.
    pub async fn open(site: &str, lang: &str) -> Browser {
        let axe =
            std::fs::read_to_string(AXE).unwrap_or_else(|e| panic!("{AXE}: {e}; script/test fetches it"));
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is not here; script/test installs it");
        let port = port(&mut driver);
        let profile = std::env::temp_dir().join(format!("stagiaire-browser-{}", uuid::Uuid::now_v7()));
        let mut wishes = DesiredCapabilities::chrome();
        for wish in [
            "--headless=new",
            // as root, and in containers, Chromium has no sandbox of its own
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &format!("--accept-lang={lang}"),
            &format!("--user-data-dir={}", profile.display()),
        ] {
            wishes.add_arg(wish).unwrap();
        }
        let page = WebDriver::new(format!("http://127.0.0.1:{port}"), wishes).await.unwrap();
        let browser = Browser { page, site: site.to_owned(), axe, driver, profile };
        browser.hold(DESK).await;
        browser
    }

    pub async fn hold(&self, screen: Screen) {
        let metrics = serde_json::json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": false
        });
        self.page.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await.unwrap();
    }

    async fn prefer(&self, scheme: &str) {
        // without motion: colours half-way between two schemes are nobody's
        let media = serde_json::json!({ "features": [
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]});
        self.page.cdp().send_raw("Emulation.setEmulatedMedia", media).await.unwrap();
    }

    pub async fn go(&self, path: &str) {
        self.page.goto(format!("{}{path}", self.site)).await.unwrap();
    }

    /// The path of the page that is open.
    pub async fn path(&self) -> String {
        self.page.current_url().await.unwrap().path().to_owned()
    }

    /// Follows the link, or presses the button, with these words.
    pub async fn press(&self, words: &str) {
        let quoted = quoted(words);
        let named = format!(
            "//main//*[self::a or self::button or self::summary][normalize-space()={quoted}] | \
             //*[self::a or self::button or self::summary][normalize-space()={quoted}]"
        );
        let here = self.find(By::XPath(named), words).await;
        here.scroll_into_view().await.unwrap();
        here.click().await.unwrap_or_else(|e| panic!("{words:?} cannot be pressed: {e}"));
    }

    /// Types into the field with this label, instead of what was there.
    pub async fn write(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Gives a file to the field with this label.
    pub async fn attach(&self, label: &str, file: &std::path::Path) {
        self.field(label).await.send_keys(file.display().to_string()).await.unwrap();
    }

    /// Chooses an option of the list with this label.
    pub async fn choose(&self, label: &str, option: &str) {
        let list = self.field(label).await;
        let choice = format!(".//option[normalize-space()={}]", quoted(option));
        let choice = list.find(By::XPath(choice)).await;
        choice.unwrap_or_else(|_| panic!("{label:?} has no {option:?}")).click().await.unwrap();
    }

    /// Ticks the box, or picks the radio button, with this label.
    pub async fn tick(&self, label: &str) {
        let field = self.field(label).await;
        if !field.is_selected().await.unwrap() {
            field.scroll_into_view().await.unwrap();
            field.click().await.unwrap();
        }
    }

    /// The field that a label belongs to: by `for`, as browsers and screen readers do.
    async fn field(&self, label: &str) -> WebElement {
        let named = format!("//label[normalize-space()={0} or normalize-space(text())={0}]", quoted(label));
        let named = self.find(By::XPath(named), label).await;
        let id = named.attr("for").await.unwrap();
        let id = id.unwrap_or_else(|| panic!("the label {label:?} belongs to nothing"));
        self.find(By::Id(id), label).await
    }

    /// A field by its name and place among those of the same name, where labels are the same in every entry.
    pub async fn nth(&self, name: &str, place: usize) -> WebElement {
        let all = self.page.find_all(By::Css(format!("main [name={name:?}]"))).await.unwrap();
        all.into_iter().nth(place).unwrap_or_else(|| panic!("there is no {name} number {place}"))
    }

    async fn find(&self, by: By, what: &str) -> WebElement {
        let found = self.page.query(by).wait(Duration::from_secs(5), Duration::from_millis(50)).first().await;
        match found {
            Ok(element) => element,
            Err(_) => panic!("{what:?} is not on {}:\n{}", self.path().await, self.text().await),
        }
    }

    /// Everything the page says.
    pub async fn text(&self) -> String {
        self.page.find(By::Tag("body")).await.unwrap().text().await.unwrap()
    }

    pub async fn reads(&self, words: &str) {
        for _ in 0..100 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{} does not say {words:?}:\n{}", self.path().await, self.text().await);
    }

    /// Nothing for axe-core to find and nothing to scroll sideways for, light and dark, at a desk and on a phone.
    pub async fn is_accessible(&self) {
        for screen in [PHONE, DESK] {
            self.hold(screen).await;
            for scheme in ["light", "dark"] {
                self.prefer(scheme).await;
                let found = self.axe().await;
                let path = self.path().await;
                assert!(found.is_empty(), "{path} {} {scheme}:\n{}", screen.width, found.join("\n"));
            }
            let wide =
                self.page.execute("return document.documentElement.scrollWidth", vec![]).await.unwrap();
            let wide: u32 = wide.convert().unwrap();
            assert!(wide <= screen.width, "{} is {wide} wide on {}", self.path().await, screen.width);
        }
        self.prefer("light").await;
    }

    async fn axe(&self) -> Vec<String> {
        self.page.execute(&self.axe, vec![]).await.unwrap();
        let run = "const done = arguments[arguments.length - 1]; \
            axe.run(document, { resultTypes: ['violations'] }).then(all => done(all.passes.length < 5 ? ['axe-core has seen no page'] : all.violations.map(v => \
                v.id + ': ' + v.help + '\\n' + v.nodes.map(n => '  ' + n.html).join('\\n'))), e => done([String(e)]));";
        self.page.execute_async(run, vec![]).await.unwrap().convert().unwrap()
    }

    /// For the eye: kept when the environment names a folder.
    pub async fn picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("STAGIAIRE_TEST_PICTURES") {
            for screen in [PHONE, DESK] {
                self.hold(screen).await;
                let tall = self.page.execute("return document.documentElement.scrollHeight", vec![]).await;
                self.hold(Screen { height: tall.unwrap().convert().unwrap(), ..screen }).await;
                let file = PathBuf::from(&folder).join(format!("{name}-{}.png", screen.width));
                self.page.screenshot(&file).await.unwrap();
            }
            self.hold(DESK).await;
        }
    }

    pub async fn close(self) {
        let _ = self.page.clone().quit().await;
    }
}

/// chromedriver says in its first lines which port it took.
fn port(driver: &mut Child) -> u16 {
    let lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    for line in lines.map_while(Result::ok) {
        if let Some(rest) = line.split("on port ").nth(1) {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            if let Ok(port @ 1..) = digits.parse() {
                return port;
            }
        }
    }
    panic!("chromedriver did not say its port")
}

/// As XPath 1.0 wants it, which knows no escapes.
fn quoted(words: &str) -> String {
    match words.contains('\'') {
        true => format!("\"{words}\""),
        false => format!("'{words}'"),
    }
}
