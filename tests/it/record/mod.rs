mod case;
mod chain;
mod trail;
