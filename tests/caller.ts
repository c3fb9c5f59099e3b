// SPDX-License-Identifier: AGPL-3.0-or-later
// Calls the API as a browser on the house's own pages would: with its cookie and its Origin. Only for asking what the
// shipped client would never ask (wrong bodies, foreign origins); where the client has a function for it, stories use that.
import { setCookies } from "../web/src/api/jar";

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  /** The parsed body. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json(): any;
  /** The problem's code, or "" where the reply is none. */
  readonly code: string;
}

export interface Sending {
  json?: unknown;
  octets?: Uint8Array;
  /** Sent as they are; null leaves a usual one out. */
  headers?: Record<string, string | null>;
  /** As text, for JSON that no serializer would make. */
  text?: string;
}

let callers = 0;

export class Caller {
  cookie: string | null = null;
  /** Each calls from an address of its own, as the house hears it from a proxy on its machine; limits are for each address. */
  readonly address = `2001:db8:0:${(++callers).toString(16)}::1`;

  constructor(
    readonly origin: string,
    readonly fetch: typeof globalThis.fetch,
  ) {}

  async call(method: string, path: string, sending: Sending = {}): Promise<Reply> {
    const headers = new Headers();
    if (method !== "GET") headers.set("origin", this.origin);
    headers.set("x-forwarded-for", this.address);
    if (this.cookie) headers.set("cookie", this.cookie);
    const body = sending.text ?? (sending.json === undefined ? sending.octets : JSON.stringify(sending.json));
    if (sending.octets) headers.set("content-type", "application/octet-stream");
    else if (body !== undefined) headers.set("content-type", "application/json");
    for (const [name, value] of Object.entries(sending.headers ?? {})) value === null ? headers.delete(name) : headers.set(name, value);
    // Node 18 stumbles over an empty text; on the wire it is the same as none.
    const carried = body === undefined || body.length === 0 ? {} : { body: body as BodyInit };
    const reply = await this.fetch(this.origin + path, { method, headers, redirect: "manual", ...carried });
    this.keepCookie(reply.headers);
    const bytes = new Uint8Array(await reply.arrayBuffer());
    const json = () => JSON.parse(new TextDecoder().decode(bytes));
    const isProblem = reply.headers.get("content-type")?.startsWith("application/problem+json") ?? false;
    return { status: reply.status, headers: reply.headers, bytes, json, code: isProblem ? String(json().code) : "" };
  }

  private keepCookie(headers: Headers): void {
    for (const line of setCookies(headers)) {
      const pair = line.split(";")[0] ?? "";
      if (/^(__Host-)?beside=/.test(pair)) this.cookie = pair.endsWith("=") || /max-age=0/i.test(line) ? null : pair;
    }
  }
}
