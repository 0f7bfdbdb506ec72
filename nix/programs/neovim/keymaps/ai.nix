# Each is there only where its program is.
let
  terminal = command: ''Snacks.terminal.toggle("${command}", { win = { position = "right", width = 0.4 } })'';
  cli = key: program: command: desc: {
    inherit key program desc;
    lua = terminal command;
    plugin = "snacks";
  };
in
{
  name = "AI";
  prefix = "<leader>v";
  maps = [
    (cli "<leader>vc" "claude" "claude" "Claude")
    (cli "<leader>vr" "claude" "claude --resume" "Claude: choose a conversation")
    (cli "<leader>vC" "claude" "claude --continue" "Claude: the last conversation")
    (cli "<leader>vv" "claude" "claude --verbose" "Claude, verbose")
    (cli "<leader>vg" "copilot" "copilot" "Copilot's command line")
    (cli "<leader>vx" "codex" "codex" "Codex")
    (cli "<leader>va" "aider" "aider" "Aider")
    { key = "<leader>vp"; cmd = "Copilot toggle"; plugin = "copilot-lua"; program = "node"; desc = "Copilot in this buffer, or no longer"; }
    { key = "<leader>ve"; cmd = "Copilot enable"; plugin = "copilot-lua"; program = "node"; desc = "Copilot on"; }
    { key = "<leader>vd"; cmd = "Copilot disable"; plugin = "copilot-lua"; program = "node"; desc = "Copilot off"; }
    { key = "<leader>vs"; cmd = "Copilot status"; plugin = "copilot-lua"; program = "node"; desc = "Copilot's state"; }
  ];
}
