//! What a policy covers, in words.

use crate::domain::terms::Cover;
use crate::text::{Lang, texts};

pub fn cover(cover: Cover, lang: Lang) -> String {
    let t = Words(lang);
    match cover {
        Cover::Medical => t.medical(),
        Cover::Evacuation => t.evacuation(),
        Cover::Repatriation => t.repatriation(),
    }
}

texts!(Words {
    medical: "Medical care", "Soins médicaux", "Atención médica";
    evacuation: "Evacuation", "Évacuation", "Evacuación";
    repatriation: "Repatriation", "Rapatriement", "Repatriación";
});
