//! What made-up candidates write, in the language they write in.

use crate::reference::areas::area;
use crate::text::Lang;

type Job = (&'static str, &'static str, &'static str);

pub fn subjects(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::En => &[
            "International relations",
            "Public health",
            "Law",
            "Computer science",
            "Development economics",
            "Social work",
            "Demography",
            "Logistics and supply chains",
            "Human rights",
            "Journalism",
        ],
        Lang::Fr => &[
            "Relations internationales",
            "Santé publique",
            "Droit",
            "Informatique",
            "Économie du développement",
            "Travail social",
            "Démographie",
            "Logistique",
            "Droits humains",
            "Journalisme",
        ],
        Lang::Es => &[
            "Relaciones internacionales",
            "Salud pública",
            "Derecho",
            "Informática",
            "Economía del desarrollo",
            "Trabajo social",
            "Demografía",
            "Logística",
            "Derechos humanos",
            "Periodismo",
        ],
    }
}

pub fn jobs(lang: Lang) -> &'static [Job] {
    match lang {
        Lang::En => &[
            (
                "Volunteer",
                "Red Cross branch",
                "Registered families after the floods and kept the lists in order.",
            ),
            (
                "Research assistant",
                "University institute",
                "Cleaned survey data on seasonal work and wrote two tables of the report.",
            ),
            ("Intern", "Legal aid clinic", "Prepared files for hearings and interpreted for clients."),
            ("Teacher’s aide", "Community school", "Taught reading to adults three evenings a week."),
            ("Web developer", "Small company", "Built a booking form that works on old phones."),
        ],
        Lang::Fr => &[
            (
                "Bénévole",
                "Croix-Rouge locale",
                "Enregistrement des familles après les inondations et tenue des listes.",
            ),
            (
                "Assistant de recherche",
                "Institut universitaire",
                "Nettoyage de données d’enquête sur le travail saisonnier.",
            ),
            ("Stagiaire", "Permanence juridique", "Préparation de dossiers d’audience et interprétariat."),
            (
                "Aide-enseignant",
                "École communautaire",
                "Cours de lecture pour adultes trois soirs par semaine.",
            ),
        ],
        Lang::Es => &[
            (
                "Voluntariado",
                "Cruz Roja local",
                "Registro de familias tras las inundaciones y cuidado de las listas.",
            ),
            (
                "Asistente de investigación",
                "Instituto universitario",
                "Depuración de datos de encuestas sobre trabajo estacional.",
            ),
            (
                "Prácticas",
                "Consultorio jurídico",
                "Preparación de expedientes e interpretación para las personas atendidas.",
            ),
            (
                "Apoyo docente",
                "Escuela comunitaria",
                "Clases de lectura para adultos tres noches por semana.",
            ),
        ],
    }
}

pub fn scholarship(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "Horizon scholarship of the ministry of education",
        Lang::Fr => "Bourse Horizon du ministère de l’éducation",
        Lang::Es => "Beca Horizonte del ministerio de educación",
    }
}

pub fn sponsor(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "National agency for youth",
        Lang::Fr => "Agence nationale de la jeunesse",
        Lang::Es => "Agencia nacional de la juventud",
    }
}

/// A cover letter; `which` chooses among the reasons.
pub fn letter(lang: Lang, area_code: &str, subject: &str, university: &str, which: usize) -> String {
    let area = area(area_code).map_or("", |area| area.name(lang));
    let (opening, reasons, closing): (String, [&str; 3], &str) = match lang {
        Lang::En => (
            format!("I study {subject} at {university} and would like to work on {area} with you."),
            [
                "My family moved three times before I was ten, and each time it was a clerk with patience who made the difference.",
                "In the last two summers I helped at a reception centre. I learned to listen first, to write down what was said and to come back with an answer.",
                "My thesis is about seasonal workers who cross the border every spring; I speak with them, and I keep the numbers honest.",
            ],
            "I can read a table, write a plain page and keep a secret. I would be glad to show it.",
        ),
        Lang::Fr => (
            format!("J’étudie à {university} ({subject}) et j’aimerais travailler avec vous : {area}."),
            [
                "Ma famille a déménagé trois fois avant mes dix ans, et chaque fois c’est une personne patiente derrière un guichet qui a tout changé.",
                "Ces deux derniers étés, j’ai aidé dans un centre d’accueil. J’y ai appris à écouter d’abord, à noter ce qui est dit et à revenir avec une réponse.",
                "Mon mémoire porte sur les travailleurs saisonniers qui passent la frontière chaque printemps ; je parle avec eux et je tiens des chiffres honnêtes.",
            ],
            "Je sais lire un tableau, écrire une page claire et garder un secret. Je serais heureux de le montrer.",
        ),
        Lang::Es => (
            format!("Estudio en {university} ({subject}) y me gustaría trabajar con ustedes: {area}."),
            [
                "Mi familia se mudó tres veces antes de que yo cumpliera diez años, y cada vez fue una persona paciente tras una ventanilla quien marcó la diferencia.",
                "Los dos últimos veranos ayudé en un centro de acogida. Aprendí a escuchar primero, a anotar lo que se dice y a volver con una respuesta.",
                "Mi tesis trata de las personas que cruzan la frontera cada primavera para trabajar; hablo con ellas y cuido que los números sean honrados.",
            ],
            "Sé leer una tabla, escribir una página clara y guardar un secreto. Me alegraría demostrarlo.",
        ),
    };
    let [first, second, third] = reasons;
    let middle = match which {
        0 => format!("{first}\n\n{second}"),
        1 => format!("{second}\n\n{third}"),
        2 => format!("{third}\n\n{first}"),
        3 => format!("{second}\n\n{first}"),
        4 => format!("{first}\n\n{third}"),
        _ => format!("{third}\n\n{second}"),
    };
    format!("{opening}\n\n{middle}\n\n{closing}")
}

/// Why a decision was taken, as a reviewer writes it.
pub fn changes(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "The proof of study shows another year than your profile. Correct the dates, or send the newer proof."
        }
        Lang::Fr => {
            "Le justificatif d’études indique une autre année que votre profil. Corrigez les dates ou envoyez le justificatif plus récent."
        }
        Lang::Es => {
            "El justificante de estudios muestra otro año que su perfil. Corrija las fechas o envíe el justificante más reciente."
        }
    }
}

pub fn declined(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "We read your profile with interest. This year there are more good profiles than places in this area of work."
        }
        Lang::Fr => {
            "Nous avons lu votre profil avec intérêt. Cette année, il y a plus de bons profils que de places dans ce domaine."
        }
        Lang::Es => {
            "Hemos leído su perfil con interés. Este año hay más buenos perfiles que plazas en esta área de trabajo."
        }
    }
}

pub fn not_met(lang: Lang) -> &'static str {
    match lang {
        Lang::En => {
            "One of the rules of the programme is not met. The page of your application says which, and from when it could be."
        }
        Lang::Fr => {
            "L’une des règles du programme n’est pas remplie. La page de votre candidature indique laquelle, et à partir de quand elle pourrait l’être."
        }
        Lang::Es => {
            "No se cumple una de las reglas del programa. La página de su candidatura dice cuál, y desde cuándo podría cumplirse."
        }
    }
}

pub fn taken_back(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "I have found another internship.",
        Lang::Fr => "J’ai trouvé un autre stage.",
        Lang::Es => "He encontrado otra pasantía.",
    }
}
