mod cluster;
mod grants;
mod rights;
mod walls;
