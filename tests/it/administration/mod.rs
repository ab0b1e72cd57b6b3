mod offices;
mod people;
mod policies;
mod reasons;
mod retention;
