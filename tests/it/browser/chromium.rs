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
    scripts: bool,
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
/// The narrowest that pages are made for: 1280 pixels at a zoom of 400 % (WCAG 2.2, 1.4.10).
pub const NARROW: Screen = Screen { width: 320, height: 800 };
/// The desk at a zoom of 200 % (WCAG 2.2, 1.4.4).
pub const ZOOMED: Screen = Screen { width: 640, height: 450 };

impl Drop for Browser {
    fn drop(&mut self) {
        // the driver is killed with its browser: there is nobody left to say goodbye to
        let _ = self.page.clone().leak();
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
            // pages that scroll smoothly are still on their way when they are pressed
            "--force-prefers-reduced-motion",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            &format!("--accept-lang={lang}"),
            &format!("--user-data-dir={}", profile.display()),
        ] {
            wishes.add_arg(wish).unwrap();
        }
        // the line to the driver is made for encrypted ones, too
        let _ = rustls::crypto::ring::default_provider().install_default();
        let page = WebDriver::new(format!("http://127.0.0.1:{port}"), wishes).await.unwrap();
        let browser = Browser { page, site: site.to_owned(), axe, scripts: true, driver, profile };
        browser.hold(DESK).await;
        browser
    }

    /// The same browser, whose owner lets no page run scripts. What the driver asks is answered nevertheless, and
    /// axe-core, which needs scripts, has nothing to say.
    pub async fn without_scripts(mut self) -> Browser {
        self.tell("Emulation.setScriptExecutionDisabled", serde_json::json!({ "value": true })).await;
        self.scripts = false;
        self
    }

    /// The same browser, for the product at another address.
    pub fn visiting(mut self, site: &str) -> Browser {
        site.clone_into(&mut self.site);
        self
    }

    /// Whether a page that wants to run a script can.
    pub async fn runs_scripts(&self) -> bool {
        let page = "data:text/html,<title>still</title><script>document.title = 'moved'</script>";
        self.page.goto(page).await.unwrap();
        self.page.title().await.unwrap() == "moved"
    }

    /// One command of the DevTools protocol, and its answer.
    pub async fn tell(&self, command: &str, details: serde_json::Value) -> serde_json::Value {
        self.page.cdp().send_raw(command, details).await.unwrap()
    }

    /// Runs a function body in the page; `details` are its arguments.
    pub async fn run<T: serde::de::DeserializeOwned>(
        &self,
        body: &str,
        details: Vec<serde_json::Value>,
    ) -> T {
        self.page.execute(body, details).await.unwrap().convert().unwrap()
    }

    pub async fn hold(&self, screen: Screen) {
        let metrics = serde_json::json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": false
        });
        self.page.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await.unwrap();
    }

    pub async fn prefer(&self, scheme: &str) {
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

    /// Signed in already: with the cookie of somebody's session.
    pub async fn bring(&self, cookie: &str) {
        let (name, value) = cookie.split_once('=').unwrap();
        self.go("/").await;
        self.page.add_cookie(Cookie::new(name, value)).await.unwrap();
    }

    /// Nobody any more.
    pub async fn forget_who(&self) {
        self.go("/").await;
        self.page.delete_cookie("session").await.unwrap();
    }

    /// The path of the page that is open.
    pub async fn path(&self) -> String {
        self.page.current_url().await.unwrap().path().to_owned()
    }

    /// Follows the link that leads to this address, or the first one that begins with it.
    pub async fn follow(&self, address: &str) {
        let link = self.find(&format!("main a[href^={address:?}]")).await;
        self.leave_by(link, address).await;
    }

    /// Follows the link whose address ends so.
    pub async fn follow_to(&self, end: &str) {
        let link = self.find(&format!("main a[href$={end:?}]")).await;
        self.leave_by(link, end).await;
    }

    /// Presses the one button that the page is about.
    pub async fn submit(&self) {
        let button = self.find("main form button.button:not(.quiet), main form button.stop-it").await;
        self.leave_by(button, "the button").await;
    }

    /// Presses a button by its name, such as `add`.
    pub async fn press(&self, name: &str) {
        let button = self.find(&format!("main form button[name={name:?}]")).await;
        self.leave_by(button, name).await;
    }

    /// Presses the button of the form whose address ends so.
    pub async fn send(&self, end: &str) {
        let button = self.find(&format!("main form[action$={end:?}] button")).await;
        self.leave_by(button, end).await;
    }

    /// Types into a field instead of what was there.
    pub async fn write(&self, name: &str, text: &str) {
        let field = self.find(&format!("main [name={name:?}]")).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// A date, box by box: `1 2 2027`.
    pub async fn write_date(&self, name: &str, date: &str) {
        for (part, digits) in ["day", "month", "year"].iter().zip(date.split(' ')) {
            self.write(&format!("{name}_{part}"), digits).await;
        }
    }

    /// Chooses from a list, a group of radio buttons, or a group of boxes.
    pub async fn choose(&self, name: &str, value: &str) {
        let choice = format!(
            "main select[name={name:?}] option[value={value:?}], main input[name={name:?}][value={value:?}]"
        );
        let choice = self.find(&choice).await;
        // what is too long to look through is found by typing
        let typed_in = format!("main div:has(+ select[name={name:?}][hidden]) > input[role=combobox]");
        match self.page.find_all(By::Css(&typed_in)).await.unwrap().first() {
            Some(field) => {
                let label = choice.prop("text").await.unwrap().unwrap();
                field.clear().await.unwrap();
                field.send_keys(label + Key::Enter).await.unwrap();
            }
            None => self.click(choice, value).await,
        }
    }

    /// Presses keys in the field with this id, after what is there.
    pub async fn keys(&self, id: &str, keys: impl Into<TypingData>) {
        self.find(&format!("#{id}")).await.send_keys(keys).await.unwrap();
    }

    /// What the page's own script would find: the value of an expression.
    pub async fn value_of(&self, expression: &str) -> String {
        let value = self.page.execute(format!("return String({expression})"), vec![]).await;
        value.unwrap().convert().unwrap()
    }

    /// Opens a page again and again until it has what is still on its way to it: the value of an expression.
    pub async fn finds(&self, path: &str, expression: &str, value: &str) {
        for _ in 0..600 {
            self.go(path).await;
            if self.value_of(expression).await == value {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{path}: {expression} is not {value:?}:\n{}", self.text().await);
    }

    /// The line to the server: how long an answer takes, in milliseconds, or `None` if it is cut.
    pub async fn line(&self, latency: Option<u32>) {
        self.page.cdp().send_raw("Network.enable", serde_json::json!({})).await.unwrap();
        let line = serde_json::json!({
            "offline": latency.is_none(), "latency": latency.unwrap_or_default(),
            "downloadThroughput": -1, "uploadThroughput": -1
        });
        self.page.cdp().send_raw("Network.emulateNetworkConditions", line).await.unwrap();
    }

    /// Chooses from a list the one that this text names.
    pub async fn choose_text(&self, name: &str, text: &str) {
        for option in self.page.find_all(By::Css(format!("main select[name={name:?}] option"))).await.unwrap()
        {
            if option.text().await.unwrap().contains(text) {
                return self.click(option, text).await;
            }
        }
        panic!("{name} has no {text:?} on {}", self.path().await);
    }

    /// Gives a file to the field with this id.
    pub async fn attach(&self, id: &str, file: &std::path::Path) {
        self.attach_all(id, &[file]).await;
    }

    /// Gives several files to the field with this id.
    pub async fn attach_all(&self, id: &str, files: &[&std::path::Path]) {
        let field = self.find(&format!("main input[type=file]#{id}")).await;
        let paths: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        field.send_keys(paths.join("\n")).await.unwrap();
        let button = self.find(&format!("main form:has(#{id}) button")).await;
        self.click(button, id).await;
    }

    /// Presses the link whose address ends so, and waits for the file that it leads to: what is in it.
    pub async fn download(&self, end: &str) -> Vec<u8> {
        let folder = self.profile.join("downloads").join(end.replace('/', "-"));
        std::fs::create_dir_all(&folder).unwrap();
        let here = serde_json::json!({ "behavior": "allow", "downloadPath": folder });
        self.tell("Browser.setDownloadBehavior", here).await;
        let link = self.find(&format!("main a[href$={end:?}]")).await;
        self.click(link, end).await;
        for _ in 0..600 {
            let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
            // under another name until it is whole
            if let Some(whole) = files.into_iter().find(|file| file.extension().is_some_and(|it| it == "pdf"))
            {
                return std::fs::read(whole).unwrap();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{end:?} brings no file from {}", self.path().await);
    }

    async fn click(&self, element: WebElement, what: &str) {
        element.scroll_into_view().await.unwrap();
        if let Err(error) = element.click().await {
            panic!("{what:?} cannot be pressed on {}: {error}", self.path().await);
        }
    }

    /// Presses what leads to another page, and waits for that page: on a busy machine the old one stays for a while.
    async fn leave_by(&self, element: WebElement, what: &str) {
        self.run::<bool>("return window.isLeft = true", vec![]).await;
        self.click(element, what).await;
        for _ in 0..600 {
            let there = "return !window.isLeft && document.readyState === 'complete'";
            // between two pages there is none to ask
            if self.page.execute(there, vec![]).await.is_ok_and(|there| there.convert().unwrap_or(false)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{what:?} leads nowhere from {}:\n{}", self.path().await, self.text().await);
    }

    async fn find(&self, css: &str) -> WebElement {
        let query = self.page.query(By::Css(css)).wait(Duration::from_secs(30), Duration::from_millis(50));
        match query.first().await {
            Ok(element) => element,
            Err(_) => panic!("{css} is not on {}:\n{}", self.path().await, self.text().await),
        }
    }

    /// Presses the button of the frame that ends the session.
    pub async fn sign_out(&self) {
        let button = self.page.find(By::Css("form[action='/sign-out'] button")).await.unwrap();
        self.leave_by(button, "sign out").await;
        self.arrives_at("/sign-in").await;
    }

    pub async fn arrives_at(&self, path: &str) {
        for _ in 0..600 {
            if self.path().await == path {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("at {}, not at {path}:\n{}", self.path().await, self.text().await);
    }

    /// Opens what is folded under this word.
    pub async fn unfold(&self, word: &str) {
        for summary in self.page.find_all(By::Css("main summary")).await.unwrap() {
            if summary.text().await.unwrap().contains(word) {
                return self.click(summary, word).await;
            }
        }
        panic!("nothing is folded under {word} on {}", self.path().await);
    }

    /// The id of the element that has the keyboard.
    pub async fn focus(&self) -> String {
        let id = self.page.execute("return document.activeElement.id", vec![]).await;
        id.unwrap().convert().unwrap()
    }

    /// Everything the page says.
    pub async fn text(&self) -> String {
        // in one step: between finding an element and reading it, the next page may have come
        let text = self.page.execute("return document.body ? document.body.innerText : ''", vec![]).await;
        text.unwrap().convert().unwrap()
    }

    pub async fn reads(&self, words: &str) {
        for _ in 0..600 {
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
                let found = if self.scripts { self.axe().await } else { Vec::new() };
                let path = self.path().await;
                assert!(found.is_empty(), "{path} {} {scheme}:\n{}", screen.width, found.join("\n"));
            }
            let wide = self.width().await;
            assert!(wide <= screen.width, "{} is {wide} wide on {}", self.path().await, screen.width);
        }
        self.prefer("light").await;
    }

    /// How wide the page is, with what can only be reached by scrolling sideways.
    pub async fn width(&self) -> u32 {
        self.run("return document.documentElement.scrollWidth", vec![]).await
    }

    /// What axe-core objects to in the page as it is shown now.
    pub async fn axe(&self) -> Vec<String> {
        if self.run("return typeof axe === 'undefined'", vec![]).await {
            self.page.execute(&self.axe, vec![]).await.unwrap();
        }
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
