// SPDX-License-Identifier: AGPL-3.0-or-later
// Joins the contract's files into build/openapi.json (for tests and tools) and makes the client's types from it.
// Run by `npm run spec`; the types are committed, so that a build needs no generator.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { bundle, createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString } from "openapi-typescript";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

const config = await createConfig({});
const { bundle: joined, problems } = await bundle({ ref: at("openapi.yaml"), config });
const bad = problems.filter((p) => p.severity === "error");
if (bad.length > 0) {
  for (const p of bad) console.error(`${p.message} (${p.location[0]?.pointer ?? "?"})`);
  process.exit(1);
}

mkdirSync(at("../build"), { recursive: true });
writeFileSync(at("../build/openapi.json"), JSON.stringify(joined.parsed, null, 1) + "\n");

const types = astToString(await openapiTS(joined.parsed, { alphabetize: true }));
writeFileSync(
  at("../web/src/api/schema.d.ts"),
  "/* SPDX-License-Identifier: AGPL-3.0-or-later */\n/* Made from spec/ by `npm run spec`; do not edit. */\n" + types,
);
