//! What is said of codes wherever one is asked for.

use crate::text::texts;

texts!(pub Words {
    code: "Code", "Code", "Código";
    wrong_code: "This code does not fit, or was used before. Wait for the next one", "Ce code ne convient pas ou a déjà servi. Attendez le suivant",
        "Este código no es correcto o ya se usó. Espere al siguiente";
});
