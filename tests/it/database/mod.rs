mod cluster;
mod rights;
mod walls;
