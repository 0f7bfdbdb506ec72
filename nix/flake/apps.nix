{
  perSystem.apps = { };
}
