// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs TypeScript under plain Node: bundles with esbuild, then either `node --test`s the bundles and counts, or runs one.
//
//   node tests/run-node.mjs --name NAME [--env K=V]… [--limit SECONDS] PATTERN…     tests; counts go to build/tests/NAME.counts
//   node tests/run-node.mjs --run FILE [-- ARGUMENT…]                              one program
//
// Why not a test runner of its own: node:test is part of Node, and the code under test is the code that is shipped, so
// all that is missing is the step that browsers get from esbuild too. Needs nothing newer than Node 18.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { build } from "esbuild";

const top = resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "..");

// Packages stay outside the bundle: they are found in node_modules, as they are in the browser's bundle. Whatever a
// module would show (styles, pictures) is nothing here; texts are texts.
async function bundle(files, folder) {
  rmSync(folder, { recursive: true, force: true });
  const result = await build({
    absWorkingDir: top,
    entryPoints: files,
    outdir: folder,
    outbase: top,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node18",
    format: "esm",
    packages: "external",
    sourcemap: "inline",
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".css": "empty", ".svg": "empty", ".woff2": "empty", ".tsv": "text", ".txt": "text", ".yaml": "text" },
    define: { __TOP__: JSON.stringify(top) },
    metafile: true,
    logLevel: "error",
  });
  const byEntry = new Map();
  for (const [out, { entryPoint }] of Object.entries(result.metafile.outputs)) if (entryPoint) byEntry.set(entryPoint, resolve(top, out));
  return files.map((file) => byEntry.get(relative(top, resolve(top, file)).split(sep).join("/")));
}

// Enough of a glob for what is asked here: ** for any folders, * within a name.
function find(pattern) {
  if (!pattern.includes("*")) return [pattern];
  const matches = new RegExp(
    `^${pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*\*\/|\*/g, (star) => (star === "*" ? "[^/]*" : "(.*/)?"))}$`,
  );
  const found = [];
  const walk = (folder) => {
    for (const item of readdirSync(join(top, folder), { withFileTypes: true })) {
      const path = `${folder}/${item.name}`;
      if (item.isDirectory()) walk(path);
      else if (matches.test(path)) found.push(path);
    }
  };
  const root = pattern.slice(0, pattern.indexOf("*")).replace(/\/[^/]*$/, "");
  try {
    walk(root);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
  return found.sort();
}

// Our one child; what ends us ends it. LIMIT in seconds, or none.
function run(args, env, limit) {
  const child = spawn(process.execPath, ["--enable-source-maps", "--no-warnings", ...args], {
    cwd: top,
    env: { ...process.env, ...env },
    stdio: "inherit",
    detached: true, // a group of its own, so that it ends whole: node --test starts a process a file
  });
  const end = (signal) => process.kill(-child.pid, signal);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => end(signal));
  const state = { code: 1, late: false };
  const timer = limit && setTimeout(() => ((state.late = true), end("SIGTERM")), limit * 1000);
  return new Promise((done) => {
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      done({ ...state, code: signal ? 1 : code });
    });
  });
}

// The closing lines of node:test: "# pass 12". A skipped test is a promise not kept, so it counts as failed.
function counts(tap) {
  const number = (word) => Number(tap.match(new RegExp(`^# ${word} (\\d+)$`, "m"))?.[1] ?? 0);
  return { passed: number("pass"), failed: number("fail") + number("cancelled") + number("skipped") + number("todo") };
}

async function runTests({ name, env, limit, patterns }) {
  const kept = join(top, "build/tests");
  mkdirSync(kept, { recursive: true });
  const say = ({ passed, failed }) => {
    writeFileSync(join(kept, `${name}.counts`), `${passed} ${failed}\n`);
    console.log(`${name}: ${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  };
  const files = patterns.flatMap(find);
  if (files.length === 0) {
    console.log(`No test matches ${patterns.join(" ")}.`);
    return say({ passed: 0, failed: 1 });
  }
  let bundles;
  try {
    bundles = await bundle(files, join(kept, name));
  } catch (error) {
    console.log(error.message);
    return say({ passed: 0, failed: 1 });
  }
  const tapFile = join(kept, `${name}.tap`);
  const { code, late } = await run(
    ["--test", "--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap", `--test-reporter-destination=${tapFile}`, ...bundles],
    env,
    limit,
  );
  const result = counts(readFileSync(tapFile, "utf8"));
  if (late) console.log(`${name} did not end within ${limit} seconds.`);
  if (late || (code !== 0 && result.failed === 0) || result.passed + result.failed === 0) result.failed += 1;
  return say(result);
}

async function runProgram(file, args) {
  const [program] = await bundle([file], join(top, "build/tests/run", file.replace(/[^a-z]+/gi, "-")));
  return (await run([program, ...args], {})).code;
}

async function main(args) {
  const asked = { name: "tests", env: {}, limit: 600, patterns: [], program: null, rest: [] };
  while (args.length > 0) {
    const word = args.shift();
    if (word === "--name") asked.name = args.shift();
    else if (word === "--limit") asked.limit = Number(args.shift());
    else if (word === "--run") asked.program = args.shift();
    else if (word === "--env") {
      const [key, ...value] = args.shift().split("=");
      asked.env[key] = value.join("=");
    } else if (word === "--") asked.rest = args.splice(0);
    else asked.patterns.push(word);
  }
  process.exitCode = asked.program ? await runProgram(asked.program, asked.rest) : await runTests(asked);
}

await main(process.argv.slice(2));
