//! The programme in plain words, for somebody who has never heard of it; people with an account go to their work.

use super::check;
use crate::explain::eligibility::one_of;
use crate::explain::profile::capitalised;
use crate::policies;
use crate::text::texts;
use crate::web::desk::desk;
use crate::web::{Anyone, App, Filled, Page, Result, html, see_other};
use axum::http::StatusCode;
use axum::{Router, response::Response, routing::get};

pub fn routes() -> Router<App> {
    Router::new().route("/", get(show))
}

#[derive(askama::Template)]
#[template(path = "public/home.html")]
struct View {
    page: Page<Text>,
    q: check::Text,
    form: Filled<check::Form>,
    /// Months, by the terms in force.
    /// Working languages of which one is enough.
    languages: String,
    least: u32,
    most: u32,
    preferred: u32,
}

async fn show(anyone: Anyone) -> Result<Response> {
    let roles = anyone.roles();
    match desk(roles) {
        "/" => {}
        address => return see_other(address),
    }
    let mut tx = anyone.begin().await?;
    let today = tx.today();
    let policy = policies::in_force(&mut tx, today).await?;
    let terms = policy.terms;
    let view = View {
        page: anyone.page(Text),
        q: check::Text(anyone.lang),
        form: Filled::fresh(check::Form::default()),
        languages: capitalised(&one_of(&policy.eligibility, anyone.lang)),
        least: terms.shortest_months,
        most: terms.total_months,
        preferred: terms.preferred_months,
    };
    html(StatusCode::OK, &view)
}

texts!(Text {
    title: "Paid internships", "Stages rémunérés", "Pasantías remuneradas";
    hero: "Paid internships, from Geneva to the field", "Des stages rémunérés, de Genève au terrain", "Pasantías remuneradas, de Ginebra al terreno";
    lead(least, most): "Spend {least} to {most} months doing real work in migration, beside a supervisor who is there to teach you. There is no deadline. Start your profile today and release it when you are ready.",
        "Passez de {least} à {most} mois à faire un vrai travail dans le domaine des migrations, auprès d’une personne qui est là pour vous former. Il n’y a pas de date limite. Commencez votre dossier aujourd’hui et transmettez-le quand vous le souhaitez.",
        "Dedique de {least} a {most} meses a un trabajo real en el ámbito de la migración, junto a una persona que está ahí para enseñarle. No hay fecha límite. Empiece su perfil hoy y envíelo cuando quiera.";
    start_profile: "Start your profile", "Commencer mon dossier", "Empezar mi perfil";
    check_first: "Check if you are eligible (60 seconds)", "Vérifier si vous remplissez les conditions (60 secondes)", "Comprobar si cumple los requisitos (60 segundos)";
    picture: "A line that starts with you, passes through headquarters in Geneva, a field mission and a country office, and ends on your first day",
        "Une ligne qui part de vous, passe par le siège à Genève, une mission de terrain et un bureau de pays, et s’achève à votre premier jour",
        "Una línea que empieza en usted, pasa por la sede en Ginebra, una misión sobre el terreno y una oficina de país, y termina en su primer día";
    you: "You", "Vous", "Usted";
    hq: "HQ Geneva", "Siège, Genève", "Sede, Ginebra";
    mission: "Field mission", "Mission", "Misión";
    first_day: "First day", "Premier jour", "Primer día";
    country: "Country", "Bureau", "Oficina";
    office: "office", "de pays", "de país";
    months(least, most): "{least} to {most} months", "De {least} à {most} mois", "De {least} a {most} meses";
    months_hint(preferred): "{preferred} or more is preferred", "{preferred} ou plus, de préférence", "Preferentemente {preferred} o más";
    allowance: "Monthly allowance", "Allocation mensuelle", "Asignación mensual";
    allowance_hint: "For most interns, towards rent and living costs", "Pour la plupart des stagiaires, pour le logement et la vie quotidienne", "Para la mayoría, como ayuda para alojamiento y manutención";
    one_language: "One language", "Une langue", "Un idioma";
    any_day: "Any day of the year", "Toute l’année", "Cualquier día del año";
    any_day_hint: "No rounds and no closing date", "Ni sessions ni date limite", "Sin convocatorias ni fecha límite";
    places: "Three kinds of place, one profile", "Trois sortes de lieux, un seul dossier", "Tres tipos de lugar, un solo perfil";
    places_lead: "Choose up to three. Every office you choose sees the same profile.", "Choisissez-en jusqu’à trois. Chaque bureau choisi voit le même dossier.", "Elija hasta tres. Todas las oficinas que elija ven el mismo perfil.";
    see_openings: "See what offices look for at the moment", "Voir ce que cherchent les bureaux en ce moment", "Ver lo que buscan las oficinas en este momento";
    headquarters: "Headquarters, Geneva", "Siège, Genève", "Sede, Ginebra";
    headquarters_lead: "Global policy, research, law, budgets and communication. You see how decisions are prepared and who has to agree to them.",
        "Politiques mondiales, recherche, droit, budgets et communication. Vous voyez comment les décisions se préparent et qui doit les approuver.",
        "Políticas mundiales, investigación, derecho, presupuestos y comunicación. Verá cómo se preparan las decisiones y quién debe aprobarlas.";
    missions: "Field missions", "Missions de terrain", "Misiones sobre el terreno";
    missions_lead: "Hands-on work with migrants and the communities around them. Conditions are simpler and the days are less predictable.",
        "Un travail concret auprès des migrants et des communautés qui les entourent. Les conditions sont plus simples et les journées moins prévisibles.",
        "Trabajo práctico con migrantes y las comunidades que los rodean. Las condiciones son más sencillas y los días menos previsibles.";
    countries: "Country offices", "Bureaux de pays", "Oficinas de país";
    countries_lead: "A country that you choose. You work on national programmes, close to the authorities and partners there.",
        "Un pays que vous choisissez. Vous travaillez à des programmes nationaux, auprès des autorités et partenaires du pays.",
        "Un país que elige usted. Trabajará en programas nacionales, cerca de las autoridades y los socios del país.";
    how: "How it works", "Comment cela se passe", "Cómo funciona";
    register: "Register", "S’inscrire", "Registrarse";
    register_lead: "An email address and a password. You can change language at any time.", "Une adresse électronique et un mot de passe. Vous pouvez changer de langue à tout moment.", "Un correo electrónico y una contraseña. Puede cambiar de idioma en cualquier momento.";
    fill: "Fill in your profile", "Remplir votre dossier", "Rellenar su perfil";
    fill_lead: "Nine short sections, in any order. Each one saves by itself, so a lost connection costs you one page at most.",
        "Neuf sections courtes, dans l’ordre de votre choix. Chacune s’enregistre séparément : une coupure vous fait perdre une page au plus.",
        "Nueve secciones breves, en cualquier orden. Cada una se guarda por separado: si se corta la conexión, pierde como mucho una página.";
    release: "Release it for review", "Le transmettre pour examen", "Enviarlo para revisión";
    release_lead: "Until you release your profile nobody can see it. If something is missing, we tell you what.", "Tant que vous ne l’avez pas transmis, personne ne voit votre dossier. S’il manque quelque chose, nous vous disons quoi.", "Hasta que envíe su perfil nadie puede verlo. Si falta algo, le decimos qué.";
    review: "Review and matching", "Examen et recherche d’une place", "Revisión y búsqueda de plaza";
    review_lead: "Human Resources reads it, asks if anything is unclear, and proposes it to supervisors in the places you chose.",
        "Les Ressources humaines le lisent, vous interrogent si un point n’est pas clair et le proposent aux responsables des lieux que vous avez choisis.",
        "Recursos Humanos lo lee, le pregunta si algo no está claro y lo propone a quienes supervisan en los lugares que eligió.";
    placement: "Placement and first day", "Affectation et premier jour", "Plaza y primer día";
    placement_lead: "You see the dates, the monthly allowance and the insurance you need before you say yes.", "Vous voyez les dates, l’allocation mensuelle et l’assurance nécessaire avant de dire oui.", "Verá las fechas, la asignación mensual y el seguro que necesita antes de decir que sí.";
    need: "What you will need, and when", "Ce qu’il vous faudra, et quand", "Qué necesitará y cuándo";
    before: "Before you release", "Avant de transmettre", "Antes de enviar";
    before_lead: "Your CV, a cover letter, and proof of your studies. If you have a scholarship, or your degree requires the internship: a letter from your sponsor or university.",
        "Votre CV, une lettre de motivation et un justificatif de vos études. Si vous avez une bourse, ou si votre diplôme exige le stage : une lettre de l’institution ou de l’université.",
        "Su CV, una carta de presentación y un justificante de sus estudios. Si tiene una beca, o si su carrera exige la pasantía: una carta de la institución o de la universidad.";
    if_placed: "Only if you are placed", "Seulement si vous obtenez une affectation", "Solo si obtiene una plaza";
    if_placed_lead: "A medical certificate of good health, your vaccination record, and valid medical insurance. If you are not a national of the host country, the insurance must cover evacuation and repatriation.",
        "Un certificat médical de bonne santé, votre carnet de vaccination et une assurance maladie valable. Si vous n’avez pas la nationalité du pays d’accueil, l’assurance doit couvrir l’évacuation et le rapatriement.",
        "Un certificado médico de buena salud, su cartilla de vacunación y un seguro médico válido. Si no es nacional del país de acogida, el seguro debe cubrir la evacuación y la repatriación.";
    read_rules: "Read the programme rules in full", "Lire toutes les règles du programme", "Leer todas las normas del programa";
    questions: "Questions people ask", "Questions fréquentes", "Preguntas frecuentes";
    paid: "Will I be paid?", "Le stage est-il rémunéré ?", "¿Está remunerada la pasantía?";
    paid_answer: "Most interns receive a monthly subsistence allowance (MSA) towards accommodation and living expenses. There are exceptions: when we work with your university, when your institution already funds you, and, for local interns in certain cases, when the Director of Human Resources waives it. You will know before you accept.",
        "La plupart des stagiaires reçoivent une allocation mensuelle de subsistance (MSA) pour le logement et la vie quotidienne. Il y a des exceptions : un accord avec votre université, une institution qui vous finance déjà et, pour certaines personnes recrutées sur place, une dispense décidée par le Directeur des Ressources humaines. Vous le saurez avant d’accepter.",
        "La mayoría de las personas en pasantía recibe una asignación mensual de subsistencia (MSA) para alojamiento y manutención. Hay excepciones: un acuerdo con su universidad, una institución que ya le financia y, para personas contratadas localmente, en ciertos casos, una exención del Director de Recursos Humanos. Lo sabrá antes de aceptar.";
    insured: "Am I insured?", "Ai-je une assurance ?", "¿Tengo seguro?";
    insured_answer: "Every intern is covered against occupational accidents and illnesses under the Compensation Plan. You provide your own medical insurance for the whole internship.",
        "Le plan d’indemnisation couvre chaque stagiaire contre les accidents et les maladies professionnels. Vous fournissez votre propre assurance maladie pour toute la durée du stage.",
        "El plan de compensación cubre a todas las personas en pasantía frente a accidentes y enfermedades profesionales. Usted contrata su propio seguro médico para toda la pasantía.";
    back: "Can I take my profile back after I release it?", "Puis-je reprendre mon dossier après l’avoir transmis ?", "¿Puedo retirar mi perfil después de enviarlo?";
    back_answer: "Yes, at any time until you accept a placement. You can correct it and release it again.", "Oui, à tout moment jusqu’à ce que vous acceptiez une affectation. Vous pouvez le corriger et le transmettre à nouveau.", "Sí, en cualquier momento hasta que acepte una plaza. Puede corregirlo y volver a enviarlo.";
    phone: "I only have a phone and a weak connection", "Je n’ai qu’un téléphone et une connexion faible", "Solo tengo un teléfono y mala conexión";
    phone_answer: "That is enough. Pages are small, photos of documents are accepted, and every section saves on its own.", "Cela suffit. Les pages sont légères, les photos de documents sont acceptées et chaque section s’enregistre séparément.", "Es suficiente. Las páginas son ligeras, se aceptan fotos de documentos y cada sección se guarda por separado.";
});
