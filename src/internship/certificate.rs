//! The certificate on paper, in each of the product's languages.

use crate::offices;
use crate::pdf::{self, Block, Document, Level, Row, Tone};
use crate::reference::areas;
use crate::text::{Lang, texts};
use crate::underway::certificates::{self, Certificate};
use crate::underway::internship;
use crate::web::{App, Candidate, Error, Path, Result};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Router, routing::get};
use uuid::Uuid;

pub fn routes() -> Router<App> {
    Router::new().route("/internship/{id}/certificate/{file}", get(read))
}

/// `file` is a language of the product: `en.pdf`, `fr.pdf`, `es.pdf`.
async fn read(me: Candidate, Path((id, file)): Path<(Uuid, String)>) -> Result<Response> {
    let is_named = |lang: &Lang| file.strip_suffix(".pdf") == Some(lang.code());
    let lang = Lang::ALL.into_iter().find(is_named).ok_or(Error::NotFound)?;
    let mut tx = me.begin().await?;
    let reference = internship(&mut tx, id).await?.reference;
    let certificate = certificates::of(&mut tx, id).await?.ok_or(Error::NotFound)?;
    let places = offices::names(&mut tx, lang).await?;
    drop(tx); // nobody waits for the database while a page is set
    let place = places.get(&certificate.office).unwrap_or(&certificate.office);
    let address = format!("{}/verify", me.settings().url);
    let paper = pdf::print(paper(&certificate, place, &reference, &address, lang))
        .await
        .map_err(std::io::Error::other)?;
    let mut response = paper.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    let name = HeaderValue::from_static(match lang {
        Lang::En => "attachment; filename=\"internship-certificate.pdf\"",
        Lang::Fr => "attachment; filename=\"attestation-de-stage.pdf\"",
        Lang::Es => "attachment; filename=\"certificado-de-pasantia.pdf\"",
    });
    headers.insert(header::CONTENT_DISPOSITION, name);
    Ok(response)
}

fn paper(stated: &Certificate, place: &str, reference: &str, address: &str, lang: Lang) -> Document {
    let t = Text(lang);
    let area = areas::area(&stated.area).map_or(stated.area.as_str(), |area| area.name(lang));
    let row = |label: String, line: String| Row { label, lines: vec![(Tone::Plain, line)] };
    let (first, last) = (lang.date(stated.starts_on), lang.date(stated.ends_on));
    let code = Row { label: t.code(), lines: vec![(Tone::Strong, stated.code.grouped())] };
    Document {
        title: format!("{}, {}", t.title(), stated.name),
        author: t.programme(),
        lang,
        date: stated.issued_on,
        foot: format!("{}, {reference}", t.title()),
        blocks: vec![
            Block::Heading(Level::Title, t.title()),
            Block::Rule,
            Block::Paragraph(Tone::Plain, t.certifies()),
            Block::Paragraph(Tone::Name, stated.name.clone()),
            Block::Paragraph(Tone::Plain, t.completed(place, &first, &last)),
            Block::Heading(Level::Section, t.the_internship()),
            Block::Rows(vec![
                row(t.station(), place.to_owned()),
                row(t.area(), area.to_owned()),
                row(t.first_day(), first),
                row(t.last_day(), last),
                row(t.reference(), reference.to_owned()),
                row(t.issued(), lang.date(stated.issued_on)),
            ]),
            Block::Heading(Level::Section, t.verify()),
            Block::Paragraph(Tone::Plain, t.verify_at(address)),
            Block::Rows(vec![code]),
            Block::Paragraph(Tone::Soft, t.no_signature()),
        ],
    }
}

texts!(Text {
    title: "Certificate of internship", "Attestation de stage", "Certificado de pasantía";
    programme: "The internship programme", "Le programme de stages", "El programa de pasantías";
    certifies: "The internship programme certifies that", "Le programme de stages atteste que", "El programa de pasantías certifica que";
    completed(place, first, last): "completed an internship in {place} from {first} to {last}.",
        "a effectué un stage à {place} du {first} au {last}.",
        "ha completado una pasantía en {place} del {first} al {last}.";
    the_internship: "The internship", "Le stage", "La pasantía";
    station: "Duty station", "Lieu d’affectation", "Lugar de destino";
    area: "Area of work", "Domaine de travail", "Área de trabajo";
    first_day: "First day", "Premier jour", "Primer día";
    last_day: "Last day", "Dernier jour", "Último día";
    reference: "Reference", "Référence", "Referencia";
    issued: "Issued on", "Délivrée le", "Expedido el";
    verify: "Verify this certificate", "Vérifier cette attestation", "Verificar este certificado";
    verify_at(address): "Open {address} and type the code. The page shows what was certified.",
        "Ouvrez {address} et saisissez le code. La page affiche ce qui a été attesté.",
        "Abra {address} y escriba el código. La página muestra lo que se certificó.";
    code: "Code", "Code", "Código";
    no_signature: "It is valid without a signature.", "Elle est valable sans signature.", "Es válido sin firma.";
});
