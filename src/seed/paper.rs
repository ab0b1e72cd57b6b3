//! The papers of a made-up candidate: real files, if short ones.

use super::rows::CaseRow;
use crate::domain::profile::{Document, DocumentKind, required_documents};
use crate::files::{Files, Stored};
use anyhow::Context;
use chrono::TimeDelta;

/// Everything the profile asks for, each with its file.
pub async fn of(files: &Files, case: &CaseRow) -> anyhow::Result<Vec<(Document, Stored)>> {
    let profile = &case.profile;
    let mut papers = Vec::new();
    for kind in required_documents(&profile.education, Some(&profile.funding)) {
        let (file_name, title) = match kind {
            DocumentKind::Cv => ("curriculum-vitae.pdf", "Curriculum vitae"),
            DocumentKind::StudyProof => ("proof-of-study.pdf", "Proof of study"),
            DocumentKind::SponsorLetter => ("letter-of-the-sponsor.pdf", "Letter of the sponsor"),
            DocumentKind::UniversityLetter => ("letter-of-the-university.pdf", "Letter of the university"),
        };
        let stored = files.put(&pdf(title)).await?;
        let document = Document {
            id: stored.id.into(),
            kind,
            file_name: file_name.into(),
            media_type: stored.kind.media_type().into(),
            bytes: i64::try_from(stored.bytes).context("a paper without end")?,
            uploaded_at: case.released_at - TimeDelta::minutes(20),
        };
        papers.push((document, stored));
    }
    Ok(papers)
}

/// One page that says what it stands for (ISO 32000-1).
fn pdf(title: &str) -> Vec<u8> {
    let text = format!(
        "BT /F 24 Tf 72 740 Td ({title}) Tj 0 -36 Td /F 12 Tf (A made-up document of a made-up person.) Tj ET"
    );
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut pdf = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(pdf.len());
        pdf += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let table = pdf.len();
    pdf += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        pdf += &format!("{place:010} 00000 n \n");
    }
    pdf += &format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    pdf.into_bytes()
}
