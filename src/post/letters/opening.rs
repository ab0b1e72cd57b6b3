//! The letter about a new opening: only to those who asked for it.

use super::Content;
use crate::text::{Lang, texts};

/// `title`: of the opening, which is public.
pub(super) fn fits(lang: Lang, title: &str) -> Content {
    let t = Text(lang);
    Content {
        subject: t.subject(),
        before: vec![t.what(title), t.next()],
        action: t.action(),
        after: None,
        why: t.why(),
    }
}

texts!(Text {
    subject: "A new opening fits your wishes", "Une nouvelle annonce correspond à vos souhaits", "Una nueva vacante se ajusta a sus deseos";
    what(title): "An office has announced work in an area and at a place you wish for: “{title}”.",
        "Un bureau propose un travail dans un domaine et un lieu que vous souhaitez : « {title} ».",
        "Una oficina ofrece un trabajo en un área y un lugar que usted desea: «{title}».";
    next: "If you want it, name it in your profile. You do not have to: your wishes stay as they are.",
        "S’il vous intéresse, mentionnez l’annonce dans votre dossier. Rien ne vous y oblige : vos souhaits restent tels quels.",
        "Si le interesa, menciónela en su perfil. No es necesario: sus deseos siguen como están.";
    action: "Read the opening", "Lire l’annonce", "Leer la vacante";
    why: "You receive this because you asked for letters about new openings. Applying is free.",
        "Vous recevez ce courriel parce que vous avez demandé à être informé des nouvelles annonces. La candidature est gratuite.",
        "Recibe este mensaje porque pidió que le avisáramos de nuevas vacantes. Presentarse es gratuito.";
});
