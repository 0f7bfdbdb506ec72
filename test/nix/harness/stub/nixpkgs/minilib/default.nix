# A small lib for when no real nixpkgs.lib is at hand: enough for package lists, wrappers, shells and images.
# It has no module system (evalModules, types); make-stub --lib PATH puts a real lib in its place.
let
  b = builtins;
  lib = rec {
    inherit (b)
      attrNames attrValues hasAttr getAttr isAttrs isList isString isFunction isInt isBool isFloat isPath
      head tail length elem elemAt filter map concatLists concatMap all any sort partition groupBy foldl'
      genList listToAttrs mapAttrs intersectAttrs removeAttrs catAttrs functionArgs toJSON fromJSON readFile
      stringLength substring replaceStrings match split toString pathExists baseNameOf dirOf seq deepSeq trace
      tryEval compareVersions zipAttrsWith concatStringsSep unsafeDiscardStringContext unsafeGetAttrPos
      lessThan add sub mul div bitAnd addErrorContext genericClosure readDir
      ;

    # functions
    id = x: x;
    const = x: _: x;
    flip = f: x: y: f y x;
    pipe = foldl' (x: f: f x);
    fix = f: let x = f x; in x;
    extends = overlay: f: final: let prev = f final; in prev // overlay final prev;
    composeExtensions = f: g: final: prev: let one = f final prev; in one // g final (prev // one);
    composeManyExtensions = foldr composeExtensions (_: _: { });
    makeExtensible = f: fix (self: f self // { extend = o: makeExtensible (extends o f); });
    setFunctionArgs = f: args: { __functor = _: f; __functionArgs = args; };
    toFunction = v: if isFunction v then v else _: v;
    makeOverridable = f: args: let r = f args; in if isAttrs r then r // { override = new: makeOverridable f (args // toFunction new args); } else r;

    # checks
    warn = msg: v: b.trace "evaluation warning: ${msg}" v;
    warnIf = c: msg: v: if c then warn msg v else v;
    warnIfNot = c: warnIf (!c);
    throwIf = c: msg: v: if c then throw msg else v;
    throwIfNot = c: throwIf (!c);
    assertMsg = c: msg: c || throw msg;
    assertOneOf = name: v: vs: assertMsg (elem v vs) "${name} must be one of ${toString vs}";
    min = x: y: if x < y then x else y;
    max = x: y: if x > y then x else y;
    mod = x: y: x - y * (x / y);
    boolToString = v: if v then "true" else "false";
    importJSON = p: fromJSON (readFile p);
    importTOML = p: b.fromTOML (readFile p);
    inPureEvalMode = !(b ? currentSystem);

    # lists
    foldr = f: z: l: let n = length l; go = i: if i == n then z else f (elemAt l i) (go (i + 1)); in go 0;
    fold = foldr;
    foldl = f: z: l: foldl' f z l;
    singleton = x: [ x ];
    optional = c: x: if c then [ x ] else [ ];
    optionals = c: l: if c then l else [ ];
    toList = x: if isList x then x else [ x ];
    flatten = x: if isList x then concatMap flatten x else [ x ];
    unique = foldl' (acc: x: if elem x acc then acc else acc ++ [ x ]) [ ];
    uniqueStrings = l: attrNames (listToAttrs (map (n: nameValuePair n null) l));
    allUnique = l: length (unique l) == length l;
    range = a: z: if a > z then [ ] else genList (i: a + i) (z - a + 1);
    last = l: elemAt l (length l - 1);
    init = l: take (length l - 1) l;
    take = n: l: genList (elemAt l) (min n (length l));
    drop = n: l: genList (i: elemAt l (i + n)) (max 0 (length l - n));
    sublist = s: n: l: take n (drop s l);
    reverseList = l: let n = length l; in genList (i: elemAt l (n - 1 - i)) n;
    imap0 = f: l: genList (i: f i (elemAt l i)) (length l);
    imap1 = f: imap0 (i: f (i + 1));
    findFirst = p: d: l: let r = filter p l; in if r == [ ] then d else head r;
    findSingle = p: none: many: l: let r = filter p l; in if r == [ ] then none else if length r == 1 then head r else many;
    count = p: l: length (filter p l);
    remove = x: filter (y: y != x);
    subtractLists = e: filter (x: !elem x e);
    intersectLists = e: filter (x: elem x e);
    zipListsWith = f: x: y: genList (i: f (elemAt x i) (elemAt y i)) (min (length x) (length y));
    zipLists = zipListsWith (fst: snd: { inherit fst snd; });
    sortOn = f: sort (x: y: f x < f y);
    naturalSort = sort lessThan;
    concat = x: y: x ++ y;
    foldlAttrs = f: z: s: foldl' (acc: n: f acc n s.${n}) z (attrNames s);

    # sets
    nameValuePair = name: value: { inherit name value; };
    optionalAttrs = c: s: if c then s else { };
    attrByPath = path: d: s: if path == [ ] then s else if isAttrs s && s ? ${head path} then attrByPath (tail path) d s.${head path} else d;
    hasAttrByPath = path: s: path == [ ] || (isAttrs s && s ? ${head path} && hasAttrByPath (tail path) s.${head path});
    getAttrFromPath = path: s: attrByPath path (throw "cannot find attribute '${concatStringsSep "." path}'") s;
    setAttrByPath = path: v: if path == [ ] then v else { ${head path} = setAttrByPath (tail path) v; };
    getAttrs = names: s: genAttrs names (n: s.${n});
    attrVals = names: s: map (n: s.${n}) names;
    genAttrs = names: f: listToAttrs (map (n: nameValuePair n (f n)) names);
    genAttrs' = xs: f: listToAttrs (map f xs);
    mapAttrs' = f: s: listToAttrs (map (n: f n s.${n}) (attrNames s));
    mapAttrsToList = f: s: map (n: f n s.${n}) (attrNames s);
    attrsToList = mapAttrsToList nameValuePair;
    mapAttrsRecursive = f: let go = p: mapAttrs (n: v: if isAttrs v then go (p ++ [ n ]) v else f (p ++ [ n ]) v); in go [ ];
    filterAttrs = p: s: removeAttrs s (filter (n: !p n s.${n}) (attrNames s));
    concatMapAttrs = f: s: foldl' (acc: n: acc // f n s.${n}) { } (attrNames s);
    mergeAttrs = x: y: x // y;
    mergeAttrsList = foldl' mergeAttrs { };
    foldAttrs = f: z: l: mapAttrs (_: foldr f z) (zipAttrsWith (_: vs: vs) l);
    zipAttrs = zipAttrsWith (_: vs: vs);
    recursiveUpdate = x: y: x // mapAttrs (n: v: if isAttrs v && isAttrs (x.${n} or null) && !isDerivation v then recursiveUpdate x.${n} v else v) y;
    collect = p: s: if p s then [ s ] else if isAttrs s then concatMap (collect p) (attrValues s) else [ ];
    isDerivation = v: (v.type or null) == "derivation";
    invertAttrs = s: mapAttrs' (n: v: nameValuePair v n) s;
    unionOfDisjoint = x: y: x // y;
    dontRecurseIntoAttrs = s: s // { recurseForDerivations = false; };
    recurseIntoAttrs = s: s // { recurseForDerivations = true; };
    hydraJob = id;

    # strings
    concatStrings = concatStringsSep "";
    concatMapStrings = f: l: concatStrings (map f l);
    concatMapStringsSep = s: f: l: concatStringsSep s (map f l);
    concatMapAttrsStringSep = s: f: a: concatStringsSep s (mapAttrsToList f a);
    concatImapStrings = f: l: concatStrings (imap1 f l);
    concatLines = concatMapStrings (x: x + "\n");
    intersperse = s: l: if length l < 2 then l else [ (head l) ] ++ concatMap (x: [ s x ]) (tail l);
    optionalString = c: s: if c then s else "";
    hasPrefix = p: s: substring 0 (stringLength p) s == p;
    hasSuffix = p: s: let n = stringLength s; m = stringLength p; in n >= m && substring (n - m) m s == p;
    hasInfix = i: s: length (splitString i s) > 1;
    removePrefix = p: s: if hasPrefix p s then substring (stringLength p) (-1) s else s;
    removeSuffix = p: s: if hasSuffix p s then substring 0 (stringLength s - stringLength p) s else s;
    escape = cs: replaceStrings cs (map (c: "\\" + c) cs);
    escapeRegex = escape (stringToCharacters "\\[{()^$?*+|.");
    escapeShellArg = v: let s = toString v; in if match "[[:alnum:],._+:@%/-]+" s != null then s else "'" + replaceStrings [ "'" ] [ "'\\''" ] s + "'";
    escapeShellArgs = concatMapStringsSep " " escapeShellArg;
    escapeNixString = s: escape [ "$" ] (toJSON s);
    stringToCharacters = s: genList (i: substring i 1 s) (stringLength s);
    splitString = sep: s: filter isString (split (escapeRegex sep) s);
    fileContents = p: removeSuffix "\n" (readFile p);
    toLower = replaceStrings (stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ") (stringToCharacters "abcdefghijklmnopqrstuvwxyz");
    toUpper = replaceStrings (stringToCharacters "abcdefghijklmnopqrstuvwxyz") (stringToCharacters "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    trim = s: head (match "[[:space:]]*(.*[^[:space:]]|)[[:space:]]*" s);
    replicate = n: x: genList (_: x) n;
    fixedWidthString = w: f: s: let n = w - stringLength s; in if n <= 0 then s else concatStrings (replicate n f) + s;
    fixedWidthNumber = w: n: fixedWidthString w "0" (toString n);
    toInt = s: fromJSON s;
    toIntBase10 = s: fromJSON (head (match "0*([0-9]+)" s));
    isStringLike = v: isString v || isPath v || (isAttrs v && (v ? outPath || v ? __toString));
    versionAtLeast = x: y: compareVersions x y >= 0;
    versionOlder = x: y: compareVersions x y < 0;
    getName = p: if isString p then (b.parseDrvName p).name else p.pname or (b.parseDrvName p.name).name;
    getVersion = p: if isString p then (b.parseDrvName p).version else p.version or (b.parseDrvName p.name).version;
    versions = rec {
      inherit (b) splitVersion;
      major = v: head (splitVersion v);
      minor = v: elemAt (splitVersion v) 1;
      majorMinor = v: concatStringsSep "." (take 2 (splitVersion v));
    };
    makeSearchPath = sub: l: concatMapStringsSep ":" (p: "${p}/${sub}") (filter (p: p != null) l);
    makeBinPath = makeSearchPath "bin";
    makeLibraryPath = makeSearchPath "lib";
    sanitizeDerivationName = replaceStrings [ " " "/" ] [ "-" "-" ];
    indentLines = p: s: concatMapStringsSep "\n" (l: p + l) (splitString "\n" s);

    # packages
    getOutput = o: p: p.${o} or p;
    getBin = p: p.bin or p;
    getLib = p: p.lib or p;
    getDev = p: p.dev or p;
    getMan = p: p.man or p;
    getExe' = p: n: "${getBin p}/bin/${n}";
    getExe = p: getExe' p (p.meta.mainProgram or (throw "getExe: ${p.name} names no mainProgram"));
    meta = { availableOn = host: p: p.meta.available or true; inherit getExe getExe'; };
    addMetaAttrs = m: p: p // { meta = p.meta or { } // m; };
    setPrio = n: addMetaAttrs { priority = n; };
    hiPrio = setPrio (-10);
    lowPrio = setPrio 10;
    licenses = genAttrs [ "mit" "asl20" "bsd2" "bsd3" "gpl3Only" "gpl3Plus" "gpl2Only" "gpl2Plus" "lgpl3Plus" "agpl3Only" "mpl20" "isc" "unlicense" "cc0" "unfree" "free" "ofl" ] (n: { shortName = n; free = n != "unfree"; });
    platforms = rec {
      linux = [ "x86_64-linux" "aarch64-linux" ];
      darwin = [ "aarch64-darwin" "x86_64-darwin" ];
      unix = linux ++ darwin;
      all = unix;
    };
    maintainers = { };
    sourceTypes = genAttrs [ "binaryNativeCode" "fromSource" "binaryBytecode" ] (n: { shortName = n; isSource = n == "fromSource"; });
    teams = { };
    systems = {
      flakeExposed = platforms.all;
      doubles = platforms // { inherit (platforms) all; };
      elaborate = s: { system = s; isLinux = hasSuffix "linux" s; isDarwin = hasSuffix "darwin" s; };
    };
    fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    fakeSha256 = "0000000000000000000000000000000000000000000000000000000000000000";

    # files
    cleanSource = id;
    cleanSourceWith = a: a.src;
    sources = { inherit cleanSource cleanSourceWith; };
    fileset = {
      toSource = a: a.root;
      unions = id;
      union = x: y: [ x y ];
      difference = x: _: x;
      fileFilter = _: p: p;
      gitTracked = id;
      maybeMissing = id;
    };
    filesystem.listFilesRecursive = dir: flatten (mapAttrsToList (n: t: if t == "directory" then filesystem.listFilesRecursive (dir + "/${n}") else dir + "/${n}") (readDir dir));
    path = { append = p: s: p + "/${s}"; };

    # generators
    generators = {
      toJSON = _: toJSON;
      toYAML = _: toJSON;
      mkValueStringDefault = _: v: if isBool v then boolToString v else if v == null then "null" else toString v;
      mkKeyValueDefault = a: sep: k: v: "${k}${sep}${generators.mkValueStringDefault a v}";
      toKeyValue = a: s: concatStrings (mapAttrsToList (k: v: (a.mkKeyValue or (generators.mkKeyValueDefault { } "=")) k v + "\n") s);
      toINI = a: s: concatStringsSep "\n" (mapAttrsToList (n: v: "[${n}]\n" + generators.toKeyValue a v) s);
      toLua = a: v: if isAttrs v then "{ " + concatStringsSep ", " (mapAttrsToList (n: x: ''["${n}"] = '' + generators.toLua a x) v) + " }" else if isList v then "{ " + concatMapStringsSep ", " (generators.toLua a) v + " }" else if v == null then "nil" else toJSON v;
    };
    toShellVar = n: v: "${n}=${escapeShellArg v}";
    toShellVars = s: concatStringsSep "\n" (mapAttrsToList toShellVar s);

    # modules: the words exist, evaluation does not
    mkIf = condition: content: { _type = "if"; inherit condition content; };
    mkMerge = contents: { _type = "merge"; inherit contents; };
    mkOverride = priority: content: { _type = "override"; inherit priority content; };
    mkForce = mkOverride 50;
    mkDefault = mkOverride 1000;
    mkOptionDefault = mkOverride 1500;
    mkBefore = content: { _type = "order"; priority = 500; inherit content; };
    mkAfter = content: { _type = "order"; priority = 1500; inherit content; };
    mkOrder = priority: content: { _type = "order"; inherit priority content; };
    mkOption = a: { _type = "option"; } // a;
    mkEnableOption = n: mkOption { default = false; description = "Whether to enable ${n}."; };
    mkPackageOption = pkgs: n: a: mkOption { default = pkgs.${if isString (a.default or null) then a.default else n}; };
    literalExpression = text: { _type = "literalExpression"; inherit text; };
    types = throw "minilib: no option types; give make-stub a real lib (--lib)";
    evalModules = _: throw "minilib: no evalModules; give make-stub a real lib (--lib)";
    trivial = { release = "26.11"; codeName = "stub"; };
    version = "26.11-stub";
  };
in
lib
