# Mapped by treesitter-textobjects itself, from these lists.
let
  moves = [
    { key = "]f"; capture = "@function.outer"; move = "goto_next_start"; desc = "Next function"; }
    { key = "[f"; capture = "@function.outer"; move = "goto_previous_start"; desc = "Function before"; }
    # `]c` is the next change of a comparison.
    { key = "]C"; capture = "@class.outer"; move = "goto_next_start"; desc = "Next class"; }
    { key = "[C"; capture = "@class.outer"; move = "goto_previous_start"; desc = "Class before"; }
  ];
  selections = [
    { key = "af"; capture = "@function.outer"; desc = "A function"; }
    { key = "if"; capture = "@function.inner"; desc = "Inside a function"; }
    { key = "ac"; capture = "@class.outer"; desc = "A class"; }
    { key = "ic"; capture = "@class.inner"; desc = "Inside a class"; }
    { key = "aa"; capture = "@parameter.outer"; desc = "A parameter, and its comma"; }
    { key = "ia"; capture = "@parameter.inner"; desc = "A parameter"; }
  ];
  native = mode: row: {
    inherit mode;
    inherit (row) key desc;
    plugin = "treesitter-textobjects";
    native = true;
  };
in
{
  inherit moves selections;
  name = "text objects";
  maps = map (native [ "n" "x" "o" ]) moves ++ map (native [ "x" "o" ]) selections;
}
