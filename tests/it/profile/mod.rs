mod about;
mod education;
mod experience;
mod funding;
mod languages;
