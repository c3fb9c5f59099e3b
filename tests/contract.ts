// SPDX-License-Identifier: AGPL-3.0-or-later
// Holds every reply against the contract in spec/: a fetch that looks like fetch, and fails the test when the server says
// something that spec/ does not (status, headers, content type, body). It also remembers what was asked, so that a suite
// can fail when a route, or a status that it promises, was never seen.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Obj = { [key: string]: Json };

/** A node of the contract and where it stands, so that a $ref inside it finds its file. */
interface Node {
  value: Obj;
  file: string;
  pointer: string;
}

export interface Route {
  method: string;
  path: string;
  statuses: string[];
}

const METHODS = ["get", "put", "post", "delete", "patch"];
const escape = (key: string) => key.replace(/~/g, "~0").replace(/\//g, "~1");
const isObject = (value: Json | undefined): value is Obj => typeof value === "object" && value !== null && !Array.isArray(value);

export class Contract {
  readonly #files = new Map<string, Obj>();
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  readonly #compiled = new Map<string, ValidateFunction>();
  readonly #seen = new Set<string>();
  readonly #operations: { method: string; path: string; pattern: RegExp; node: Node }[] = [];

  constructor(folder: string) {
    addFormats.default(this.#ajv);
    for (const name of readdirSync(folder, { recursive: true }) as string[]) {
      if (!/\.ya?ml$/.test(name)) continue;
      const file = `https://contract.invalid/${name}`;
      const document = parse(readFileSync(join(folder, name), "utf8")) as Obj;
      this.#files.set(file, document);
      this.#ajv.addSchema({ $id: file, ...document });
    }
    this.#collect("https://contract.invalid/openapi.yaml");
  }

  #collect(file: string): void {
    const root = this.#files.get(file);
    if (!root || !isObject(root.paths)) throw new Error(`${file} has no paths`);
    for (const path of Object.keys(root.paths)) {
      const item = this.#at(file, `/paths/${escape(path)}`);
      for (const method of METHODS) {
        const node = this.#child(item, method);
        const pattern = new RegExp(`^${path.replace(/\{[^}]+\}/g, "[^/]+")}$`);
        if (node) this.#operations.push({ method: method.toUpperCase(), path, pattern, node });
      }
    }
    // The path without a place to fill in is the closer match.
    this.#operations.sort((a, b) => a.path.split("{").length - b.path.split("{").length);
  }

  /** The node at a pointer, through any $ref. */
  #at(file: string, pointer: string): Node {
    let value: Json | undefined = this.#files.get(file);
    for (const key of pointer.split("/").slice(1)) {
      const name = key.replace(/~1/g, "/").replace(/~0/g, "~");
      value = Array.isArray(value) ? value[Number(name)] : isObject(value) ? value[name] : undefined;
    }
    if (!isObject(value)) throw new Error(`${file}#${pointer} is not there`);
    if (typeof value.$ref !== "string") return { value, file, pointer };
    const target = new URL(value.$ref, file);
    const to = decodeURIComponent(target.hash.slice(1));
    target.hash = "";
    return this.#at(target.href, to);
  }

  #child(node: Node, key: string): Node | null {
    return key in node.value ? this.#at(node.file, `${node.pointer}/${escape(key)}`) : null;
  }

  #validator(node: Node): ValidateFunction {
    const ref = `${node.file}#${encodeURI(node.pointer)}`;
    let compiled = this.#compiled.get(ref);
    if (!compiled) this.#compiled.set(ref, (compiled = this.#ajv.compile({ $ref: ref })));
    return compiled;
  }

  #holds(node: Node, value: unknown, what: string): void {
    const validate = this.#validator(node);
    if (!validate(value)) throw new Error(`${what} breaks the contract: ${this.#ajv.errorsText(validate.errors)}\n${JSON.stringify(value)?.slice(0, 600)}`);
  }

  routes(): Route[] {
    return this.#operations.map(({ method, path, node }) => ({ method, path, statuses: Object.keys(isObject(node.value.responses) ? node.value.responses : {}) }));
  }

  /** What the suite has not seen yet: routes never asked, and their promised statuses never got. */
  unseen(): { routes: string[]; statuses: string[] } {
    const routes = this.routes();
    const missing = routes.flatMap(({ method, path, statuses }) => statuses.filter((status) => !this.#seen.has(`${method} ${path} ${status}`)).map((status) => `${method} ${path} ${status}`));
    const asked = new Set([...this.#seen].map((line) => line.split(" ").slice(0, 2).join(" ")));
    return { routes: routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !asked.has(route)), statuses: missing };
  }

  /** Throws when this reply is none that the contract knows. */
  check(method: string, path: string, status: number, headers: Headers, body: Uint8Array): void {
    const operation = this.#operations.find((one) => one.method === method && one.pattern.test(path));
    if (!operation) return;
    const what = `${method} ${operation.path} → ${status}`;
    const responses = this.#child(operation.node, "responses");
    const key = responses && [String(status), `${Math.floor(status / 100)}XX`, "default"].find((one) => one in responses.value);
    const response = responses && key ? this.#child(responses, key) : null;
    if (!response || !key) throw new Error(`${what} is not in the contract: ${new TextDecoder().decode(body.subarray(0, 300))}`);
    this.#seen.add(`${method} ${operation.path} ${key}`);
    this.#checkHeaders(response, headers, what);
    this.#checkBody(response, headers, body, what);
  }

  #checkHeaders(response: Node, headers: Headers, what: string): void {
    const promised = this.#child(response, "headers");
    for (const name of Object.keys(promised?.value ?? {})) {
      const header = promised && this.#child(promised, name);
      const value = headers.get(name);
      if (header?.value.required === true && value === null) throw new Error(`${what} lacks the header ${name}`);
      const schema = header && value !== null ? this.#child(header, "schema") : null;
      if (schema && value !== null) this.#holds(schema, schema.value.type === "integer" ? Number(value) : value, `${what}, header ${name}`);
    }
  }

  #checkBody(response: Node, headers: Headers, body: Uint8Array, what: string): void {
    const content = this.#child(response, "content");
    const type = headers.get("content-type")?.split(";")[0]?.trim() ?? null;
    if (!content) {
      if (body.length > 0) throw new Error(`${what} has a body, and the contract has none`);
      return;
    }
    if (type === null || !(type in content.value)) throw new Error(`${what} is ${type}, and the contract says ${Object.keys(content.value).join(" or ")}`);
    const media = this.#child(content, type);
    const schema = media && this.#child(media, "schema");
    if (schema && /json$/.test(type)) this.#holds(schema, JSON.parse(new TextDecoder().decode(body)), what);
  }

  /** fetch, held against the contract. A stream is checked for its head only. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const reply = await globalThis.fetch(input, init);
    const path = new URL(request.url).pathname;
    if (reply.headers.get("content-type")?.startsWith("text/event-stream")) {
      this.check(request.method, path, reply.status, reply.headers, new Uint8Array());
      return reply;
    }
    const body = new Uint8Array(await reply.arrayBuffer());
    this.check(request.method, path, reply.status, reply.headers, body);
    const empty = reply.status === 204 || reply.status === 304;
    return new Response(empty ? null : body, { status: reply.status, statusText: reply.statusText, headers: reply.headers });
  };
}
