//! What every page knows, whatever it is about.

use super::session::Person;
use super::{App, Result};
use crate::domain::profile::Section;
use crate::domain::role::RoleName;
use crate::text::{Lang, Say, texts};
use askama::Template;
use axum::http::{Method, StatusCode, request::Parts};
use axum::response::{Html, IntoResponse, Redirect, Response};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use chrono_tz::Tz;

/// Who reads the page.
#[derive(Clone, Debug)]
pub struct Reader {
    pub name: String,
    pub roles: Vec<RoleName>,
    /// Has a complete profile that nobody can see: every page says so.
    pub unreleased: bool,
    /// Messages of Human Resources that the reader has not read.
    pub unread: i64,
    /// What Human Resources waits for.
    pub asked: Option<Asked>,
}

/// The sections that Human Resources asked the reader to change, and its words.
#[derive(Clone, Debug)]
pub struct Asked {
    pub sections: Vec<Section>,
    pub message: String,
}

impl From<&Person> for Reader {
    fn from(person: &Person) -> Self {
        Reader {
            name: person.name.clone(),
            roles: person.roles.clone(),
            unreleased: person.unreleased,
            unread: person.unread,
            asked: person.asked.clone(),
        }
    }
}

impl Reader {
    pub fn is_staff(&self) -> bool {
        self.roles.iter().any(|role| role.is_staff())
    }

    pub fn is(&self, code: &str) -> bool {
        self.roles.iter().any(|role| role.code() == code)
    }
}

/// Where the page is, and for whom.
#[derive(Clone, Debug)]
pub struct Chrome {
    pub reader: Option<Reader>,
    path: String,
    query: String,
    try_out: bool,
    is_head: bool,
}

impl Chrome {
    pub(super) fn new(parts: &Parts, reader: Option<Reader>, app: &App) -> Self {
        Chrome {
            reader,
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            try_out: app.settings.try_out,
            is_head: parts.method == Method::HEAD,
        }
    }

    /// No page and no file is sent, only what is said of it: the record tells of nobody who opened it.
    pub(super) fn is_head(&self) -> bool {
        self.is_head
    }
}

/// What a template is given beside its own facts: `t` holds its sentences, `words` those of the frame.
pub struct Page<T> {
    pub lang: Lang,
    pub t: T,
    pub words: Words,
    pub zone: Tz,
    chrome: Chrome,
}

impl<T> Page<T> {
    pub(super) fn new(lang: Lang, chrome: Chrome, t: T, zone: Tz) -> Self {
        Page { lang, t, words: Words(lang), zone, chrome }
    }

    pub fn reader(&self) -> Option<&Reader> {
        self.chrome.reader.as_ref()
    }

    pub fn try_out(&self) -> bool {
        self.chrome.try_out
    }

    /// Whether to say that the reader's profile is complete and not released; the page to release it says it anyway.
    pub fn warns_unreleased(&self) -> bool {
        self.reader().is_some_and(|reader| reader.unreleased) && !self.is_at("/profile/release")
    }

    /// What Human Resources asked to change, if it is about the section of this page.
    pub fn asked_here(&self) -> Option<&Asked> {
        let is_here = |section: &Section| self.is_at(&format!("/profile/{}", section.code()));
        self.reader()?.asked.as_ref().filter(|asked| asked.sections.iter().any(is_here))
    }

    /// Whether the page's address begins with `path`: marks the current entry of a menu.
    pub fn is_at(&self, path: &str) -> bool {
        let here = self.chrome.path.as_str();
        here == path || here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Whether this is the very address, with its query.
    pub fn is_exactly(&self, address: &str) -> bool {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        self.chrome.path == path && self.chrome.query == query
    }

    /// The same address in another language.
    pub fn in_language(&self, lang: &Lang) -> String {
        let rest: Vec<&str> = self
            .chrome
            .query
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="))
            .collect();
        match rest.is_empty() {
            true => format!("?lang={}", lang.code()),
            false => format!("?{}&lang={}", rest.join("&"), lang.code()),
        }
    }

    pub fn languages(&self) -> [Lang; 3] {
        Lang::ALL
    }

    /// `{{ page.icon("ok") }}`
    pub fn icon(&self, name: &str) -> askama::filters::Safe<&'static str> {
        super::icons::icon(name)
    }

    pub fn css(&self) -> &'static str {
        &super::assets::CSS_PATH
    }

    pub fn script(&self) -> &'static str {
        &super::assets::SCRIPT_PATH
    }

    /// For pages with uploads: `<script src defer data-sending data-checking data-broken>`.
    /// What pages with uploads say.
    pub fn upload(&self) -> super::parcel::Text {
        super::parcel::Text(self.lang)
    }

    /// For pages with uploads: see `parts/upload.html`.
    pub fn upload_js(&self) -> &'static str {
        &super::assets::UPLOAD_JS_PATH
    }

    /// What pages say where a passkey is asked for.
    pub fn passkey(&self) -> crate::factors::words::Passkeys {
        crate::factors::words::Passkeys(self.lang)
    }

    /// For pages that ask for a passkey: see `parts/passkey.html`.
    pub fn passkey_js(&self) -> &'static str {
        &super::assets::PASSKEY_JS_PATH
    }

    pub fn say(&self, what: &dyn Say) -> String {
        what.say(self.lang)
    }

    pub fn date(&self, day: &NaiveDate) -> String {
        self.lang.date(*day)
    }

    pub fn moment(&self, at: &DateTime<Utc>) -> String {
        self.lang.moment(*at, self.zone)
    }

    /// A moment for machines, as the `datetime` of a `time` takes it: whole seconds.
    pub fn stamp(&self, at: &DateTime<Utc>) -> String {
        at.to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// The organisation's day of a moment.
    pub fn day_of(&self, at: &DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }
}

pub fn html(status: StatusCode, page: &impl Template) -> Result<Response> {
    Ok((status, Html(page.render()?)).into_response())
}

pub fn see_other(to: &str) -> Result<Response> {
    Ok(Redirect::to(to).into_response())
}

texts!(pub Words {
    skip: "Skip to main content", "Aller au contenu principal", "Ir al contenido principal";
    language: "Language", "Langue", "Idioma";
    sign_in: "Sign in", "Se connecter", "Iniciar sesión";
    sign_out: "Sign out", "Se déconnecter", "Cerrar sesión";
    main_menu: "Main", "Principal", "Principal";
    your_application: "Your application", "Votre candidature", "Su candidatura";
    my_profile: "My profile", "Mon dossier", "Mi perfil";
    documents: "Documents", "Documents", "Documentos";
    account: "Account", "Compte", "Cuenta";
    where_it_stands: "Where it stands", "Où j’en suis", "Estado";
    unreleased: "Your profile is complete, but not released: nobody can see it yet",
        "Votre dossier est complet, mais pas encore transmis : personne ne le voit", "Su perfil está completo, pero no se ha enviado: nadie puede verlo aún";
    unreleased_lead: "Release it for Human Resources to review. That is not final: you can change it and release a new version, or take it back.",
        "Transmettez-le pour que les Ressources humaines l’examinent. Ce n’est pas définitif : vous pourrez le modifier et transmettre une nouvelle version, ou le reprendre.",
        "Envíelo para que Recursos Humanos lo revise. No es definitivo: podrá cambiarlo y enviar una nueva versión, o retirarlo.";
    messages: "Messages", "Messages", "Mensajes";
    to_read(n): "{n} to read", "{n} à lire", "{n} por leer";
    asked_here: "Human Resources asked you to change this section", "Les Ressources humaines vous demandent de modifier cette section", "Recursos Humanos le pide que cambie esta sección";
    then_release: "Change it, then release your profile again.", "Modifiez-la, puis transmettez à nouveau votre dossier.", "Cámbiela y envíe de nuevo su perfil.";
    check_and_release: "Check and release", "Vérifier et transmettre", "Revisar y enviar";
    released_profiles: "Released profiles", "Dossiers transmis", "Perfiles enviados";
    assigned_to_me: "Assigned to me", "Qui me sont attribués", "Asignados a mí";
    with_candidates: "With candidates", "Chez les personnes candidates", "Con las personas candidatas";
    in_the_pool: "In the pool", "Dans le vivier", "En la bolsa";
    with_supervisors: "With supervisors", "Chez les responsables", "Con las personas supervisoras";
    needs_me: "What needs me now", "Ce qui m’attend", "Qué requiere mi atención";
    administration: "Administration", "Administration", "Administración";
    under_way: "Under way, by what is due", "En cours, par échéance", "En curso, por vencimiento";
    my_interns: "My interns", "Mes stagiaires", "Mis personas en pasantía";
    openings: "Openings", "Annonces", "Vacantes";
    download_list: "Download this list:", "Télécharger cette liste :", "Descargar esta lista:";
    find_people: "Find people in the pool", "Trouver dans le vivier", "Buscar en la bolsa";
    untold_decisions: "Decided, not told yet", "Décidé, pas encore annoncé", "Decidido, sin comunicar";
    proposed_duplicates: "Proposed duplicates", "Doublons proposés", "Duplicados propuestos";
    scoring_sheets: "Scoring sheets", "Grilles d’évaluation", "Plantillas de puntuación";
    closing_soon: "Last chance to place", "Dernière possibilité", "Última oportunidad";
    programme: "Programme", "Programme", "Programa";
    dashboard: "Dashboard", "Tableau de bord", "Panel";
    openings_published: "Drafts and published", "Brouillons et publiées", "Borradores y publicadas";
    review: "Review", "Examen", "Revisión";
    placements: "Placements", "Affectations", "Plazas";
    to_approve: "To approve", "À approuver", "Por aprobar";
    decided: "Decided", "Décidées", "Decididas";
    supervision: "Supervision", "Encadrement", "Supervisión";
    deputy: "Your deputy", "Votre suppléance", "Su suplencia";
    decisions: "Decisions", "Décisions", "Decisiones";
    waivers: "Waivers of the allowance", "Dispenses d’allocation", "Exenciones de la asignación";
    medical_files: "Medical files", "Dossiers médicaux", "Expedientes médicos";
    overview: "Overview", "Vue d’ensemble", "Resumen";
    people_and_roles: "People and roles", "Personnes et rôles", "Personas y funciones";
    offices_and_rates: "Offices and rates", "Bureaux et taux", "Oficinas y tarifas";
    policies: "Policies", "Règles du programme", "Normas del programa";
    reasons: "Reasons for not selecting", "Motifs de non-sélection", "Motivos de no selección";
    letter_texts: "Letters", "Courriels", "Mensajes";
    retention: "Retention periods", "Durées de conservation", "Plazos de conservación";
    audit_trail: "Audit trail", "Journal d’audit", "Registro de auditoría";
    to_check: "To check", "À vérifier", "Por verificar";
    programme_rules: "Programme rules", "Règles du programme", "Normas del programa";
    your_data: "Your data", "Vos données", "Sus datos";
    accessibility: "Accessibility", "Accessibilité", "Accesibilidad";
    verify: "Verify a certificate", "Vérifier une attestation", "Verificar un certificado";
    get_help: "Get help", "Obtenir de l’aide", "Obtener ayuda";
    free: "Applying is free. Nobody from the programme will ever ask you for money.",
        "La candidature est gratuite. Aucun membre du programme ne vous demandera jamais d’argent.",
        "Presentarse es gratuito. Nadie del programa le pedirá nunca dinero.";
    mailbox: "Letters sent (try-out)", "Courriels envoyés (essai)", "Mensajes enviados (prueba)";
    error: "Error", "Erreur", "Error";
    colon(word): "{word}:", "{word} :", "{word}:";
    error_colon: "Error:", "Erreur :", "Error:";
    one_thing_to_fix: "There is one thing to fix", "Il y a un point à corriger", "Hay una cosa que corregir";
    things_to_fix(n): "There are {n} things to fix", "Il y a {n} points à corriger", "Hay {n} cosas que corregir";
    optional: "(optional)", "(facultatif)", "(opcional)";
    day: "Day", "Jour", "Día";
    month: "Month", "Mois", "Mes";
    year: "Year", "Année", "Año";
    choose: "Choose", "Choisir", "Elegir";
    yes: "Yes", "Oui", "Sí";
    no: "No", "Non", "No";
    change: "Change", "Modifier", "Cambiar";
    save_and_continue: "Save and continue", "Enregistrer et continuer", "Guardar y continuar";
    save_for_later: "Save and finish later", "Enregistrer et finir plus tard", "Guardar y terminar más tarde";
    unsaved: "Not saved yet. What you typed is still on this page; we keep trying to save it.",
        "Pas encore enregistré. Ce que vous avez saisi est toujours sur cette page ; nous réessayons de l’enregistrer.",
        "Aún no se ha guardado. Lo que escribió sigue en esta página; seguimos intentando guardarlo.";
    found: "Found:", "Trouvés :", "Encontrados:";
    none_found: "Nothing found. Try another word, or fewer letters.", "Aucun résultat. Essayez un autre mot, ou moins de lettres.",
        "No se encontró nada. Pruebe con otra palabra o con menos letras.";
    meanwhile: "What was saved meanwhile", "Ce qui a été enregistré entre-temps", "Lo que se guardó entretanto";
    is_saved(answer): "Saved: {answer}", "Enregistré : {answer}", "Guardado: {answer}";
    is_typed(answer): "You typed: {answer}", "Vous avez saisi : {answer}", "Usted escribió: {answer}";
    policy_wording: "Policy wording", "Texte de la règle", "Texto de la norma";
});
