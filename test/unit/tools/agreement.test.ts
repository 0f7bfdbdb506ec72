import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Tool } from "../../../lib/core/tool.ts";
import { biome } from "../../../lib/tools/biome.ts";
import { eslint } from "../../../lib/tools/eslint.ts";
import { markdownlint } from "../../../lib/tools/markdownlint.ts";
import { prettier } from "../../../lib/tools/prettier.ts";
import { ask, filesBelow, findingsOf } from "./ask-worker.ts";
import { check, folder, rewrite } from "./run-tool.ts";

const long = (count: number): string => Array.from({ length: count }, (_, index) => `argument${index}`).join(", ");

/** Untidy code in which the styles of formatters differ most: quotes, commas, breaks, parentheses, blank lines. */
const code: Readonly<Record<string, string>> = {
  "quotes.ts": `import {b,a} from 'x'\nimport type {C} from "./c"\nexport const s = 'it\\'s', t = "say \\"hi\\"", u = \`v\${a}\`\n`,
  "objects.ts": `export const o={a:1,'b':2,'c-d':3,[e]:4,f(){return 1},get g(){return 2},...rest}\nexport const p = {\n  a: 1 }\n`,
  "calls.js": `call(${long(12)});\nother(${long(3)}, (x)=>{ return x }, [1,2,3]);\npromise.then(a=>a.b).catch(()=>{}).finally(function(){done()}).then(${long(6)})\n`,
  "functions.ts": `export async function*f<T extends object=Record<string,never>>(${long(10)}):AsyncGenerator<T>{for await(const x of y)yield* x}\nexport const g=async<T,>(x:T)=>await x\nexport const h=(a)=>({a})\n`,
  "classes.ts":
    "abstract class A<T> extends B<T> implements C,D{static #x=1;readonly y?:string;constructor(private readonly z:number){super()}@dec method():void{}\n\n\nget v(){return this.#x}}\nexport default A\n",
  "types.ts": `export type U='a'|'b'|{readonly k:string;m?():void}\nexport type V = ${Array.from({ length: 14 }, (_, i) => `"member-${i}"`).join("|")};\nexport interface I extends J,K{(x:number):string;[key:string]:unknown}\nexport type M<T>={readonly[P in keyof T]?:T[P] extends infer Q?Q:never}\n`,
  "statements.js": `if(a)b();else if(c)d()\nelse{e()}\nfor(let i=0;i<3;i++)continue\nwhile(x)y()\ndo{z()}while(w);\nswitch(q){case 1:case 2:r();break;default:s()}\ntry{t()}catch{u()}finally{v()}\nlabel:for(;;)break label\nthrow new Error('x')\n`,
  "operators.js": `const a=(b&&c||d)??(e),f=!(g instanceof H),i=j?k:l?m:n,o=-(-p),q=(r,s),t=u**v**w,x=typeof y==='undefined'\nconst veryLong = ${Array.from({ length: 14 }, (_, i) => `conditionNumber${i}`).join("&&")}\nvar z=a?.b?.[c]?.(d)!==void 0\n`,
  "comments.ts":
    "/** Doc. */\nexport const a=1// after\n/* block */export const b=[1,// one\n2]\nfunction f(/* none */){}\n// last",
  "view.tsx": `export const V=({a,b}:P)=>a?<div className='x' {...b}><p>text {a} more</p>{list.map(i=><Item key={i} on={()=>{go(i)}}/>)}</div>:<></>\n`,
  "strict.cjs": `'use strict'\nconst {a}=require('x'),b=require("y")\nmodule.exports={a,b,c:function(){},d:async()=>{}}\n`,
  "data.json": `{"a":[1,2,{"b":null}],"long":[${Array.from({ length: 30 }, (_, i) => `"value ${i}"`).join(",")}],\n"c":{}}\n`,
  "data.jsonc": `// comment\n{"a":1,/* b */"c":[\n1]}\n`,
};

/** Files as a formatter leaves them, by path. */
async function formatted(
  tool: Tool,
  texts: Readonly<Record<string, string>>
): Promise<Readonly<Record<string, string>>> {
  using place = folder(texts);
  if (tool.module !== true) {
    return (await rewrite(tool, "format", place.path, Object.keys(texts))).texts;
  }
  const answers = await ask({ tool, action: "format", root: place.path, files: Object.keys(texts) });
  return Object.fromEntries(
    answers.map((answer) => {
      if (!("text" in answer)) {
        expect(answer).toEqual({ path: answer.path });
      }
      return [answer.path, "text" in answer && answer.text !== undefined ? answer.text : (texts[answer.path] ?? "")];
    })
  );
}

test("biome and prettier write JavaScript, TypeScript and JSON the same way", async () => {
  const byBiome = await formatted(biome, code);
  expect(Object.keys(byBiome).filter((path) => byBiome[path] === code[path])).toEqual([]);
  expect(await formatted(prettier, byBiome)).toEqual(byBiome);
  const byPrettier = await formatted(prettier, code);
  expect(await formatted(biome, byPrettier)).toEqual(byPrettier);
}, 60_000);

test("code that eslint and biome have mended and biome has formatted is changed by neither again", async () => {
  const text = `import { join } from "node:path";
export async function f(a, b) {
  var x = 1; let y = \`y\`;
  if (a) return join(x, y); else if (b) { return !!b } else return null
  if (a)
    for (const i of b) console.warn(i)
  return a == null ? "" + y : String(await x);
}
`;
  using place = folder({ "a.js": text });
  const pass = async (): Promise<string> => {
    for (const [tool, action] of [
      [eslint, "fix"],
      [biome, "fix"],
      [biome, "format"],
    ] as const) {
      await apply(tool, action, place.path);
    }
    return readFileSync(join(place.path, "a.js"), "utf8");
  };
  const once = await pass();
  expect(once).not.toBe(text);
  expect(once).toContain("if (a) {\n");
  expect(await pass()).toBe(once);
  // What is left to say is about meaning, and nothing that the other would undo.
  const left = [
    ...(await findingsOf({ tool: eslint, root: place.path })),
    ...(await check(biome, place.path, ["a.js"])),
  ];
  expect(left.filter(({ fix }) => fix !== undefined)).toEqual([]);
}, 60_000);

async function apply(tool: Tool, action: "fix" | "format", root: string): Promise<void> {
  const texts =
    tool.module === true
      ? Object.fromEntries(
          (await ask({ tool, action, root })).flatMap((answer) =>
            "text" in answer ? [[answer.path, answer.text ?? ""]] : []
          )
        )
      : (await rewrite(tool, action, root, filesBelow(root))).texts;
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Layout that prettier settles in its own way; structure, links and names are as markdownlint wants them. */
const untidy = `---
layout: page
---

#  Title #

Prose with *emphasis* and __strong__ words, and a line that is much longer than the hundred columns that all else has to keep to.
A hard break\\
follows.

## Second part
* one
* two
    * nested
        * deeper

+ another list

1) ten
2) eleven

1. one
1. one again
   - inside

> quote
goes on

> another

***

| a | long heading |
|:-:|---|
| 1 | 2 |

~~~ts
const a = 'x'
~~~

Text[^1] with <kbd>HTML</kbd>, <https://example.org> and [a reference][ref].

<!-- a comment -->

- [ ] open
- [x] done



[^1]: A note.

[ref]: https://example.org
`;

test("markdownlint has nothing to say about the layout that prettier writes", async () => {
  const tidy = await formatted(prettier, { "a.md": untidy });
  expect(tidy["a.md"]).not.toBe(untidy);
  using place = folder(tidy);
  expect(await findingsOf({ tool: markdownlint, root: place.path })).toEqual([]);
});

test("prettier leaves what markdownlint has mended", async () => {
  using place = folder(
    await formatted(prettier, { "a.md": "# On github:\n\nSee https://example.org\n\n1. a\n3. b\n" })
  );
  await apply(markdownlint, "fix", place.path);
  const fixed = readFileSync(join(place.path, "a.md"), "utf8");
  expect(fixed).toBe("# On GitHub\n\nSee <https://example.org>\n\n1. a\n2. b\n");
  expect(await formatted(prettier, { "a.md": fixed })).toEqual({ "a.md": fixed });
});
