// SPDX-License-Identifier: AGPL-3.0-or-later
// HTTP as nobody well-meaning would speak it: bytes on a socket. Loopback only; 127.0.0.0/8 gives as many callers as wanted.
import { connect, type Socket } from "node:net";

export interface RawReply {
  /** 0 when the connection was closed without a reply. */
  status: number;
  text: string;
  closed: boolean;
}

export function open(port: number, from = "127.0.0.1"): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ port, host: "127.0.0.1", localAddress: from });
    socket.on("error", fail);
    socket.on("connect", () => {
      socket.removeListener("error", fail);
      // What the house does to a rude caller is the test's to see, by "close".
      socket.on("error", () => undefined);
      done(socket);
    });
  });
}

/** Sends, then listens until the house closes or LIMIT_MS pass. */
export async function say(port: number, bytes: Uint8Array | string | (Uint8Array | string)[], options: { limitMs?: number; hangUp?: boolean } = {}): Promise<RawReply> {
  const socket = await open(port);
  let text = "";
  socket.on("data", (part) => (text += part.toString("latin1")));
  const closed = new Promise<boolean>((done) => {
    socket.on("close", () => done(true));
    setTimeout(() => done(false), options.limitMs ?? 3000);
  });
  for (const part of Array.isArray(bytes) ? bytes : [bytes]) socket.write(part);
  if (options.hangUp) socket.destroy();
  const wasClosed = await Promise.race([closed, replied(socket, () => text)]);
  socket.destroy();
  return { status: Number(text.match(/^HTTP\/1\.[01] (\d{3})/)?.[1] ?? 0), text, closed: wasClosed };
}

/** Resolves a little after a whole head has come, so that a reply on a kept connection need not wait for its end. */
function replied(socket: Socket, text: () => string): Promise<boolean> {
  return new Promise((done) => socket.on("data", () => text().includes("\r\n\r\n") && setTimeout(() => done(socket.destroyed), 50)));
}
