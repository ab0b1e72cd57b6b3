mod about;
