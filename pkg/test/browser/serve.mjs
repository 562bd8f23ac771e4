// A page and a browser for tests.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json", ".svg": "image/svg+xml" };

/** Serves files: `routes` maps the beginning of a path to a folder or file. `pack` is what `headers` say of a body. */
export async function serve(routes, headers = {}, pack = (_file, body) => body) {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const route = Object.keys(routes).sort((a, b) => b.length - a.length).find((route) => path.startsWith(route));
    const rest = route ? path.slice(route.length) : "";
    const file = route && !rest.includes("..") ? routes[route] + rest : "";
    try {
      const body = pack(file, file.startsWith("<") ? file : await readFile(file));
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/html; charset=utf-8", ...headers });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** Starts Chromium. */
export const browser = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
