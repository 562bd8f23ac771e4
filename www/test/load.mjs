// How soon the page is there for somebody with a slow line and a slow machine.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import { build } from "vite";
import { serve } from "../../pkg/test/browser/serve.mjs";

/** Serves a folder as a web server does that was told to compress: each file packed once. */
export function compressed(folder) {
  const packed = new Map();
  const pack = (file, body) => {
    if (!packed.has(file)) packed.set(file, brotliCompressSync(body));
    return packed.get(file);
  };
  return serve({ "/": folder }, { "content-encoding": "br" }, pack);
}

/**
 * Visits a page for the first time through a throttled line (9 Mbit/s, 60 ms) on a processor made four
 * times slower. Gives milliseconds from the navigation: the first content painted, what is awaited (a step
 * of the graph) there and answering a click, and the long tasks (of more than 50 ms) until it was quiet.
 */
export async function firstVisit(chrome, url, flow, awaited = ".step") {
  const context = await chrome.newContext({ viewport: { width: 1440, height: 900 }, serviceWorkers: "block", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.addInitScript(([flow, awaited]) => {
    localStorage.setItem("patchcord.flow", flow);
    window.longTasks = [];
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) window.longTasks.push({ startTime, duration });
    }).observe({ type: "longtask", buffered: true });
    // It is there, and what is under its middle is nothing else.
    const look = () => {
      const there = document.querySelector(awaited);
      const box = there?.getBoundingClientRect();
      const hit = box && box.width > 0 ? document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) : null;
      if (hit && there.contains(hit)) {
        // The frame is painted, and the page takes events again.
        requestAnimationFrame(() => setTimeout(() => (window.interactive = performance.now())));
      } else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    // Everything is there, and nothing long happened for two seconds.
    window.isQuiet = () =>
      window.interactive !== undefined &&
      document.querySelector(".cm-content") !== null &&
      performance.now() - Math.max(window.interactive, ...window.longTasks.map(({ startTime, duration }) => startTime + duration)) > 2000;
  }, [flow, awaited]);
  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  await wire.send("Network.setCacheDisabled", { cacheDisabled: true });
  await wire.send("Network.emulateNetworkConditions", { offline: false, latency: 60, downloadThroughput: 9e6 / 8, uploadThroughput: 9e6 / 8 });
  await wire.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(`${url}/index.html`, { waitUntil: "commit" });
  // Asked in the one way that brings no code into the page, which would be measured, too.
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { result } = await wire.send("Runtime.evaluate", { expression: "window.isQuiet?.()" });
    if (result.value === true) break;
    if (Date.now() > deadline) throw new Error("the page did not come to rest within a minute");
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const seen = await page.evaluate(() => ({
    painted: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    interactive: window.interactive,
    tasks: window.longTasks,
  }));
  await context.close();
  return seen;
}

/** How long a visit was blocked after something was painted: each task's time over a limit. */
export const blocked = ({ tasks, painted }, limit = 50) =>
  tasks.filter(({ startTime }) => startTime > painted).reduce((sum, { duration }) => sum + Math.max(0, duration - limit), 0);

/** The time in all of a visit's long tasks. */
export const busy = ({ tasks }) => tasks.reduce((sum, { duration }) => sum + duration, 0);

/** Builds and serves a page of the same text editor alone, by which a visit of the designer is judged on any machine. */
export async function editorAlone() {
  const folder = await mkdtemp(join(tmpdir(), "editor-alone-"));
  const root = fileURLToPath(new URL("./alone/", import.meta.url));
  await build({ root, base: "./", configFile: false, logLevel: "warn", build: { outDir: folder, emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 700 } });
  const server = await compressed(`${folder}/`);
  return {
    url: server.url,
    close: () => {
      server.close();
      return rm(folder, { recursive: true });
    },
  };
}
