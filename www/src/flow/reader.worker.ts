/** The engine beside the page: reads large documents, so that typing in them never waits for it, and runs first what the page will run. */
import { type Dialect, Session, check, complete, graph, init, vocabulary } from "patchcord/slim";
import { SIZES } from "../graph/sizes";
import { FLOW } from "./dialect";
import { type Answer, LARGE, type Question, type Told } from "./reader";

let bring: (read: WebAssembly.Module) => void;
const ready = new Promise<WebAssembly.Module>((resolve) => (bring = resolve)).then(init);
ready.catch(() => undefined);
let latest: Question | undefined;

self.onmessage = async ({ data }: MessageEvent<Told>) => {
  if ("read" in data) bring(data.read);
  else if ("run" in data) {
    await rehearse(data.run).catch(() => undefined);
    tell({ rehearsed: true });
  } else tell(await read(data));
};

const tell = (answer: Answer) => self.postMessage(answer);

async function read(question: Question): Promise<Answer> {
  const { id, text, hint } = question;
  latest = question;
  try {
    await ready;
    const options = hint ? { dialect: hint } : {};
    const reports = check(text, { file: FLOW, ...options });
    // One long text comes across faster than many small things.
    return { id, read: JSON.stringify({ reports, graph: graph(text, { layout: SIZES, ...options }) }) };
  } catch (error) {
    return { id, crash: error instanceof Error ? error.message : String(error) };
  }
}

/** Does what the page does first with a call and with the words of its dialect. What comes of it is not asked. */
async function rehearse(run: WebAssembly.Module): Promise<void> {
  await ready;
  await complete(run);
  if (!latest || latest.text.length > LARGE) return;
  const { text, hint } = latest;
  const dialect: Dialect | null = hint ?? graph(text).dialect;
  if (dialect) vocabulary(dialect);
  const session = new Session(text, hint ? { dialect: hint } : {});
  session.runUntil({ decision: true });
  session.awaiting();
  session.events(0, session.status.length);
  session.variables(0);
  session.branches();
  session.free();
}
