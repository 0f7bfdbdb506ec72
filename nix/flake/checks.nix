{
  perSystem.checks = { };
}
