//! Deputies as they are kept: who stands in for whom, in which role, on which days.

use crate::domain::PersonId;
use crate::domain::role::RoleName;
use crate::text::{Lang, texts};
use chrono::NaiveDate;
use sqlx::PgConnection;
use uuid::Uuid;

/// Roles in which somebody who is away can be stood in for.
pub const ROLES: [RoleName; 2] = [RoleName::Supervisor, RoleName::HrDirector];

/// Somebody stands in for somebody.
#[derive(Clone, Debug)]
pub struct Deputy {
    pub id: Uuid,
    pub version: i32,
    pub person: PersonId,
    /// The deputy's name, or the principal's to the deputy.
    pub name: String,
    pub from: NaiveDate,
    pub until: NaiveDate,
}

/// Whom somebody has named in a role, now or for later.
///
/// # Errors
/// If the database fails.
pub async fn named_by(
    connection: &mut PgConnection,
    principal: PersonId,
    role: RoleName,
) -> sqlx::Result<Option<Deputy>> {
    let row = sqlx::query!(
        r#"select d.id, d.version, d.deputy_id, d.from_day, d.until_day,
               trim(p.given_names || ' ' || p.family_names) as "name!"
           from deputy d join person p on p.id = d.deputy_id
           where d.principal_id = $1 and d.role = $2 and d.ended_at is null"#,
        principal.0,
        role.code()
    );
    Ok(row.fetch_optional(connection).await?.map(|row| Deputy {
        id: row.id,
        version: row.version,
        person: row.deputy_id.into(),
        name: row.name,
        from: row.from_day,
        until: row.until_day,
    }))
}

/// For whom somebody stands in, or will: the nearest first.
///
/// # Errors
/// If the database fails.
pub async fn stood_in_for(
    connection: &mut PgConnection,
    deputy: PersonId,
    role: RoleName,
    today: NaiveDate,
) -> sqlx::Result<Vec<Deputy>> {
    let rows = sqlx::query!(
        r#"select d.id, d.version, d.principal_id, d.from_day, d.until_day,
               trim(p.given_names || ' ' || p.family_names) as "name!"
           from deputy d join person p on p.id = d.principal_id
           where d.deputy_id = $1 and d.role = $2 and d.ended_at is null and d.until_day >= $3
           order by d.from_day, d.id limit 100"#,
        deputy.0,
        role.code(),
        today
    );
    let rows = rows.fetch_all(connection).await?.into_iter().map(|row| Deputy {
        id: row.id,
        version: row.version,
        person: row.principal_id.into(),
        name: row.name,
        from: row.from_day,
        until: row.until_day,
    });
    Ok(rows.collect())
}

/// Says that something is done in somebody else's place.
pub fn acting_for(name: &str, lang: Lang) -> String {
    Text(lang).acting_for(name)
}

/// Two people in the record: who acted, in whose place.
pub fn both(who: &str, principal: &str, lang: Lang) -> String {
    Text(lang).both(who, principal)
}

texts!(Text {
    acting_for(name): "You act for {name}, who is away. The record says so.", "Vous agissez à la place de {name}, en absence. Le dossier l’indique.",
        "Usted actúa en lugar de {name}, que está ausente. Así consta en el registro.";
    both(who, principal): "{who} for {principal}", "{who} pour {principal}", "{who} en lugar de {principal}";
});
