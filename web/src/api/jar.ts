/* SPDX-License-Identifier: AGPL-3.0-or-later */
// What a browser does around fetch, for callers outside one (tests, tools, the sample house): it keeps the session's
// cookie and says where a request comes from. Each jar is one browser of one person.

export interface Jar {
  readonly fetch: typeof globalThis.fetch;
  /** The cookie as the next request will carry it; "" when signed out. */
  cookie(): string;
}

export function createJar(origin: string, fetch: typeof globalThis.fetch): Jar {
  const cookies = new Map<string, string>();
  const line = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

  const keep = (set: string) => {
    const [pair = "", ...attributes] = set.split(";");
    const at = pair.indexOf("=");
    const name = pair.slice(0, at).trim();
    const value = pair.slice(at + 1).trim();
    const gone = value === "" || attributes.some((one) => /^\s*max-age\s*=\s*0\s*$/i.test(one));
    if (gone) cookies.delete(name);
    else cookies.set(name, value);
  };

  return {
    cookie: line,
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      if (cookies.size > 0) headers.set("Cookie", line());
      headers.set("Origin", origin);
      headers.set("Sec-Fetch-Site", "same-origin");
      const reply = await fetch(input, { ...init, headers });
      for (const set of setCookies(reply.headers)) keep(set);
      return reply;
    },
  };
}

// Debian's Node 18 has no getSetCookie; the house sets one cookie a reply, so the joined form does as well.
export function setCookies(headers: Headers): string[] {
  if (typeof headers.getSetCookie === "function") return headers.getSetCookie();
  const one = headers.get("set-cookie");
  return one === null ? [] : [one];
}
