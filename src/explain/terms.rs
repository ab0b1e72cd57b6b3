//! The terms of a placement in words: each with the reason for it.

use crate::domain::profile::Funding;
use crate::domain::terms::{
    AllowanceDecision, Code, Cover, Deductions, Length, Mode, MonthAmount, Policy, Stay, Terms,
};
use crate::text::{Lang, texts};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Terms as they are kept with a placement: with the currency of its duty station.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Stated {
    #[serde(flatten)]
    pub terms: Terms,
    /// ISO 4217.
    pub currency: Option<String>,
    /// What was taken off its rate, as far as it was stated.
    #[serde(default)]
    pub deductions: Deductions,
}

/// One term: what it is, how it stands, and why.
pub struct Line {
    pub label: String,
    pub tag: Option<Tag>,
    pub why: Vec<String>,
}

pub struct Tag {
    pub tone: &'static str,
    pub icon: &'static str,
    pub word: String,
}

/// All terms of a stay. `place` is the duty station's name.
pub fn lines(
    stated: &Stated,
    stay: Stay,
    policy: &Policy,
    funding: &Funding,
    place: &str,
    lang: Lang,
) -> Vec<Line> {
    let t = Words(lang);
    let terms = &stated.terms;
    let mut all = vec![
        Line {
            label: t.dates(),
            tag: None,
            why: vec![t.from_to(lang.weekday_date(stay.start), lang.weekday_date(stay.end))],
        },
        length(terms, policy, t),
    ];
    if let Some(money) = money(stated, funding, t) {
        all.push(money);
    }
    all.push(Line {
        label: t.work_cover(),
        tag: Some(tag("ok", "ok", t.compensation_plan())),
        why: vec![t.every_intern()],
    });
    all.push(insurance(terms, place, t));
    all.push(Line { label: t.before(), tag: None, why: vec![t.medical_papers()] });
    all
}

/// The two weeks' notice of either side.
pub fn notice(lang: Lang) -> Line {
    let t = Words(lang);
    Line { label: t.notice(), tag: None, why: vec![t.two_weeks()] }
}

/// The allowance as a table.
pub struct Months {
    pub caption: String,
    pub month: String,
    pub days: String,
    pub amount: String,
    pub rows: Vec<Month>,
    pub in_all: String,
    pub total: String,
}

pub struct Month {
    pub month: String,
    pub thirtieths: u32,
    pub amount: String,
}

/// The allowance month by month; `None` where nothing is paid.
pub fn months(stated: &Stated, lang: Lang) -> Option<Months> {
    let allowance = stated.terms.allowance.as_ref().filter(|allowance| !allowance.total.is_zero())?;
    let t = Words(lang);
    let say = |amount: Decimal| lang.money(amount, stated.currency.as_deref().unwrap_or_default());
    let row = |m: &MonthAmount| Month {
        month: named(&m.month, lang),
        thirtieths: m.thirtieths,
        amount: say(m.amount),
    };
    Some(Months {
        caption: t.allowance(),
        month: t.month(),
        days: t.days_paid(),
        amount: t.amount(),
        rows: allowance.schedule.iter().map(row).collect(),
        in_all: t.sum(),
        total: say(allowance.total),
    })
}

/// What a code says against the dates.
pub fn code(code: Code, terms: &Terms, policy: &Policy, lang: Lang) -> String {
    let t = Words(lang);
    match code {
        Code::TooShort => t.too_short(policy.shortest_months),
        Code::InitialTooLong => t.initial_too_long(policy.initial_months),
        Code::TotalTooLong => match terms.latest_end {
            Some(day) => t.total_too_long_until(policy.total_months, lang.date(day)),
            None => t.total_too_long(policy.total_months),
        },
        Code::Overlap => t.overlap(),
        Code::WaiverAfterOffer | Code::WaiverNotDirector | Code::WaiverNotLocal => t.void_waiver(),
    }
}

fn tag(tone: &'static str, icon: &'static str, word: String) -> Tag {
    Tag { tone, icon, word }
}

fn length(terms: &Terms, policy: &Policy, t: Words) -> Line {
    let mut why = vec![t.long(said(terms.duration, t))];
    if terms.total != terms.duration {
        why.push(t.in_all(said(terms.total, t)));
    }
    let against: Vec<String> =
        terms.codes.iter().filter(|c| c.forbids()).map(|c| code(*c, terms, policy, t.0)).collect();
    let tag = match against.is_empty() {
        true => tag("ok", "ok", t.within(policy.shortest_months, policy.initial_months)),
        false => tag("bad", "bad", t.not_possible()),
    };
    why.extend(against);
    Line { label: t.length(), tag: Some(tag), why }
}

fn said(length: Length, t: Words) -> String {
    let months = if length.months == 1 { t.one_month_long() } else { t.months_long(length.months) };
    match length.days {
        0 => months,
        1 => t.and(months, t.one_day_long()),
        days => t.and(months, t.days_long(days)),
    }
}

fn money(stated: &Stated, funding: &Funding, t: Words) -> Option<Line> {
    let allowance = stated.terms.allowance.as_ref()?;
    let say = |amount: Decimal| t.0.money(amount, stated.currency.as_deref().unwrap_or_default());
    let tag = match allowance.decision {
        AllowanceDecision::Full | AllowanceDecision::TopUp => tag("ok", "ok", t.paid()),
        AllowanceDecision::Waived | AllowanceDecision::Agreement | AllowanceDecision::None => {
            tag("off", "dash", t.not_paid())
        }
    };
    let mut why = vec![t.in_total(say(allowance.total))];
    for run in allowance.schedule.chunk_by(|one, next| one.amount == next.amount) {
        let month = |at: Option<&MonthAmount>| at.map_or(String::new(), |m| named(&m.month, t.0));
        let amount = run.first().map_or(String::new(), |m| say(m.amount));
        why.push(match run.len() {
            1 => t.one_month(month(run.first()), amount),
            _ => t.each_month(month(run.first()), month(run.last()), amount),
        });
    }
    let Deductions { mode, funding: stated_funding, .. } = &stated.deductions;
    let paid = stated_funding.iter().filter(|paid| !paid.monthly.is_zero());
    why.extend(paid.map(|it| t.others_pay(say(it.monthly), t.0.date(it.from), t.0.date(it.to))));
    why.push(match (allowance.decision, &funding.scholarship) {
        (AllowanceDecision::Full, Some(by)) if stated_funding.is_empty() => t.set_off(by),
        (AllowanceDecision::Full, _) => t.full(),
        (AllowanceDecision::TopUp, _) => t.topped_up(),
        (AllowanceDecision::None, _) if *mode == Mode::AllOrNothing => t.all_or_nothing(),
        (AllowanceDecision::None, _) => t.covered(),
        (AllowanceDecision::Agreement, _) => t.agreement(),
        (AllowanceDecision::Waived, _) => t.waived(),
    });
    Some(Line { label: t.allowance(), tag: Some(tag), why })
}

/// `2026-09` in words.
fn named(month: &str, lang: Lang) -> String {
    let first = format!("{month}-01").parse();
    first.map_or(month.to_owned(), |day| lang.month_year(day))
}

fn insurance(terms: &Terms, place: &str, t: Words) -> Line {
    let why = insurance_duty(&terms.insurance.required, place, t.0);
    Line { label: t.medical(), tag: Some(tag("you", "half", t.to_provide())), why: vec![why] }
}

/// Which insurance the intern brings.
pub fn insurance_duty(required: &[Cover], place: &str, lang: Lang) -> String {
    let t = Words(lang);
    if required.contains(&Cover::Evacuation) { t.abroad(place) } else { t.at_home(place) }
}

texts!(Words {
    dates: "Dates", "Dates", "Fechas";
    from_to(from, to): "{from} to {to}", "Du {from} au {to}", "Del {from} al {to}";
    length: "Length", "Durée", "Duración";
    long(said): "{said}, both days counted", "{said}, les deux jours compris", "{said}, ambos días incluidos";
    in_all(said): "With earlier internships here: {said}", "Avec les stages antérieurs ici : {said}", "Con pasantías anteriores aquí: {said}";
    one_month_long: "1 month", "1 mois", "1 mes";
    months_long(n): "{n} months", "{n} mois", "{n} meses";
    one_day_long: "1 day", "1 jour", "1 día";
    days_long(n): "{n} days", "{n} jours", "{n} días";
    and(months, days): "{months} and {days}", "{months} et {days}", "{months} y {days}";
    within(shortest, longest): "Within {shortest} to {longest} months", "Entre {shortest} et {longest} mois", "Entre {shortest} y {longest} meses";
    not_possible: "Not possible", "Impossible", "No es posible";
    too_short(n): "The internship must last at least {n} months", "Le stage doit durer au moins {n} mois", "Debe durar al menos {n} meses";
    initial_too_long(n): "A first agreement lasts at most {n} months; it can be extended later",
        "Une première convention dure {n} mois au plus ; elle peut être prolongée ensuite", "Un primer acuerdo dura como máximo {n} meses; puede prorrogarse después";
    total_too_long(n): "All internships of one person here may last at most {n} months in all",
        "Tous les stages d’une même personne ici durent {n} mois au plus en tout", "Todas las pasantías de una misma persona aquí suman {n} meses como máximo";
    total_too_long_until(n, day): "All internships of one person here may last at most {n} months in all: end by {day}",
        "Tous les stages d’une même personne ici durent {n} mois au plus en tout : terminez le {day} au plus tard",
        "Todas las pasantías de una misma persona aquí suman {n} meses como máximo: termine a más tardar el {day}";
    overlap: "It overlaps with another internship of the same person", "Ce stage en chevauche un autre de la même personne",
        "Se solapa con otra pasantía de la misma persona";
    void_waiver: "The waiver is void", "La dispense est nulle", "La exención es nula";
    allowance: "Monthly allowance (MSA)", "Allocation mensuelle (MSA)", "Asignación mensual (MSA)";
    paid: "Paid", "Versée", "Se paga";
    not_paid: "Not paid", "Non versée", "No se paga";
    in_total(amount): "{amount} in all", "{amount} en tout", "{amount} en total";
    one_month(month, amount): "{month}: {amount}", "{month} : {amount}", "{month}: {amount}";
    each_month(from, to, amount): "{from} to {to}: {amount} a month", "De {from} à {to} : {amount} par mois", "De {from} a {to}: {amount} al mes";
    set_off(by): "{by} gives a scholarship: what it pays for living costs is set off before the offer.",
        "{by} accorde une bourse : ce qui est versé pour les frais de subsistance est déduit avant l’offre.",
        "{by} concede una beca: lo que pague para gastos de manutención se descuenta antes de la oferta.";
    full: "No other funding for living costs is known, so the whole rate of the duty station is paid.",
        "Aucun autre financement de la subsistance n’est connu : le taux entier du lieu d’affectation est versé.",
        "No consta otra financiación para la manutención: se paga la tarifa completa del lugar de destino.";
    others_pay(amount, from, to): "Others pay {amount} a month for living costs, from {from} to {to}.",
        "D’autres versent {amount} par mois pour la subsistance, du {from} au {to}.",
        "Otros pagan {amount} al mes para la manutención, del {from} al {to}.";
    all_or_nothing: "This duty station pays no allowance to whoever has other funding for living costs.",
        "Ce lieu d’affectation ne verse pas d’allocation à qui dispose d’un autre financement pour la subsistance.",
        "Este lugar de destino no paga asignación a quien tiene otra financiación para la manutención.";
    topped_up: "What others pay for living costs is set off, month by month.", "Ce que d’autres versent pour la subsistance est déduit, mois par mois.",
        "Lo que otros pagan para la manutención se descuenta mes a mes.";
    covered: "What others pay for living costs is as much as the allowance, or more.", "Ce que d’autres versent pour la subsistance atteint ou dépasse l’allocation.",
        "Lo que otros pagan para la manutención iguala o supera la asignación.";
    agreement: "The agreement with the university provides for no allowance.", "La convention avec l’université ne prévoit pas d’allocation.",
        "El acuerdo con la universidad no prevé asignación.";
    waived: "The Director of Human Resources has waived it, as is possible for a local intern.",
        "La direction des ressources humaines en a accordé la dispense, possible pour un stage local.",
        "La Dirección de Recursos Humanos ha concedido la exención, posible en una pasantía local.";
    month: "Month", "Mois", "Mes";
    days_paid: "Thirtieths", "Trentièmes", "Treintavos";
    amount: "Amount", "Montant", "Importe";
    sum: "In all", "En tout", "En total";
    notice: "Notice", "Préavis", "Preaviso";
    two_weeks: "Either side may end the internship early, in writing and with two weeks’ notice.",
        "Chaque partie peut mettre fin au stage avant terme, par écrit et avec un préavis de deux semaines.",
        "Cualquiera de las partes puede terminar la pasantía antes, por escrito y con dos semanas de preaviso.";
    work_cover: "Work cover", "Couverture au travail", "Cobertura en el trabajo";
    compensation_plan: "Compensation Plan", "Plan d’indemnisation", "Plan de compensación";
    every_intern: "Accidents and illnesses at work. It applies to every intern.", "Accidents et maladies au travail. Elle vaut pour chaque stagiaire.",
        "Accidentes y enfermedades en el trabajo. Se aplica a todas las personas en pasantía.";
    medical: "Medical insurance", "Assurance maladie", "Seguro médico";
    to_provide: "To be provided by the intern", "À fournir par la personne en stage", "A cargo de la persona en pasantía";
    abroad(place): "For every day. Not a national of the country of {place}: the policy must also cover evacuation and repatriation.",
        "Pour chaque jour. Sans la nationalité du pays de {place} : la police doit aussi couvrir l’évacuation et le rapatriement.",
        "Para cada día. No es nacional del país de {place}: la póliza debe cubrir también la evacuación y la repatriación.";
    at_home(place): "For every day, valid in the country of {place}.", "Pour chaque jour, valable dans le pays de {place}.",
        "Para cada día, válido en el país de {place}.";
    before: "Before the first day", "Avant le premier jour", "Antes del primer día";
    medical_papers: "Medical certificate of good health and vaccination record", "Certificat médical de bonne santé et carnet de vaccination",
        "Certificado médico de buena salud y cartilla de vacunación";
});
