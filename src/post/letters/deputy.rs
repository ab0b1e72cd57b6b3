//! Letters about deputies, to both sides. Who it is, and from when to when, is read in the product.

use super::Content;
use crate::domain::letter::Letter;
use crate::text::{Lang, texts};

pub(super) fn content(letter: Letter, lang: Lang) -> Content {
    let t = Text(lang);
    let (subject, before, why) = match letter {
        Letter::DeputyNamed => (t.named_subject(), vec![t.named_what(), t.named_next()], t.why_deputy()),
        Letter::DeputyEnded => (t.ended_subject(), vec![t.ended_what()], t.why_deputy()),
        Letter::DeputyOver => (t.over_subject(), vec![t.over_what(), t.over_next()], t.why_principal()),
        _ => (t.arranged_subject(), vec![t.arranged_what(), t.arranged_next()], t.why_principal()),
    };
    Content { subject, before, action: t.see(), after: None, why }
}

texts!(Text {
    why_deputy: "You receive this because a colleague named you as deputy.", "Vous recevez ce courriel parce qu’une ou un collègue vous a confié sa suppléance.",
        "Recibe este mensaje porque alguien le ha nombrado suplente.";
    why_principal: "You receive this because you named a deputy.", "Vous recevez ce courriel parce que vous avez désigné une suppléance.",
        "Recibe este mensaje porque ha nombrado una suplencia.";
    see: "See who stands in for whom", "Voir qui supplée qui", "Ver quién suple a quién";
    named_subject: "You stand in for a colleague", "Vous assurez une suppléance", "Usted suple a alguien";
    named_what: "A colleague who will be away has named you as deputy, or has changed the days.",
        "Une personne qui sera absente vous a confié sa suppléance, ou en a modifié les jours.",
        "Una persona que estará ausente le ha nombrado suplente, o ha cambiado los días.";
    named_next: "During these days its cases are in your lists too, and you decide in its place. The record says so.",
        "Pendant ces jours, ses dossiers figurent aussi dans vos listes, et vous décidez à sa place. Le dossier l’indique.",
        "Durante esos días sus casos figuran también en sus listas, y usted decide en su lugar. Así consta en el registro.";
    arranged_subject: "Your deputy is arranged", "Votre suppléance est organisée", "Su suplencia está organizada";
    arranged_what: "You have named a deputy for the days on which you are away, or changed what you had named.",
        "Vous avez désigné une suppléance pour les jours de votre absence, ou modifié celle qui était prévue.",
        "Ha nombrado una suplencia para los días de su ausencia, o ha cambiado la que había.";
    arranged_next: "It ends by itself after the last day. You can change or end it at any time.",
        "Elle prend fin d’elle-même après le dernier jour. Vous pouvez la modifier ou y mettre fin à tout moment.",
        "Termina por sí sola después del último día. Puede cambiarla o terminarla en cualquier momento.";
    ended_subject: "You no longer stand in for a colleague", "Votre suppléance pour une ou un collègue a pris fin", "Ya no suple a nadie en esta ausencia";
    ended_what: "The days on which you were deputy are over, or were ended by your colleague. The cases are no longer in your lists.",
        "Les jours de cette suppléance sont passés, ou il y a été mis fin. Les dossiers ne figurent plus dans vos listes.",
        "Los días de esta suplencia han pasado, o se les ha puesto fin. Los casos ya no figuran en sus listas.";
    over_subject: "Nobody stands in for you any more", "Personne ne vous supplée plus", "Ya nadie le suple";
    over_what: "The days for which you had named a deputy are over, or you ended them.",
        "Les jours de votre suppléance sont passés, ou vous y avez mis fin.", "Los días de su suplencia han pasado, o usted les puso fin.";
    over_next: "Your cases are yours alone again. What was decided for you is on the page of each.",
        "Vos dossiers ne sont de nouveau que les vôtres. Ce qui a été décidé pour vous figure sur la page de chacun.",
        "Sus casos vuelven a ser solo suyos. Lo que se decidió por usted figura en la página de cada uno.";
});
