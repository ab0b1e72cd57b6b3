mod closing;
mod office;
mod opening;
