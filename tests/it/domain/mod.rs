mod eligibility;
mod lifecycle;
mod properties;
mod terms;
