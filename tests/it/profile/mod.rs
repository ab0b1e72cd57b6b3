mod about;
mod education;
mod experience;
mod funding;
mod languages;
mod release;
mod show;
