//! Letters that keep a candidate from being left in the dark: not released yet, soon over, over, renewed, undone.

use super::{Content, candidate};
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang, reference: &str) -> Content {
    let (t, c) = (Text(lang), candidate::Text(lang));
    let (subject, before, action, why) = match letter {
        Letter::Unreleased => (
            t.unreleased_subject(),
            vec![t.unreleased_what(), t.unreleased_how(), t.unreleased_no_hurry()],
            t.check_and_release(),
            t.why_profile(),
        ),
        Letter::WithdrawalUndone => {
            (t.undone_subject(), vec![t.undone_what(), t.undone_next()], c.see_application(), c.why())
        }
        Letter::BackWithYou => {
            (t.back_subject(reference), vec![t.back_what(), t.back_next()], t.back_action(), t.why_reviewer())
        }
        Letter::PoolEnding => {
            (t.ending_subject(), vec![t.ending_what(), t.ending_next()], t.ending_action(), c.why())
        }
        Letter::AnswerDue => (t.due_subject(), vec![t.due_what(), t.due_next()], t.due_action(), c.why()),
        Letter::Renewed => {
            (t.renewed_subject(), vec![t.renewed_what(), t.renewed_next()], c.see_application(), c.why())
        }
        _ => (t.expired_subject(), vec![t.expired_what(), t.expired_next()], c.see_application(), c.why()),
    };
    Content { subject, before, action, after: None, why }
}

texts!(Text {
    why_profile: "You receive this because you filled in a profile and have not released it. We send at most three such letters.",
        "Vous recevez ce courriel parce que vous avez rempli un dossier sans le transmettre. Nous envoyons au plus trois courriels de ce type.",
        "Recibe este mensaje porque rellenó un perfil y no lo ha enviado. Enviamos como máximo tres mensajes de este tipo.";
    why_reviewer: "You receive this because you were reviewing this application.",
        "Vous recevez ce courriel parce que vous examiniez cette candidature.",
        "Recibe este mensaje porque usted revisaba esta candidatura.";

    unreleased_subject: "Your profile is complete, but nobody can see it yet", "Votre dossier est complet, mais personne ne le voit encore",
        "Su perfil está completo, pero nadie puede verlo aún";
    unreleased_what: "You have filled in every section of your profile. Human Resources cannot see it until you release it.",
        "Vous avez rempli toutes les sections de votre dossier. Les Ressources humaines ne le voient pas tant que vous ne l’avez pas transmis.",
        "Ha rellenado todas las secciones de su perfil. Recursos Humanos no puede verlo hasta que usted lo envíe.";
    unreleased_how: "Releasing is not final. Afterwards you can change your profile and release a new version, which keeps its place in the list, or take it back with one button on the page that says where it stands.",
        "Transmettre n’est pas définitif. Vous pourrez ensuite modifier votre dossier et en transmettre une nouvelle version, qui garde sa place dans la liste, ou le reprendre avec un seul bouton sur la page qui indique où il en est.",
        "Enviar no es definitivo. Después podrá cambiar su perfil y enviar una nueva versión, que conserva su lugar en la lista, o retirarlo con un solo botón en la página que muestra su estado.";
    unreleased_no_hurry: "There is no closing date. If you would rather wait, you do not need to do anything.",
        "Il n’y a pas de date limite. Si vous préférez attendre, vous n’avez rien à faire.",
        "No hay fecha límite. Si prefiere esperar, no tiene que hacer nada.";
    check_and_release: "Check and release", "Vérifier et transmettre", "Revisar y enviar";

    undone_subject: "Your profile is back where it was", "Votre dossier a retrouvé sa place", "Su perfil vuelve a estar donde estaba";
    undone_what: "You have undone taking your profile back. It is with Human Resources again, at the place in the list that it had.",
        "Vous avez annulé la reprise de votre dossier. Les Ressources humaines l’ont de nouveau, à la place qu’il occupait dans la liste.",
        "Ha deshecho la retirada de su perfil. Recursos Humanos vuelve a tenerlo, en el lugar de la lista que ocupaba.";
    undone_next: "Proposals to offices that were cancelled when you took it back stay cancelled.",
        "Les propositions à des bureaux annulées au moment de la reprise le restent.",
        "Las propuestas a oficinas que se cancelaron al retirarlo siguen canceladas.";

    back_subject(reference): "{reference}: the candidate is back", "{reference} : la candidature est de retour", "{reference}: la candidatura ha vuelto";
    back_what: "The candidate had taken the profile back and has undone it within a day. It is with you again, as it was.",
        "La personne candidate avait repris son dossier, puis a annulé cette reprise dans la journée. Il est de nouveau chez vous, tel qu’il était.",
        "La persona candidata había retirado su perfil y lo ha deshecho en el plazo de un día. Vuelve a estar con usted, tal como estaba.";
    back_next: "Placements that were cancelled meanwhile stay cancelled. Propose them again if they still fit.",
        "Les affectations annulées entre-temps le restent. Proposez-les à nouveau si elles conviennent toujours.",
        "Las plazas canceladas entretanto siguen canceladas. Propóngalas de nuevo si siguen siendo adecuadas.";
    back_action: "Open the profile", "Ouvrir le dossier", "Abrir el perfil";

    ending_subject: "Your time in the pool ends soon", "Votre temps dans le vivier se termine bientôt", "Su tiempo en la bolsa termina pronto";
    ending_what: "Human Resources has not found an office for you yet, and your time in the pool is about to end.",
        "Les Ressources humaines ne vous ont pas encore trouvé de bureau, et votre temps dans le vivier touche à sa fin.",
        "Recursos Humanos aún no ha encontrado una oficina para usted y su tiempo en la bolsa está a punto de terminar.";
    ending_next: "If you are still interested, renew it for six more months. If not, you do not need to do anything. The page shows the day.",
        "Si cela vous intéresse toujours, prolongez-le de six mois. Sinon, vous n’avez rien à faire. La page indique la date.",
        "Si sigue teniendo interés, renuévelo por seis meses más. Si no, no tiene que hacer nada. La página muestra el día.";
    ending_action: "See until when, and renew", "Voir la date et prolonger", "Ver hasta cuándo y renovar";

    due_subject: "Human Resources is still waiting for your changes", "Les Ressources humaines attendent toujours vos modifications",
        "Recursos Humanos sigue esperando sus cambios";
    due_what: "You were asked to change something in your profile and to release it again. That can still be done, but not for long.",
        "Il vous a été demandé de modifier votre dossier et de le transmettre à nouveau. C’est encore possible, mais plus pour longtemps.",
        "Se le pidió que cambiara algo en su perfil y lo enviara de nuevo. Todavía es posible, pero no por mucho tiempo.";
    due_next: "The page shows what is asked, and the day on which your application expires if nothing is released before.",
        "La page indique ce qui est demandé et le jour où votre candidature expire si rien n’est transmis avant.",
        "La página muestra lo que se pide y el día en que su candidatura caduca si no envía nada antes.";
    due_action: "Read what is asked, and by when", "Lire ce qui est demandé et pour quand", "Leer lo que se pide y para cuándo";

    expired_subject: "The time of your application has run out", "Le délai de votre candidature est écoulé", "El plazo de su candidatura ha terminado";
    expired_what: "Your application has expired because its time is over. Nobody decided against you.",
        "Votre candidature a expiré parce que son délai est écoulé. Personne n’a pris de décision défavorable.",
        "Su candidatura ha caducado porque su plazo ha terminado. Nadie ha decidido en su contra.";
    expired_next: "Your answers and documents are still there for you. The page says what you can do now: renew your time in the pool if you were in it, or release your profile again.",
        "Vos réponses et vos documents restent à votre disposition. La page indique ce que vous pouvez faire maintenant : prolonger votre temps dans le vivier si vous y étiez, ou transmettre à nouveau votre dossier.",
        "Sus respuestas y documentos siguen a su disposición. La página indica qué puede hacer ahora: renovar su tiempo en la bolsa si estaba en ella, o enviar de nuevo su perfil.";

    renewed_subject: "You stay in the pool for six more months", "Vous restez six mois de plus dans le vivier", "Permanece seis meses más en la bolsa";
    renewed_what: "Your time in the pool has been renewed for six months. Human Resources goes on looking for an office that needs you.",
        "Votre temps dans le vivier a été prolongé de six mois. Les Ressources humaines continuent de chercher un bureau qui a besoin de vous.",
        "Su tiempo en la bolsa se ha renovado por seis meses. Recursos Humanos sigue buscando una oficina que le necesite.";
    renewed_next: "If your dates or studies have changed, change your profile and release a new version. It keeps its place.",
        "Si vos dates ou vos études ont changé, modifiez votre dossier et transmettez une nouvelle version. Il garde sa place.",
        "Si sus fechas o estudios han cambiado, cambie su perfil y envíe una nueva versión. Conserva su lugar.";
});
