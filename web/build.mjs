// SPDX-License-Identifier: AGPL-3.0-or-later
// Builds the client into build/web: what `beside` carries and serves. From the same sources and packages it makes the same
// bytes, so that anyone can compare the hash it prints with the one a house shows.
//
//   node web/build.mjs [OUT]
//
// Four bundles: the crypto worker with libsodium (its WebAssembly as a file of its own: smaller than base64 in a script),
// the page (split by screen), one style sheet (tokens, parts, screens, in that order), the service worker. Names carry a
// hash of the content; index.html, the service worker and the web manifests keep their names. Beside each file stands its
// Brotli, where that is smaller. manifest.json lists all of it. A first visit (all that a browser fetches and keeps for
// someone without an open session) of more than 300,000 bytes is an error.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const top = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(top, "web/src");

const FIRST_VISIT_BYTES = 300_000;
const SMALLEST_WORTH_SQUEEZING = 128;

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".webmanifest": "application/manifest+json",
};

// What esbuild is told for every bundle.
const COMMON = {
  absWorkingDir: top,
  bundle: true,
  write: false,
  minify: true,
  format: "esm",
  target: ["es2022"],
  platform: "browser",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  outdir: "/",
  publicPath: "/",
  entryNames: "assets/[name]-[hash]",
  chunkNames: "assets/[name]-[hash]",
  assetNames: "assets/[name]-[hash]",
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".css": "empty", ".woff2": "file", ".wasm": "file" },
  logLevel: "warning",
};

function filesUnder(folder, ending) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((item) => {
      const path = join(folder, item.name);
      return item.isDirectory() ? filesUnder(path, ending) : item.name.endsWith(ending) ? [path] : [];
    })
    .sort();
}

// ---------------------------------------------------------------- the bundles

// libsodium carries its WebAssembly as base64 in a string, with a small function that decodes it. Both go; the same bytes
// are fetched as a file at the same place, where the library may wait.
const LIBSODIUM = /libsodium-sumo\.mjs$/;
const CARRIED_WASM = /\(\w=>\{for\([^{}]*return \w\}\)\("(AGFzbQ[\w+/=]+)"\)/;

const libsodiumApart = {
  name: "libsodium-apart",
  setup(bundle) {
    bundle.onLoad({ filter: LIBSODIUM }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      return { contents: takeWasmOut(text), loader: "js", resolveDir: dirname(path) };
    });
    bundle.onResolve({ filter: /^libsodium-wasm$/ }, () => ({ path: "libsodium.wasm", namespace: "wasm" }));
    bundle.onLoad({ filter: /.*/, namespace: "wasm" }, () => ({ contents: libsodiumWasm(), loader: "file" }));
  },
};

function libsodiumWasm() {
  const text = readFileSync(join(top, "node_modules/libsodium-sumo/dist/modules-sumo-esm/libsodium-sumo.mjs"), "utf8");
  return Buffer.from(text.match(CARRIED_WASM)[1], "base64");
}

function takeWasmOut(text) {
  const found = text.match(CARRIED_WASM);
  if (!found) throw new Error("libsodium has changed: its WebAssembly is not where the build looks for it");
  return `import address from "libsodium-wasm";\n${text.replace(found[0], TAKEN)}`;
}

const TAKEN = "new Uint8Array(await(await fetch(address)).arrayBuffer())";

async function bundleWorker() {
  const result = await build({
    ...COMMON,
    entryPoints: { crypto: join(source, "crypto/worker.ts") },
    plugins: [libsodiumApart],
  });
  return { files: result.outputFiles, entry: entryOf(result, "web/src/crypto/worker.ts") };
}

async function bundlePage(worker, replace) {
  const result = await build({
    ...COMMON,
    entryPoints: { main: join(source, "main.tsx") },
    splitting: true,
    define: { __WORKER__: JSON.stringify(worker) },
    plugins: replace ? [replace] : [],
  });
  const entry = entryOf(result, "web/src/main.tsx");
  const outside = [entry, ...OUTSIDE.map((path) => entryOf(result, path))];
  return { files: result.outputFiles, entry, early: importedBy(result, entry), outside: outside.flatMap((path) => [path, ...importedBy(result, path)]) };
}

// What someone without an open session can see; everything else is inside.
const OUTSIDE = ["shell/coming-in.ts", "help/Help.tsx", "house/AboutHouse.tsx", "safety/LeavingQuickly.tsx"].map((path) => `web/src/view/${path}`);

// Parts stand beside their styles; the order in which they win must not depend on which screen is imported first.
async function bundleStyles() {
  const parts = [
    join(source, "ui/font.css"),
    join(source, "ui/tokens.css"),
    join(source, "ui/base.css"),
    ...filesUnder(join(source, "ui"), ".css").filter((path) => !/\/(font|tokens|base)\.css$/.test(path)),
    ...filesUnder(join(source, "view"), ".css"),
  ];
  const contents = parts.map((path) => `@import "./${relative(source, path)}";`).join("\n");
  const result = await build({
    ...COMMON,
    loader: { ...COMMON.loader, ".css": "css" },
    stdin: { contents, resolveDir: source, loader: "css", sourcefile: "styles.css" },
    // Older browsers get what they need of nesting and logical properties.
    target: ["chrome109", "firefox115", "safari16.4"],
  });
  const entry = result.outputFiles.find((file) => file.path.endsWith(".css")).path;
  const font = result.outputFiles.find((file) => /-latin-wght-/.test(file.path)).path;
  return { files: result.outputFiles, entry, font };
}

async function bundleServiceWorker({ first, inside }, version) {
  const result = await build({
    ...COMMON,
    entryPoints: { sw: join(source, "sw.ts") },
    entryNames: "[name]",
    define: { __FIRST__: JSON.stringify(first), __INSIDE__: JSON.stringify(inside), __VERSION__: JSON.stringify(version) },
  });
  return result.outputFiles;
}

function entryOf(result, path) {
  const found = Object.entries(result.metafile.outputs).find(([, output]) => output.entryPoint === path);
  return absolute(found[0]);
}

// What the entry imports at once, and what that imports: the browser is told of it early.
function importedBy(result, entry) {
  const outputs = Object.fromEntries(Object.entries(result.metafile.outputs).map(([path, output]) => [absolute(path), output]));
  const found = new Set();
  const visit = (path) => {
    for (const { path: next, kind } of outputs[path].imports) {
      if (kind !== "import-statement" || found.has(absolute(next))) continue;
      found.add(absolute(next));
      visit(absolute(next));
    }
  };
  visit(entry);
  return [...found].sort();
}

// esbuild names outputs relative to the folder it works in.
function absolute(path) {
  return path.startsWith("/") ? path : resolve(top, path);
}

// ---------------------------------------------------------------- the whole

function page({ styles, main }) {
  const head = [
    `<link rel="preload" href="${styles.font}" as="font" type="font/woff2" crossorigin>`,
    `<link rel="stylesheet" href="${styles.entry}">`,
    ...main.early.map((path) => `<link rel="modulepreload" href="${path}">`),
    `<script type="module" src="${main.entry}"></script>`,
  ];
  const html = readFileSync(join(top, "web/index.html"), "utf8");
  return Buffer.from(html.replace(/ *<!-- The build.*-->\n/, "").replace("%HEAD%", head.join("\n    ")));
}

function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function squeeze(path, bytes) {
  if ([".png", ".woff2"].includes(extname(path)) || bytes.length < SMALLEST_WORTH_SQUEEZING) return null;
  const isText = extname(path) !== ".wasm";
  const squeezed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_LGWIN]: 22,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_MODE]: isText ? constants.BROTLI_MODE_TEXT : constants.BROTLI_MODE_GENERIC,
    },
  });
  return squeezed.length < bytes.length ? squeezed : null;
}

// The hash of the client: over each path and the hash of its bytes, in order of the paths.
function clientHash(files) {
  return sha256(...[...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, bytes]) => `${path}\0${sha256(bytes)}\n`));
}

function write(out, files) {
  rmSync(out, { recursive: true, force: true });
  const listed = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, bytes]) => {
      const file = path.slice(1);
      const squeezed = squeeze(path, bytes);
      mkdirSync(dirname(join(out, file)), { recursive: true });
      writeFileSync(join(out, file), bytes);
      if (squeezed) writeFileSync(join(out, `${file}.br`), squeezed);
      return {
        path,
        file,
        ...(squeezed ? { brotli: `${file}.br` } : {}),
        type: TYPES[extname(path)] ?? "application/octet-stream",
        immutable: path.startsWith("/assets/"),
        etag: sha256(bytes).slice(0, 32),
        bytes: bytes.length,
        wire_bytes: (squeezed ?? bytes).length,
      };
    });
  writeFileSync(join(out, "manifest.json"), `${JSON.stringify({ client: clientHash(files), files: listed }, null, 1)}\n`);
  return listed;
}

// Everything that a browser fetches on its first visit: what it keeps for opening offline, the service worker, the icons.
function firstVisit(listed, first) {
  const asked = new Set([...first.map((path) => (path === "/" ? "/index.html" : path)), "/sw.js", "/neutral.webmanifest"]);
  return listed.filter(({ path }) => asked.has(path));
}

const wireBytes = (listed) => listed.reduce((sum, { wire_bytes }) => sum + wire_bytes, 0);

function report(listed, { first, inside }, hash) {
  const visit = firstVisit(listed, first);
  const total = wireBytes(visit);
  for (const { path, bytes, wire_bytes } of [...visit].sort((a, b) => b.wire_bytes - a.wire_bytes)) {
    console.log(`${String(wire_bytes).padStart(8)} ${String(bytes).padStart(8)}  ${path}`);
  }
  console.log(`${String(total).padStart(8)}  bytes for a first visit, everything included (at most ${FIRST_VISIT_BYTES})`);
  console.log(`${String(wireBytes(listed.filter(({ path }) => inside.includes(path)))).padStart(8)}  bytes more once someone has signed in`);
  console.log(`client ${hash}`);
  return total;
}

export async function buildClient(out, replace) {
  const worker = await bundleWorker();
  const [main, styles] = await Promise.all([bundlePage(worker.entry, replace), bundleStyles()]);
  const files = new Map();
  for (const { path, contents } of [...worker.files, ...main.files, ...styles.files]) files.set(path, Buffer.from(contents));
  for (const name of readdirSync(join(top, "web/static"))) files.set(`/${name}`, readFileSync(join(top, "web/static", name)));
  files.set("/index.html", page({ styles, main }));

  // The extended letters and the big icons are fetched by those who need them.
  const kept = [...files.keys()].filter((path) => path.startsWith("/assets/") && !/latin-ext/.test(path)).sort();
  const isOutside = (path) => !path.endsWith(".js") || path === worker.entry || main.outside.includes(path);
  const offline = { first: ["/", "/icon.svg", ...kept.filter(isOutside)], inside: kept.filter((path) => !isOutside(path)) };
  for (const { path, contents } of await bundleServiceWorker(offline, clientHash(files).slice(0, 16))) files.set(path, Buffer.from(contents));
  const listed = write(out, files);
  return report(listed, offline, clientHash(files));
}

if (process.argv[1] && basename(process.argv[1]) === "build.mjs") {
  const total = await buildClient(resolve(process.argv[2] ?? join(top, "build/web")));
  if (total > FIRST_VISIT_BYTES) {
    console.error("The first visit has grown beyond its limit. Leave something out, or load it later.");
    process.exitCode = 1;
  }
}
