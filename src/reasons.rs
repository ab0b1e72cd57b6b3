//! Why a profile is not selected: a list that the administrator keeps.

use crate::text::Lang;
use sqlx::PgConnection;

/// The reasons to choose from, in their order: code and words.
///
/// # Errors
/// If the database fails.
pub async fn offered(connection: &mut PgConnection, lang: Lang) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        r#"select code, case $1::text when 'fr' then text_fr when 'es' then text_es else text_en end as "words!"
           from decline_reason where withdrawn_at is null order by place"#,
        lang.code()
    );
    Ok(rows.fetch_all(connection).await?.into_iter().map(|row| (row.code, row.words)).collect())
}

/// The words of a reason, whether it is still offered or not.
///
/// # Errors
/// If the database fails.
pub async fn words(connection: &mut PgConnection, code: &str, lang: Lang) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"select case $2::text when 'fr' then text_fr when 'es' then text_es else text_en end as "words!"
           from decline_reason where code = $1"#,
        code,
        lang.code()
    )
    .fetch_optional(connection)
    .await
}
